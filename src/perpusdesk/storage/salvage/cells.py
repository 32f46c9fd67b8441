"""What one page of a database file holds: rows, and which pages hang under it.

Format: https://www.sqlite.org/fileformat2.html#b_tree_pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from perpusdesk.storage.salvage.records import SpoiltError, values_of, varint

INDEX_BRANCH: Final = 2
TABLE_BRANCH: Final = 5
INDEX_LEAF: Final = 10
TABLE_LEAF: Final = 13
_FILE_HEAD: Final = 100
_BRANCHES: Final = (INDEX_BRANCH, TABLE_BRANCH)

Read = Callable[[int], bytes | None]
Row = tuple[int | None, list[Any]]
"""A row's own number (``None`` in an index or a table without), and its values."""


def kind_of(page: bytes, number: int) -> int:
    """Return what kind of page it is by its first byte (0: one that holds no rows)."""
    kind = page[_start(number)]
    return kind if kind in (*_BRANCHES, INDEX_LEAF, TABLE_LEAF) else 0


def children(page: bytes, number: int) -> list[int]:
    """Return the numbers of the pages under a branch."""
    if kind_of(page, number) not in _BRANCHES:
        return []
    start = _start(number)
    last = int.from_bytes(page[start + 8 : start + 12], "big")
    below = [int.from_bytes(page[place : place + 4], "big") for place in _places(page, number)]
    return [*below, last]


def rows(page: bytes, number: int, read: Read) -> Iterator[Row | None]:
    """Yield the rows of a page, ``None`` for each that cannot be read.

    ``read`` returns another page (for rows longer than one), ``None`` if it is not readable.
    """
    kind = kind_of(page, number)
    if kind in (0, TABLE_BRANCH):
        return
    for place in _places(page, number):
        try:
            yield _row(page, place, kind, read)
        except SpoiltError:
            yield None


def _start(number: int) -> int:
    return _FILE_HEAD if number == 1 else 0


def _places(page: bytes, number: int) -> list[int]:
    start = _start(number)
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    first = start + (12 if page[start] in _BRANCHES else 8)
    table = page[first : first + 2 * count]
    places = [int.from_bytes(table[n : n + 2], "big") for n in range(0, len(table) - 1, 2)]
    return [place for place in places if first <= place < len(page) - 3]


def _row(page: bytes, place: int, kind: int, read: Read) -> Row:
    if kind == INDEX_BRANCH:
        place += 4
    size, place = varint(page, place)
    rowid = None
    if kind == TABLE_LEAF:
        rowid, place = varint(page, place)
    return rowid, values_of(_payload(page, place, size, kind, read))


def _payload(page: bytes, place: int, size: int, kind: int, read: Read) -> bytes:
    usable = len(page)
    least = (usable - 12) * 32 // 255 - 23
    most = usable - 35 if kind == TABLE_LEAF else (usable - 12) * 64 // 255 - 23
    if not 0 < size < 1 << 31:
        raise SpoiltError
    here = size
    if size > most:
        here = least + (size - least) % (usable - 4)
        here = here if here <= most else least
    if place + here + (4 if here < size else 0) > usable:
        raise SpoiltError
    found = page[place : place + here]
    after = int.from_bytes(page[place + here : place + here + 4], "big") if here < size else 0
    return found + _overflow(after, size - here, read) if here < size else found


def _overflow(number: int, left: int, read: Read) -> bytes:
    parts = []
    while left > 0:
        page = read(number) if number else None
        if page is None:
            raise SpoiltError
        part = page[4 : 4 + left]
        parts.append(part)
        left -= len(part)
        number = int.from_bytes(page[:4], "big")
    return b"".join(parts)
