"""What is missing for this year's figures is told month by month, and once on each device."""

from __future__ import annotations

from helpers.library import SmallLibrary, value_of
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.figures.completeness import completeness, news, told
from perpusdesk.services.figures.figures_work import freshen
from perpusdesk.services.figures.month_close import close_month


def test_a_month_without_visits_is_told_until_somebody_saw_it(small: SmallLibrary) -> None:
    desk = small.desk("head")
    month = f"{small.time.today():%Y-%m}"
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    freshen(desk)
    assert completeness(desk) == []  # the month is not over
    small.time.passes(days=31)
    freshen(desk)
    (state,) = completeness(desk)
    assert (state.month, state.uncounted, state.closed) == (month, ("visits",), False)
    assert news(desk) == state
    told(desk, month)
    assert news(desk) is None
    value_of(close_month(desk, month))
    assert completeness(desk)[0].closed


def test_before_anything_was_counted_nothing_is_missing(small: SmallLibrary) -> None:
    desk = small.desk("head")
    small.time.passes(days=400)
    freshen(desk)
    assert completeness(desk) == []
    assert news(desk) is None
