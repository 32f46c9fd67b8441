"""The demo library's figures: those that are typed in, and the months that are closed."""

from __future__ import annotations

from perpusdesk.domain.figures.months import Period, moved
from perpusdesk.exchange.demo_plan import service_data
from perpusdesk.services.desk import Desk
from perpusdesk.services.figures.figure_entries import enter_figure
from perpusdesk.services.figures.figures import this_month
from perpusdesk.services.figures.figures_work import freshen
from perpusdesk.services.figures.month_close import close_month

_CLOSED = 3


def keep_figures(desk: Desk) -> None:
    """Type in what cannot be counted, count the year, and close its last whole months."""
    today = this_month(desk)
    for figure in service_data().figure:
        for year in (int(today[:4]) - 1, int(today[:4])):
            enter_figure(desk, figure.key, Period.year(year), figure.value, source=figure.source)
    freshen(desk)
    for back in range(_CLOSED, 0, -1):
        close_month(desk, moved(today, -back))
