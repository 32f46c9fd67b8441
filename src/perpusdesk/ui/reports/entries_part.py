"""The tab of figures that people enter: what the program cannot count, taps, and closed months."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.figures.months import Period, moved
from perpusdesk.domain.packs.form import Span
from perpusdesk.domain.surveys.rounding import rounded
from perpusdesk.services.desk import Desk
from perpusdesk.services.figures.completeness import completeness
from perpusdesk.services.figures.figure_entries import EntryLine, enter_figure, entry_lines
from perpusdesk.services.figures.figures import Group, figures, this_month
from perpusdesk.services.figures.month_close import changes_since, close_month, closed_months
from perpusdesk.services.figures.pack_table import shown
from perpusdesk.services.visits.service_use import count_use
from perpusdesk.services.wording.measures import key_name
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.reports import text
from perpusdesk.ui.reports.entries_room import MONTHS, TYPED, USES, EntriesRoom
from perpusdesk.ui.reports.places import Places, offer_places, places
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.messages import Messages

_SHOWN_MONTHS = 12


class EntriesPart(QObject):
    """What stands behind the tab."""

    shown = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._begun = False
        self.doing = Doing(desk, tasks, messages)
        self.doing.changed.connect(lambda _done: self._read())
        self.room = EntriesRoom(self)
        self.widget: QWidget = self.room

    # --- what comes in -------------------------------------------------------------------------

    def opened(self) -> None:
        """Show what is entered by now."""

        def begin() -> tuple[Places, str]:
            return places(self._desk, _("The whole library")), this_month(self._desk)

        self._tasks.run(begin, lambda begun: self._offer(*begun), owner=self)

    def show_months(self) -> None:
        """Bring the months to the front."""
        self.room.tabs.setCurrentIndex(MONTHS)

    def show_period(self, period: Period) -> None:
        """Show the figures of the year that a period lies in."""
        wanted = Period.year(int(period.first[:4]))
        self.room.tabs.setCurrentIndex(TYPED)
        if self._begun:
            self.room.period.choose(wanted)
            self._read()

    def escape(self) -> None:
        """Leave the question."""
        self.room.ask.leave()

    def into_list(self) -> None:
        """Move the keyboard from the box into the list."""
        self.room.rows.enter()

    def search_edited(self, typed: str) -> None:
        """Do nothing: the list is short."""

    # --- what can be done ----------------------------------------------------------------------

    def chosen(self) -> None:
        """Show another year or branch."""
        self.room.ask.leave()
        self._read()

    def turned(self) -> None:
        """Read the list that is in front now."""
        self._read()

    def type_in(self) -> None:
        """Ask for the figure that is chosen: its value, and where it comes from."""
        line, period = self.room.typed.chosen_record(), self.room.period.value()
        if self.room.front != TYPED:
            return
        if not isinstance(line, EntryLine) or period is None:
            return
        value = Field(_("Value"), QLineEdit(), hint=line.hint, name="value")
        source = Field(
            _("Source"),
            QLineEdit(),
            hint=_("E.g. the letter or the data it is from"),
            name="source",
        )
        known = line.value if line.value is not None else line.former
        if known is not None:
            value.edit.setText(shown(rounded(known, 0 if known.denominator == 1 else 2)))
        source.edit.setText(line.source)
        branch = self.room.branch.value()

        def keep() -> None:
            typed, told = value.edit.text(), source.edit.text()
            self.doing.run(
                lambda: enter_figure(
                    self._desk, line.key, period, typed, source=told, branch=branch
                )
            )

        self.room.ask.ask(line.name, [value, source], _("Keep"), keep, columns=2)

    def count(self, kind: str) -> None:
        """Count that so many people use a service now."""
        people = self.room.people.value()
        self.room.people.setValue(1)
        self.doing.run(lambda: count_use(self._desk, kind, people))

    def close_month(self) -> None:
        """Close the month that is chosen, or the one before this."""
        line = self.room.months.chosen_record()
        month = line.month if isinstance(line, text.Closing) else ""
        month = month or moved(this_month(self._desk), -1)
        self.doing.run(lambda: close_month(self._desk, month))

    # --- inside --------------------------------------------------------------------------------

    def _offer(self, found: Places, month: str) -> None:
        if not self._begun:
            self.room.period.set_options(text.periods(Span.YEAR, month))
        self._begun = True
        offer_places(self.room.branch, found)
        self._read()

    def _read(self) -> None:
        place = self.room.front
        if not self._begun:
            return
        if place == TYPED:
            period, branch = self.room.period.value(), self.room.branch.value()
            if period is not None:
                read = partial(entry_lines, self._desk, period, branch)
                self._tasks.run(read, self._show_typed, owner=self)
        elif place == USES:
            self._tasks.run(self._uses, self._show_uses, owner=self)
        else:
            self._tasks.run(self._months, self._show_months, owner=self)

    def _uses(self) -> list[text.Use]:
        month = this_month(self._desk)
        table = figures(self._desk, ["services.service"], month, month, by={Group.KEY})
        return [
            text.Use(key_name(self._desk, "services.service", one.key), one.value)
            for one in table.of("services.service")
            if one.value
        ]

    def _months(self) -> list[text.Closing]:
        now = this_month(self._desk)
        closed = {one.month: one for one in closed_months(self._desk)}
        missing = {one.month: one.uncounted for one in completeness(self._desk)}
        months = [moved(now, -back) for back in range(1, _SHOWN_MONTHS + 1)]
        return [
            text.Closing(
                month,
                known,
                tuple(changes_since(self._desk, known)) if known else (),
                missing.get(month, ()),
            )
            for month in months
            for known in [closed.get(month)]
        ]

    def _show_typed(self, lines: Sequence[EntryLine]) -> None:
        self.room.typed.show_records(lines)
        self.room.said[TYPED].setText(text.typed_so_far(lines))
        self.shown.emit()

    def _show_uses(self, uses: Sequence[text.Use]) -> None:
        self.room.uses.show_records(uses)
        self.room.said[USES].setText(
            _("Counted this month") if uses else _("Nothing was counted this month.")
        )
        self.shown.emit()

    def _show_months(self, months: Sequence[text.Closing]) -> None:
        self.room.months.show_records(months)
        self.room.said[MONTHS].setText(
            _("A closed month keeps its figures; what changes later is told beside them.")
        )
        self.shown.emit()
