"""A MARC record as texts: quickly out of a record in order, or out of one that pymarc read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:  # slow to import, and here only its names are needed
    from pymarc import Field, Record

_LEADER: Final = 24
_ENTRY: Final = 12
_SUBFIELD: Final = "\x1f"
_ESCAPE: Final = b"\x1b"
_FIELD_END: Final = b"\x1e"
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
    base, said = data[12:17], data[:5]
    if not base.isdigit() or said != b"%05d" % len(data) or data[-2:] != _ENDS:
        return None
    if not data[:_LEADER].isascii() or (data[9:10] != b"a" and _ESCAPE in data):
        return None
    start = int(base)
    directory, body = data[_LEADER : start - 1], data[start:-2]
    if data[start - 1 : start] != _FIELD_END or not directory.isalnum():
        return None
    try:
        texts = body.decode().split("\x1e")
    except UnicodeDecodeError:
        return None
    plain = body.isascii()
    lengths = map(len, texts if plain else body.split(_FIELD_END))
    tags = _tags(directory.decode("ascii"), [length + 1 for length in lengths])
    if not tags or not (plain or (_marks_are_plain(tags, texts) and not _BAD_CODE.search(data))):
        return None
    return MarcRecord(map(MarcField._make, zip(range(len(tags)), tags, texts, strict=True)))


def _tags(directory: str, lengths: list[int]) -> list[str]:
    """Return the tags of a directory that agrees with fields of these lengths, else nothing."""
    if len(directory) != _ENTRY * len(lengths):
        return []
    tags = [directory[at : at + 3] for at in range(0, len(directory), _ENTRY)]
    entries = zip(tags, lengths, accumulate(lengths, initial=0), strict=False)
    wanted = "%s%04d%05d" * len(tags) % tuple(chain.from_iterable(entries))
    return tags if directory == wanted else []


def _marks_are_plain(tags: list[str], texts: list[str]) -> bool:
    return all(
        text.partition(_SUBFIELD)[0].isascii()
        for tag, text in zip(tags, texts, strict=True)
        if not (tag < "010" and tag.isdigit())
    )


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
