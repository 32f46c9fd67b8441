"""The titles that were removed or went into others, and the way back for each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.cataloguing.remove_title import (
    RemovedTitle,
    put_back,
    removed_ids,
    removed_lines,
)
from perpusdesk.services.cataloguing.removed_sheet import removed_sheet
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.id_table import Fetch, Rows
from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.list_saving import save_button
from perpusdesk.ui.upkeep import text


class RemovedPart(QWidget):
    """A list and one step for the chosen row."""

    save_list_asked = Signal()

    def __init__(self, fetch: Fetch, back: Callable[[], object]) -> None:
        super().__init__()
        self.count = words("", "lead", strong=True, wrap=True)
        self.rows = RecordList(_("Removed titles"), text.removed_row, fetch)
        self.back = button(_("Put back"), back, icon="undo", keys="Ctrl+Enter")
        why = _("What is removed from the catalogue is kept here, with the reason.")
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState("trash", _("No title was removed"), why))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.count)
        column.addWidget(self.rows, 1)
        save = save_button(_("Removed titles"), self.save_list_asked.emit)
        column.addWidget(Flow(self.back, save))
        self._stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.rows.chosen.connect(lambda id_: self.back.setEnabled(id_ is not None))
        self.back.setEnabled(False)

    def show_ids(self, ids: Sequence[UUID]) -> None:
        """Show these."""
        self.count.setText(text.removed_count(len(ids)))
        self.rows.show_ids(ids)
        self._stack.setCurrentIndex(1 if ids else 0)
        self.back.setEnabled(False)


class Removed(QObject):
    """Reads the list and puts titles back."""

    def __init__(self, desk: Desk, tasks: Tasks, doing: Doing) -> None:
        super().__init__()
        self._desk, self._tasks, self._doing = desk, tasks, doing
        self._ids: Sequence[UUID] = ()
        self.part = RemovedPart(self._fetch, self.put_back)

    def refresh(self) -> None:
        """Read the list anew."""
        self._tasks.run(lambda: removed_ids(self._desk), self._show, owner=self)

    def sheet(self) -> ListSheet:
        """Return the removed titles as a list to save."""
        return removed_sheet(self._ids)

    def put_back(self) -> None:
        """Put the chosen title back into the catalogue."""
        title = self.part.rows.chosen_id()
        if isinstance(title, UUID):
            self._doing.run(lambda: put_back(self._desk, title))

    def _show(self, ids: Sequence[UUID]) -> None:
        self._ids = ids
        self.part.show_ids(ids)

    def _fetch(self, ids: Sequence[Hashable], answer: Callable[[Rows], None]) -> None:
        wanted = [id_ for id_ in ids if isinstance(id_, UUID)]

        def read() -> dict[Hashable, RemovedTitle]:
            return {line.id: line for line in removed_lines(self._desk, wanted)}

        self._tasks.run(read, answer, owner=self)
