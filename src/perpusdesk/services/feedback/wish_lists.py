"""The desiderata: wishes by votes and holds; and searches without result that may become wishes.

Searches are this device's own notes (``search_misses``): what is to be shared is made a wish.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from perpusdesk.common.formats import short_date
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.same_title import title_key
from perpusdesk.domain.wishes import MOST_PEOPLE, OPEN, ORDER, WishState, wish_state_of
from perpusdesk.domain.words.normal import words
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListColumn, ListSheet, list_of
from perpusdesk.services.feedback.wishes import WishForm, keys_of, wish_or_vote
from perpusdesk.services.results import Done
from perpusdesk.services.searching.search_misses import Miss, search_misses
from perpusdesk.services.wording.service import wish_source_name, wish_state_name
from perpusdesk.storage.queries import wishes as query
from perpusdesk.storage.queries.wishes import WishRow


@dataclass(frozen=True, slots=True)
class WishLine:
    """A wish as lists show it; ``wanted``: votes and holds together."""

    row: WishRow
    state: WishState
    branch_name: str

    @property
    def id(self) -> UUID:
        """The record."""
        return self.row.id

    @property
    def wanted(self) -> int:
        """How many people want it."""
        return self.row.votes + self.row.holds

    @property
    def public(self) -> bool:
        """Whether visitors are shown it while it is to come (see ``public_wishes``)."""
        return self.state is not WishState.WISHED or self.row.backed


def wish_line(desk: Desk, wish: UUID) -> WishLine | None:
    """Return one wish, or ``None``."""
    row = query.wish_row(desk.library, wish)
    return _line(desk, row) if row else None


def wish_lines(desk: Desk, text: str = "", *, open_only: bool = False) -> list[WishLine]:
    """Return wishes: those to come first, the most wanted on top; then what is over."""
    looked = words(text)
    lines = [_line(desk, row) for row in query.wish_rows(desk.library)]
    found = [
        line
        for line in lines
        if (line.state in OPEN or not open_only) and all(x in _words(line) for x in looked)
    ]
    return sorted(found, key=_place)


def public_wishes(desk: Desk) -> list[WishLine]:
    """Return the wishes that visitors are shown, the most wanted first: those to come.

    What only phones asked for is shown when somebody in the house stands by it: staff chose it, or
    it got a vote at the desk or the kiosk. A stranger near the library cannot put words on the
    screens of others.
    """
    return [line for line in wish_lines(desk, open_only=True) if line.public]


def wishable_misses(desk: Desk) -> list[Miss]:
    """Return searches without result that are no wish yet, the most wanted first."""
    known = keys_of(query.wish_rows(desk.library))
    return [miss for miss in search_misses(desk) if title_key(miss.text) not in known]


def wish_of_miss(desk: Desk, miss: Miss) -> Done[UUID] | Refused:
    """Make a wish of what was searched for in vain, as often voted for as it was searched."""
    return wish_of_words(desk, miss.text, min(miss.times, MOST_PEOPLE))


def wish_of_words(desk: Desk, text: str, people: int = 1) -> Done[UUID] | Refused:
    """Make a wish of words that were searched for in vain; as ``wishes.wish_or_vote``."""
    words_ = " ".join(text.split())
    return wish_or_vote(
        desk, WishForm(words_[:1].upper() + words_[1:], note=words_), "search", people
    )


def wish_sheet(lines: Sequence[WishLine]) -> ListSheet:
    """Return the desiderata as a list to save."""
    columns = (
        ListColumn(_("Title"), lambda line: line.row.title, 44),
        ListColumn(_("Author"), lambda line: line.row.author, 26),
        ListColumn("ISBN", lambda line: line.row.isbn, 16),
        ListColumn(_("Year"), lambda line: line.row.year, 8),
        ListColumn(_("Votes"), lambda line: line.row.votes, 10),
        ListColumn(_("Holds"), lambda line: line.row.holds, 10),
        ListColumn(_("State"), lambda line: wish_state_name(line.state), 16),
        ListColumn(_("Reason"), lambda line: line.row.why, 30),
        ListColumn(
            _("Decided on"),
            lambda line: short_date(line.row.decided) if line.row.decided else "",
            14,
        ),
        ListColumn(_("Wished for at"), lambda line: wish_source_name(line.row.source), 20),
        ListColumn(_("Branch"), lambda line: line.branch_name, 20),
        ListColumn(_("Note"), lambda line: line.row.note, 30),
    )
    return list_of(_("Desiderata"), columns, lines)


def _line(desk: Desk, row: WishRow) -> WishLine:
    branch = desk.branches.get(row.branch) if row.branch else None
    return WishLine(row, wish_state_of(row.state), branch.name if branch else "")


def _words(line: WishLine) -> str:
    row = line.row
    return " ".join(words(f"{row.title} {row.author} {row.isbn} {row.note}"))


def _place(line: WishLine) -> tuple[object, ...]:
    if line.state in OPEN:
        return (0, -line.wanted, line.row.title.casefold())
    decided = line.row.decided.toordinal() if line.row.decided else 0
    return (1, ORDER.index(line.state), -decided, line.row.title.casefold())
