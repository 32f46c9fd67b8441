"""A title as the catalogue's screen shows it: facts, copies, who waits, what became of a copy."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from perpusdesk.services.cataloguing.title_cover import cover_of
from perpusdesk.services.circulation.hold_lists import holds_of_title
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import LoanLine
from perpusdesk.storage.queries import loans as loan_queries
from perpusdesk.storage.queries import title_records as query
from perpusdesk.storage.queries.holds import HoldLine
from perpusdesk.storage.queries.title_records import CopyLine, CopyState, TitleFacts

__all__ = [
    "CopyLine",
    "CopyState",
    "TitleCard",
    "TitleFacts",
    "copy_history",
    "title_card",
    "title_of_copy",
]


@dataclass(frozen=True, slots=True)
class TitleCard:
    """A title with its copies and the holds on it that still count."""

    facts: TitleFacts
    copies: tuple[CopyLine, ...]
    holds: tuple[HoldLine, ...]
    cover: bytes | None = None

    @property
    def available(self) -> int:
        """How many copies may be lent right away."""
        return sum(copy.state is CopyState.AVAILABLE for copy in self.copies)


def title_card(desk: Desk, title: UUID) -> TitleCard | None:
    """Return what is known of a title, or ``None``."""
    facts = query.title_facts(desk.library, title)
    if facts is None:
        return None
    copies = query.copy_lines(desk.library, title, desk.today())
    holds = tuple(holds_of_title(desk, title))
    return TitleCard(facts, tuple(copies), holds, cover_of(desk, title))


def title_of_copy(desk: Desk, copy: UUID) -> UUID | None:
    """Return the title that a copy is of."""
    return query.title_of_copy(desk.library, copy)


def copy_history(desk: Desk, copy: UUID) -> list[LoanLine]:
    """Return the loans of a copy, the latest first."""
    return loan_queries.history_of_copy(desk.library, copy, desk.today())
