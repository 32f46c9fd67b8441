"""What one backup holds: named, counted, and which sealed pieces it is made of."""

from __future__ import annotations

import struct
from typing import Final

import msgspec
import zstandard

from perpusdesk.storage.backup.keys import NAME_BYTES, BrokenError, StoreKeys

ENDING: Final = ".backup"
FORMAT: Final = 1
_WHERE: Final = struct.Struct("<III")
_LARGEST: Final = 1 << 28


class Newest(msgspec.Struct, frozen=True):
    """The last action of a library: when (Unix ms), and its verb."""

    at_ms: int
    verb: str


class KeptFile(msgspec.Struct, frozen=True, array_like=True):
    """A file beside the database: its path with ``/``, its size, and its pieces by number."""

    path: str
    size: int
    pieces: list[int]


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """One backup. ``rows`` counts each table; ``have`` tells how far each stream goes.

    ``pages`` are the numbers of the pieces that the database file is made of, each of
    ``piece_pages`` pages, the last one of what is left. ``dump``: they are what PostgreSQL's own
    program wrote. ``names`` and ``where`` tell of piece after piece its name, and its pack, start
    and length there.
    """

    format: int = FORMAT
    library: bytes
    device: bytes
    name: str
    branch: str
    program: str
    schema: int
    at_ms: int
    digest: str
    clock: int = 0
    rows: dict[str, int] = {}
    have: dict[str, int] = {}
    chain: dict[str, tuple[int, str]] = {}
    newest: Newest | None = None
    page_size: int = 4096
    piece_pages: int = 0
    page_count: int = 0
    encrypted: bool = False
    dump: bool = False
    pages: list[int] = []
    files: list[KeptFile] = []
    packs: list[str] = []
    names: bytes = b""
    where: bytes = b""

    @property
    def pieces(self) -> int:
        """How many pieces it names."""
        return len(self.names) // NAME_BYTES

    def piece(self, number: int) -> tuple[bytes, str, int, int]:
        """Return a piece's name, and its pack, start and length there."""
        start = number * NAME_BYTES
        pack, begin, length = _WHERE.unpack_from(self.where, number * _WHERE.size)
        return self.names[start : start + NAME_BYTES], self.packs[pack], begin, length

    @property
    def total_rows(self) -> int:
        """Rows of all tables together."""
        return sum(self.rows.values())

    @property
    def plain_bytes(self) -> int:
        """What it comes to when it is restored."""
        return self.page_count * self.page_size + sum(file.size for file in self.files)


class PieceList:
    """Collects the pieces of a manifest that is being made; each is named once.

    A piece whose pack is not written yet is in pack "", until it is settled.
    """

    def __init__(self) -> None:
        self.packs: list[str] = []
        self.numbers: dict[bytes, int] = {}
        self._pack_numbers: dict[str, int] = {"": -1}
        self._names = bytearray()
        self._places: list[tuple[int, int, int]] = []

    def add(self, name: bytes, pack: str, start: int, length: int) -> int:
        """Note where a piece lies; return its number."""
        number = self.numbers[name] = len(self._places)
        self._names += name
        self._places.append((self._pack(pack), start, length))
        return number

    def settle(self, number: int, pack: str) -> None:
        """Say which pack a piece went to that was noted before its pack had a name."""
        _none, start, length = self._places[number]
        self._places[number] = (self._pack(pack), start, length)

    def names(self) -> bytes:
        """Return the names, one after the other."""
        return bytes(self._names)

    def where(self) -> bytes:
        """Return the places, one after the other."""
        return b"".join(_WHERE.pack(*place) for place in self._places)

    def _pack(self, pack: str) -> int:
        if pack not in self._pack_numbers:
            self._pack_numbers[pack] = len(self.packs)
            self.packs.append(pack)
        return self._pack_numbers[pack]


def sealed(manifest: Manifest, name: str, keys: StoreKeys) -> bytes:
    """Return the bytes of a manifest's file of this name."""
    plain = msgspec.msgpack.encode(manifest)
    return keys.seal_manifest(name, zstandard.ZstdCompressor(level=3).compress(plain))


def opened(content: bytes, name: str, keys: StoreKeys) -> Manifest:
    """Return the manifest of a file. Raises ``BrokenError``."""
    packed = keys.open_manifest(name, content)
    try:
        plain = zstandard.ZstdDecompressor().decompress(packed, max_output_size=_LARGEST)
        found = msgspec.msgpack.decode(plain, type=Manifest)
    except (zstandard.ZstdError, msgspec.MsgspecError) as error:
        raise BrokenError from error
    places = len(found.where) // _WHERE.size
    if places != found.pieces or any(not 0 <= n < places for n in found.pages):
        raise BrokenError
    return found
