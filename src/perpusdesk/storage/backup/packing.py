"""Pieces go into packs of some megabytes: few files on a stick, each written once and for good."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

import zstandard

from perpusdesk.storage.backup.manifest import Manifest, PieceList
from perpusdesk.storage.backup.store import Store

PACK: Final = ".pack"
BAD: Final = ".bad"
"""After the name of a pack: in it something was found that is not what was written."""
PACK_BYTES: Final = 8 << 20
LEVEL: Final = 1
_WASTEFUL: Final = 0.5
"""Of a pack of which less than this share is of use, the pieces are written anew."""


def pack_name(content: bytes) -> str:
    """Return the name of a pack: anybody can see by it whether the pack is whole."""
    return blake2b(content, digest_size=16).hexdigest() + PACK


class Packer:
    """Seals the pieces that the store has not yet and writes them; each is written once."""

    def __init__(self, store: Store) -> None:
        """Look at what the newest backup of the store is made of."""
        self._store = store
        bad = {name.removesuffix(BAD) for name in store.place.sizes(BAD)}
        there = store.place.sizes(PACK)
        self._there = {pack: size for pack, size in there.items() if pack not in bad}
        self._known: dict[bytes, tuple[str, int, int]] = {}
        newest = store.newest_whole()
        self.before = newest[1] if newest else None
        if self.before is not None:
            self._learn(self.before)
        self._compressor = zstandard.ZstdCompressor(level=LEVEL)
        self._buffer = bytearray()
        self._open: list[int] = []
        self.pieces = PieceList()
        self.new_bytes = 0

    def _learn(self, newest: Manifest) -> None:
        """Take the pieces of packs that are there, of their size, and mostly of use."""
        places = [newest.piece(number) for number in range(newest.pieces)]
        used = dict.fromkeys(newest.packs, 0)
        reach = dict.fromkeys(newest.packs, 0)
        for _name, pack, start, length in places:
            used[pack] += length
            reach[pack] = max(reach[pack], start + length)
        good = {
            pack
            for pack in newest.packs
            if self._there.get(pack, 0) >= reach[pack]
            and used[pack] >= self._there[pack] * _WASTEFUL
        }
        for name, pack, start, length in places:
            if pack in good:
                self._known[name] = (pack, start, length)

    def add(self, content: bytes | bytearray) -> int:
        """Return the number of a piece with this content, written now if it is a new one."""
        name = self._store.keys.name_of(content)
        number = self.pieces.numbers.get(name)
        if number is not None:
            return number
        known = self._known.get(name)
        if known is not None:
            return self.pieces.add(name, *known)
        packed = self._store.keys.seal_piece(name, self._compressor.compress(content))
        number = self.pieces.add(name, "", len(self._buffer), len(packed))
        self._buffer += packed
        self._open.append(number)
        if len(self._buffer) >= PACK_BYTES:
            self.flush()
        return number

    def again(self, name: bytes) -> int | None:
        """Return the number of a piece of the backup before, ``None`` if it must be written."""
        number = self.pieces.numbers.get(name)
        if number is None and name in self._known:
            number = self.pieces.add(name, *self._known[name])
        return number

    def flush(self) -> None:
        """Write what waits as one pack."""
        if not self._open:
            return
        content = bytes(self._buffer)
        pack = pack_name(content)
        self._store.place.write(pack, content)
        self.new_bytes += len(content)
        for number in self._open:
            self.pieces.settle(number, pack)
        self._buffer.clear()
        self._open.clear()
