"""The exchange's screen: how it stands, what is to be done, and whether the way is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from perpusdesk.common.errors import KnownError
from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages

if TYPE_CHECKING:
    from perpusdesk.syncing.folder import FolderOutcome
    from perpusdesk.syncing.status import Standing
    from perpusdesk.ui.exchange.checks import Check
    from perpusdesk.ui.exchange.reading import View
    from perpusdesk.ui.exchange.room import ExchangeRoom

Things = Callable[[], tuple[str, int | None]]
"""Asks for the slip printer's name and the battery's percentage; on a side thread."""


class ExchangePage(QObject):
    """The page ``exchange``; its parts are made when it is first opened.

    What is to be done goes out by signals: ``stick_asked`` carries a folder.
    """

    exchange_asked = Signal()
    stick_asked = Signal(object)
    test_asked = Signal()
    join_asked = Signal()
    decide_asked = Signal()

    name = "exchange"
    icon = "devices"
    key = ""

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, things: Things) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._things = things
        self.widget = QWidget()
        column = QVBoxLayout(self.widget)
        column.setContentsMargins(0, 0, 0, 0)
        self._room: ExchangeRoom | None = None
        self._parts: list[QWidget] = []
        self._standing: Standing | None = None
        self._running = self._reading = self._again = self._stick_over = False

    @property
    def title(self) -> str:
        """The word in the rail."""
        return _("Exchange")

    @property
    def help_place(self) -> str:
        """Where somebody is: the part in front."""
        return f"{self.name}/{self._room.help_place}" if self._room is not None else self.name

    @property
    def room(self) -> ExchangeRoom:
        """What is on the screen."""
        return self._room or self._make()

    @property
    def connected(self) -> bool:
        """Whether there is somebody to exchange with."""
        return self._standing is not None and self._standing.enrolled

    def opened(self) -> None:
        """Bring what is shown up to date."""
        if self._stick_over:
            self.show_stick(None, done=False)
        _made = self.room
        self.refresh()

    def refresh(self) -> None:
        """Read everything anew, beside the desk's work; one reading at a time."""
        if self._room is None or not self.widget.isVisible():
            return
        self._again = self._reading
        if self._reading:
            return
        self._reading = True
        from perpusdesk.ui.exchange.reading import begin_day, read_view

        def read() -> tuple[View, tuple[str, int | None]]:
            return read_view(self._desk), self._things()

        self._tasks.run(lambda: begin_day(self._desk))
        self._tasks.aside(read, lambda both: self._read(*both), self._failed, owner=self)

    def add_part(self, part: QWidget) -> None:
        """Put a part (joining, admitting) below the connection."""
        self._parts.append(part)
        if self._room is not None:
            self._room.line.add_part(part)

    def show_standing(self, now: Standing, *, running: bool) -> None:
        """Show how the exchange stands."""
        self._standing, self._running = now, running
        if self._room is not None:
            self._room.now.show_standing(now, self._desk.now(), running=running)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show the steps of the test of the connection."""
        self.room.line.test.setEnabled(True)
        self.room.line.show_checks(checks)

    def show_stick(self, told: FolderOutcome | None, *, done: bool) -> None:
        """Show how far an exchange through a stick is."""
        self._stick_over = done
        self.room.now.show_stick(told, done=done)

    def ask_stick(self) -> None:
        """Ask where the stick is."""
        chosen = QFileDialog.getExistingDirectory(self.widget, _("Where is the stick?"))
        if chosen:
            self.stick_asked.emit(Path(chosen))

    def test(self) -> None:
        """Ask for the test of the connection, and show it."""
        room = self.room
        room.tabs.setCurrentIndex(3)
        room.line.test.setEnabled(False)
        self.test_asked.emit()

    # --- inside ------------------------------------------------------------------------------

    def _make(self) -> ExchangeRoom:
        from perpusdesk.ui.exchange.room import ExchangeRoom

        room = self._room = ExchangeRoom()
        layout = self.widget.layout()
        assert layout is not None
        layout.addWidget(room)
        room.now.exchange_asked.connect(self.exchange_asked)
        room.now.stick_asked.connect(self.ask_stick)
        room.now.decide_asked.connect(self.decide_asked)
        room.line.test_asked.connect(self.test)
        room.join_asked.connect(self.join_asked)
        room.turned.connect(self.refresh)
        for part in self._parts:
            room.line.add_part(part)
        return room

    def _failed(self, error: KnownError) -> None:
        self._reading = False
        self._messages.known(error)

    def _read(self, view: View, things: tuple[str, int | None]) -> None:
        from perpusdesk.ui.exchange.checks import departure_checks, return_checks

        self._reading = False
        now, room = self._desk.now(), self.room
        room.show_view(view, now)
        self.show_standing(view.standing, running=self._running)
        printer, battery = things
        leaving = departure_checks(
            view.standing, view.aboard, now, printer=printer, battery=battery
        )
        room.show_trip(leaving, return_checks(view.standing, view.aboard))
        if self._again:
            self._again = False
            self.refresh()
