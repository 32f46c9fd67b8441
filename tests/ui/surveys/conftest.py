"""The tab of surveys in a window on the small library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary
from helpers.screens import Stage, staged
from helpers.surveys import begun
from perpusdesk.services.surveys.surveys import SurveyLine
from perpusdesk.ui.kit.sounds import Sound
from perpusdesk.ui.kit.tabbed_page import TabbedPage
from perpusdesk.ui.surveys.names import Room
from perpusdesk.ui.surveys.part import SurveysPart


class Surveys(Stage):
    """The stage with the tab on it; ``heard`` are the sounds."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, who, folder)
        self.heard: list[Sound] = []
        self.part = SurveysPart(
            self.desk, self.tasks, self.window.messages, folder / "papers", self.heard.append
        )
        self.page = TabbedPage("visits", lambda: "Kunjungan", "visits", "")
        self.page.add_tab("surveys", "Survei", lambda: self.part)
        self.put(self.page)
        self.window.go("visits")
        self.wait()

    def begun(self, key: str = "skm", **changes: object) -> SurveyLine:
        """Begin a survey and show it chosen."""
        line = begun(self.desk, key, **changes)
        self.part.opened()
        self.wait()
        rows = self.part.list.rows
        place = [one.id for one in rows._records].index(line.id)
        rows.selectRow(place)
        return line

    def rows(self, rows) -> list[str]:
        model = rows.rows
        return [model.data(model.index(place, 0)) for place in range(model.rowCount())]

    def steps(self, shown) -> dict[str, object]:
        """The buttons below a list, by their words."""
        row = shown.steps.row
        widgets = [row.itemAt(place).widget() for place in range(row.count())]
        return {one.text(): one for one in widgets}

    def press(self, words: str) -> None:
        """Press a button below the list in front."""
        shown = self.part.list if self.part.room is Room.SURVEYS else self.part.forms
        QTest.mouseClick(self.steps(shown)[words], Qt.MouseButton.LeftButton)
        self.wait()


stage = staged(Surveys)


@pytest.fixture
def head(stage: Callable[[str], Surveys]) -> Surveys:
    """The screen for the head of the library."""
    return stage("head")
