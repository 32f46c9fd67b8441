"""The desk's own small web server: on while somebody wants it, in a thread of its own."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import Final

import psutil
import uvicorn

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.phone.site import Ask, make_site

FIRST_PORT: Final = 8090
_PORTS: Final = 20
_STARTS: Final = 10.0
_STOPS: Final = 5.0
_AT_ONCE: Final = 64
_NOT_REAL: Final = ("docker", "veth", "br-", "virbr", "vmnet", "vboxnet", "zt", "tun", "tap")


@dataclass(frozen=True, slots=True)
class Address:
    """Where phones on the same network reach it; ``network`` is what the system calls that."""

    host: str
    port: int
    network: str = ""

    @property
    def url(self) -> str:
        """The address to open."""
        return f"http://{self.host}:{self.port}/"


class PhoneServer:
    """Serves the forms until ``stop``; ``start`` and ``stop`` from one thread."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self.port = 0

    @property
    def running(self) -> bool:
        """Whether phones are answered."""
        return self._server is not None

    def start(self, host: str = "0.0.0.0", port: int = FIRST_PORT) -> int:  # noqa: S104 - phones
        """Listen on this port, or the next one that is free; return it.

        Raises ``KnownError(NO_PORT)`` where none is.
        """
        if self._server is not None:
            return self.port
        listening = _listen(host, port)
        self.port = int(listening.getsockname()[1])
        config = uvicorn.Config(
            make_site(self._ask),
            access_log=False,
            log_config=None,
            lifespan="off",
            limit_concurrency=_AT_ONCE,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=2,
            server_header=False,
            date_header=False,
            ws="none",
        )
        self._server = server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=server.run, args=([listening],), name="phones", daemon=True
        )
        self._thread.start()
        until = time.monotonic() + _STARTS
        while not server.started and self._thread.is_alive() and time.monotonic() < until:
            time.sleep(0.02)
        return self.port

    def stop(self) -> None:
        """Answer no more; what is under way comes to its end."""
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(_STOPS)
        self._server, self._thread, self.port = None, None, 0


def addresses(port: int) -> list[Address]:
    """Return where phones may reach a port of this computer, home and office networks first."""
    found = [Address(host, port, name) for name, host in _hosts()]
    return sorted(found, key=lambda one: (not IPv4Address(one.host).is_private, one.network))


def _hosts() -> Iterator[tuple[str, str]]:
    states = psutil.net_if_stats()
    for name, told in psutil.net_if_addrs().items():
        state = states.get(name)
        if state is None or not state.isup or name.lower().startswith(_NOT_REAL):
            continue
        for one in told:
            if one.family == socket.AF_INET and not IPv4Address(one.address).is_loopback:
                yield name, one.address


def _listen(host: str, first: int) -> socket.socket:
    for port in range(first, first + _PORTS) if first else (0,):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        with contextlib.ExitStack() as given_up:
            given_up.callback(listening.close)
            try:
                listening.bind((host, port))
                listening.listen(_AT_ONCE)
            except OSError:
                continue
            given_up.pop_all()
            return listening
    raise KnownError(Fault.NO_PORT, cause=f"{first}–{first + _PORTS - 1}")
