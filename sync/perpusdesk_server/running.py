"""The web server's process: one library, one port, until somebody ends it."""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import uvicorn

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.log import JsonLines
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.syncing.tls import fingerprint_of, own_tls
from perpusdesk_server.app import create_app
from perpusdesk_server.control import Control
from perpusdesk_server.hub import Upstream, upstream_of
from perpusdesk_server.privacy_keeper import PrivacyKeeper
from perpusdesk_server.serving import Serving
from perpusdesk_server.snapshot_keeper import SnapshotKeeper

_MOST_CONNECTIONS: Final = 2_000
_IDLE_S: Final = 75
_LAST_WORDS_S: Final = 20
_ANYWHERE: Final = ("0.0.0.0", "::")  # noqa: S104 (compared with, not bound to)


@dataclass(frozen=True, slots=True)
class Listening:
    """Where and how a server listens; ``proxies`` are reverse proxies whose word counts."""

    host: str = "127.0.0.1"
    port: int = 8040
    self_signed: bool = False
    certificate: Path | None = None
    key: Path | None = None
    proxies: list[str] = field(default_factory=list)
    metrics_from: list[str] = field(default_factory=list)
    upstream: str = ""
    phones: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """What a started server tells: its address for this machine and for others, and its pin."""

    url: str
    address: str
    pin: bytes | None


def run(
    serving: Serving, listening: Listening, store: KeyStore, on_open: Callable[[Open], None]
) -> None:
    """Serve until the process is told to end; the library is closed then."""
    own = own_tls(store.files, datetime.now(UTC)) if listening.self_signed else None
    certificate = own.certificate if own else listening.certificate
    key = own.key if own else listening.key
    line = _bound(listening)
    port = line.getsockname()[1]
    scheme = "https" if certificate else "http"
    host = "127.0.0.1" if listening.host in _ANYWHERE else listening.host
    serving.pin = own.sha256 if own else None
    serving.address = serving.address or f"{scheme}://{_reached_at(listening.host)}:{port}"
    opened = Open(f"{scheme}://{host}:{port}", serving.address, serving.pin)
    control = Control(store.files, opened.url, serving.pin or _pin_of(certificate))
    upstream = _upstream(serving, listening)
    keeper = SnapshotKeeper(serving, serving.shelf) if serving.shelf else None
    privacy = PrivacyKeeper(serving)

    def close() -> None:
        control.close()
        privacy.stop()
        if keeper is not None:
            keeper.stop()
        if upstream is not None:
            upstream.stop()

    app = create_app(
        serving,
        enrol=upstream.enrol if upstream else None,
        control=control,
        metrics_from=["127.0.0.0/8", "::1/128", *listening.metrics_from],
        on_close=close,
        phones=listening.phones,
    )
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="on",
        proxy_headers=bool(listening.proxies),
        forwarded_allow_ips=listening.proxies or None,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_keep_alive=_IDLE_S,
        timeout_graceful_shutdown=_LAST_WORDS_S,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    on_open(opened)
    for helper in (upstream, keeper, privacy):
        if helper is not None:
            helper.start()
    uvicorn.Server(config).run(sockets=[line])


def start_log() -> None:
    """Write the log as JSON lines to standard error, where service managers pick it up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("httpx2").setLevel(logging.WARNING)


def _upstream(serving: Serving, listening: Listening) -> Upstream | None:
    if serving.holder is not None:
        return None
    return Upstream(serving, upstream_of(serving.member.library, listening.upstream))


def _bound(listening: Listening) -> socket.socket:
    """Return the socket that listens.

    It is said to be TCP: else asyncio leaves Nagle's algorithm on, and every answer waits 40 ms.
    """
    family = socket.AF_INET6 if ":" in listening.host else socket.AF_INET
    line = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":
            line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        line.bind((listening.host, listening.port))
        line.listen(512)
    except OSError as error:
        line.close()
        cause = f"{listening.host}:{listening.port}: {error.strerror}"
        raise KnownError(Fault.UNUSABLE_INPUT, cause=cause) from error
    return line


def _reached_at(host: str) -> str:
    """Return the address of this machine in its network; nothing is sent to find it."""
    if host not in _ANYWHERE:
        return host
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        try:
            line.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(line.getsockname()[0])


def _pin_of(certificate: Path | None) -> bytes | None:
    """Return the SHA-256 of a certificate, by which this machine's own commands know it."""
    return fingerprint_of(certificate.read_bytes()) if certificate else None
