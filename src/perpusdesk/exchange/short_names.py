"""Names and subjects in the short form: main entry, added entries, subject headings."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from perpusdesk.domain.marc.record import RawField, RawRecord, placed
from perpusdesk.exchange import isbd
from perpusdesk.exchange.short_fields import SUBJECT_TAGS
from perpusdesk.exchange.short_write import Listed, swapped

_MAIN: Final = {"person": "100", "body": "110", "meeting": "111"}
_KINDS: Final = {tag: kind for kind, tag in _MAIN.items()}
_AUTHORITY: Final = "01"
"""Subfields that name the record of another heading: wrong as soon as the heading changes."""
_SUBJECT_CODES: Final = "abvxyz"
_SUBJECTS: Final = frozenset(SUBJECT_TAGS.values())
_JOINT: Final = " - "
_ARTICLES: Final = ("the ", "an ", "a ")


def read_name(field: RawField) -> str:
    """Return the heading of a name: person, body with its divisions, or meeting."""
    codes = "a" if field.tag.endswith("11") else "ab"
    joint = " " if field.tag.endswith("00") else ". "
    parts = (isbd.clean(text) for text in field.get(codes))
    return joint.join(part for part in parts if part)


def read_author(record: RawRecord) -> tuple[str, str]:
    """Return the heading of the main entry and its kind (``AUTHOR_KINDS``)."""
    for field in record.all(*_KINDS):
        if name := read_name(field):
            return name, _KINDS[field.tag]
    return "", "person"


def write_author(record: RawRecord, text: str) -> RawRecord:
    """Return the record with another main entry of the same kind."""
    said, kind = read_author(record)
    if said == text:
        return record
    old = next((one for one in record.all(*_KINDS) if read_name(one)), None)
    if old is None:
        return _under_name(record.with_fields(placed(record.fields, _name(_MAIN[kind], text))))
    return _under_name(swapped(record, old, _renamed(old, text)))


def write_author_kind(record: RawRecord, kind: str) -> RawRecord:
    """Return the record with its main entry as one of another kind."""
    said, now = read_author(record)
    tag = _MAIN.get(kind)
    if tag is None or now == kind or not said:
        return record
    old = next(one for one in record.all(*_KINDS) if read_name(one))
    kept = tuple(pair for pair in old.subfields if pair[0] not in f"ab{_AUTHORITY}")
    new = _name(tag, said)
    return swapped(record, old, replace(new, subfields=(*new.subfields, *kept)))


def _under_name(record: RawRecord) -> RawRecord:
    """Let the title say (first indicator) whether there is a main entry under a name."""
    old = next(iter(record.all("245")), None)
    mark = "1" if read_author(record)[0] else "0"
    if old is None or old.indicators[0] == mark:
        return record
    return swapped(record, old, replace(old, indicators=mark + old.indicators[1]))


def with_title_marks(record: RawRecord, *, of: str = "title") -> RawRecord:
    """Let the indicators of the title fit a new title or (``of``) a new language.

    The first tells of a main entry under a name, the second of an English article passed over.
    """
    old = next(iter(record.all("245")), None)
    if old is None:
        return record
    first = old.first("a").lower()
    article = next((len(one) for one in _ARTICLES if first.startswith(one)), 0)
    if of == "language" and not article:
        return record
    english = record.control("008")[35:38] in ("eng", "und", "")
    marks = f"0{article if english else 0}"
    return _under_name(swapped(record, old, replace(old, indicators=marks)))


def _name(tag: str, text: str) -> RawField:
    if tag.endswith("00"):
        return RawField(tag, "1 " if "," in text else "0 ", (("a", text),))
    if tag.endswith("11"):
        return RawField(tag, "2 ", (("a", text),))
    first, *more = text.split(". ")
    marked = [f"{part}." for part in (first, *more)[:-1]] + [(first, *more)[-1]]
    codes = ["a", *("b" for _ in more)]
    return RawField(tag, "2 ", tuple(zip(codes, marked, strict=True)))


def _renamed(old: RawField, text: str) -> RawField:
    """Return a name's field with another heading; who links and divides the old one goes."""
    new = _name(old.tag, text)
    kept = tuple(pair for pair in old.subfields if pair[0] not in f"ab{_AUTHORITY}")
    if not text:
        return replace(new, subfields=())
    mark = "," if kept and kept[0][0] in "de" and not text.endswith(",") else ""
    head = (*new.subfields[:-1], (new.subfields[-1][0], new.subfields[-1][1] + mark))
    return replace(new, subfields=(*head, *kept))


def listed_names(tags: tuple[str, ...]) -> Listed:
    """Return the added names of these tags; entries for a work (with $t) have no part in it."""
    return Listed(
        read=lambda one: read_name(one) if one.tag in tags and not one.has("t") else "",
        make=lambda text: _name(tags[0], text),
        edit=_renamed,
    )


# -- subjects -----------------------------------------------------------------------------------


def listed_subjects(kind: str = "topic") -> Listed:
    """Return the subjects; new ones are of this kind (``SUBJECT_TAGS``)."""
    tag = SUBJECT_TAGS.get(kind, "650")
    return Listed(_read_subject, lambda text: _subject(tag, text), _edited_subject)


def _read_subject(field: RawField) -> str:
    if field.tag not in _SUBJECTS:
        return ""
    codes = "a" if field.tag == "653" else _SUBJECT_CODES
    parts = (isbd.clean(text) for text in field.get(codes))
    return _JOINT.join(part for part in parts if part)


def _subject(tag: str, text: str) -> RawField:
    if tag == "653":
        return RawField(tag, "  ", (("a", text),))
    first, *more = text.split(_JOINT)
    marks = {"600": "14" if "," in first else "04", "610": "24", "611": "24"}.get(tag, " 4")
    return RawField(tag, marks, (("a", first), *(("x", part) for part in more)))


def _edited_subject(old: RawField, text: str) -> RawField:
    """Return a subject with other words: of the same shape where it has as many parts."""
    parts = [text] if old.tag == "653" else text.split(_JOINT)
    codes = [code for code, value in old.subfields if code in _SUBJECT_CODES and isbd.clean(value)]
    if len(codes) != len(parts):
        return _subject(old.tag, text)
    words = iter(parts)
    pairs = (
        (code, next(words) if code in _SUBJECT_CODES and isbd.clean(value) else value)
        for code, value in old.subfields
        if code not in _AUTHORITY
    )
    return replace(old, subfields=tuple(pairs))
