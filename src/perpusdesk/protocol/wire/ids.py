"""Lists of ids: those drawn by one run share a tag, so each is told by its time and counter.

Format of a list whose length is known: a varint, twice the number of tags told plus 1 when the
writer's own run drew some; 9 bytes (6 of ms, 3 of counter, big-endian: the least of all) for the
own run; 16 bytes (the same, then 7 of tag) for each further tag; unless there is no tag at all, a
column with the class of each id (0 whole, 1 own run, 2 and more: the tags in order); the columns of
ms and counter above the least of their tag; then the whole ids, side by side up to 4 of them, from
5 on as 16 planes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from perpusdesk.domain.ids import Parts, joined, parts_of
from perpusdesk.protocol.wire.errors import WireError, WireFault
from perpusdesk.protocol.wire.numbers import Reader, put, put_column

SIZE: Final = 16
_WHOLE, _OWN, _FIRST_TAG = 0, 1, 2
_FEW: Final = 4
_MS, _COUNTER, _TAG = 6, 3, 7


def put_ids(out: bytearray, ids: Sequence[bytes], own_tag: int) -> None:
    """Add ids of 16 bytes each; ``own_tag`` is that of the stream's own run."""
    parts = [parts_of(int.from_bytes(id_, "big")) for id_ in ids]
    classes = _classes(parts, own_tag)
    least: dict[int, tuple[int, int]] = {}
    for one in parts:
        if one is not None and one.tag in classes:
            ms, counter = least.get(one.tag, one[:2])
            least[one.tag] = min(ms, one.ms), min(counter, one.counter)
    put(out, 2 * len([tag for tag in least if tag != own_tag]) + (own_tag in least))
    for tag in sorted(least, key=classes.__getitem__):
        ms, counter = least[tag]
        out += ms.to_bytes(_MS, "big") + counter.to_bytes(_COUNTER, "big")
        if tag != own_tag:
            out += tag.to_bytes(_TAG, "big")
    if least:
        _put_told(out, parts, classes, least)
    _put_whole(
        out,
        [id_ for id_, one in zip(ids, parts, strict=True) if one is None or one.tag not in least],
    )


def _classes(parts: Sequence[Parts | None], own_tag: int) -> dict[int, int]:
    """Return the class of each tag that is worth telling."""
    seen = Counter(one.tag for one in parts if one is not None)
    told = [tag for tag, times in seen.items() if times > 1 and tag != own_tag]
    return {own_tag: _OWN} | {tag: number for number, tag in enumerate(told, _FIRST_TAG)}


def _put_told(
    out: bytearray,
    parts: Sequence[Parts | None],
    classes: dict[int, int],
    least: dict[int, tuple[int, int]],
) -> None:
    told = [one for one in parts if one is not None and one.tag in classes]
    put_column(out, [classes.get(one.tag, _WHOLE) if one else _WHOLE for one in parts])
    put_column(out, [one.ms - least[one.tag][0] for one in told])
    put_column(out, [one.counter - least[one.tag][1] for one in told])


def _put_whole(out: bytearray, ids: Sequence[bytes]) -> None:
    data = b"".join(ids)
    if len(ids) <= _FEW:
        out += data
        return
    for plane in range(SIZE):
        out += data[plane::SIZE]


def take_ids(reader: Reader, count: int, own_tag: int) -> list[bytes]:
    """Take so many ids; what is no UUIDv7 by its parts is refused."""
    head = reader.number()
    if head > 2 * count + 1:
        raise WireError(WireFault.DAMAGED, at=reader.place)
    least = {_OWN: _take_least(reader, own_tag)} if head & 1 else {}
    for number in range(head >> 1):
        ms, counter, _tag = _take_least(reader, 0)
        tag = int.from_bytes(reader.take(_TAG), "big")
        least[_FIRST_TAG + number] = Parts(ms, counter, tag)
    if not least:
        return list(_take_whole(reader, count))
    classes = reader.column(count)
    told = count - sum(1 for one in classes if one == _WHOLE)
    moments, counters = iter(reader.column(told)), iter(reader.column(told))
    whole = _take_whole(reader, count - told)
    return [
        _told(least.get(one), next(moments), next(counters)) if one else next(whole)
        for one in classes
    ]


def _take_least(reader: Reader, tag: int) -> Parts:
    ms = int.from_bytes(reader.take(_MS), "big")
    return Parts(ms, int.from_bytes(reader.take(_COUNTER), "big"), tag)


def _told(least: Parts | None, ms: int, counter: int) -> bytes:
    if least is None:
        raise WireError(WireFault.DAMAGED)
    parts = Parts(least.ms + ms, least.counter + counter, least.tag)
    if parts.ms >= 2**48 or parts.counter >= 2**24 or parts.tag >= 2**50:
        raise WireError(WireFault.OUT_OF_RANGE)
    return joined(*parts).to_bytes(SIZE, "big")


def _take_whole(reader: Reader, count: int) -> Iterator[bytes]:
    data = reader.take(count * SIZE)
    if count <= _FEW:
        return (data[begin : begin + SIZE] for begin in range(0, len(data), SIZE))
    sorted_ = bytearray(len(data))
    for plane in range(SIZE):
        sorted_[plane::SIZE] = data[plane * count : (plane + 1) * count]
    whole = bytes(sorted_)
    return (whole[begin : begin + SIZE] for begin in range(0, len(whole), SIZE))
