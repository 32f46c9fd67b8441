"""What readers wish for: noted and voted for by anybody, decided by who may, linked when it comes.

The id of a wish is made of what it names, so that two devices that note the same title note one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.ids import named_id
from perpusdesk.domain.merge import facts
from perpusdesk.domain.rights import COMPLAINTS
from perpusdesk.domain.same_title import Facts, title_key
from perpusdesk.domain.wishes import (
    MOST_PEOPLE,
    OPEN,
    SOURCES,
    WishState,
    same_wish,
    wish_state_of,
)
from perpusdesk.exchange.isbn_repair import isbns_in
from perpusdesk.services.cataloguing.title_duplicates import Duplicate, titles_like
from perpusdesk.services.cataloguing.titles import isbn13
from perpusdesk.services.changed_fields import write_changed
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import wishes as query
from perpusdesk.storage.queries.title_edit import stored_title
from perpusdesk.storage.queries.wishes import WishRow

ADD: Final = "add_wish"
EDIT: Final = "edit_wish"
VOTE: Final = "vote_wish"
DECIDE: Final = "decide_wish"
_CHANGED: Final = frozenset({"wish", "wish_vote"})


@dataclass(frozen=True, slots=True)
class WishForm:
    """What a reader wishes for; the title is enough."""

    title: str
    author: str = ""
    isbn: str = ""
    year: str = ""
    note: str = ""

    def tidy(self) -> WishForm:
        """Return it without spaces that mean nothing, the ISBN in 13 figures where it is one."""
        numbers = isbns_in(self.isbn)[0]
        isbn = isbn13(numbers[0]) if numbers else " ".join(self.isbn.split())
        title, author, year = (" ".join(x.split()) for x in (self.title, self.author, self.year))
        return WishForm(title, author, isbn, year, self.note.strip())


def add_wish(
    desk: Desk, form: WishForm, source: str = "desk", people: int = 1, *, anyway: bool = False
) -> Done[UUID] | Refused:
    """Note a wish with its first votes; no right is needed.

    ``TITLE_MISSING``; ``COUNT_INVALID`` count, most; ``WISH_KNOWN`` title, wish;
    ``WISH_OWNED`` title, id unless ``anyway`` (another copy is wished for: the wish is linked with
    the title).
    """
    wanted = form.tidy()
    if not wanted.title:
        return Refused(Reason.TITLE_MISSING)
    if not 1 <= people <= MOST_PEOPLE:
        return Refused(Reason.COUNT_INVALID, {"count": people, "most": MOST_PEOPLE})
    if (known := known_wish(desk, wanted)) is not None:
        return Refused(Reason.WISH_KNOWN, {"title": known.title, "wish": known.id})
    owned = owned_titles(desk, wanted)
    if owned and not anyway:
        return Refused(Reason.WISH_OWNED, {"title": owned[0].title, "id": owned[0].id})
    action, record = desk.action(ADD), _id_of(wanted)
    fields: dict[str, Any] = {
        "title": wanted.title,
        "author": wanted.author,
        "isbn": wanted.isbn,
        "year": wanted.year,
        "note": wanted.note,
        "state": WishState.WISHED.value,
        "why": "",
        "branch": desk.branch,
        "found": owned[0].id if owned else None,
        "source": source if source in SOURCES else SOURCES[0],
    }
    action.set("wish", record, fields, fresh=not desk.library.ops_of(record))
    _count(desk, action, record, people, source)
    return Done(record, desk.commit(action).action, ADD, _CHANGED)


def vote(desk: Desk, wish: UUID, people: int = 1, channel: str = "desk") -> Done[int] | Refused:
    """Count votes for a wish; no right is needed. The value is how many there are now.

    ``WISH_UNKNOWN``; ``COUNT_INVALID`` count, most.
    """
    there = query.wish_row(desk.library, wish)
    if there is None:
        return Refused(Reason.WISH_UNKNOWN)
    if not 1 <= people <= MOST_PEOPLE:
        return Refused(Reason.COUNT_INVALID, {"count": people, "most": MOST_PEOPLE})
    action = desk.action(VOTE)
    _count(desk, action, wish, people, channel)
    written = desk.commit(action)
    return Done(there.votes + people, written.action, VOTE, frozenset({"wish_vote"}))


def wish_or_vote(desk: Desk, form: WishForm, source: str, people: int = 1) -> Done[UUID] | Refused:
    """Note a wish, or vote for the one that means the same title; the value is the wish.

    For where nobody can be asked (kiosk, phone, searches). As ``add_wish``, ``WISH_KNOWN`` never.
    """
    answer = add_wish(desk, form, source, people)
    known = answer.facts.get("wish") if isinstance(answer, Refused) else None
    if not isinstance(known, UUID):
        return answer
    voted = vote(desk, known, people, source)
    if isinstance(voted, Refused):
        return voted
    return Done(known, voted.action, VOTE, voted.changes)


@needs(COMPLAINTS)
def edit_wish(desk: Desk, wish: UUID, form: WishForm) -> Done[UUID] | Refused:
    """Correct what a wish names. ``WISH_UNKNOWN``, ``TITLE_MISSING``."""
    there, wanted = query.wish_row(desk.library, wish), form.tidy()
    if there is None:
        return Refused(Reason.WISH_UNKNOWN)
    if not wanted.title:
        return Refused(Reason.TITLE_MISSING)
    names = ("title", "author", "isbn", "year", "note")
    return write_changed(
        desk, desk.action(EDIT), "wish", there, {name: getattr(wanted, name) for name in names}
    )


@needs(COMPLAINTS)
def decide_wish(
    desk: Desk, wish: UUID, state: WishState, why: str = "", found: UUID | None = None
) -> Done[UUID] | Refused:
    """Decide how it goes on.

    What has arrived is linked with its title: ``found``, or the only sure one of the catalogue.
    ``WISH_UNKNOWN``; ``RESULT_MISSING``: what is not bought needs a reason; ``TITLE_UNKNOWN``
    title.
    """
    there = query.wish_row(desk.library, wish)
    if there is None:
        return Refused(Reason.WISH_UNKNOWN)
    if state is WishState.REFUSED and not why.strip():
        return Refused(Reason.RESULT_MISSING)
    if found is not None and stored_title(desk.library, found) is None:
        return Refused(Reason.TITLE_UNKNOWN, {"title": found})
    if found is None and state is WishState.ARRIVED and there.found is None:
        sure = [one.id for one in owned_titles(desk, form_of(there)) if one.sure]
        found = sure[0] if len(sure) == 1 else None
    fields: dict[str, Any] = {"state": state.value, "why": why.strip(), "decided": desk.today()}
    if found is not None:
        fields["found"] = found
    if state.value == there.state:
        del fields["decided"]
    return write_changed(desk, desk.action(DECIDE), "wish", there, fields)


def known_wish(desk: Desk, form: WishForm) -> WishRow | None:
    """Return the wish that means the same title and is not over, if there is one."""
    rows = {row.id: row for row in query.wish_rows(desk.library)}
    open_ = ((id_, facts_in(row)) for id_, row in rows.items() if wish_state_of(row.state) in OPEN)
    found = same_wish(facts_of(form.tidy()), open_)
    return rows[found] if found else None


def owned_titles(desk: Desk, form: WishForm) -> list[Duplicate]:
    """Return titles of the catalogue that may be what is wished for, the likeliest first."""
    return [one for one in titles_like(desk, facts_of(form)) if one.copies or one.sure]


def form_of(row: WishRow) -> WishForm:
    """Return what a wish names."""
    return WishForm(row.title, row.author, row.isbn, row.year, row.note)


def facts_of(form: WishForm) -> Facts:
    """Return what is compared of a wish; the title may be followed by a colon and its rest."""
    title, _colon, subtitle = form.title.partition(":")
    return Facts(title.strip(), subtitle.strip(), form.author, form.year, isbn=form.isbn)


def facts_in(row: WishRow) -> Facts:
    """Return what is compared of a wish that was noted."""
    return facts_of(form_of(row))


def keys_of(rows: Sequence[WishRow]) -> frozenset[str]:
    """Return the titles and the words that were searched for, in one spelling."""
    return frozenset(title_key(text) for row in rows for text in (row.title, row.note) if text)


def _id_of(form: WishForm) -> UUID:
    key = form.isbn or f"{title_key(form.title)}/{title_key(form.author)}/{form.year}"
    return named_id("wish", key)


def _count(desk: Desk, action: Action, wish: UUID, people: int, channel: str) -> None:
    record = desk.library.new_id()
    action.event(
        facts.VOTED, "wish_vote", record, fresh=True, wish=wish, people=people, channel=channel
    )
