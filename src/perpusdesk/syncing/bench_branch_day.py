"""What a branch and its server say to each other in the evening, in bytes, by the real engine."""

from __future__ import annotations

import random
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from perpusdesk.protocol import keys, messages, session
from perpusdesk.protocol.certificates import Certificate, Role, issue
from perpusdesk.protocol.messages import Request, Response
from perpusdesk.protocol.shortening import Lengthener, Shortener
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.syncing.bench_link import Frame, Line
from perpusdesk.syncing.engine.serve import Server
from perpusdesk.syncing.engine.session import Exchange
from perpusdesk.syncing.trust import LibraryTrust

ROUNDS: Final = 1_000
_FOREVER_MS: Final = 2**52
_SESSION_WORDS: Final = 48
"""Bytes of the other fields of the messages that open a session."""


class Branch:
    """A library in ``desk`` and its server in ``server``, where one is made if there is none."""

    def __init__(self, desk: Path, server: Path) -> None:
        self._desk, self._server = desk, server
        self._authority, self._key = secrets.token_bytes(32), secrets.token_bytes(32)

    def exchange(self) -> list[Frame]:
        """Exchange everything, and return the messages from the first on, the session's too."""
        with Library.open(self._desk) as desk, self._served(desk) as city:
            desk.exchange.sign = lambda data: keys.sign(self._key, data)
            certificate = self._certificate(desk)
            trusts = [LibraryTrust(one, keys.public_of(self._authority)) for one in (desk, city)]
            for trust in trusts:
                trust.keep([certificate])
            server = Server(city.exchange, trusts[1], secrets.token_bytes)
            line = _Counted(server, desk.device)
            talk, shortener = Exchange(desk.exchange, trusts[0]).run(city.device), Shortener()
            try:
                request = next(talk)
                while True:
                    request = talk.send(shortener.ask(request, line.send))
            except StopIteration:
                return [*_session_frames(certificate), *line.frames]

    def _served(self, desk: Library) -> Library:
        if (self._server / FILE_NAME).exists():
            return Library.open(self._server)
        return Library.create(self._server, library=desk.id)

    def _certificate(self, desk: Library) -> bytes:
        return issue(
            self._authority,
            Certificate(
                library=desk.id,
                device=desk.device,
                key=keys.public_of(self._key),
                role=Role.DESK,
                branch=None,
                number=1,
                name="Meja sirkulasi 1",
                issued_ms=1,
                expires_ms=_FOREVER_MS,
            ),
        )


class _Counted:
    """A line that counts the bytes of the messages which go over it."""

    def __init__(self, server: Server, device: bytes) -> None:
        self._server, self._device, self._lengthener = server, device, Lengthener()
        self.frames: list[Frame] = []

    def send(self, request: Request) -> Response:
        """Send the bytes of a request, and return what the bytes of its answer say."""
        up = messages.encode(request)
        answer = self._lengthener.answer(
            self._device,
            messages.decode_request(up),
            lambda whole: self._server.handle(self._device, whole),
        )
        down = messages.encode(answer)
        self.frames.append(Frame(len(up), len(down)))
        return messages.decode_response(down)


def _session_frames(certificate: bytes) -> list[Frame]:
    """Return the two messages that open a session (``protocol.session``), about."""
    wanted = session.SessionWanted(1, bytes(16), bytes(16), bytes(session.NONCE_BYTES))
    shown = len(certificate) + keys.SIGNATURE_BYTES + _SESSION_WORDS
    return [Frame(len(msgspec.msgpack.encode(wanted)), shown), Frame(shown, 2 * _SESSION_WORDS)]


def branch_day(frames: Sequence[Frame], line: Line, seed: int = 1) -> dict[str, float]:
    """Return how long an exchange takes over a line, in seconds, of many evenings."""
    chance = random.Random(seed)
    times = sorted(line.seconds(frames, chance) for _ in range(ROUNDS))
    return {
        "p50": round(times[len(times) // 2], 2),
        "p95": round(times[int(len(times) * 0.95)], 2),
        "max": round(times[-1], 2),
    }


def branch_days(frames: Sequence[Frame], ops: int) -> dict[str, Any]:
    """Return what an evening's exchange takes at 64 kbit/s with 2 % of the messages cut.

    The latency of 600 ms is taken as there and back, as ``ping`` tells it, and beside it as that of
    each way.
    """
    return {
        "ops": ops,
        "requests": len(frames),
        "bytes_up": sum(frame.up for frame in frames),
        "bytes_down": sum(frame.down for frame in frames),
        "seconds": branch_day(frames, Line(latency_s=0.3)),
        "seconds_at_600_ms_each_way": branch_day(frames, Line(latency_s=0.6)),
    }
