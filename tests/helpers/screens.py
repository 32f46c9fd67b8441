"""A screen in a window on the small library, as a test drives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary
from perpusdesk.services.desk import Desk
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Said
from perpusdesk.ui.shell.window import MainWindow

S = TypeVar("S", bound="Stage")


class Stage:
    """Window, tasks and desk; ``said`` is all that the window told people, in order."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        self.small, self.folder = small, folder
        self.desk: Desk = small.desk(who)
        self.window = MainWindow(reports=folder / "reports")
        qtbot.addWidget(self.window)
        self.bugs: list[BaseException] = []
        self.tasks = Tasks(self.bugs.append, self.window.messages.known)
        self.said: list[str] = []
        self.window.messages.said.connect(self._hear)

    def put(self, page: Any, *actions: Any) -> None:
        """Put a page into the window, with what can be done on it, and open it."""
        self.window.add_page(page)
        self.window.registry.add(*actions)
        self.window.show()
        self.window.activateWindow()
        self.wait()

    def wait(self) -> None:
        """Let everything under way come to its end, painting included."""
        for _ in range(3):
            QApplication.processEvents()
            self.tasks.wait_idle()
        assert not self.bugs, self.bugs

    def scan(self, text: str) -> None:
        """Scan something, wherever the keyboard is."""
        self.window.box.take_burst(text)
        self.wait()

    def type(self, text: str) -> None:
        """Type something into the box and press Enter."""
        self.window.box.edit.setText(text)
        self.window.box.edit.returnPressed.emit()
        self.wait()

    def do(self, action: str) -> None:
        """Do what a key or the palette would."""
        self.window.registry.run(action)
        self.wait()

    def close(self) -> None:
        """End, the library stays open."""
        self.tasks.close()

    def _hear(self, said: Said) -> None:
        self.said.append(said.text)


def staged(kind: type[S]) -> Any:
    """Return the fixture that makes a kind of stage for somebody: "head", "desk", "volunteer"."""

    @pytest.fixture
    def stage(qtbot: QtBot, small: SmallLibrary, tmp_path: Path) -> Iterator[Callable[[str], S]]:
        made: list[S] = []

        def make(who: str = "head") -> S:
            made.append(kind(qtbot, small, who, tmp_path))
            return made[-1]

        yield make
        for one in made:
            one.close()

    return stage
