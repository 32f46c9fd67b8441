"""A catalogue record as plain values: leader, fields, subfields; and as bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from perpusdesk.domain.merge import marc_parts

_SUBFIELD: Final = "\x1f"
_MARKS: Final = dict.fromkeys([*range(0x20), 0x7F]) | dict.fromkeys(map(ord, "\t\n\r"), " ")
BLANK: Final = "  "


@dataclass(frozen=True, slots=True)
class RawField:
    """One field: ``data`` of a control field (00X), else two indicators and coded subfields."""

    tag: str
    indicators: str = BLANK
    subfields: tuple[tuple[str, str], ...] = ()
    data: str = ""

    @property
    def control(self) -> bool:
        """Whether it has data in place of subfields."""
        return is_control(self.tag)

    def get(self, codes: str) -> list[str]:
        """Return the values of these subfields in the order in which they stand."""
        return [value for code, value in self.subfields if code in codes]

    def first(self, code: str) -> str:
        """Return the first value of a subfield, or an empty text."""
        return next((value for known, value in self.subfields if known == code), "")

    def has(self, codes: str) -> bool:
        """Whether it has one of these subfields."""
        return any(code in codes for code, _ in self.subfields)

    def without(self, codes: str) -> RawField:
        """Return it without these subfields."""
        kept = tuple(pair for pair in self.subfields if pair[0] not in codes)
        return replace(self, subfields=kept)

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        if self.control:
            return not self.data.strip()
        return not any(value.strip() for _, value in self.subfields)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A whole record; the lengths in the leader do not count."""

    leader: str
    fields: tuple[RawField, ...]

    def all(self, *tags: str) -> list[RawField]:
        """Return the fields with these tags in the order in which they stand."""
        return [field for field in self.fields if field.tag in tags]

    def control(self, tag: str) -> str:
        """Return the data of a control field, or an empty text."""
        return next((field.data for field in self.fields if field.tag == tag), "")

    def with_fields(self, fields: Iterable[RawField]) -> RawRecord:
        """Return it with other fields."""
        return replace(self, fields=tuple(fields))


def is_control(tag: str) -> bool:
    """Whether fields with this tag have no subfields."""
    return tag[:2] == "00"


def tidy_text(text: str) -> str:
    """Return text without characters that no record may hold."""
    return text.translate(_MARKS)


def placed(fields: Sequence[RawField], new: RawField) -> tuple[RawField, ...]:
    """Return the fields with a new one behind those of its tag, or where its tag belongs."""
    same = [at for at, field in enumerate(fields) if field.tag == new.tag]
    lower = [at for at, field in enumerate(fields) if field.tag <= new.tag]
    at = (same or lower or [-1])[-1] + 1
    return (*fields[:at], new, *fields[at:])


def to_bytes(record: RawRecord) -> bytes | None:
    """Return the record in UTF-8 as ISO 2709; ``None``: too long for the format."""
    leader = record.leader.ljust(24)[:24]
    plain = "".join(char if " " <= char < "\x7f" else " " for char in leader)
    plain = f"{plain[:9]}a22{plain[12:20]}4500"
    fields = tuple((field.tag, _content(field)) for field in record.fields if not field.empty)
    return marc_parts.join(marc_parts.Parts(plain.encode("ascii"), fields))


def of_bytes(marc: bytes) -> RawRecord | None:
    """Return a record in UTF-8 whose frame is in order; ``None`` for every other one."""
    parts = marc_parts.split(marc)
    if parts is None or (parts.leader[9:10] != b"a" and not marc.isascii()):
        return None
    try:
        fields = tuple(_field(tag, data.decode()) for tag, data in parts.fields)
        return RawRecord(parts.leader.decode("ascii"), fields)
    except UnicodeDecodeError:
        return None


def _content(field: RawField) -> bytes:
    if field.control:
        return tidy_text(field.data).encode()
    marks = tidy_text(field.indicators).ljust(2)[:2]
    coded = (f"{_SUBFIELD}{code}{tidy_text(value)}" for code, value in field.subfields)
    return "".join((marks, *coded)).encode()


def _field(tag: str, text: str) -> RawField:
    if is_control(tag):
        return RawField(tag, data=text)
    marks, *coded = text.split(_SUBFIELD)
    subfields = tuple((part[0], part[1:]) for part in coded if part)
    return RawField(tag, marks.ljust(2)[:2], subfields)
