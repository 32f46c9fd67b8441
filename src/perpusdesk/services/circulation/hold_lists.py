"""Holds to look at: what to pick from the shelf, what is kept, who waits."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import holds as query
from perpusdesk.storage.queries.holds import HoldLine, ShelfCopy

__all__ = [
    "HoldLine",
    "PickLine",
    "ShelfCopy",
    "holds_of_title",
    "holds_ready",
    "holds_to_pick",
]


@dataclass(frozen=True, slots=True)
class PickLine:
    """A waiting hold and the copies on this shelf of which any one will do.

    ``travels``: it is to be collected at another branch.
    """

    hold: HoldLine
    copies: tuple[ShelfCopy, ...]
    travels: bool


def holds_to_pick(desk: Desk) -> list[PickLine]:
    """Return the waiting holds that free copies at this branch can serve, first come first.

    Of a title, no more holds are named than copies stand on the shelf.
    """
    free: dict[UUID, list[ShelfCopy]] = {}
    promised: dict[UUID, int] = {}
    found = []
    for line in query.waiting_for_shelf(desk.library, desk.branch, desk.today()):
        title = line.title_id
        if title not in free:
            free[title] = query.shelf_copies(desk.library, title, desk.branch)
        copies = tuple(one for one in free[title] if line.copy in (None, one.id))
        if copies and promised.get(title, 0) < len(free[title]):
            promised[title] = promised.get(title, 0) + 1
            travels = line.pickup not in (None, desk.branch)
            found.append(PickLine(line, copies, travels))
    return found


def holds_ready(desk: Desk) -> list[HoldLine]:
    """Return what is kept at this branch, by the last day, then what is on its way to it."""
    return query.ready_lines(desk.library, desk.branch, desk.today())


def holds_of_title(desk: Desk, title: UUID) -> list[HoldLine]:
    """Return the holds of a title that still count: kept copies, then the queue in order."""
    return query.live_lines_of_title(desk.library, title, desk.today())
