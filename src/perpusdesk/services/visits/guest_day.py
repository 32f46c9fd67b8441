"""The guest book of today: how many came, in which hours, and the last entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.services.desk import Desk
from perpusdesk.services.visits.guest_book import is_open_now
from perpusdesk.services.visits.rooms import Room, rooms
from perpusdesk.storage.queries import visits as query
from perpusdesk.storage.queries.values import bounds_of_day
from perpusdesk.storage.queries.visits import VisitLine

SHOWN: Final = 40
_EARLIEST, _LATEST = 8, 16
"""Hours of the day that are shown even where nobody came."""


@dataclass(frozen=True, slots=True)
class GuestDay:
    """Today at this branch; ``hours`` are (hour, people) without a gap."""

    people: int
    hours: tuple[tuple[int, int], ...]
    lines: tuple[VisitLine, ...]
    rooms: tuple[Room, ...]
    by_room: tuple[tuple[UUID | None, int], ...]
    read_on_site: int
    open: bool
    closed_for: tuple[str, ...]


def guest_day(desk: Desk, limit: int = SHOWN) -> GuestDay:
    """Return today's guest book."""
    today, library, branch = desk.today(), desk.library, desk.branch
    first, after = bounds_of_day(today, desk.zone)
    hours = query.by_hour(library, branch, first, after)
    readings = library.value(
        "select count(*) from reading where at >= ? and at < ? and branch = ? and voided = 0",
        first,
        after,
        branch.bytes,
    )
    return GuestDay(
        people=sum(hours.values()),
        hours=_row_of_hours(hours),
        lines=tuple(query.last_lines(library, branch, first, after, limit)),
        rooms=tuple(rooms(desk)),
        by_room=tuple(query.by_room(library, branch, first, after).items()),
        read_on_site=int(readings),
        open=is_open_now(desk),
        closed_for=desk.calendar().closure_names(today),
    )


def _row_of_hours(hours: dict[int, int]) -> tuple[tuple[int, int], ...]:
    first = min([_EARLIEST, *hours])
    last = max([_LATEST, *hours])
    return tuple((hour, hours.get(hour, 0)) for hour in range(first, last + 1))
