"""The rows of a report that are to be looked at: fetched when painted, narrowed, saved."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.services.import_lists import listed, new_log, save_list
from perpusdesk.storage.row_log import RowLog
from perpusdesk.ui.kit.id_table import Rows
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.transfer import report_text
from perpusdesk.ui.transfer.asks import ask_place
from perpusdesk.ui.transfer.problems import not_written
from perpusdesk.ui.transfer.rows_list import Reasoned, RowsList


class OddRows(QObject):
    """Fills a ``RowsList`` from a ``RowLog``; both are read beside everything else."""

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._log = new_log()
        self._shown_in: RowsList | None = None

    def show(self, log: RowLog | None, rows: RowsList) -> None:
        """Show the rows of a report in this list."""
        self._log = log or new_log()
        self._shown_in = rows
        self._tasks.aside(self._log.reasons, rows.show_reasons, owner=rows)
        self.narrow(Reasoned())

    def narrow(self, wanted: Reasoned) -> None:
        """Show only the rows that are there for one reason."""
        log, rows = self._log, self._shown_in
        if rows is not None:
            self._tasks.aside(lambda: log.ids(wanted.what, wanted.code), rows.show_ids, owner=rows)

    def fetch(self, ids: Sequence[Hashable], answer: Callable[[Rows], None]) -> None:
        """Read the rows that are to be painted."""
        log, wanted = self._log, [id_ for id_ in ids if isinstance(id_, int)]

        def read() -> Rows:
            with self._desk.beside() as quiet:
                return {one.row.id: one for one in listed(quiet, log.lines(wanted))}

        self._tasks.aside(read, answer, owner=self)

    def save(self) -> None:
        """Ask where to, and write the rows that are shown to a file."""
        if self._shown_in is None:
            return
        shown, log = self._shown_in.shown, self._log
        path = ask_place(self._shown_in, _("Rows to look at"), ("xlsx", "csv"))
        if path is None:
            return

        def write() -> int:
            with self._desk.beside() as quiet:
                return save_list(quiet, log, path, shown.what, shown.code)

        self._tasks.aside(
            write,
            lambda count: self._saved(path, count),
            lambda error: self._messages.problem(not_written(error, path)),
            owner=self,
        )

    def _saved(self, path: Path, count: int) -> None:
        show = ToastAction(_("Open its folder"), lambda: open_folder(path))
        said = report_text.rows_saved(count, path.name)
        self._messages.toast(said, tone="ok", action=show, replace="transfer")


def open_folder(path: Path) -> None:
    """Show the folder of a file in the system's own program."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
