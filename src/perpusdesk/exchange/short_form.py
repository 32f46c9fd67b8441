"""The short form as a view of a record: read a field out of it, write one into it.

What the short form does not show stays as it is: other subfields, other fields, their order. A
value that is written as it was read changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from perpusdesk.domain.marc.record import RawField, RawRecord, placed, tidy_text
from perpusdesk.exchange import isbd, marc_fields, short_fixed, short_names
from perpusdesk.exchange.marc_record import MarcField, MarcRecord
from perpusdesk.exchange.short_fields import SHORT, ShortField
from perpusdesk.exchange.short_write import Listed, swapped, with_subfield

Value = str | tuple[str, ...]


def as_marc_record(record: RawRecord) -> MarcRecord:
    """Return the record as the readers of foreign files know it."""
    return MarcRecord(
        MarcField(place, field.tag, _text(field)) for place, field in enumerate(record.fields)
    )


def _text(field: RawField) -> str:
    if field.control:
        return field.data
    coded = (f"\x1f{code}{value}" for code, value in field.subfields)
    return "".join((field.indicators, *coded))


def read_short(record: RawRecord) -> dict[str, Value]:
    """Return every field of the short form that is part of the record."""
    known = as_marc_record(record)
    author, kind = short_names.read_author(record)
    special: dict[str, Value] = {
        "author": author,
        "author_kind": kind,
        "other_authors": _OTHERS.texts(record),
        "other_bodies": _BODIES.texts(record),
        "subjects": short_names.listed_subjects().texts(record),
        "classification": marc_fields.classification(known),
        "call_number": marc_fields.call_number(known),
        "language": marc_fields.language(known),
        "country": short_fixed.read_country(record),
    }
    plain = {name: _read(record, field) for name, field in SHORT.items() if field.tags}
    return {name: {**plain, **special}[name] for name in SHORT if name in plain or name in special}


def write_short(record: RawRecord, name: str, value: Value, kind: str = "") -> RawRecord:
    """Return the record with one field of the short form set; empty text takes it out.

    ``kind`` tells of what kind a new subject is (``SUBJECT_TAGS``).
    """
    if SHORT[name].repeatable:
        return _listed(name, kind).write(record, tidy_list(value, name))
    text = tidy(value, name)
    special = _SPECIAL.get(name)
    if special:
        same = read_short(record)[name] == text
        return record if same else _also(special(record, text), name, text)
    if _read(record, SHORT[name]) == text:
        return record
    return _also(_write(record, SHORT[name], text), name, text)


def _also(record: RawRecord, name: str, text: str) -> RawRecord:
    """Write what a value says elsewhere in the record as well."""
    if name == "year":
        return short_fixed.write_year(record, text)
    if name in ("title", "language"):
        return short_names.with_title_marks(record, of=name)
    return record


def tidy(value: Value, name: str = "title") -> str:
    """Return one value of a short field as a record has it."""
    text = value if isinstance(value, str) else next(iter(value), "")
    return _cleaner(SHORT[name])(tidy_text(text))


def tidy_list(value: Value, name: str = "title") -> tuple[str, ...]:
    """Return several values as a record has them: each once, none empty."""
    texts = (value,) if isinstance(value, str) else value
    return tuple(dict.fromkeys(text for one in texts if (text := tidy(one, name))))


def _cleaner(field: ShortField) -> Callable[[str], str]:
    """Return how values are read: notes with their stops, all else without ISBD's marks."""
    return isbd.prose if field.tags and field.tags[0][0] == "5" else isbd.clean


def _listed(name: str, kind: str) -> Listed:
    if name == "subjects":
        return short_names.listed_subjects(kind or "topic")
    return {"other_authors": _OTHERS, "other_bodies": _BODIES}.get(name) or _plain(SHORT[name])


def _plain(field: ShortField) -> Listed:
    clean = _cleaner(field)
    return Listed(
        read=lambda one: clean(one.first(field.code)) if one.tag in field.tags else "",
        make=lambda text: RawField(field.tags[0], field.marks, ((field.code, text),)),
        edit=lambda one, text: with_subfield(one, field.code, text),
    )


def _read(record: RawRecord, field: ShortField) -> Value:
    if field.repeatable:
        return _plain(field).texts(record)
    clean = _cleaner(field)
    texts = (clean(text) for one in _of(record, field) for text in one.get(field.code))
    return next((text for text in texts if text), "")


def _of(record: RawRecord, field: ShortField) -> list[RawField]:
    found = record.all(*field.tags)
    if field.tags[0] != "264":
        return found
    said = [one for one in found if one.tag == "260" or one.indicators[1] in "1 "]
    return sorted(said, key=lambda one: one.tag, reverse=True)


def _write(record: RawRecord, field: ShortField, text: str) -> RawRecord:
    if _read(record, field) == text:
        return record
    there = _of(record, field)
    old = next((one for one in there if any(map(str.strip, one.get(field.code)))), None)
    old = old or next(iter(there), None)
    if old is None:
        new = RawField(field.tags[0], field.marks, ((field.code, text),))
        return record.with_fields(placed(record.fields, new))
    changed = swapped(record, old, with_subfield(old, field.code, text))
    return changed if text else _write(changed, field, text)


_OTHERS: Final = short_names.listed_names(("700",))
_BODIES: Final = short_names.listed_names(("710", "711"))
_SPECIAL: Final[Mapping[str, Callable[[RawRecord, str], RawRecord]]] = MappingProxyType(
    {
        "author": short_names.write_author,
        "author_kind": short_names.write_author_kind,
        "classification": short_fixed.write_classification,
        "call_number": short_fixed.write_call_number,
        "language": short_fixed.write_language,
        "country": short_fixed.write_country,
    }
)
