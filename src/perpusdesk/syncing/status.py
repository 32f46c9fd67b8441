"""How a library's exchange stands: where to, what waits, what the last exchange came to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from perpusdesk.protocol.certificates import Role
from perpusdesk.storage.exchange_log import ExchangeEntry, latest_exchanges
from perpusdesk.storage.library import Library
from perpusdesk.syncing.membership import membership, own_certificate

_LOOK_BACK: Final = 500


@dataclass(frozen=True, slots=True)
class Standing:
    """``enrolled`` is false for a library that stands alone; then the rest is empty.

    ``waiting`` counts the entries that the server is not known to have. ``last`` is the last
    exchange that came to its end, ``failed`` the latest one when that did not. ``pin``: the server
    is known by its own certificate. ``expires_ms``: until when this device is let in (Unix ms).
    """

    enrolled: bool = False
    server: str = ""
    library_name: str = ""
    pin: bytes | None = None
    role: str = ""
    expires_ms: int = 0
    waiting: int = 0
    last: ExchangeEntry | None = None
    failed: ExchangeEntry | None = None
    clock_suspect: bool = False
    clock_offset_ms: int = 0

    @property
    def van(self) -> bool:
        """Whether this device travels."""
        return self.role == Role.VAN


def standing(library: Library) -> Standing:
    """Return how it stands; on the thread that uses the library."""
    known = membership(library)
    if known is None:
        return Standing(clock_suspect=library.clock_suspect)
    done = latest_exchanges(library, _LOOK_BACK)
    latest = done[0] if done else None
    certificate = own_certificate(library)
    return Standing(
        enrolled=True,
        server=known.url,
        library_name=known.library_name,
        pin=known.pin,
        role=certificate.role if certificate else "",
        expires_ms=certificate.expires_ms if certificate else 0,
        waiting=library.exchange.waiting(_peer(done) or known.server),
        last=next((one for one in done if one.done), None),
        failed=latest if latest is not None and not latest.done else None,
        clock_suspect=library.clock_suspect,
        clock_offset_ms=library.clock_offset_ms,
    )


def _peer(done: list[ExchangeEntry]) -> bytes:
    """Return with whom the last whole exchange over a network was."""
    return next((one.peer for one in done if one.done and one.peer), b"")
