"""The room of moving in: the steps, and one of five views at a time."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.transfer.import_looks import FileLook
from perpusdesk.services.transfer.import_report import ImportReport
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.in_page_bar import InPageBar
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.transfer import report_text
from perpusdesk.ui.transfer.drop_area import DropArea
from perpusdesk.ui.transfer.files_view import FilesView
from perpusdesk.ui.transfer.report_view import ReportView
from perpusdesk.ui.transfer.rows_list import Fetch, RowsList
from perpusdesk.ui.transfer.running import RunningView
from perpusdesk.ui.transfer.strip import StepStrip


class At(Enum):
    """Which view is in front."""

    CHOOSE = 0
    FILES = 1
    RUNNING = 2
    TRIED = 3
    DONE = 4


_STEP_OF: Final = {At.CHOOSE: 0, At.FILES: 0, At.TRIED: 1, At.DONE: 3}


class IntakeRoom(QWidget):
    """Shows where one is; every signal is a wish of the person."""

    chosen = Signal()
    dropped = Signal(object)
    bring_in_asked = Signal()
    back_asked = Signal()
    resume_asked = Signal()
    undo_asked = Signal()
    another_asked = Signal()
    aside_asked = Signal()
    narrowed = Signal(object)
    save_asked = Signal()

    def __init__(self, fetch: Fetch) -> None:
        super().__init__()
        self.at = At.CHOOSE
        self.strip = StepStrip([_("Files"), _("Try"), _("Bring in"), _("Done")])
        self.bar = InPageBar()
        self.drop = DropArea(self.chosen.emit)
        self.files = FilesView()
        self.running = RunningView()
        self.go = primary_button(
            _("Bring in now"), self.bring_in_asked.emit, icon="check", keys="Ctrl+Enter"
        )
        self.tried = ReportView(
            fetch, [self.go, button(_("Back to the files"), self.back_asked.emit, keys="Esc")]
        )
        self.undo = button(_("Undo this import"), self.undo_asked.emit, icon="undo")
        self.another = primary_button(
            _("Bring in more"), self.another_asked.emit, icon="plus", keys="Ctrl+Enter"
        )
        self.aside = quiet_button(
            _("Open the folder of the rows not taken"), self.aside_asked.emit, icon="folder"
        )
        self.go_on = primary_button(
            _("Go on"), self.resume_asked.emit, icon="chevron-right", keys="Ctrl+Enter"
        )
        self.over = quiet_button(_("Start over"), self.another_asked.emit)
        steps = [self.go_on, self.another, self.undo, self.aside, self.over]
        self.done = ReportView(fetch, steps)
        self.right = words("", tone="warn", wrap=True)
        self.right.hide()
        self._lay_out()
        self.files.more_asked.connect(self.chosen)
        for part in (self.drop, self.files):
            part.dropped.connect(self.dropped)
        for view in (self.tried, self.done):
            view.rows.narrowed.connect(self.narrowed)
            view.rows.save_asked.connect(self.save_asked)

    def _lay_out(self) -> None:
        first = QWidget()
        top = QVBoxLayout(first)
        top.setContentsMargins(0, 0, 0, 16)
        top.setSpacing(12)
        top.addWidget(self.bar)
        top.addWidget(self.right)
        top.addWidget(self.drop, 1)
        self._stack = QStackedWidget()
        for view in (first, self.files, self.running, self.tried, self.done):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.strip)
        column.addWidget(self._stack, 1)

    @property
    def rows(self) -> RowsList:
        """The list of the report in front."""
        return self.done.rows if self.at is At.DONE else self.tried.rows

    def show_files(self, looks: Sequence[FileLook], *, looking: bool) -> None:
        """Show the chosen files, or the place to choose them."""
        if not looks:
            self._show(At.CHOOSE)
            return
        first = self.at is not At.FILES
        self.files.show_looks(looks, looking=looking)
        self._show(At.FILES)
        if first or (not looking and self.files.more.hasFocus()):
            self._give_keyboard(self.files.focus_first)

    def begin(self, heading: str, note: str, *, stoppable: bool) -> None:
        """Show that long work has begun."""
        step = {At.FILES: 1, At.TRIED: 2}.get(self.at, 2)
        self.running.begin(heading, note, stoppable=stoppable)
        self._show(At.RUNNING)
        self.strip.show_step(step)
        if stoppable:
            self._give_keyboard(lambda: self.running.cancel.setFocus(_OTHER))

    def show_tried(self, report: ImportReport) -> None:
        """Show what a dry run told."""
        new = any(report.added.values()) or any(report.updated.values()) or report.merged > 0
        note = _("Nothing is written yet.") if new else report_text.nothing_new()
        note = " ".join([note, *map(report_text.breaks_off, report.broken)])
        self.tried.show_report(
            report, report_text.tried(report), note, "info" if new else "warning"
        )
        self.go.setEnabled(new)
        self._show(At.TRIED)
        self._give_keyboard(self.tried.focus_first)

    def show_done(self, report: ImportReport) -> None:
        """Show what an import did."""
        sign = "warning" if report.stopped or report.broken else "check"
        note = " ".join(
            part for part in (report_text.library_now(report), report_text.stays(report)) if part
        )
        self.done.show_report(report, report_text.took_in(report), note, sign)
        self.aside.setVisible(report.set_aside is not None)
        for part, shown in (
            (self.go_on, report.stopped),
            (self.over, report.stopped),
            (self.another, not report.stopped),
        ):
            part.setVisible(shown)
        self._show(At.DONE)
        self._give_keyboard(self.done.focus_first)

    def show_right(self, missing: str) -> None:
        """Say that whoever is at the desk may not import, or nothing."""
        self.right.setText(missing)
        self.right.setVisible(bool(missing))

    def _show(self, at: At) -> None:
        self._here = self._has_keyboard()
        self.at = at
        self._stack.setCurrentIndex(at.value)
        if at in _STEP_OF:
            self.strip.show_step(_STEP_OF[at])

    def _has_keyboard(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _give_keyboard(self, give: object) -> None:
        """Move the keyboard with the view; who types elsewhere is left alone."""
        if callable(give) and (self._here or self._has_keyboard()):
            give()


_OTHER: Final = Qt.FocusReason.OtherFocusReason
