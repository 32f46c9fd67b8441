"""Suggestions while a field is typed: the library's headings and what its titles say already."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Final

from perpusdesk.domain.merge.sets import elements
from perpusdesk.domain.name_headings import heading_of
from perpusdesk.domain.words.normal import joined, words
from perpusdesk.domain.words.spelling import modern
from perpusdesk.exchange.marc_raw import raw_of
from perpusdesk.exchange.short_names import read_author
from perpusdesk.services.cataloguing.titles import display_name
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import suggestions as find

_PEOPLE: Final = ("person", "body", "meeting")
_KINDS: Final = {
    "author": _PEOPLE,
    "other_authors": ("person",),
    "other_bodies": ("body", "meeting"),
    "subjects": ("topic", "place", "person", "body", "meeting", "genre", "keyword"),
}
_COLUMNS: Final = {
    "author": "author",
    "other_authors": "other_authors",
    "other_bodies": "other_authors",
    "subjects": "subjects",
    "publisher": "publisher",
    "place": "place",
    "series": "series",
}
_LISTS: Final = frozenset({"other_authors", "subjects"})
_MOST_HEADINGS: Final = 200
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A text for a field.

    ``kind`` is that of a heading of the library's list (else empty), ``used`` how many of the
    newest titles have it, ``instead_of`` the variant that was typed (a see-reference).
    """

    text: str
    kind: str = ""
    used: int = 0
    instead_of: str = ""


def suggest(desk: Desk, field: str, typed: str, limit: int = 8) -> list[Suggestion]:
    """Return suggestions for a short field, the best first; none below two letters."""
    asked = words(typed)
    if sum(map(len, asked)) < _SHORTEST:
        return []
    if field == "tags":
        return _tags(desk, asked, limit)
    used = _used(desk, field, asked) if field in _COLUMNS else {}
    found = _headings(desk, field, typed, asked) if field in _KINDS else []
    told = {one.text for one in found}
    known = [replace(one, used=used[one.text].used if one.text in used else 0) for one in found]
    rest = [one for text, one in used.items() if text not in told]
    every = sorted([*known, *rest], key=lambda one: _rank(one, asked))
    return every[:limit]


def see_reference(desk: Desk, field: str, text: str) -> Suggestion | None:
    """Return the heading to use instead of a text that is one of its variants, if there is one."""
    said = joined(text)
    if not said or field not in _KINDS:
        return None
    for row in find.headings_like(desk.library, _KINDS[field], text.strip(), _MOST_HEADINGS):
        if joined(row.heading) == said:
            return None
        variant = next((one for one in elements(row.variants) if joined(one) == said), "")
        if variant:
            return Suggestion(row.heading, row.kind, instead_of=variant)
    return None


def _rank(one: Suggestion, asked: list[str]) -> tuple[bool, bool, int, int, str]:
    begins = words(one.instead_of or one.text)[: len(asked)]
    exact = begins == asked
    starts = bool(begins) and begins[0].startswith(asked[0])
    return (not starts, not (one.kind and exact), -one.used, len(one.text), one.text)


def _has(text: str, asked: list[str]) -> bool:
    """Whether each word that was typed begins a word of the text."""
    own = words(text)
    own += [new for word in own if (new := modern(word))]
    return all(any(word.startswith(one) for word in own) for one in asked)


# -- headings -----------------------------------------------------------------------------------


def _headings(desk: Desk, field: str, typed: str, asked: list[str]) -> list[Suggestion]:
    rows: dict[str, Suggestion] = {}
    longest = max(asked, key=len)
    for row in find.headings_like(desk.library, _KINDS[field], longest, _MOST_HEADINGS):
        if _has(row.heading, asked) or _has(row.display, asked):
            rows[row.heading] = Suggestion(row.heading, row.kind)
            continue
        variant = next((one for one in elements(row.variants) if _has(one, asked)), "")
        if variant:
            rows[row.heading] = Suggestion(row.heading, row.kind, instead_of=variant)
    return list(rows.values())


# -- what titles say ----------------------------------------------------------------------------


def _used(desk: Desk, field: str, asked: list[str]) -> dict[str, Suggestion]:
    column = _COLUMNS[field]
    counts: Counter[str] = Counter()
    rids: dict[str, int] = {}
    for rid, value in find.used_values(desk.library, column, asked):
        for text in elements(value) if column in _LISTS else [value]:
            if _has(text, asked):
                counts[text] += 1
                rids.setdefault(text, rid)
    best = [text for text, _ in counts.most_common(20)]
    found: dict[str, Suggestion] = {}
    for text in best:
        said = _heading_in(desk, rids[text], text) if field == "author" else text
        if said:
            found.setdefault(said, Suggestion(said, used=counts[text]))
    return found


def _heading_in(desk: Desk, rid: int, display: str) -> str:
    """Return the heading under which a title's record has its author.

    Without a record it is the proposal; empty where the column has but a statement of
    responsibility.
    """
    record = raw_of(find.marc_of_row(desk.library, rid))
    if record is None:
        return "" if ";" in display else heading_of(display)
    heading = read_author(record)[0]
    return heading if display_name(heading) == display else ""


def _tags(desk: Desk, asked: list[str], limit: int) -> list[Suggestion]:
    counts = Counter(tag for text in find.used_tags(desk.library) for tag in elements(text))
    found = [Suggestion(tag, used=count) for tag, count in counts.items() if _has(tag, asked)]
    return sorted(found, key=lambda one: (-one.used, one.text))[:limit]
