"""Files of a stock-take: the codes of a data collector in, a list as a workbook out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.stock_take import Outcome, StockCount
from perpusdesk.services.desk import Desk
from perpusdesk.services.stock_lists import ODD, write_workbook
from perpusdesk.ui.kit.save_place import ask_place, home
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.stock import count_text as text


def ask_codes(parent: QWidget) -> Path | None:
    """Ask for a file of scanned codes."""
    kinds = f"{_('Scanned codes')} (*.txt *.csv *.dat);;{_('All files')} (*)"
    name, _kind = QFileDialog.getOpenFileName(parent, _("Choose a file"), str(home()), kinds)
    return Path(name) if name else None


class ListFiles:
    """Writes lists beside the desk's work, where the person says."""

    def __init__(self, desk: Desk, tasks: Tasks, say: Callable[[str], object]) -> None:
        """``say`` is told when a file was written."""
        self._desk, self._tasks, self._say = desk, tasks, say

    def save(self, parent: QWidget, count: StockCount, outcome: Outcome | None) -> None:
        """Save a list (``None``: all that somebody must see to)."""
        name = f"{count.name} - {text.list_name(outcome)}".replace("/", "-")
        path = ask_place(parent, name, ["xlsx"])
        if path is None:
            return
        wanted = (outcome,) if outcome else (*ODD, Outcome.MISSING)

        def write() -> int:
            with self._desk.beside() as desk:
                return write_workbook(desk, count, path, wanted)

        self._tasks.aside(write, lambda rows: self._say(text.saved(path.name, rows)))
