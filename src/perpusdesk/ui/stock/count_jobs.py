"""What can be done with a copy of a stock-take's list; each is undoable on its own."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from perpusdesk.services.circulation.found import Settled, report_found
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done, Returned
from perpusdesk.services.stock.stock_end import restore_found
from perpusdesk.services.stock.stock_scan import take_scan_back
from perpusdesk.storage.queries.title_records import title_of_copy
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.stock import count_text as text


class CopyJobs(QObject):
    """Runs them through ``doing``; ``title_asked`` carries the id of a title to be shown."""

    title_asked = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, doing: Doing) -> None:
        super().__init__()
        self._desk, self._tasks, self._doing = desk, tasks, doing

    def take_back(self, copy: UUID, then: Callable[[Done[Returned]], object] | None = None) -> None:
        """Take a copy back that is recorded as on loan."""
        self._doing.run(lambda: take_back(self._desk, copy), then, say=text.taken_back)

    def record_found(
        self, copy: UUID, then: Callable[[Done[Settled]], object] | None = None
    ) -> None:
        """Record a lost or missing copy as found."""
        self._doing.run(lambda: report_found(self._desk, copy), then)

    def remove_scan(self, scan: UUID) -> None:
        """Take a scan back."""
        self._doing.run(lambda: take_scan_back(self._desk, scan))

    def restore_all(self, count: UUID) -> None:
        """Record everything as found that was counted although recorded as lost or missing."""
        self._doing.run(lambda: restore_found(self._desk, count), say=text.restored)

    def open_title(self, copy: UUID) -> None:
        """Show the title of a copy."""
        self._tasks.run(
            lambda: title_of_copy(self._desk.library, copy), self.title_asked.emit, owner=self
        )
