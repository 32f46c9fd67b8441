"""Checks of a record while it is written: structure by the format, numbers, leader, years."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Final

from stdnum import isbn, issn

from perpusdesk.domain.marc.findings import Code, Finding, Severity
from perpusdesk.domain.marc.format import Format, TagRule
from perpusdesk.domain.marc.record import RawField, RawRecord

_TAG: Final = re.compile(r"^\d{3}$")
_MAIN: Final = ("100", "110", "111", "130")
_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DIGITS: Final = re.compile(r"[^0-9Xx]")
_NO_YEAR: Final = re.compile(
    r"^[\[(]?\s*(?:s\.?\s*a\.?|n\.?\s*d\.?|t\.?\s*t\.?)\s*[\])]?\.?$", re.I
)
_OLDEST: Final = 1450
_CLASS: Final = re.compile(r"^(?:\d{3}|2X\d)(?:[./'’ ]|\d|$)", re.I)
_LEADER: Final = (
    (5, "acdnp"),
    (6, "acdefgijkmoprt"),
    (7, "abcdims"),
    (8, " a"),
    (17, " 12345678uz"),
    (18, " acinu"),
    (19, " abc"),
)
_DATE_KINDS: Final = "bcdeikmnpqrstu|"


def check_record(
    record: RawRecord,
    rules: Format,
    languages: Collection[str],
    countries: Collection[str],
    this_year: int,
) -> Iterator[Finding]:
    """Yield what is wrong or odd, field by field; quick enough for every keystroke."""
    if not any(field.first("a").strip() for field in record.all("245")):
        yield Finding(Code.TITLE_MISSING, Severity.ERROR, "245", subfield="a")
    yield from _leader(record.leader)
    yield from _repeated(record, rules)
    for place, field in enumerate(record.fields):
        if not _TAG.match(field.tag):
            yield Finding(Code.TAG_INVALID, Severity.ERROR, field.tag, place)
        elif field.empty:
            yield Finding(Code.FIELD_EMPTY, Severity.HINT, field.tag, place)
        else:
            yield from _field(place, field, rules.get(field.tag))
    yield from _fixed(record, languages, countries)
    yield from _years(record, this_year)


# -- structure ----------------------------------------------------------------------------------


def _leader(leader: str) -> Iterator[Finding]:
    if len(leader) != 24:
        length = {"length": len(leader)}
        yield Finding(Code.LEADER_LENGTH, Severity.WARNING, "LDR", facts=length)
    for place, valid in _LEADER:
        if leader[place : place + 1] not in tuple(valid):
            facts = {"place": place, "value": leader[place : place + 1], "allowed": valid}
            yield Finding(Code.LEADER_PLACE, Severity.WARNING, "LDR", facts=facts)


def _repeated(record: RawRecord, rules: Format) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, field in enumerate(record.fields):
        rule = rules.get(field.tag)
        if field.tag in seen and rule and not rule.repeatable:
            yield Finding(Code.TAG_TWICE, Severity.WARNING, field.tag, place)
        seen.add(field.tag)
    main = [tag for tag in _MAIN if tag in seen]
    if len(main) > 1:
        place = next(at for at, field in enumerate(record.fields) if field.tag == main[1])
        facts = {"tags": ", ".join(main)}
        yield Finding(Code.MAIN_ENTRIES, Severity.WARNING, main[1], place, facts=facts)


def _field(place: int, field: RawField, rule: TagRule | None) -> Iterator[Finding]:
    if rule is not None and not field.control:
        yield from _structure(place, field, rule)
    special = _SPECIAL.get(field.tag)
    if special:
        yield from special(place, field)


def _structure(place: int, field: RawField, rule: TagRule) -> Iterator[Finding]:
    for at in (0, 1):
        mark = field.indicators[at : at + 1] or " "
        if not rule.allows(at, mark):
            allowed = (rule.first, rule.second)[at]
            facts = {"place": at + 1, "value": mark, "allowed": allowed}
            yield Finding(Code.INDICATOR_INVALID, Severity.WARNING, field.tag, place, facts=facts)
    if rule.codes is None:
        return
    counts = Counter(code for code, _ in field.subfields)
    for code, count in counts.items():
        if code not in rule.codes:
            yield Finding(Code.SUBFIELD_UNKNOWN, Severity.WARNING, field.tag, place, code)
        elif count > 1 and not rule.codes[code]:
            yield Finding(Code.SUBFIELD_TWICE, Severity.WARNING, field.tag, place, code)
    for code, value in field.subfields:
        if not value.strip():
            yield Finding(Code.SUBFIELD_EMPTY, Severity.HINT, field.tag, place, code)


# -- numbers ------------------------------------------------------------------------------------


def _isbn(place: int, field: RawField) -> Iterator[Finding]:
    for value in field.get("a"):
        number = _DIGITS.sub("", value.partition("(")[0]).upper()
        facts = {"number": value.strip()}
        if len(number) not in (10, 13):
            yield Finding(Code.ISBN_LENGTH, Severity.WARNING, "020", place, "a", facts, "isbn")
        elif not isbn.is_valid(number):
            yield Finding(Code.ISBN_CHECK, Severity.WARNING, "020", place, "a", facts, "isbn")


def _issn(place: int, field: RawField) -> Iterator[Finding]:
    for value in field.get("a"):
        if not issn.is_valid(value):
            facts = {"number": value.strip()}
            yield Finding(Code.ISSN_CHECK, Severity.WARNING, "022", place, "a", facts, "issn")


def _title(place: int, field: RawField) -> Iterator[Finding]:
    mark = field.indicators[1:2]
    skipped = int(mark) if mark.isdigit() else 0
    title = field.first("a")
    if skipped and (skipped >= len(title) or title[skipped - 1] not in " '’\"-["):
        facts = {"value": mark}
        yield Finding(Code.NONFILING_ODD, Severity.HINT, "245", place, facts=facts)


def _class(place: int, field: RawField) -> Iterator[Finding]:
    for value in field.get("a"):
        if not _CLASS.match(value.strip().lstrip("[")):
            facts = {"value": value.strip()}
            yield Finding(
                Code.CLASS_ODD, Severity.HINT, field.tag, place, "a", facts, "classification"
            )


_SPECIAL: Final = {"020": _isbn, "022": _issn, "245": _title, "082": _class}


# -- fixed fields and years ---------------------------------------------------------------------


def _fixed(
    record: RawRecord, languages: Collection[str], countries: Collection[str]
) -> Iterator[Finding]:
    place = next((at for at, field in enumerate(record.fields) if field.tag == "008"), -1)
    if place < 0:
        yield Finding(Code.FIXED_MISSING, Severity.HINT, "008")
        return
    data = record.fields[place].data
    if len(data) != 40:
        facts: dict[str, object] = {"length": len(data), "wanted": 40}
        yield Finding(Code.FIXED_LENGTH, Severity.WARNING, "008", place, facts=facts)
        return
    if not _is_day(data[:6]):
        yield Finding(Code.FIXED_DATE, Severity.HINT, "008", place, facts={"value": data[:6]})
    if data[6] not in _DATE_KINDS:
        yield Finding(Code.FIXED_KIND, Severity.WARNING, "008", place, facts={"value": data[6]})
    language, country = data[35:38], data[15:18].strip()
    if language not in languages and language not in ("   ", "|||"):
        facts = {"value": language}
        yield Finding(
            Code.LANGUAGE_UNKNOWN, Severity.WARNING, "008", place, facts=facts, short="language"
        )
    if country and country not in countries and country != "|||":
        facts = {"value": country}
        yield Finding(
            Code.COUNTRY_UNKNOWN, Severity.WARNING, "008", place, facts=facts, short="country"
        )


def _is_day(text: str) -> bool:
    return text.isdigit() and 1 <= int(text[2:4]) <= 12 and 1 <= int(text[4:6]) <= 31


def _years(record: RawRecord, this_year: int) -> Iterator[Finding]:
    fixed = record.control("008")[7:11]
    for place, field in enumerate(record.fields):
        if field.tag not in ("260", "264") or (field.tag == "264" and field.indicators[1] == "4"):
            continue
        for text in field.get("c"):
            years = [int(year) for year in _YEAR.findall(text)]
            facts = {"value": text.strip(" ,.")}
            found = _year(text, years, this_year)
            if found:
                code, severity = found
                yield Finding(code, severity, field.tag, place, "c", facts, "year")
            elif fixed.isdigit() and years and int(fixed) not in years:
                facts["fixed"] = fixed
                yield Finding(
                    Code.YEARS_DIFFER, Severity.HINT, field.tag, place, "c", facts, "year"
                )


def _year(text: str, years: list[int], this_year: int) -> tuple[Code, Severity] | None:
    if not text.strip():
        return None
    if not years:
        known = _NO_YEAR.match(text.strip(" ,")) or "-" in text or "?" in text
        return None if known else (Code.YEAR_UNREADABLE, Severity.WARNING)
    if max(years) > this_year + 1:
        return Code.YEAR_IN_FUTURE, Severity.WARNING
    if min(years) < _OLDEST and "H" not in text.upper():
        return Code.YEAR_OLD, Severity.HINT
    return None
