"""Year, language and country in field 008; class and call number of the shelf."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from perpusdesk.domain.marc.record import RawField, RawRecord, placed
from perpusdesk.exchange import isbd
from perpusdesk.exchange.short_write import swapped

_LENGTH: Final = 40
_YEARS: Final = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_UNKNOWN: Final = "      nuuuuuuuuxx " + "|" * 17 + "und d"
_NO_COUNTRY: Final = ("xx", "|||", "")
_SHELF: Final = (("852", "hi"), ("090", "ab"), ("099", "ab"))
_CLASSES: Final = ("082", "084", "080")
_CLASS: Final = re.compile(r"^(\S+(?: \d\S*)?)\s+(?=\D)(.+)$")


def with_places(record: RawRecord, start: int, text: str) -> RawRecord:
    """Return the record with these characters of field 008 set."""
    old = next(iter(record.all("008")), None)
    data = (old.data if old else _UNKNOWN).ljust(_LENGTH)[:_LENGTH]
    new = RawField("008", data=data[:start] + text + data[start + len(text) :])
    if old is None:
        return record.with_fields(placed(record.fields, new))
    return record if old.data == new.data else swapped(record, old, new)


def write_year(record: RawRecord, text: str) -> RawRecord:
    """Let field 008 say the years that field 264 or 260 has; open years for ``1998-``."""
    years = _YEARS.findall(text)
    serial = record.leader[7:8] in ("s", "i", "b")
    if serial:
        ended = len(years) > 1
        kind, last = ("d", years[1]) if ended else ("c", "9999")
        dates = kind + (years[0] if years else "uuuu") + last
    elif len(years) > 1:
        dates = f"m{years[0]}{years[1]}"
    else:
        dates = f"s{years[0]}    " if years else "nuuuuuuuu"
    return with_places(record, 6, dates)


def read_country(record: RawRecord) -> str:
    """Return the MARC code of the country, or an empty text."""
    code = record.control("008")[15:18].strip()
    return "" if code in _NO_COUNTRY else code


def write_country(record: RawRecord, code: str) -> RawRecord:
    """Return the record with another country."""
    if read_country(record) == code:
        return record
    return with_places(record, 15, (code or "xx").ljust(3)[:3])


def write_language(record: RawRecord, code: str) -> RawRecord:
    """Return the record with another language of the text (a MARC code; empty: not known)."""
    changed = with_places(record, 35, (code or "und").ljust(3)[:3])
    old = next((one for one in changed.all("041") if len(one.get("a")) == 1), None)
    if old is None:
        return changed
    pairs = tuple((known, code if known == "a" else text) for known, text in old.subfields)
    kept = tuple(pair for pair in pairs if pair[1])
    return swapped(changed, old, replace(old, subfields=kept))


def write_classification(record: RawRecord, text: str) -> RawRecord:
    """Return the record with another class."""
    return _put_first(record, _CLASSES, text) or record.with_fields(
        placed(record.fields, RawField("082", "04", (("a", text),))) if text else record.fields
    )


def _put_first(record: RawRecord, tags: tuple[str, ...], text: str) -> RawRecord | None:
    for tag in tags:
        for old in record.all(tag):
            if any(isbd.clean(value)[:1].strip("[/'’|").isdigit() for value in old.get("a")):
                return swapped(record, old, _with_only(old, "a", text))
    return None


def _with_only(field: RawField, code: str, text: str) -> RawField:
    """Return a field with one subfield of this code; without text, with nothing at all."""
    kept = tuple(pair for pair in field.subfields if pair[0] != code)
    return replace(field, subfields=((code, text), *kept) if text else ())


def write_call_number(record: RawRecord, text: str) -> RawRecord:
    """Return the record with the library's own call number, where it had it; else field 090."""
    for tag, codes in _SHELF:
        for old in record.all(tag):
            if any(isbd.clean(value) for value in old.get(codes)):
                return _rewritten(record, old, codes, text)
    if not text:
        return record
    return record.with_fields(placed(record.fields, RawField("090", "  ", _shelf("ab", text))))


def _rewritten(record: RawRecord, old: RawField, codes: str, text: str) -> RawRecord:
    kept = old.without(codes).subfields
    new = swapped(record, old, replace(old, subfields=(*_shelf(codes, text), *kept)))
    if text:
        return new
    left = any(
        isbd.clean(value)
        for tag, codes in _SHELF
        for one in new.all(tag)
        for value in one.get(codes)
    )
    return write_call_number(new, text) if left else new


def _shelf(codes: str, text: str) -> tuple[tuple[str, str], ...]:
    """Part a call number into its class and the rest."""
    if not text:
        return ()
    found = _CLASS.match(text)
    parts = found.groups() if found else (text,)
    return tuple(zip(codes, parts, strict=False))
