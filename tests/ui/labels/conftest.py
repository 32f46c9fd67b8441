"""The studio on the small library, with a program that opens PDF files on paper only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary
from helpers.screens import Stage
from perpusdesk.services.labels import label_fill, label_queue
from perpusdesk.services.labels.label_queue import LabelKind
from perpusdesk.ui.labels import output
from perpusdesk.ui.labels.actions import label_actions
from perpusdesk.ui.labels.page import LabelsPage
from perpusdesk.ui.labels.studio import LabelStudio


class Labels(Stage):
    """The stage with the studio; ``opened`` are the files that a program was to open."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, who, folder)
        self.opened: list[Path] = []
        self.page = LabelsPage(self.desk, self.tasks, self.window.messages, folder / "papers")
        self.put(self.page, *label_actions(self.page))
        self.window.resize(1366, 768)
        self.settle()

    @property
    def studio(self) -> LabelStudio:
        return self.page.studio

    def settle(self) -> None:
        """Let the pauses pass, then everything that they set going."""
        self.wait()
        for timer in (self.studio._pause, self.studio.room.preview._pause):
            if timer.isActive():
                timer.stop()
                timer.timeout.emit()
        self.wait()

    def fill(self, kind: LabelKind = LabelKind.COPY) -> None:
        label_queue.add(self.desk, kind, label_fill.unprinted(self.desk, kind).ids)
        self.studio.refresh()
        self.settle()

    def rows(self) -> list[str]:
        model = self.studio.room.queue.rows.rows
        for row in range(model.rowCount()):
            model.data(model.index(row, 0))
        self.wait()
        return [model.data(model.index(row, 0)) for row in range(model.rowCount())]

    def undo(self) -> None:
        """Press what the toast offers."""
        toast = self.window.toasts._toast
        assert toast is not None
        next(iter(toast.findChildren(type(self.studio.room.queue.clear)))).click()
        self.settle()


@pytest.fixture
def make(
    qtbot: QtBot, small: SmallLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Labels]]:
    """Make the studio when the language is chosen."""
    opened: list[Path] = []
    made: list[Labels] = []

    def open_url(url) -> bool:
        opened.append(Path(url.toLocalFile()))
        return True

    def studio() -> Labels:
        made.append(Labels(qtbot, small, "desk", tmp_path))
        made[-1].opened = opened
        return made[-1]

    monkeypatch.setattr(output.QDesktopServices, "openUrl", open_url)
    monkeypatch.setattr(QMenu, "popup", lambda *_: None)  # it would wait for the mouse
    yield studio
    for one in made:
        one.close()


@pytest.fixture
def screen(make: Callable[[], Labels]) -> Labels:
    return make()
