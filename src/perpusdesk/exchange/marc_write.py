"""Clean MARC 21 out of a title: the record it came with, put in order and brought up to date.

Fields that nobody changed stay as they came, byte for byte; what is missing or blank (leader,
001, 005, 008, indicators) is filled in.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from pymarc import Field, Indicators, Subfield

from perpusdesk.domain.materials import BOOK, Material
from perpusdesk.exchange.export_rows import ExportTitle, parts
from perpusdesk.exchange.marc_holdings import held
from perpusdesk.exchange.marc_text import parse
from perpusdesk.exchange.material_table import material_kinds

AGENCY: Final = "PerpusDesk"
_LEADER: Final = "00000nam a2200000   4500"
_VALID: Final = ((5, "acdnp", "n"), (6, "acdefgijkmoprt", "a"), (7, "abcdims", "m"), (8, " a", " "))
_LATER: Final = ((17, " 12345678uz", " "), (18, " acinu", " "), (19, " abc", " "))
_STAMP: Final = re.compile(r"^\d{14}(\.\d*)?$")
_CODES: Final = re.compile(r"(?:[a-z]{3})+")
_DAY: Final = re.compile(r"(?<!\d)\d{14}(?!\d)")
_SUBFIELD: Final = "\x1f"
_NAME: Final = ("100", "110", "111")
_ARTICLES: Final = {"the ": 4, "an ": 3, "a ": 2}
_OF_FIELD: Final = {
    "020": frozenset({"isbn"}),
    "082": frozenset({"classification"}),
    "100": frozenset({"author"}),
    "245": frozenset({"title", "subtitle", "responsibility"}),
    "250": frozenset({"edition"}),
    "260": frozenset({"place", "publisher", "year"}),
    "300": frozenset({"extent"}),
    "490": frozenset({"series"}),
    "650": frozenset({"subjects"}),
    "700": frozenset({"other_authors"}),
}
_SAME: Final = {
    "100": _NAME,
    "260": ("260", "264"),
    "490": ("490", "440", "830"),
    "650": ("600", "610", "611", "650", "651", "653", "655"),
    "700": ("700", "710", "711"),
}


def marc_fields(title: ExportTitle, at: datetime) -> tuple[str, list[Field]]:
    """Return leader and fields of a title; ``at`` is the time of the export."""
    record = parse(title.marc)[0] if title.marc else None
    fields = [field for field in record.fields if _says_something(field)] if record else []
    leader = str(record.leader) if record else _leader(title)
    blank = record is None or _is_blank(fields)
    added: list[Field] = []
    for tag, names in _OF_FIELD.items():
        if names & title.changed or not record:
            fields = [field for field in fields if not _is_replaced(field, tag)]
            added += _made(tag, title)
    if blank and not any(field.tag == "082" for field in [*fields, *added]):
        added += _made("082", title)
    fields, holdings = held(fields, title)
    if blank:
        for field in fields:
            _fill_indicators(field, title)
        fields.sort(key=lambda field: field.tag)
    added += _control(fields, title, at)
    return clean_leader(leader), _placed(fields, added + holdings)


def _leader(title: ExportTitle) -> str:
    return f"{_LEADER[:6]}{_kind(title).leader}{_LEADER[8:]}"


def _kind(title: ExportTitle) -> Material:
    """Return the kind of material of a title that has no record yet."""
    return material_kinds().get(title.material) or material_kinds()[BOOK]


def _is_replaced(field: Field, tag: str) -> bool:
    """Whether a field goes when the one with this tag is made anew.

    SLiMS writes Dewey numbers into 084; one that names its scheme is not Dewey's.
    """
    if tag == "082" and field.tag == "084":
        return "2" not in field
    return field.tag in _SAME.get(tag, (tag,))


def _placed(fields: list[Field], added: list[Field]) -> list[Field]:
    """Put new fields in their places; those that came stay in the order in which they came."""
    placed = list(fields)
    for new in sorted(added, key=lambda field: field.tag):
        after = [at for at, field in enumerate(placed) if field.tag <= new.tag]
        placed.insert(after[-1] + 1 if after else 0, new)
    return placed


def clean_leader(leader: str) -> str:
    """Return a leader in which every place has one of the values that it may have."""
    places = list(leader.ljust(24)[:24])
    for place, valid, usual in (*_VALID, *_LATER):
        if places[place] not in valid:
            places[place] = usual
    places[9], places[10:12], places[20:24] = "a", list("22"), list("4500")
    return "".join(places)


def _says_something(field: Field) -> bool:
    if field.tag.startswith("00"):
        return bool(field.data and field.data.strip())
    return any(value.strip() for _, value in field.subfields)


def _is_blank(fields: list[Field]) -> bool:
    """Whether the indicators of the title say nothing: such a record knows of none at all."""
    return any(field.tag == "245" and not str(field.indicator1).strip() for field in fields)


def _fill_indicators(field: Field, title: ExportTitle) -> None:
    """Fill in the indicators that may not be blank."""
    if field.tag.startswith("00"):
        return
    one, two = str(field.indicator1 or " "), str(field.indicator2 or " ")
    if field.tag in ("100", "700") and one == " ":
        one = "1" if "," in (field.get("a") or "") else "0"
    elif field.tag in ("110", "710") and one == " ":
        one = "2"
    elif field.tag in ("600", "650", "651") and two == " ":
        two = "4"
        one = "1" if field.tag == "600" and one == " " else one
    elif field.tag == "041" and one == " ":
        one = "0"
    elif field.tag == "245":
        entry, skipped = _title_marks(title)
        one, two = one.strip() or entry, two.strip() or skipped
    field.indicators = Indicators(one, two)


def _control(fields: list[Field], title: ExportTitle, at: datetime) -> list[Field]:
    """Return the control fields that are missing; wrong ones are put right in place."""
    found = {field.tag: field for field in fields if field.tag.startswith("00")}
    added = []
    if "001" not in found:
        added.append(Field("001", data=title.id))
        if "003" not in found:
            added.append(Field("003", data=AGENCY))
    if not title.marc and (carrier := _kind(title).carrier):
        added.append(Field("007", data=carrier))
    stamp = found.get("005")
    if stamp is None:
        added.append(Field("005", data=f"{at:%Y%m%d%H%M%S}.0"))
    elif not _STAMP.match(stamp.data or ""):
        day = _DAY.search(stamp.data or "")
        stamp.data = f"{day.group() if day else at.strftime('%Y%m%d%H%M%S')}.0"
    fixed = found.get("008")
    if fixed is None:
        added.append(Field("008", data=_fixed(title, at)))
    elif _SUBFIELD not in (fixed.data or ""):
        fixed.data = (fixed.data or "").ljust(40)
    if "language" in title.changed and fixed is not None and len(title.language) == 3:
        text = fixed.data or ""
        fixed.data = text[:35] + title.language + text[38:]
    for field in fields:
        if field.tag == "041":
            _code_language(field, title.language)
    return added


def _code_language(field: Field, code: str) -> None:
    """Put the code of the language in the place of its name."""
    for place, (mark, said) in enumerate(field.subfields):
        if mark == "a" and len(code) == 3 and not _CODES.fullmatch(said):
            field.subfields[place] = Subfield("a", code)


def _fixed(title: ExportTitle, at: datetime) -> str:
    year = title.year if re.fullmatch(r"\d{4}", title.year) else ""
    language = title.language if re.fullmatch("[a-z]{3}", title.language) else "und"
    kind, date = ("s", year) if year else ("n", "uuuu")
    said = "|" * 17 if title.material in ("", BOOK) or title.marc else _kind(title).fixed
    return f"{at:%y%m%d}{kind}{date}    xx {said}{language} d"


def _made(tag: str, title: ExportTitle) -> list[Field]:
    """Return the fields with this tag as the library would write them."""
    single = {"250": title.edition, "490": title.series, "300": title.extent}
    if tag == "020":
        return [_field("020", "  ", a=isbn) for isbn in title.isbn.split()]
    if tag == "082":
        return [_field("082", "04", a=title.classification)] if title.classification else []
    if tag == "100":
        return [_name("1", title.heading, corporate=title.corporate)] if title.heading else []
    if tag == "245":
        return [_title(title)]
    if tag == "260":
        return _publication(title)
    if tag == "650":
        return [_subject(subject) for subject in parts(title.subjects)]
    if tag == "700":
        return [_name("7", name, corporate=False) for name in parts(title.other_authors)]
    marks = "0 " if tag == "490" else "  "
    return [_field(tag, marks, a=single[tag])] if single[tag] else []


def _field(tag: str, marks: str, **values: str) -> Field:
    subfields = [Subfield(code, value) for code, value in values.items() if value]
    return Field(tag, Indicators(marks[0], marks[1]), subfields)


def _name(kind: str, name: str, *, corporate: bool) -> Field:
    if corporate:
        return _field(f"{kind}10", "2 ", a=name)
    return _field(f"{kind}00", "1 " if "," in name else "0 ", a=name)


def _title_marks(title: ExportTitle) -> tuple[str, str]:
    """Return whether there is an entry before the title, and how many characters are not filed."""
    begins = title.title.lower()
    skipped = next((count for word, count in _ARTICLES.items() if begins.startswith(word)), 0)
    entry = "1" if title.heading else "0"
    return entry, str(skipped) if title.language in ("eng", "") else "0"


def _title(title: ExportTitle) -> Field:
    first, second = title.title, title.subtitle
    if second:
        first += " :"
    if title.responsibility:
        first, second = (first, second + " /") if second else (first + " /", "")
    return _field("245", "".join(_title_marks(title)), a=first, b=second, c=title.responsibility)


def _publication(title: ExportTitle) -> list[Field]:
    place = title.place + (" :" if title.place and title.publisher else "")
    name = title.publisher + ("," if title.publisher and title.year else "")
    made = _field("260", "  ", a=place, b=name, c=title.year)
    return [made] if made.subfields else []


def _subject(text: str) -> Field:
    head, *more = text.split(" - ")
    subfields = [Subfield("a", head), *(Subfield("x", part) for part in more)]
    return Field("650", Indicators(" ", "4"), subfields)
