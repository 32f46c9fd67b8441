"""The members' screen: rows as they are painted, counts of each sort, possible doubles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import member_counts as counts
from perpusdesk.storage.queries import members as query
from perpusdesk.storage.queries.members import MemberLine, Standing
from perpusdesk.storage.queries.policy import Named

__all__ = ["Facets", "MemberLine", "MemberRow", "Standing", "facets", "member_rows", "same_person"]


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member in the list, the category's name, and how many loans are overdue."""

    line: MemberLine
    category: str
    overdue: int


@dataclass(frozen=True, slots=True)
class Facets:
    """How many members match: in all, of each category (in the house's order), of each standing."""

    total: int
    categories: tuple[tuple[UUID, str, int], ...]
    standings: tuple[tuple[Standing, int], ...]


def member_rows(desk: Desk, ids: Sequence[UUID]) -> list[MemberRow]:
    """Return these members as the list shows them, in this order."""
    late = counts.overdue_of(desk.library, ids, desk.today())
    categories = desk.categories
    return [
        MemberRow(line, _name(categories, line.category), late.get(line.id, 0))
        for line in query.lines_of(desk.library, ids, desk.today())
    ]


def facets(desk: Desk, text: str = "") -> Facets:
    """Count the members that match a text by category and standing."""
    of_categories = counts.count_categories(desk.library, text)
    standings = counts.count_standings(desk.library, desk.today(), text)
    return Facets(
        sum(of_categories.values()),
        tuple((id_, one.name, of_categories.get(id_, 0)) for id_, one in desk.categories.items()),
        tuple(standings.items()),
    )


def same_person(
    desk: Desk, name: str, birth_date: date | None, besides: UUID | None = None
) -> list[MemberLine]:
    """Return who may be the same person: of this name, and birth date where both have it."""
    found = counts.same_person(desk.library, name, birth_date)
    others = [id_ for id_ in found if id_ != besides]
    return query.lines_of(desk.library, others, desk.today())


def _name(categories: dict[UUID, Named], id_: UUID | None) -> str:
    found = categories.get(id_) if id_ else None
    return found.name if found else ""
