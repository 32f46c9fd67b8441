"""The day at this branch: what was lent and taken back, what is due, what waits to be picked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from perpusdesk.services.circulation.hold_lists import PickLine, holds_to_pick
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import LoanLine
from perpusdesk.storage.queries import complaints, improvements
from perpusdesk.storage.queries.loans import open_lines_due_on
from perpusdesk.storage.queries.values import bounds_of_day


@dataclass(frozen=True, slots=True)
class Day:
    """Counts of one day at one branch; ``overdue`` and holds are as they stand now."""

    day: date
    open: bool
    closed_for: tuple[str, ...]
    lent: int
    returned: int
    read_on_site: int
    members_served: int
    due_today: int
    overdue: int
    holds_ready: int
    holds_waiting: int
    cash: int


@dataclass(frozen=True, slots=True)
class Chores:
    """What waits for a quiet moment: what to fetch from the shelf, and what comes back today.

    ``to_pick`` and ``due`` are the first few of ``to_pick_count`` and ``due_count``. Of visitors'
    messages and of the board it is how many of this branch are late.
    """

    to_pick: tuple[PickLine, ...]
    to_pick_count: int
    due: tuple[LoanLine, ...]
    due_count: int
    late_messages: int = 0
    late_actions: int = 0


def chores(desk: Desk, limit: int = 5) -> Chores:
    """Return what waits at this branch today."""
    picks, today = holds_to_pick(desk), desk.today()
    return Chores(
        tuple(picks[:limit]),
        len(picks),
        tuple(open_lines_due_on(desk.library, desk.branch, today, limit)),
        _due_on(desk, today),
        complaints.count_late(desk.library, today, desk.branch),
        improvements.count_late(desk.library, today, desk.branch),
    )


def _due_on(desk: Desk, day: date) -> int:
    query = 'select count(*) from loan where due = ? and "end" = 0 and branch = ?'
    return int(desk.library.value(query, str(day), desk.branch.bytes))


def day_at(desk: Desk, day: date | None = None) -> Day:
    """Return the figures of a day (default: today)."""
    wanted = day or desk.today()
    first, after = bounds_of_day(wanted, desk.zone)
    branch = desk.branch.bytes
    count = desk.library.value
    calendar = desk.calendar()
    span = (first, after, branch)
    lent, members = desk.library.rows(
        "select count(*), count(distinct member) from loan"
        ' where lent_at >= ? and lent_at < ? and branch = ? and "end" <> 3',
        *span,
    )[0]
    return Day(
        day=wanted,
        open=calendar.is_open(wanted),
        closed_for=calendar.closure_names(wanted),
        lent=lent,
        returned=count(
            "select count(*) from loan where ended_at >= ? and ended_at < ? and branch = ?"
            ' and "end" = 1',
            *span,
        ),
        read_on_site=count(
            "select count(*) from reading where at >= ? and at < ? and branch = ? and voided = 0",
            *span,
        ),
        members_served=members,
        due_today=_due_on(desk, wanted),
        overdue=count(
            'select count(*) from loan where due < ? and "end" = 0 and branch = ?',
            str(wanted),
            branch,
        ),
        holds_ready=count(
            "select count(*) from hold where state = 'ready' and pickup = ?"
            " and pickup_until is not null",
            branch,
        ),
        holds_waiting=count(
            "select count(*) from hold where state = 'waiting' and pickup = ?", branch
        ),
        cash=-count(
            "select coalesce(sum(amount), 0) from money where at >= ? and at < ? and branch = ?"
            " and kind = 'payment' and voided = 0",
            *span,
        ),
    )
