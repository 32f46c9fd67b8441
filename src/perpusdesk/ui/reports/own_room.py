"""The room of own reports: saved ones at the left; what one is made of, and its lines, beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.reports.own_reports import OwnReport
from perpusdesk.services.reports.report_schedules import Schedule
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.chosen_list import ChosenList
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.record_list import EDGE, RecordList
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.two_panes import TwoPanes
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.reports import own_text as text
from perpusdesk.ui.reports.own_picks import OwnPicks
from perpusdesk.ui.reports.own_table import OwnTable


class Doings(Protocol):
    """What the room's buttons ask for."""

    def begin(self) -> None:
        """Begin a new report."""

    def keep(self) -> None:
        """Save the report under a name."""

    def save_list(self) -> None:
        """Save its lines as a workbook."""

    def schedule(self) -> None:
        """Ask how often and where it is written by itself."""

    def remove(self) -> None:
        """Remove the saved report."""

    def drop(self, schedule: Schedule) -> None:
        """Stop writing."""


class OwnRoom(QWidget):
    """Questions stand above both panes."""

    def __init__(self, doings: Doings) -> None:
        super().__init__()
        self._doings = doings
        self.ask = AskCard()
        self.top = QVBoxLayout()
        self.rows = RecordList(_("Saved reports"), text.report_row)
        self.none = words(_("No report is saved yet."), tone="muted", wrap=True)
        self.none.setIndent(EDGE)
        self.schedules = ChosenList(
            _("Written by themselves"),
            text.schedule_row,
            self._steps,
            _("Nothing is scheduled."),
        )
        self.name = words("", "title", strong=True, wrap=True)
        self.made_of = words("", tone="muted", wrap=True)
        self.picks, self.table = OwnPicks(), OwnTable()
        self.saved_steps = (
            button(_("Schedule"), doings.schedule, icon="calendar"),
            quiet_button(_("Remove report"), doings.remove, icon="trash"),
        )
        self.change = button(_("Change what is in it"), self._change, icon="edit")
        self.back = quiet_button(_("Back to the list"), self._back, icon="chevron-left")
        nobody = EmptyState(
            "reports",
            _("Reports of your own"),
            _("Pick columns and conditions once; all devices of the library get the report."),
            other=(_("New report"), doings.begin),
        )
        self.panes = TwoPanes(self._left(), self.rows, self._panel(), self.back, nobody)
        self.panes.share(3, 8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self.ask)
        whole.addLayout(self.top)
        whole.addWidget(self.panes, 1)

    def show_reports(self, reports: Sequence[OwnReport], schedules: Sequence[Schedule]) -> None:
        """Show what is saved, and what is written by itself."""
        self.rows.show_records(reports)
        self.rows.setVisible(bool(reports))
        self.none.setVisible(not reports)
        self.schedules.show_records(schedules)

    def show_name(self, name: str, *, saved: bool) -> None:
        """Say which report it is; only a saved one can be scheduled and removed."""
        self.name.setText(name or _("New report"))
        for step in self.saved_steps:
            step.setVisible(saved)

    def unfold(self, *, open_: bool) -> None:
        """Show what the report is made of, or leave the room to its lines."""
        self.picks.setVisible(open_)
        self.change.setVisible(not open_)
        self.made_of.setVisible(not open_)

    def _change(self) -> None:
        self.unfold(open_=True)
        self.picks.subject.setFocus()

    def _left(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(12)
        column.addWidget(Flow(button(_("New report"), self._doings.begin, icon="plus")))
        column.addWidget(self.none)
        column.addWidget(self.rows, 1)
        column.addWidget(self.schedules)
        column.addStretch(0)
        return left

    def _panel(self) -> QWidget:
        panel = QWidget()
        column = QVBoxLayout(panel)
        column.setContentsMargins(0, 4, 8, 0)
        column.setSpacing(12)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.name)
        column.addWidget(self.made_of)
        column.addWidget(
            Flow(
                primary_button(_("Save XLSX"), self._doings.save_list, icon="file"),
                button(_("Save report"), self._doings.keep, icon="saved"),
                self.change,
                *self.saved_steps,
            )
        )
        column.addWidget(self.picks)
        column.addWidget(self.table, 1)
        return scrolled(panel)

    def _steps(self, schedule: Schedule) -> tuple[QPushButton, ...]:
        drop = quiet_button(_("Remove schedule"), lambda: self._doings.drop(schedule), icon="trash")
        return (drop,)

    def _back(self) -> None:
        self.panes.leave_panel()
