"""What is missing for the figures of this year: seen month by month, not in the last week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from perpusdesk.domain.figures.months import Period, moved
from perpusdesk.services.desk import Desk
from perpusdesk.services.figures.figures import Group, figures, this_month
from perpusdesk.services.figures.month_close import closed_months
from perpusdesk.services.figures.packs import WATCHED
from perpusdesk.storage.queries.figure_entries import first_month

TOLD_LOCAL: Final = "completeness_told"
_BACK: Final = 12


@dataclass(frozen=True, slots=True)
class MonthState:
    """A month that is over: what was not counted although the library was open, and if closed."""

    month: str
    uncounted: tuple[str, ...]
    closed: bool

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.uncounted


def completeness(desk: Desk) -> list[MonthState]:
    """Return the last twelve months that are over, the latest first, from the first one counted on.

    Reads counted facts only.
    """
    now = this_month(desk)
    period = Period(moved(now, -_BACK), moved(now, -1))
    table = figures(desk, [*WATCHED, "open_days"], period.first, period.last, by={Group.MONTH})
    began = first_month(desk.library, WATCHED) or now
    closed = {one.month for one in closed_months(desk)}
    return [
        MonthState(
            month,
            tuple(
                one
                for one in WATCHED
                if table.value("open_days", month=month) and not table.value(one, month=month)
            ),
            month in closed,
        )
        for month in reversed(period.months)
        if month >= began
    ]


def news(desk: Desk) -> MonthState | None:
    """Return the last month if something of it is missing and nobody was told on this device."""
    found = completeness(desk)
    last = found[0] if found else None
    if last is None or last.complete or desk.library.local(TOLD_LOCAL) == last.month:
        return None
    return last


def told(desk: Desk, month: str) -> None:
    """Note that somebody at this device was told of a month."""
    desk.library.put_local(TOLD_LOCAL, month)
