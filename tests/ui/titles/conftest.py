"""The catalogue's screen on the small library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary
from helpers.screens import Stage, staged
from perpusdesk.ui.kit.id_table import PAGE
from perpusdesk.ui.titles.actions import title_actions
from perpusdesk.ui.titles.page import TitlesPage


class Titles(Stage):
    """The stage with the catalogue on it; ``asked`` are the members that were asked for."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, who, folder)
        self.page = TitlesPage(self.desk, self.tasks, self.window.messages)
        self.asked: list[object] = []
        self.page.member_asked.connect(self.asked.append)
        self.window.box.edited.connect(self.page.search_edited)
        self.put(self.page, *title_actions(self.page))

    @property
    def panel(self):
        return self.page.panel

    @property
    def pane(self):
        return self.page.list.pane

    def shown_titles(self) -> list[str]:
        """The titles in the list, in its order, fetched as painting would."""
        model = self.page.rows.rows
        for place in range(0, model.rowCount(), PAGE):
            model.data(model.index(place, 0))
        self.wait()
        rows = [model.row_at(place) for place in range(model.rowCount())]
        return [row.title for row in rows]

    def close(self) -> None:
        self.page.list.close()
        super().close()

    def open(self, number: int) -> None:
        self.page.open_title(self.small.titles[number])
        self.wait()

    def copy_rows(self) -> list[str]:
        model = self.panel.copies.rows.rows
        return [model.data(model.index(place, 0)) for place in range(model.rowCount())]

    def queue_rows(self) -> list[str]:
        model = self.panel.queue.rows.rows
        return [model.data(model.index(place, 0)) for place in range(model.rowCount())]

    def press(self, part, place: int, verb: str) -> None:
        """Choose a row and press a step of its bar."""
        part.choose(place)
        buttons = part.bar.findChildren(type(self.panel.for_visitor))
        next(button for button in buttons if button.text() == verb).click()
        self.wait()


stage = staged(Titles)


@pytest.fixture
def screen(stage: Callable[[str], Titles]) -> Titles:
    return stage("head")
