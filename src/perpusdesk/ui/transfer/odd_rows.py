"""The rows of a report that are to be looked at: fetched when painted, narrowed, saved."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer.import_lists import listed, new_log, odd_sheet
from perpusdesk.storage.row_log import RowLog
from perpusdesk.ui.kit.id_table import Rows
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.list_saver import ListSaver
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.transfer.rows_list import Reasoned, RowsList


class OddRows(QObject):
    """Fills a ``RowsList`` from a ``RowLog``; both are read beside everything else."""

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self.saver = ListSaver(desk, tasks, messages)
        self._log = new_log()
        self._ids: Sequence[int] = ()
        self._shown_in: RowsList | None = None

    def show(self, log: RowLog | None, rows: RowsList) -> None:
        """Show the rows of a report in this list."""
        self._log = log or new_log()
        self._ids, self._shown_in = (), rows
        rows.put_above(self.saver)
        self._tasks.aside(self._log.reasons, rows.show_reasons, owner=rows)
        self.narrow(Reasoned())

    def narrow(self, wanted: Reasoned) -> None:
        """Show only the rows that are there for one reason."""
        log, rows = self._log, self._shown_in
        if rows is None:
            return

        def show(ids: Sequence[int]) -> None:
            self._ids = ids
            rows.show_ids(ids)

        self._tasks.aside(lambda: log.ids(wanted.what, wanted.code), show, owner=rows)

    def fetch(self, ids: Sequence[Hashable], answer: Callable[[Rows], None]) -> None:
        """Read the rows that are to be painted."""
        log, wanted = self._log, [id_ for id_ in ids if isinstance(id_, int)]

        def read() -> Rows:
            with self._desk.beside() as quiet:
                return {one.row.id: one for one in listed(quiet, log.lines(wanted))}

        self._tasks.aside(read, answer, owner=self)

    def save(self) -> None:
        """Ask where to, and write the rows that are shown to a file."""
        if self._shown_in is not None and self._ids:
            self.saver.save(odd_sheet(self._log, self._ids))


def open_folder(path: Path) -> None:
    """Show the folder of a file in the system's own program."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
