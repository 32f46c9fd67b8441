"""What the four tabs have in common: read, show, choose, ask, do, save and print."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from perpusdesk.scan.types import Scan, Source
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.service.room import ServiceRoom
from perpusdesk.ui.service.side import Sheet
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.list_saving import ListSaving
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.paper_files import PaperFiles

_PAUSE_MS = 200


class ListPart(QObject):
    """One tab; a subclass says what is read (``read``) and how one is shown (``look_at``).

    ``title_asked`` leads to a title, ``board_asked`` to the board, ``source_asked`` to what an
    action follows from, ``scan_passed`` to the desk.
    """

    title_asked = Signal(object)
    board_asked = Signal(object)
    source_asked = Signal(str, object)
    scan_passed = Signal(object)
    shown = Signal()

    @abstractmethod
    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, papers: Path, room: ServiceRoom
    ) -> None:
        """``papers`` is the folder for PDF files."""
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self.papers = PaperFiles(desk, tasks, messages, papers)
        self.doing = Doing(desk, tasks, messages)
        self.doing.changed.connect(lambda _done: self.look())
        self.saving = ListSaving(desk, tasks, messages)
        self.room = room
        for place, strip in enumerate(self.saving.parts):
            room.top.insertWidget(place, strip)
        self.widget: QWidget = room
        self.text = ""
        self._keep: UUID | None = None
        self._wait = QTimer(room)  # ends with what it moves
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PAUSE_MS)
        self._wait.timeout.connect(self.look)
        room.narrowed.connect(self._wait.start)
        room.chosen.connect(self._chosen)

    # --- to be filled in -----------------------------------------------------------------------

    def read(self) -> Any:
        """Read what is shown, on the database's thread."""

    @abstractmethod
    def show_read(self, found: Any) -> None:
        """Show what was read."""

    @abstractmethod
    def look_at(self, line: Any) -> None:
        """Show one record in the panel."""

    @abstractmethod
    def sheet(self) -> ListSheet | None:
        """Return the list as it is narrowed, to be saved."""

    @abstractmethod
    def ask_new(self) -> None:
        """Ask for a new record."""

    # --- what comes in -------------------------------------------------------------------------

    def opened(self) -> None:
        """Bring the list up to date."""
        self.look()

    def search_edited(self, typed: str) -> None:
        """Narrow the list to what is typed."""
        self.text = typed.strip()
        self._wait.start()

    def handle_scan(self, scan: Scan) -> None:
        """Search what was typed; the desk gets what was scanned."""
        if scan.source is not Source.KEYBOARD:
            self.scan_passed.emit(scan)
            return
        self.text = scan.text.strip()
        self.look()

    def into_list(self) -> None:
        """Move the keyboard from the box into the list."""
        self.room.panes.into_list()

    def escape(self) -> None:
        """Leave the question, then the panel, then the narrowing."""
        for ask in (self.saving.ask, self.room.side.ask):
            if not ask.isHidden():
                ask.leave()
                return
        if not self.room.panes.leave_panel() and self.text:
            self.text = ""
            self.look()

    def save_list(self) -> None:
        """Save the list as it is narrowed, as a workbook."""
        sheet = self.sheet()
        if sheet is not None:
            self.saving.begin(sheet)

    # --- showing -------------------------------------------------------------------------------

    @property
    def chosen(self) -> Any | None:
        """The record that is chosen."""
        return self.room.rows.chosen_record()

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return self.room.side.asking

    def send(self) -> None:
        """Answer the question that is open."""
        self.room.side.ask.send()

    def look(self, keep: UUID | None = None) -> None:
        """Read anew; ``keep`` is chosen then, else what is chosen now."""
        self._wait.stop()
        if keep is not None:
            self._keep = keep
        self._tasks.run(self.read, self._took, owner=self)

    def show_lines(self, lines: Sequence[Any], *, narrowed: bool) -> None:
        """Show the list; what was chosen stays chosen."""
        self.room.show_lines(lines, self._keep, narrowed=narrowed)

    def put(self, sheet: Sheet, steps: Sequence[QPushButton]) -> None:
        """Show a record in the panel."""
        self.room.side.show_sheet(sheet, steps)
        self.room.show_panel()

    def ask(self, *what: Any, **how: Any) -> None:
        """Ask in the panel (``SidePanel.show_question``)."""
        self.room.show_panel(uncover=True)
        self.room.side.show_question(*what, **how)

    def do(self, work: Callable[[], Any], then: Callable[[Any], object] | None = None) -> None:
        """Do something; what it was done to is chosen afterwards."""

        def done(answer: Any) -> None:
            if isinstance(answer.value, UUID):
                self._keep = answer.value
            if then is not None:
                then(answer)

        self.doing.run(work, done)

    def _took(self, found: Any) -> None:
        self.show_read(found)
        self.shown.emit()

    def _chosen(self, line: Any) -> None:
        if line is not None:
            self._keep = line.id
            self.look_at(line)
