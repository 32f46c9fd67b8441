"""Put a broken ISO 2709 record in order when its own marks say how.

The fields are there, parted by 0x1E; what breaks is the arithmetic round them: lengths counted in
characters, a base address of zero, a directory that points elsewhere. Field contents are never
changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

FIELD_END: Final = b"\x1e"
RECORD_END: Final = b"\x1d"
_LEADER: Final = 24
_ENTRY: Final = 12
_LARGEST_RECORD: Final = 99_999
_LARGEST_FIELD: Final = 9_999


class Problem(StrEnum):
    """Why a record could not be taken."""

    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    TORN = "torn"
    NO_DIRECTORY = "no_directory"
    NO_FIELDS = "no_fields"
    TEXT_UNREADABLE = "text_unreadable"
    NO_TITLE = "no_title"


@dataclass(frozen=True, slots=True)
class Mended:
    """A record in order; ``repaired``: its frame was wrong; ``lost``: fields that were not there.

    ``lost`` counts directory entries without a field.
    """

    data: bytes
    repaired: bool = False
    lost: int = 0


def mend(data: bytes) -> Mended | Problem:
    """Return the record with a frame that agrees with its fields, or why that is impossible."""
    if len(data) < _LEADER + 2:
        return Problem.TOO_SHORT
    base = _base_address(data)
    if base is None:
        return Problem.NO_DIRECTORY
    body = data[base:].rstrip(RECORD_END)
    tags, places = _directory(data[_LEADER : base - 1])
    if not tags:
        return Problem.NO_FIELDS
    if _frame_is_right(data, base, body, places):
        return Mended(data)
    fields = _fields(body, tags, places)
    if not any(content for _tag, content in fields):
        return Problem.NO_FIELDS
    rebuilt = build_record(data[:_LEADER], fields)
    lost = len(tags) - len(fields)
    return Problem.TOO_LONG if rebuilt is None else Mended(rebuilt, repaired=True, lost=lost)


def _base_address(data: bytes) -> int | None:
    """Return where the fields begin: as the leader says if that fits, else after the first mark."""
    said = data[12:17]
    if said.isdigit() and _LEADER < int(said) <= len(data):
        base = int(said)
        unmarked = (base - 1 - _LEADER) % _ENTRY == 0 and data[_LEADER : base - 1].isalnum()
        if data[base - 1 : base] == FIELD_END or unmarked:
            return base
    found = data.find(FIELD_END, _LEADER)
    return found + 1 if found >= 0 else None


def _directory(entries: bytes) -> tuple[list[bytes], list[tuple[int, int] | None]]:
    """Return the tags, and for each its (start, end) in the body where the entry is readable."""
    tags: list[bytes] = []
    places: list[tuple[int, int] | None] = []
    for begin in range(0, len(entries) - 2, _ENTRY):
        tag, numbers = entries[begin : begin + 3], entries[begin + 3 : begin + _ENTRY]
        tags.append(tag if tag.isalnum() and tag.isascii() else b"999")
        readable = len(numbers) == _ENTRY - 3 and numbers.isdigit()
        start = int(numbers[4:]) if readable else 0
        places.append((start, start + int(numbers[:4])) if readable else None)
    return tags, places


def _frame_is_right(
    data: bytes, base: int, body: bytes, places: list[tuple[int, int] | None]
) -> bool:
    leader = data[:_LEADER]
    return (
        data.endswith(RECORD_END)
        and leader.isascii()
        and leader[:5] == b"%05d" % len(data)
        and leader[12:17] == b"%05d" % base
        and (base - 1 - _LEADER) % _ENTRY == 0
        and data[_LEADER : base - 1].isalnum()
        and all(place is not None and _is_field(body, place) for place in places)
    )


def _is_field(body: bytes, place: tuple[int, int]) -> bool:
    start, end = place
    return (
        end > start and body[end - 1 : end] == FIELD_END and FIELD_END not in body[start : end - 1]
    )


def _fields(
    body: bytes, tags: list[bytes], places: list[tuple[int, int] | None]
) -> list[tuple[bytes, bytes]]:
    """Match tags with contents: one to one where the counts agree, else where an entry is right."""
    contents = body.removesuffix(FIELD_END).split(FIELD_END)
    if len(contents) == len(tags):
        return list(zip(tags, contents, strict=True))
    return [
        (tag, body[place[0] : place[1] - 1])
        for tag, place in zip(tags, places, strict=True)
        if place is not None and _is_field(body, place)
    ]


def build_record(leader: bytes, fields: list[tuple[bytes, bytes]]) -> bytes | None:
    """Return a record of (tag, content) fields, or ``None`` if the format cannot hold them."""
    directory, body = bytearray(), bytearray()
    for tag, content in fields:
        length = len(content) + 1
        if length > _LARGEST_FIELD:
            return None
        directory += b"%s%04d%05d" % (tag, length, len(body))
        body += content + FIELD_END
    base = _LEADER + len(directory) + 1
    total = base + len(body) + 1
    if total > _LARGEST_RECORD:
        return None
    plain = bytes(byte if 0x20 <= byte < 0x7F else 0x20 for byte in leader)
    head = b"%05d%s22%05d%s4500" % (total, plain[5:10], base, plain[17:20])
    return head + bytes(directory) + FIELD_END + bytes(body) + RECORD_END
