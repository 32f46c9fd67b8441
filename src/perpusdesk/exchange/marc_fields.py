"""Which MARC 21 fields become which words of a title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from perpusdesk.domain.codes import ean_digit, mod11
from perpusdesk.exchange import isbd
from perpusdesk.exchange.marc_record import MarcField, MarcRecord

_YEAR: Final = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_ISBN: Final = re.compile(r"(?<![\dA-Za-z])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\dA-Za-z])")
_LANGUAGE_NAMES: Final = {
    "indonesia": "ind",
    "indonesian": "ind",
    "english": "eng",
    "inggris": "eng",
    "jawa": "jav",
    "javanese": "jav",
    "sunda": "sun",
    "sundanese": "sun",
    "arab": "ara",
    "arabic": "ara",
    "melayu": "may",
    "malay": "may",
}
_CLASS_MARKS: Final = re.compile(r"[\[\]/'’|]")


def values(record: MarcRecord, tags: Iterable[str], codes: str) -> list[str]:
    """Return the cleaned values of these subfields, field by field, empty ones left out."""
    return [
        value
        for field in record.all(*tags)
        for text in field.values(codes)
        if (value := isbd.clean(text))
    ]


def first(record: MarcRecord, tags: Iterable[str], codes: str) -> str:
    """Return the first of ``values``, or an empty text."""
    return next(iter(values(record, tags, codes)), "")


def title_and_subtitle(record: MarcRecord) -> tuple[str, str]:
    """Return the title proper with its part (a, n, p) and the rest of the title (b)."""
    field = next(iter(record.all("245")), None)
    if field is None:
        return first(record, ("130", "240", "246"), "a"), ""
    title = ". ".join(_parts(field, "anp"))
    subtitle = " : ".join(_parts(field, "b"))
    return (title, subtitle) if title else (subtitle, "")


def author(record: MarcRecord) -> tuple[str, bool]:
    """Return the heading of the main entry and whether it is an organisation or a meeting."""
    for field in record.all("100", "110", "111"):
        if name := heading(field):
            return name, field.tag != "100"
    return "", False


def other_authors(record: MarcRecord) -> tuple[str, ...]:
    """Return the added names, each once; entries for a work (with $t) are no author."""
    fields = [field for field in record.all("700", "710", "711") if not field.has("t")]
    names = [name for field in fields if (name := heading(field))]
    return tuple(dict.fromkeys(names))


def heading(field: MarcField) -> str:
    """Return the name of a heading field: person, body with its divisions, or meeting."""
    codes = "a" if field.tag.endswith("11") else "ab"
    joint = " " if field.tag.endswith("00") else ". "
    return joint.join(_parts(field, codes))


def publication(record: MarcRecord) -> tuple[str, str, int | None]:
    """Return place, publisher and year: of field 264 (publication) first, then 260, then 008."""
    fields = [field for field in record.all("264") if field.second_indicator in "1 "]
    fields += record.all("260")
    places = [isbd.place(text) for field in fields for text in field.values("a")]
    names = [isbd.publisher(text) for field in fields for text in field.values("b")]
    dates = [text for field in fields for text in field.values("c")]
    found = next((match for text in dates if (match := _YEAR.search(text))), None)
    found = found or _YEAR.search(_fixed(record)[7:11])
    year = int(found.group(1)) if found else None
    return next(filter(None, places), ""), next(filter(None, names), ""), year


def isbns(record: MarcRecord) -> tuple[tuple[str, ...], bool]:
    """Return the numbers of field 020, compact, and whether one has a wrong check digit."""
    texts = [text for field in record.all("020") for text in field.values("a")]
    found = [match.group() for text in texts if (match := _ISBN.search(text))]
    compact = tuple(dict.fromkeys(re.sub("[- ]", "", text).upper() for text in found))
    return compact, not all(map(_proved, compact))


def language(record: MarcRecord) -> str:
    """Return the three-letter MARC code of the text's language, or an empty text."""
    code = _fixed(record)[35:38].lower()
    if code.isalpha() and len(code) == 3 and code not in ("und", "zxx"):
        return code
    said = first(record, ("041",), "a").lower()
    named = _LANGUAGE_NAMES.get(said, said[:3] if len(said) in (3, 6) else "")
    return named if named.isalpha() else ""


def classification(record: MarcRecord) -> str:
    """Return the first class of 082, 084 or 080 that has a number, without segmentation marks."""
    texts = (text for tag in ("082", "084", "080") for text in values(record, (tag,), "a"))
    plain = (" ".join(_CLASS_MARKS.sub("", text).split()) for text in texts)
    return next((text for text in plain if text[:1].isdigit()), "")


def for_children(record: MarcRecord) -> bool:
    """Tell whether the record says so: by its audience code or a class [E] or [Fic]."""
    marks = {isbd.unbracketed(text).lower() for text in values(record, ("082",), "a")}
    return _fixed(record)[22:23] in ("a", "b", "c", "j") or not marks.isdisjoint(("e", "fic"))


def call_number(record: MarcRecord) -> str:
    """Return the library's own call number: field 852 (h, i), then 090 and 099 (a, b)."""
    for tag, codes in (("852", "hi"), ("090", "ab"), ("099", "ab")):
        for field in record.all(tag):
            if parts := _parts(field, codes):
                return " ".join(parts)
    return ""


def extent(record: MarcRecord) -> str:
    """Return the physical description as the card has it: ``vi, 51 hlm. : ilus. ; 21 cm``."""
    field = next(iter(record.all("300")), None)
    if field is None:
        return ""
    texts = [text.strip() for text in field.values("abce") if text.strip()]
    return isbd.spaced(" ".join(texts))


def subjects(record: MarcRecord) -> tuple[str, ...]:
    """Return the subject headings (``Roads - Economic aspects - Indonesia``), each once."""
    headings = [
        " - ".join(_parts(field, "abvxyz"))
        for field in record.all("600", "610", "611", "650", "651", "655")
    ]
    headings += values(record, ("653",), "a")
    return tuple(dict.fromkeys(filter(None, headings)))


def series(record: MarcRecord) -> str:
    """Return the first series with its number."""
    field = next(iter(record.all("490", "440", "830")), None)
    return " ; ".join(_parts(field, "av")) if field is not None else ""


def summary(record: MarcRecord) -> str:
    """Return the abstract, all notes 520 one behind the other."""
    texts = [isbd.prose(text) for field in record.all("520") for text in field.values("a")]
    return " ".join(filter(None, texts))


def _proved(isbn: str) -> bool:
    body, check = isbn[:-1], isbn[-1]
    return check == (ean_digit(body) if len(isbn) == 13 else mod11(body))


def _fixed(record: MarcRecord) -> str:
    return record.control("008")


def _parts(field: MarcField, codes: str) -> list[str]:
    return [value for text in field.values(codes) if (value := isbd.clean(text))]
