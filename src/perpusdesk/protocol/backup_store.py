"""What a device says to keep its sealed backups at the library's server: files by name, in pieces.

MessagePack within a session. A file is sent piece by piece and has its name only when it is whole
and its sum is right; what was sent of it before the line broke is gone on with.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Annotated, Final

import msgspec

from perpusdesk.protocol.messages import MessageError

PATH: Final = "/v1/backup"
MOST_PIECE: Final = 256 * 1024
MOST_FILE: Final = 64 << 20
"""Packs have about 8 MB; the manifest of a very large library some."""
MOST_BYTES: Final = MOST_PIECE + 1024
LOCK: Final = "store.json"

StoreName = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{16}(-[1-9])?\Z")]
FileName = Annotated[
    str,
    msgspec.Meta(
        pattern=r"\A(store\.json(\.copy)?|[0-9a-f]{32}\.pack(\.bad)?|[0-9]{8}-[0-9]{6}-[0-9]{3}-[0-9a-f]{6}"
        r"\.backup)\Z"
    ),
]
Sum = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{32}\Z")]
Size = Annotated[int, msgspec.Meta(ge=0, le=MOST_FILE)]


class ListWanted(msgspec.Struct, frozen=True, tag="list", forbid_unknown_fields=True):
    """Which files there are in a store."""

    store: StoreName


class ReadWanted(msgspec.Struct, frozen=True, tag="read", forbid_unknown_fields=True):
    """Some bytes of a file."""

    store: StoreName
    name: FileName
    at: Size
    most: Annotated[int, msgspec.Meta(ge=0, le=MOST_PIECE)]


class WriteWanted(msgspec.Struct, frozen=True, tag="write", forbid_unknown_fields=True):
    """The next bytes of a file of ``total`` bytes with this sum; none ask how far it has come."""

    store: StoreName
    name: FileName
    sum: Sum
    total: Size
    at: Size
    content: Annotated[bytes, msgspec.Meta(max_length=MOST_PIECE)]


class RemoveWanted(msgspec.Struct, frozen=True, tag="remove", forbid_unknown_fields=True):
    """A file that is needed no more."""

    store: StoreName
    name: FileName


Wanted = ListWanted | ReadWanted | WriteWanted | RemoveWanted


class Answer(msgspec.Struct, frozen=True):
    """What came of it; ``reason`` is empty when it was done, else one of those below.

    ``sizes`` are the files (a list), ``content`` the bytes (read), ``at`` how much of the file is
    there (write) and ``done`` whether it is whole. ``used`` and ``limit`` are bytes, when it is
    full.
    """

    reason: str = ""
    sizes: dict[str, int] = {}
    content: bytes = b""
    at: int = 0
    done: bool = False
    used: int = 0
    limit: int = 0


FULL: Final = "full"
MISSING: Final = "missing"
ALTERED: Final = "altered"
REVOKED: Final = "revoked"
NOT_OFFERED: Final = "not_offered"


def sum_of(content: bytes) -> str:
    """Return the sum by which a file is proven."""
    return blake2b(content, digest_size=16).hexdigest()


def encode(said: Wanted | Answer) -> bytes:
    """Return the bytes that are sent."""
    return msgspec.msgpack.encode(said)


def decode_wanted(data: bytes) -> Wanted:
    """Return what a device asks for. Raises ``MessageError``."""
    try:
        wanted: Wanted = msgspec.msgpack.decode(data, type=Wanted)
    except (msgspec.MsgspecError, ValueError) as error:
        raise MessageError("malformed") from error
    return wanted


def decode_answer(data: bytes) -> Answer:
    """Return what the server says. Raises ``MessageError``."""
    try:
        return msgspec.msgpack.decode(data, type=Answer)
    except (msgspec.MsgspecError, ValueError) as error:
        raise MessageError("malformed") from error
