"""The screen for moving data in and out: three tabs, made when the screen is first opened."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.ui.kit.garbage import keep_what_is_loaded
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages

if TYPE_CHECKING:
    from perpusdesk.ui.transfer.parts import Parts

_NEEDED = ("import_run", "import_looks", "import_lists", "import_undo", "export_run")


_PLACES: Final = ("in", "out", "history")
"""The tabs, from left to right, as the manual's table names them."""


class TransferPage(QObject):
    """The page ``transfer``.

    Reading and writing foreign files needs much that a desk does not: it is loaded beside
    everything else when somebody first comes here. ``made`` tells that the screen is there.
    ``front_wanted`` asks to be brought to the front.
    """

    made = Signal()
    front_wanted = Signal()

    name = "transfer"
    icon = "exchange"
    key = "Ctrl+Shift+I"

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._asked = False
        self._waiting: list[Path] = []
        self.parts: Parts | None = None
        self.tabs, self.stack = QTabBar(), QStackedWidget()
        self.widget = QWidget()
        self._column = QVBoxLayout(self.widget)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def title(self) -> str:
        """The word in the rail."""
        return _("Import & export")

    @property
    def help_place(self) -> str:
        """Where somebody is: the tab in front."""
        return f"{self.name}/{_PLACES[max(0, self.tabs.currentIndex())]}"

    def opened(self) -> None:
        """Bring what is shown up to date; the first time, make it."""
        if self.parts is not None:
            self.parts.refresh()
        elif not self._asked:
            self._asked = True
            self._tasks.aside(_load, lambda _none: self._make(), owner=self)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Look at these files as if they had been dropped here."""
        if self.parts is None:
            self._waiting.extend(paths)
        else:
            self.tabs.setCurrentIndex(0)
            self.parts.intake.take_files(paths)

    def escape(self) -> None:
        """From what was tried, back to the files."""
        if self.parts is not None and self.tabs.currentIndex() == 0:
            self.parts.intake.back()

    def closing(self) -> None:
        """Ask what is under way to stop: the program closes."""
        if self.parts is not None:
            self.parts.intake.stop()
            self.parts.handing.stop()

    def _make(self) -> None:
        from perpusdesk.ui.transfer.parts import Parts

        self.parts = Parts(self._desk, self._tasks, self._messages)
        self.tabs.setAccessibleName(self.title)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for name, widget in self.parts.tabs():
            self.tabs.addTab(name)
            self.stack.addWidget(widget)
        self.tabs.currentChanged.connect(self._turned)
        self.parts.intake.front_wanted.connect(self._come)
        self._column.addWidget(self.tabs)
        self._column.addWidget(self.stack, 1)
        self.parts.refresh()
        keep_what_is_loaded()
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self.take_files(waiting)
        self.made.emit()

    def _turned(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        if self.parts is not None:
            self.parts.refresh()

    def _come(self) -> None:
        self.tabs.setCurrentIndex(0)
        if not self.widget.isVisible():
            self.front_wanted.emit()


def _load() -> None:
    """Load the services that read and write foreign files."""
    for name in _NEEDED:
        importlib.import_module(f"perpusdesk.services.transfer.{name}")
