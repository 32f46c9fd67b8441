"""When a loan is due: the days counted, rolled to a day on which the branch is open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from perpusdesk.domain.calendar import Calendar

LONGEST: Final = 36_525


def due_date(day: date, days: int, calendar: Calendar, ends: date | None = None) -> date:
    """``days`` after ``day``, moved on to the next open day of the branch of return.

    With ``ends`` (the last day of the membership, where the house caps by it) the due date is the
    last open day up to then, if that is earlier. A membership that is already over caps nothing.
    Never before ``day``, and no more than a hundred years after it.
    """
    rolled = calendar.next_open(day + timedelta(days=min(max(0, days), LONGEST)))
    if ends is None or ends < day or rolled <= ends:
        return rolled
    return calendar.last_open(ends, not_before=day) or calendar.next_open(ends)
