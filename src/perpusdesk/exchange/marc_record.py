"""A MARC record as texts: quickly out of a record in order, or out of one that pymarc read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from pymarc import Field, Record

_LEADER: Final = 24
_ENTRY: Final = 12
_SUBFIELD: Final = "\x1f"
_ESCAPE: Final = b"\x1b"
_ENDS: Final = b"\x1e\x1d"
_BAD_CODE: Final = re.compile(rb"\x1f[\x80-\xff]")


class MarcField(NamedTuple):
    """One field; ``text`` is a control field's data, else indicators and coded subfields."""

    place: int
    tag: str
    text: str

    def values(self, codes: str) -> list[str]:
        """Return the subfields with these codes, in the order in which they stand."""
        return [part[1:] for part in self.text.split(_SUBFIELD)[1:] if part and part[0] in codes]

    def has(self, code: str) -> bool:
        """Whether there is such a subfield."""
        return f"{_SUBFIELD}{code}" in self.text

    @property
    def second_indicator(self) -> str:
        """The second indicator, a blank where there is none."""
        return (self.text.partition(_SUBFIELD)[0] + "  ")[1]


class MarcRecord:
    """The fields of a record, found by their tags."""

    __slots__ = ("_by_tag",)

    def __init__(self, fields: Iterable[MarcField]) -> None:
        self._by_tag: dict[str, list[MarcField]] = {}
        for field in fields:
            if field.tag in self._by_tag:
                self._by_tag[field.tag].append(field)
            else:
                self._by_tag[field.tag] = [field]

    def all(self, *tags: str) -> list[MarcField]:
        """Return the fields with these tags in the order in which they stand."""
        found = [self._by_tag[tag] for tag in tags if tag in self._by_tag]
        if len(found) < 2:
            return found[0] if found else []
        return sorted(field for fields in found for field in fields)

    def control(self, tag: str) -> str:
        """Return the data of a control field, or an empty text."""
        found = self._by_tag.get(tag)
        return found[0].text if found else ""


def quick(data: bytes) -> MarcRecord | None:
    """Return a record that is in order and in UTF-8; ``None`` for every other one.

    What it returns is what ``mend``, ``parse`` and ``of_pymarc`` come to, by a shorter way.
    """
    fields = _framed(data)
    if fields is None or (data[9:10] != b"a" and _ESCAPE in data):
        return None
    try:
        texts = b"\x1e".join(fields).decode().split("\x1e")
    except UnicodeDecodeError:
        return None
    entries = data[_LEADER : _LEADER + _ENTRY * len(fields)].decode("ascii")
    tags = [entries[at : at + 3] for at in range(0, len(entries), _ENTRY)]
    if not data.isascii() and (_BAD_CODE.search(data) or not _marks_are_plain(tags, texts)):
        return None
    return MarcRecord(map(MarcField, range(len(tags)), tags, texts))


def _marks_are_plain(tags: list[str], texts: list[str]) -> bool:
    return all(
        text.partition(_SUBFIELD)[0].isascii()
        for tag, text in zip(tags, texts, strict=True)
        if not (tag < "010" and tag.isdigit())
    )


def _framed(data: bytes) -> list[bytes] | None:
    """Return the fields of a record of which leader, directory and marks agree."""
    base = data[12:17]
    if not base.isdigit() or data[:5] != b"%05d" % len(data) or data[-2:] != _ENDS:
        return None
    start = int(base)
    directory = data[_LEADER : start - 1]
    fields = data[start:-2].split(b"\x1e")
    right = len(directory) == _ENTRY * len(fields) and data[start - 1 : start] == b"\x1e"
    if not right or not directory.isalnum() or not data[:_LEADER].isascii():
        return None
    place = 0
    for at, field in zip(range(3, len(directory), _ENTRY), fields, strict=True):
        length = len(field) + 1
        if directory[at : at + 9] != b"%04d%05d" % (length, place):
            return None
        place += length
    return fields


def of_pymarc(record: Record) -> MarcRecord:
    """Return the same of a record that pymarc holds."""
    return MarcRecord(
        MarcField(place, field.tag, _text(field)) for place, field in enumerate(record.fields)
    )


def _text(field: Field) -> str:
    if field.control_field:
        return field.data or ""
    coded = [f"{_SUBFIELD}{code}{value}" for code, value in field.subfields]
    return "".join([*map(str, field.indicators or ()), *coded])
