"""The accession register on the screen: a part of it, on paper or as a workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from perpusdesk.domain.decisions import Refused
from perpusdesk.scan.types import Scan
from perpusdesk.services.cataloguing.register import (
    Part,
    RegisterLine,
    register_lines,
    without_day,
)
from perpusdesk.services.desk import Desk
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.paper_files import PaperFiles
from perpusdesk.ui.stock import register_text as text
from perpusdesk.ui.stock.register_room import RegisterRoom


class RegisterPart(QObject):
    """The tab ``register``. What is scanned or typed into the box is the first number."""

    shown = Signal()

    name = "register"

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, folder: Path) -> None:
        """``folder`` is where the register's pages are written."""
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self.papers = PaperFiles(desk, tasks, messages, folder)
        self.room = RegisterRoom(self)
        self.widget: QWidget = self.room

    @property
    def title(self) -> str:
        """The word on the tab."""
        return text.title()

    # --- what comes in -----------------------------------------------------------------------

    def opened(self) -> None:
        """Ask for this year at first."""

        def read() -> tuple[date, list[tuple[str, UUID]]]:
            branches = [(branch.name, branch.id) for branch in self._desk.branches.values()]
            return self._desk.today(), branches

        self._tasks.run(read, lambda known: self.room.begin(*known, self._desk.branch), owner=self)

    def handle_scan(self, scan: Scan) -> None:
        """Ask for the line with this number."""
        self.room.by.choose(True)
        self.room.numbers[0].setText(scan.text.strip())
        self.room.numbers[1].clear()
        self.look()

    def escape(self) -> None:
        """Nothing to leave."""

    def search_edited(self, typed: str) -> None:
        """Do nothing: the box is for numbers here."""

    def into_list(self) -> None:
        """Move the keyboard from the box into the lines."""
        self.room.rows.enter()

    # --- what can be done --------------------------------------------------------------------

    def look(self) -> None:
        """Show the part that is asked for, read beside the desk's work."""
        part = self._part()
        if part is None:
            return

        def work() -> tuple[list[RegisterLine], int]:
            with self._desk.beside() as desk:
                lines = register_lines(desk, part)
                undated = 0 if part.by_number else without_day(desk, part.branch)
                return [] if isinstance(lines, Refused) else lines, undated

        self._tasks.aside(work, lambda found: self._show(*found), owner=self)

    def print_paper(self) -> None:
        """Print that part."""
        from perpusdesk.printing.register import register_pages
        from perpusdesk.services.cataloguing.register_papers import register_paper

        part = self._part()
        if part is not None:
            self.papers.make_beside(
                "buku-induk", lambda desk: register_paper(desk, part), register_pages
            )

    def save_list(self) -> None:
        """Save it as a workbook."""
        from perpusdesk.services.cataloguing.register_papers import register_sheet

        part = self._part()
        if part is not None:
            self.papers.save(
                self.room, text.title(), lambda desk, path: register_sheet(desk, part, path)
            )

    # --- inside ------------------------------------------------------------------------------

    def _part(self) -> Part | None:
        errors = self.room.wrong()
        self.room.form.show_errors(errors)
        return None if errors else self.room.part()

    def _show(self, lines: list[RegisterLine], undated: int) -> None:
        self.room.show_part(lines, undated)
        self.shown.emit()
