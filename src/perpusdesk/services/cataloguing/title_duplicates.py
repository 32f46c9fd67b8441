"""Is this title in the library already? Asked while a form is filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.domain.same_title import Facts, Why, same_title
from perpusdesk.domain.words.lines import LONGEST_KEY
from perpusdesk.domain.words.normal import joined
from perpusdesk.exchange.isbn_repair import isbns_in
from perpusdesk.services.cataloguing.title_form import TitleForm
from perpusdesk.services.cataloguing.titles import display_name, isbn13
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries.title_edit import Likeness, titles_beginning, titles_by_number

__all__ = ["Duplicate", "Why", "duplicates_of"]

_LOOKED_AT: Final = 100
_YEAR: Final = re.compile(r"\d{4}")
_RANK: Final = {why: place for place, why in enumerate(Why)}


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A title of the library that may be the one on the form; ``sure``: nearly certainly."""

    id: UUID
    title: str
    subtitle: str
    author: str
    year: str
    edition: str
    call_number: str
    copies: int
    why: Why
    sure: bool


def duplicates_of(
    desk: Desk, form: TitleForm, besides: UUID | None = None, limit: int = 5
) -> list[Duplicate]:
    """Return titles that may be the one on the form, the likeliest first.

    ``besides`` is the title that is being edited. Quick at any size; nothing typed, nothing found.
    """
    return titles_like(desk, facts_of(form), besides, limit)


def titles_like(
    desk: Desk, facts: Facts, besides: UUID | None = None, limit: int = 5
) -> list[Duplicate]:
    """Return titles that may be the one that these facts tell of, the likeliest first."""
    numbers = [number for number in facts.isbn.split() if number.isalnum()]
    found = {one.id: one for one in titles_by_number(desk.library, numbers, facts.issn)}
    key = joined(facts.title)[:LONGEST_KEY].rstrip()
    if len(key) > 1:
        near = titles_beginning(desk.library, key, _LOOKED_AT)
        found.update({one.id: one for one in near})
    judged = [
        (one, same_title(facts, facts_in(one))) for id_, one in found.items() if id_ != besides
    ]
    alike = [_duplicate(one, *verdict) for one, verdict in judged if verdict]
    alike.sort(key=lambda one: (not one.sure, _RANK[one.why], one.year != facts.year, one.title))
    return alike[:limit]


def facts_of(form: TitleForm) -> Facts:
    """Return what is compared of a form."""
    isbn = form.values["isbn"]
    typed = [number for text in isbn for number in isbns_in(text)[0]]
    year = _YEAR.search(form.text("year"))
    return Facts(
        title=form.text("title"),
        subtitle=form.text("subtitle"),
        author=display_name(form.text("author")) or form.text("responsibility"),
        year=year[0] if year else "",
        edition=form.text("edition"),
        isbn=" ".join(isbn13(number) for number in typed),
        issn=form.text("issn"),
        material=form.material,
    )


def facts_in(one: Likeness) -> Facts:
    """Return what is compared of a title of the library (of imported ones the kind is unsure)."""
    material = "" if one.material == "book" else one.material
    return Facts(
        one.title, one.subtitle, one.author, one.year, one.edition, one.isbn, one.issn, material
    )


def _duplicate(one: Likeness, why: Why, sure: bool) -> Duplicate:
    return Duplicate(
        id=one.id,
        title=one.title,
        subtitle=one.subtitle,
        author=one.author,
        year=one.year,
        edition=one.edition,
        call_number=one.call_number,
        copies=one.copies,
        why=why,
        sure=sure,
    )
