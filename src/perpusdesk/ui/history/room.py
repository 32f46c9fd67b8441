"""The room of the history: what narrows it, the list, and the chosen action beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.history.history import HistorySearch
from perpusdesk.services.history.history_groups import GROUPS
from perpusdesk.services.wording.history import group_name
from perpusdesk.ui.history import text
from perpusdesk.ui.history.details_view import DetailsView
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.entries import DateEdit
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.id_table import Fetch
from perpusdesk.ui.kit.record_list import EDGE, RecordList
from perpusdesk.ui.kit.theme import scaled_font
from perpusdesk.ui.kit.two_panes import TwoPanes
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.shell.list_saving import save_button

_WIDTHS = ((120, 4), (60, 2))
"""From so many average characters on, so many fields stand side by side."""


@dataclass(frozen=True, slots=True)
class Known:
    """What can be chosen from: names with ids."""

    today: date
    people: Sequence[tuple[str, UUID]]
    branches: Sequence[tuple[str, UUID]]
    devices: Sequence[tuple[str, UUID]]


class HistoryRoom(QWidget):
    """``narrowed`` says that something else is wanted, ``more_wanted`` that older ones are."""

    narrowed = Signal()
    more_wanted = Signal()
    everything_asked = Signal()
    save_asked = Signal()

    def __init__(self, fetch: Fetch) -> None:
        super().__init__()
        self.group: Choice[str] = Choice([(_("All actions"), "")])
        self.person: Choice[UUID | None] = Choice([(_("Everybody"), None)])
        self.place: Choice[tuple[str, UUID] | None] = Choice([(_("All places"), None)])
        self.period: Choice[tuple[date | None, date | None] | None] = Choice([])
        self.days = (DateEdit(), DateEdit())
        self.overrides = QCheckBox(_("Only exceptions to a rule"))
        self.form = Form(columns=4)
        self._fields = [
            self.form.add(Field(label, edit, name=name))
            for name, label, edit in (
                ("group", _("What"), self.group),
                ("person", _("Who"), self.person),
                ("place", _("Where"), self.place),
                ("period", _("When"), self.period),
                ("first_day", _("From date"), self.days[0]),
                ("last_day", _("To date"), self.days[1]),
            )
        ]
        self.about = quiet_button("", self.everything_asked.emit, icon="close")
        self.count = words("", "lead", strong=True, wrap=True)
        self.rows = RecordList(_("History"), text.row, fetch)
        self.details = DetailsView()
        self.save = save_button(_("History"), self.save_asked.emit)
        self.nothing = EmptyState(
            "clock", _("Nothing was found"), _("Choose more, or other words.")
        )
        self._stack = QStackedWidget()
        nobody = EmptyState("clock", _("Nothing chosen"), _("Choose an action to see it in full."))
        left = QWidget()
        self._lay_out_left(left)
        self.panes = TwoPanes(left, self.rows, self.details, self.details.back, nobody)
        self.panes.share(5, 4)
        self.panes.fitted.connect(self._fit)
        refused = EmptyState(
            "lock",
            _("The history is for who has the right to it"),
            _("Ask the head of the library or an administrator."),
        )
        for page in (self.panes, refused):
            self._stack.addWidget(page)
        self.top = QVBoxLayout(self)
        self.top.setContentsMargins(0, 0, 0, 0)
        self.top.setSpacing(12)
        self.top.addWidget(self._stack, 1)
        self._wire()

    def _lay_out_left(self, left: QWidget) -> None:
        self.count.setIndent(EDGE)
        column = QVBoxLayout(left)
        column.setContentsMargins(4, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.form)
        column.addWidget(Flow(self.overrides, self.about, self.save))
        column.addWidget(self.count)
        column.addWidget(self.rows, 1)
        column.addWidget(self.nothing, 1)
        self.about.hide()
        self.nothing.hide()

    def _wire(self) -> None:
        for choice in (self.group, self.person, self.place):
            choice.currentIndexChanged.connect(lambda _place: self.narrowed.emit())
        self.period.currentIndexChanged.connect(lambda _place: self._period_chosen())
        self.overrides.toggled.connect(lambda _on: self.narrowed.emit())
        for edit in self.days:
            edit.editingFinished.connect(self._day_edited)
        bar = self.rows.verticalScrollBar()
        bar.valueChanged.connect(self._scrolled)
        self.details.back.clicked.connect(self.panes.leave_panel)
        self._period_chosen()

    # --- what is wanted ------------------------------------------------------------------------

    def offer(self, known: Known) -> None:
        """Offer what can be chosen from; what is chosen stays."""
        if self.group.count() > 1:
            return
        self.blockSignals(True)
        groups = [(group_name(group), group) for group in GROUPS]
        self.group.set_options([(_("All actions"), ""), *groups])
        self.person.set_options([(_("Everybody"), None), *known.people])
        places = [(name, ("branch", id_)) for name, id_ in known.branches]
        devices = [
            (_("Device: {name}").format(name=name), ("device", id_)) for name, id_ in known.devices
        ]
        self.place.set_options([(_("All places"), None), *places, *devices])
        self.period.set_options(text.periods(known.today))
        self.blockSignals(False)

    def search(self) -> HistorySearch:
        """Return what is chosen, without words and without a record."""
        place = self.place.value()
        period = self.period.value()
        since, until = period or (self.days[0].date(), self.days[1].date())
        return HistorySearch(
            staff=self.person.value(),
            branch=place[1] if place and place[0] == "branch" else None,
            device=place[1] if place and place[0] == "device" else None,
            group=self.group.value() or "",
            since=since,
            until=until,
            overrides=self.overrides.isChecked(),
        )

    def show_about(self, name: str) -> None:
        """Show what the list is narrowed to besides (empty: nothing)."""
        self.about.setText(text.about(name))
        self.about.setVisible(bool(name))

    # --- what is found -------------------------------------------------------------------------

    def show_actions(self, ids: Sequence[UUID], *, more: bool, anew: bool) -> None:
        """Show what was found so far."""
        if anew:
            self.rows.show_ids(ids)
            self.panes.show_nobody()
        else:
            self.rows.change_ids(ids)
        self.count.setText(text.count(len(ids), more=more))
        self.rows.setVisible(bool(ids) or more)
        self.nothing.setVisible(not ids and not more)
        self.count.setVisible(bool(ids))
        self.save.setEnabled(bool(ids))

    def show_looking(self, reached: date | None) -> None:
        """Say that it is being looked."""
        self.count.setText(text.looking(reached))
        self.count.setVisible(True)

    def show_refused(self, *, refused: bool) -> None:
        """Show that the person at the desk may not see it."""
        self._stack.setCurrentIndex(int(refused))

    # --- inside --------------------------------------------------------------------------------

    def _scrolled(self, value: int) -> None:
        """Ask for older ones when the end of the list is in sight."""
        bar = self.rows.verticalScrollBar()
        if value >= bar.maximum() - bar.pageStep():
            self.more_wanted.emit()

    def _period_chosen(self) -> None:
        by_days = self.period.count() > 0 and self.period.value() is None
        for field in self._fields[-2:]:
            field.setVisible(by_days)
        self.form.arrange(self.form.columns)
        self.narrowed.emit()

    def _day_edited(self) -> None:
        if not any(edit.wrong() for edit in self.days):
            self.narrowed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the fields out anew."""
        super().resizeEvent(event)
        self._fit(0)

    def _fit(self, _chars: int) -> None:
        width = self.form.width() or self.width()
        chars = width // max(1, QFontMetrics(scaled_font()).averageCharWidth())
        columns = next((count for least, count in _WIDTHS if chars >= least), 1)
        if columns != self.form.columns:
            self.form.arrange(columns)
