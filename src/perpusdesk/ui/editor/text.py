"""The sentences of the cataloguing screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from perpusdesk.common.i18n import N_, _, ngettext
from perpusdesk.domain.items import Access
from perpusdesk.services.cataloguing.copy_cataloguing import Proposal
from perpusdesk.services.cataloguing.save_title import SavedTitle
from perpusdesk.services.cataloguing.title_checks import Finding
from perpusdesk.services.cataloguing.title_duplicates import Duplicate
from perpusdesk.services.wording.findings import finding_text
from perpusdesk.services.wording.short_fields import field_label
from perpusdesk.services.wording.tags import subfield_names, tag_name
from perpusdesk.services.wording.titles import language
from perpusdesk.ui.kit.theme import Tone

CODED: Final = ("language", "original_language", "country")
"""Fields whose value is a code that nobody should have to know."""

_LANGUAGES: Final = (
    "ind eng ara jav sun mad min bug mak ban ace btk bjn sas kaw may tet chi jpn kor dut ger fre"
    " spa por rus san mul und"
)
"""Codes in the order in which they are offered, those met most first."""

_LONGEST: Final = 40
_COUNTRIES: Final = {
    "io": N_("Indonesia"),
    "my": N_("Malaysia"),
    "si": N_("Singapore"),
    "bx": N_("Brunei"),
    "em": N_("East Timor"),
    "ne": N_("Netherlands"),
    "xxk": N_("United Kingdom"),
    "xxu": N_("United States"),
    "at": N_("Australia"),
    "gw": N_("Germany"),
    "fr": N_("France"),
    "ii": N_("India"),
    "ja": N_("Japan"),
    "cc": N_("China"),
    "ko": N_("South Korea"),
    "ua": N_("Egypt"),
    "le": N_("Lebanon"),
    "su": N_("Saudi Arabia"),
    "xx": N_("Unknown place"),
}
"""Countries by their MARC code, those met most first."""

_ISBN: Final = re.compile(r"97[89]\d{10}|\d{9}[\dXx]")
_HINTS: Final = {
    "isbn": N_("Scan or type it first"),
    "subjects": N_("Several: put ; between"),
    "other_authors": N_("Several: put ; between"),
}
_CHOICES: Final = {
    "person": N_("Person"),
    "body": N_("Body"),
    "meeting": N_("Meeting"),
    "local_author": N_("Local author"),
    "local_subject": N_("About this region"),
    "local_publisher": N_("Local publisher"),
    "local_language": N_("Regional language"),
    "manuscript": N_("Manuscript"),
    "own_publication": N_("Published by this office"),
}
_SIGNS: Final[dict[str, tuple[str, Tone]]] = {
    "error": ("blocked", "bad"),
    "warning": ("warning", "warn"),
    "hint": ("info", "muted"),
}
_WHY: Final = {
    "isbn": N_("Here already, with this ISBN: {title}"),
    "title_author": N_("Here already, by title and author: {title}"),
    "title": N_("A title like this is here: {title}"),
}


def title() -> str:
    """Return the name of the screen."""
    return _("Edit title")


def joined(*parts: str) -> str:
    """Return the parts that are not empty, with dots between."""
    return "  ·  ".join(part for part in parts if part)


def hint(name: str) -> str:
    """Return the quiet word in an empty field of the short form."""
    return _(_HINTS[name]) if name in _HINTS else ""


def choice_name(value: str) -> str:
    """Return one of a few values that a field may have."""
    return _(_CHOICES[value]) if value in _CHOICES else value


def coded(name: str) -> list[tuple[str, str]]:
    """Return the names and codes that a coded field offers."""
    if name == "country":
        return [("–", ""), *((_(country), code) for code, country in _COUNTRIES.items())]
    return [("–", ""), *((language(code), code) for code in _LANGUAGES.split())]


def source_name(source: str) -> str:
    """Return how a copy came."""
    return source


def access_name(access: Access) -> str:
    """Return what a copy may be used for."""
    return _("may be lent") if access is Access.LOAN else _("for reading here")


def sign(severity: str) -> tuple[str, Tone]:
    """Return icon and tone of a finding."""
    return _SIGNS.get(severity, ("info", "muted"))


def found(finding: Finding) -> str:
    """Return a finding with the name of its place."""
    place = field_label(finding.short) if finding.short else finding.tag
    words = finding_text(finding)
    said = not place or words.casefold().startswith(place.casefold())
    return words if said else f"{place}: {words}"


def about(used: int, instead_of: str) -> str:
    """Return the quiet word beside a suggestion."""
    if instead_of:
        return _("instead of {name}").format(name=instead_of)
    return ngettext("{n} title", "{n} titles", used).format(n=used) if used else ""


def same(duplicate: Duplicate) -> str:
    """Return that a title is here already."""
    return _(_WHY.get(duplicate.why, _WHY["title"])).format(title=duplicate.title)


def same_more(duplicate: Duplicate) -> str:
    """Return what is known of a title that is here already."""
    copies = ngettext("{n} copy", "{n} copies", duplicate.copies).format(n=duplicate.copies)
    edition = duplicate.edition
    return joined(duplicate.author, edition, duplicate.year, duplicate.call_number, copies)


def saved_title(name: str) -> str:
    """Return in short that a title was saved."""
    return _("Saved: {title}").format(title=name)


def saved(name: str, call_number: str, value: SavedTitle) -> str:
    """Return what was saved."""
    copies = ""
    if value.barcodes:
        numbers = numbers_from(value.barcodes)
        many = ngettext("{n} copy: {numbers}", "{n} copies: {numbers}", len(value.barcodes))
        copies = many.format(n=len(value.barcodes), numbers=numbers)
    return joined(saved_title(name), call_number, copies)


def numbers_from(numbers: Sequence[str]) -> str:
    """Return numbers in a row: the first and the last."""
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]} – {numbers[-1]}"


def added(numbers: Sequence[str]) -> str:
    """Return what is said when copies were added to a title that was here."""
    many = ngettext("{n} copy added: {numbers}", "{n} copies added: {numbers}", len(numbers))
    return many.format(n=len(numbers), numbers=numbers_from(numbers))


def meanwhile(fields: Sequence[str]) -> str:
    """Return that somebody else changed the same fields since the form was opened."""
    names = ", ".join(field_label(name) for name in fields)
    return _("Somebody else changed this too in the meantime: {fields}").format(fields=names)


def waiting(count: int) -> str:
    """Return that drafts of new titles wait."""
    words = ngettext(
        "{n} draft of a new title is not saved.", "{n} drafts of new titles are not saved.", count
    )
    return words.format(n=count)


def looks_like_isbn(code: str) -> bool:
    """Tell whether a scanned code has the form of an ISBN."""
    return bool(_ISBN.fullmatch(code.strip().replace("-", "")))


def meaning(line: str) -> str:
    """Return what a line of the record is about, and the subfields it usually has."""
    tag = line.strip()[:3].upper()
    name = tag_name(tag)
    if not name:
        return _("Tag, indicators, subfields: write $a, $b … before each.")
    coded = ", ".join(f"${code} {what}" for code, what in subfield_names(tag))
    return joined(f"{tag} {name}", coded)


def unread_line(number: int) -> str:
    """Return what is wrong with a line that says nothing clear."""
    words = _("Line {n} cannot be read: it needs a tag of three characters, then $a and the text.")
    return words.format(n=number)


def filled_from(source: str) -> str:
    """Return whence the form was filled."""
    return _("Filled in from {source}; look it over.").format(source=source)


def record_of(proposal: Proposal) -> str:
    """Return what a record is called, and whose it is."""
    name = proposal.record.title if proposal.record else ""
    return f"{name[:_LONGEST]} ({proposal.source})"


def silent(names: Sequence[str]) -> str:
    """Return which catalogues did not answer."""
    return _("Did not answer: {names}").format(names=", ".join(names)) if names else ""


def known_in(source: str) -> str:
    """Return that another catalogue has the record of the book in hand."""
    return _("{source} has a record of this book.").format(source=source)
