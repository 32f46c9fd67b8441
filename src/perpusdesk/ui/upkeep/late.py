"""The issues of serials that should have come by now, and from whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet
from perpusdesk.services.serials.issues import LateIssue, late_issues
from perpusdesk.services.serials.late_issues_sheet import late_issues_sheet
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.shell.list_saving import save_button
from perpusdesk.ui.upkeep import text


class LatePart(QWidget):
    """A list and one step for the chosen row."""

    save_list_asked = Signal()

    def __init__(self, go: Callable[[], object]) -> None:
        super().__init__()
        self.count = words("", "lead", strong=True, wrap=True)
        self.rows = RecordList(_("Late issues"), text.late_row)
        self.go = button(_("Show the title"), go, icon="book", keys="Ctrl+Enter")
        why = _("Issues that subscriptions let expect and that did not come stand here.")
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState("calendar", _("No issue is late"), why))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.count)
        column.addWidget(self.rows, 1)
        save = save_button(_("Late issues"), self.save_list_asked.emit)
        column.addWidget(Flow(self.go, save))
        self._stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.rows.chosen.connect(lambda place: self.go.setEnabled(place is not None))
        self.go.setEnabled(False)

    def show_late(self, late: Sequence[LateIssue]) -> None:
        """Show these."""
        self.count.setText(text.late_count(len(late)))
        self.rows.show_records(late)
        self._stack.setCurrentIndex(1 if late else 0)
        self.go.setEnabled(False)


class Late(QObject):
    """Reads the list; ``title_asked`` leads to the title of an issue."""

    title_asked = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._ids: Sequence[UUID] = ()
        self.part = LatePart(self.open)

    def refresh(self) -> None:
        """Read the list anew."""
        self._tasks.run(lambda: late_issues(self._desk), self._show, owner=self)

    def sheet(self) -> ListSheet:
        """Return the late issues as a list to save."""
        return late_issues_sheet(self._ids)

    def open(self) -> None:
        """Show the title of the chosen issue."""
        late = self.part.rows.chosen_record()
        if isinstance(late, LateIssue) and late.issue.title is not None:
            self.title_asked.emit(late.issue.title)

    def _show(self, late: Sequence[LateIssue]) -> None:
        self._ids = [one.issue.id for one in late]
        self.part.show_late(late)
