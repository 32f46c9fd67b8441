"""The charts of the dashboard, and what a click in each of them asks for."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _
from perpusdesk.domain.figures.measures import AGE_BANDS, LAPSE_MONTHS, OLDEST, UNKNOWN
from perpusdesk.domain.figures.months import MONTHS, Period
from perpusdesk.services.figures.dashboard import FAITHFUL, HOUR_MONTHS, Dashboard
from perpusdesk.services.wording.collection import class_name
from perpusdesk.services.wording.measures import measure_name, month_title, stock_age_name
from perpusdesk.ui.dashboard import text
from perpusdesk.ui.dashboard.asked import Asked
from perpusdesk.ui.kit.charts.bars import Bar, BarsChart
from perpusdesk.ui.kit.charts.card import ChartCard
from perpusdesk.ui.kit.charts.heat import HeatMap
from perpusdesk.ui.kit.charts.lines import Line, LinesChart
from perpusdesk.ui.kit.charts.patterns import LINED, OPEN, SOLID
from perpusdesk.ui.kit.charts.share import Share, ShareChart

_FIRST_HOUR, _LAST_HOUR = 8, 16


class Charts(QObject):
    """Eight cards; ``asked`` tells what somebody wants to see the rows of."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.trend = ChartCard("", LinesChart(_("Over a year")))
        self.places = self._card(
            _("Branches and stops"),
            BarsChart(_("Branches and stops")),
            _("Visitors of the month. The upright line is a year before."),
        )
        self.hours = self._card(
            _("Quiet and busy hours"),
            HeatMap(_("Quiet and busy hours")),
        )
        self.faithful = self._card(
            _("Who begins, comes back, stops"),
            LinesChart(_("Who begins, comes back, stops")),
            _("Stopped: the last loan was {n} months ago.").format(n=LAPSE_MONTHS),
        )
        self.classes = self._card(
            _("What moves and what does not"),
            BarsChart(_("What moves and what does not")),
        )
        self.ages = self._card(
            _("Age of the collection"),
            ShareChart(_("Age of the collection"), (_("Age"), _("Copies"), _("Part"))),
        )
        self.wanted = ChartCard(
            _("Short of copies"),
            BarsChart(_("Short of copies")),
            _("Titles that most members wait for, against their copies."),
            origin=False,
        )
        self.missed = self._card(
            _("Searched in vain"),
            BarsChart(_("Searched in vain")),
            _("On this computer, in twelve months."),
        )
        self.pairs = (
            (self.trend, self.hours),
            (self.classes, self.faithful),
            (self.places, self.ages),
            (self.wanted, self.missed),
        )
        self._origins: dict[ChartCard, Asked] = {}
        for card in (card for pair in self.pairs for card in pair):
            card.chart.chosen.connect(self.asked)
            card.origin_asked.connect(lambda card=card: self._ask_origin(card))

    @staticmethod
    def _card(
        title: str, chart: BarsChart | HeatMap | LinesChart | ShareChart, under: str = ""
    ) -> ChartCard:
        return ChartCard(title, chart, under)

    def _ask_origin(self, card: ChartCard) -> None:
        if card in self._origins:
            self.asked.emit(self._origins[card])

    def show_board(self, board: Dashboard) -> None:
        """Show everything but the line over the year."""
        self._show_places(board)
        self._show_hours(board)
        self._show_faithful(board)
        self._show_stock(board)
        self._show_lists(board)
        for card in (card for pair in self.pairs for card in pair):
            card.renew()

    def show_trend(self, board: Dashboard, measure: str) -> None:
        """Show one figure over twelve months and the twelve before."""
        year, before = board.scope.year, board.scope.year.year_before
        now, earlier = board.trend[measure]
        chart = self.trend.chart
        assert isinstance(chart, LinesChart)
        chart.show_lines(
            [text.short_month(month) for month in year.months],
            [
                Line(_year_name(year), now, [Asked(measure, one, one) for one in year.months]),
                Line(
                    _year_name(before), earlier, [Asked(measure, one, one) for one in before.months]
                ),
            ],
            [month_title(month) for month in year.months],
        )
        self.trend.title.setText(measure_name(measure))
        self.trend.say(_("Twelve months, dashed: the year before."))
        self._origins[self.trend] = Asked(measure, year.first, year.last)
        self.trend.renew()

    def _show_places(self, board: Dashboard) -> None:
        month, chart = board.scope.month, self.places.chart
        assert isinstance(chart, BarsChart)
        chart.show_bars(
            (_("Place"), _("Visitors"), _("Loans"), _("Read on site"), _("Visitors a year before")),
            [
                Bar(
                    line.name or _("Without a stop"),
                    [(line.values["visits"], SOLID)],
                    text.place_said(line),
                    (
                        *(number(line.values[one]) for one in ("visits", "loans", "readings")),
                        number(line.before["visits"]),
                    ),
                    Asked("visits", month, month, line.branch, line.stop),
                    line.before["visits"] or None,
                )
                for line in board.places
            ],
        )
        self._origins[self.places] = Asked("visits", month, month)

    def _show_hours(self, board: Dashboard) -> None:
        period, chart = Period.up_to(board.scope.month, HOUR_MONTHS), self.hours.chart
        hours = [hour for _weekday, hour in board.hours]
        first, last = min(hours, default=_FIRST_HOUR), max(hours, default=_LAST_HOUR)
        values = {(weekday, hour - first): value for (weekday, hour), value in board.hours.items()}
        assert isinstance(chart, HeatMap)
        chart.show_values(
            [text.short_weekday(weekday) for weekday in range(7)],
            [f"{hour:02d}" for hour in range(first, last + 1)],
            values,
            text.hour_said,
            lambda place: Asked(
                *("visits.hour", period.first, period.last),
                key=f"{place[0]}-{place[1] + first:02d}",
            ),
        )
        self.hours.say(text.hours_under(board))
        self._origins[self.hours] = Asked("visits.hour", period.first, period.last)

    def _show_faithful(self, board: Dashboard) -> None:
        year, chart = board.scope.year, self.faithful.chart
        names = (_("new"), _("back again"), _("stopped"))
        assert isinstance(chart, LinesChart)
        chart.show_lines(
            [text.short_month(month) for month in year.months],
            [
                Line(
                    name, board.faithful[measure], [Asked(measure, one, one) for one in year.months]
                )
                for name, measure in zip(names, FAITHFUL, strict=True)
            ],
            [month_title(month) for month in year.months],
        )
        self._origins[self.faithful] = Asked(FAITHFUL[2], board.scope.month, board.scope.month)

    def _show_stock(self, board: Dashboard) -> None:
        month, chart = board.scope.month, self.classes.chart
        assert isinstance(chart, BarsChart)
        chart.show_bars(
            (_("Class"), _("Copies"), _("Uses in a year"), _("Not used for a year"), _("Holds")),
            [
                Bar(
                    class_name(line.key),
                    [(line.copies - line.unused, SOLID), (line.unused, LINED)],
                    text.class_said(line),
                    tuple(map(number, (line.copies, line.used, line.unused, line.holds))),
                    Asked("copies_unused.class", month, month, key=line.key),
                )
                for line in board.classes
            ],
        )
        self.classes.say(text.classes_under(board))
        self._origins[self.classes] = Asked("copies_unused", month, month)
        ages = self.ages.chart
        assert isinstance(ages, ShareChart)
        bands = [*(name for _most, name in AGE_BANDS), OLDEST, UNKNOWN]
        ages.show_shares(
            [
                Share(
                    stock_age_name(band),
                    board.ages[band],
                    Asked("copies.stock_age", month, month, key=band),
                )
                for band in bands
                if board.ages.get(band)
            ]
        )
        self._origins[self.ages] = Asked("copies", month, month)

    def _show_lists(self, board: Dashboard) -> None:
        year, wanted, missed = board.scope.year, self.wanted.chart, self.missed.chart
        assert isinstance(wanted, BarsChart)
        wanted.show_bars(
            (_("Title"), _("Waiting"), _("Copies")),
            [
                Bar(
                    one.name,
                    [(one.holds, SOLID)],
                    text.wanted_said(one),
                    (number(one.holds), number(one.copies)),
                    Asked("holds", year.first, year.last, title=one.title),
                    one.copies,
                )
                for one in board.wanted
            ],
        )
        self.wanted.say(
            _("Titles that most members wait for; the upright line is their copies.")
            if board.wanted
            else _("Nobody waits for a copy.")
        )
        assert isinstance(missed, BarsChart)
        asked = Asked("searches_missed", year.first, year.last)
        missed.show_bars(
            (_("Searched for"), _("How often")),
            [
                Bar(words, [(times, OPEN)], number(times), (number(times),), asked)
                for words, times in board.missed
            ],
        )
        self.missed.say(
            _("On this computer, in twelve months.")
            if board.missed
            else _("Everything that was searched for here was found.")
        )
        self._origins[self.missed] = asked


def _year_name(year: Period) -> str:
    """Return how twelve months are called at the end of their line."""
    first, last = year.first[:4], year.last[:4]
    return last if first == last or len(year.months) != MONTHS else f"{first}/{last[2:]}"
