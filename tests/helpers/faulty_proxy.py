"""A bad line: a TCP proxy on 127.0.0.1 that cuts, delays and swallows at random bytes.

Seeded, so that what went wrong is asked for again; the other side never knows that it is there.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

_PIECE = 4096
_NEVER = 1 << 62
_GOLDEN = 0.6180339887498949
"""Spreads those that are not cut evenly: one of the first would carry a whole story through."""


@dataclass(frozen=True, slots=True)
class Line:
    """How bad it is.

    ``cut``: share of connections that are cut at some byte of its first ``reach``; ``half``: chance
    that what comes back is swallowed instead, the request having arrived; ``delay_s``: the longest
    pause before a piece; ``bytes_per_s``: 0 for as fast as it goes; ``latency_s``: one way.
    """

    cut: float = 0.0
    half: float = 0.0
    reach: int = 6_000
    delay_s: float = 0.0
    latency_s: float = 0.0
    bytes_per_s: float = 0.0


class FaultyProxy:
    """Passes connections on to ``port``; ``line`` may be changed at any time."""

    def __init__(self, port: int, line: Line, seed: int = 1) -> None:
        self.target, self.line, self._chance = port, line, Random(seed)
        self.cuts = self.connections = 0
        self.refuses = False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._start(self._accept)

    def _start(self, work: object, *words: object) -> None:
        thread = threading.Thread(target=work, args=words)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            try:
                if self.refuses:
                    raise ConnectionError
                far = socket.create_connection(("127.0.0.1", self.target), timeout=20)
            except OSError:
                _reset(near)
                near.close()
                continue
            with self._guard:
                self._open |= {near, far}
            line, chance = self.line, self._chance
            is_cut = self.connections * _GOLDEN % 1 < line.cut
            at = chance.randrange(1, line.reach) if is_cut else _NEVER
            back = chance.random() < line.half
            self._start(self._carry, near, far, (_NEVER, at) if back else (at, _NEVER))

    def _carry(self, near: socket.socket, far: socket.socket, cuts: tuple[int, int]) -> None:
        back = threading.Thread(target=self._pass, args=(far, near, cuts[1]))
        back.start()
        self._pass(near, far, cuts[0])
        back.join()
        with self._guard:
            self._open -= {near, far}
        near.close()
        far.close()

    def _pass(self, source: socket.socket, target: socket.socket, most: int) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while piece := source.recv(_PIECE):
                self._wait(len(piece))
                target.sendall(piece[: most - passed])
                passed += len(piece)
                if passed >= most:
                    self.cuts += 1
                    _reset(source)
                    _reset(target)
                    return
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def cut_all(self) -> None:
        """Cut every connection that is open."""
        with self._guard:
            for one in self._open:
                _reset(one)

    def _wait(self, count: int) -> None:
        line = self.line
        pause = line.latency_s + self._chance.uniform(0, line.delay_s)
        pause += count / line.bytes_per_s if line.bytes_per_s else 0
        if pause:
            time.sleep(pause)

    def close(self) -> None:
        """Cut everything and end."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut_all()
        for thread in self._threads:
            thread.join(10)


def _reset(line: socket.socket) -> None:
    """End a connection at once, as a lost line does."""
    with contextlib.suppress(OSError):
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def faulty(port: int, line: Line, seed: int = 1) -> Iterator[FaultyProxy]:
    """Give a proxy before ``port``."""
    proxy = FaultyProxy(port, line, seed)
    try:
        yield proxy
    finally:
        proxy.close()
