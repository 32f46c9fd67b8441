"""SQLite's write-ahead log, read without SQLite: which frames are whole, and what was lost of it.

SQLite takes a log to end at the first frame that is not whole, for so it looks after a power cut.
A bit that flipped in the middle looks the same, and all that was confirmed after it would vanish
without a word. Format: https://www.sqlite.org/fileformat2.html#the_write_ahead_log.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from perpusdesk.storage.salvage.sealed_pages import PAGE_BYTES, open_page

_HEAD: Final = 32
_FRAME_HEAD: Final = 24
_SIZE: Final = _FRAME_HEAD + PAGE_BYTES
_MAGIC: Final = (0x377F0682, 0x377F0683)
_SHM_BYTES: Final = 100


class Tail(StrEnum):
    """How a log ends."""

    WHOLE = "whole"
    TORN = "torn"
    """The last transaction is not whole: a power cut before it was confirmed, or damage."""
    DAMAGED = "damaged"
    """What was confirmed is not whole."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One whole page in the log: its number, and where its bytes begin in the file."""

    page: int
    start: int


@dataclass(slots=True)
class Log:
    """What a log holds: its whole frames up to the last commit in it, and how it ends."""

    tail: Tail = Tail.WHOLE
    frames: list[Frame] = field(default_factory=list)
    bad: int = 0


@dataclass(frozen=True, slots=True)
class _Seen:
    frame: Frame
    commits: bool
    whole: bool
    readable: bool


def read_log(database: Path, key: bytes | None = None) -> Log:
    """Read the log beside a database file that nobody has open; an empty one when there is none."""
    file = database.with_name(database.name + "-wal")
    data = file.read_bytes() if file.is_file() else b""
    log, seen = _read(data, key)
    promised, moved = _promised(database, data)
    whole = next((n for n, one in enumerate(seen) if not one.whole), len(seen))
    if promised > max(whole, moved):
        log.tail = Tail.DAMAGED
    return log


def read_torn(file: Path, key: bytes | None) -> Log:
    """Read a log that was kept aside; an empty one when there is none."""
    return _read(file.read_bytes() if file.is_file() else b"", key)[0]


def _read(data: bytes, key: bytes | None) -> tuple[Log, list[_Seen]]:
    seen = list(_frames(data, key))
    log = Log(bad=sum(not one.whole for one in seen))
    commits = [place for place, one in enumerate(seen) if one.commits]
    last = commits[-1] + 1 if commits else 0
    log.frames = [one.frame for one in seen[:last] if one.readable]
    log.tail = _tail(data, seen)
    return log, seen


def _tail(data: bytes, seen: list[_Seen]) -> Tail:
    """Say how a log ends by itself.

    Each commit is on the disk before the next begins to be written. So where something is not
    whole and two commits come after, it was whole once.
    """
    bad = next((n for n, one in enumerate(seen) if not one.whole), None)
    if bad is not None:
        later = sum(one.commits and one.whole for one in seen[bad:])
        return Tail.DAMAGED if later > 1 else Tail.TORN
    cut = len(data) > _HEAD and (len(data) - _HEAD) % _SIZE
    open_end = bool(seen) and not seen[-1].commits
    return Tail.TORN if cut or open_end else Tail.WHOLE


def _frames(data: bytes, key: bytes | None) -> Iterator[_Seen]:
    """Yield the frames of the log's present run, whole or not."""
    salt, sums, big = _begin(data)
    found: list[_Seen] = []
    last = -1
    for number, start in enumerate(_starts(data) if salt else ()):
        head, raw = data[start : start + _FRAME_HEAD], data[start + _FRAME_HEAD : start + _SIZE]
        page, commit, *_, one, two = struct.unpack(">6I", head)
        whole = head[8:16] == salt and sums is not None
        whole = whole and _summed(head[:8] + raw, sums or (0, 0), ">" if big else "<") == (one, two)
        readable = whole if key is None else page > 0 and open_page(key, page, raw) is not None
        if head[8:16] == salt or whole:
            last = number
        sums = (one, two)
        found.append(_Seen(Frame(page, start + _FRAME_HEAD), commit > 0, whole, readable))
    yield from found[: last + 1]


def _starts(data: bytes) -> range:
    return range(_HEAD, len(data) - _SIZE + 1, _SIZE)


def _begin(data: bytes) -> tuple[bytes, tuple[int, int] | None, bool]:
    """Return the run's salt, the sums that the first frame goes on from, and their byte order.

    Without a whole head the sums are not known, and the salt is that of the first frames.
    """
    if len(data) < _HEAD + _FRAME_HEAD:
        return b"", None, False
    words = struct.unpack(">8I", data[:_HEAD])
    big = bool(words[0] & 1)
    order = ">" if big else "<"
    if words[0] in _MAGIC and _summed(data[:24], (0, 0), order) == words[6:8]:
        return data[16:24], (words[6], words[7]), big
    salts = [data[start + 8 : start + 16] for start in _starts(data)[:3]]
    return (Counter(salts).most_common(1)[0][0] if salts else b""), None, big


def _summed(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    """Return SQLite's running sums after some more bytes."""
    one, two = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two


def _promised(database: Path, data: bytes) -> tuple[int, int]:
    """Return how many frames the log's index says were confirmed, and were moved into the file.

    The index is memory that programs share; after a power cut it may be anything or nothing, so it
    only counts where its sums are right and it speaks of this log.
    """
    file = database.with_name(database.name + "-shm")
    try:
        with file.open("rb") as index:
            head = index.read(_SHM_BYTES)
    except OSError:
        return 0, 0
    if len(head) < _SHM_BYTES or head[:48] != head[48:96] or not head[12]:
        return 0, 0
    frames = struct.unpack_from("=I", head, 16)[0]
    own = struct.unpack_from("=II", head, 40)
    if _summed(head[:40], (0, 0), "=") != own or (len(data) >= 24 and head[32:40] != data[16:24]):
        return 0, 0
    return frames, struct.unpack_from("=I", head, 96)[0]
