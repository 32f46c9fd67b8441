"""Where this device exchanges: the server it was enrolled with, and hubs of its branch."""

from __future__ import annotations

from typing import Final

import msgspec

from perpusdesk.protocol.enrolment_code import usable_server
from perpusdesk.storage.library import Library
from perpusdesk.syncing.membership import membership

_PLACE: Final = "connections"


class Connection(msgspec.Struct, frozen=True, array_like=True):
    """One address to exchange with; ``pin`` is the SHA-256 of its own TLS certificate.

    ``allow_plain``: somebody said that no TLS is needed on the way there. ``paused``: not now.
    """

    url: str
    pin: bytes | None = None
    allow_plain: bool = False
    paused: bool = False


def connections(library: Library) -> list[Connection]:
    """Return them in the order in which they are tried; empty for a library that stands alone.

    Unless somebody changed it, that is the server of the enrolment alone.
    """
    kept = library.local(_PLACE)
    if kept is not None:
        return msgspec.msgpack.decode(bytes(kept), type=list[Connection])
    known = membership(library)
    return [] if known is None else [Connection(known.url, known.pin)]


def keep_connections(library: Library, chosen: list[Connection]) -> None:
    """Keep them; raises ``ValueError`` for an address that cannot be one."""
    for one in chosen:
        if not usable_server(one.url):
            raise ValueError(one.url)
    library.put_local(_PLACE, msgspec.msgpack.encode(chosen))


def forget_connections(library: Library) -> None:
    """Go back to the server of the enrolment alone."""
    library.put_local(_PLACE, None)
