"""The screen on which the catalogue is cared for, on the small library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary
from helpers.screens import Stage, staged
from perpusdesk.ui.upkeep.actions import upkeep_actions
from perpusdesk.ui.upkeep.page import UpkeepPage
from perpusdesk.ui.upkeep.ways import Part


class Carer(Stage):
    """The stage with the screen on it."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, who, folder)
        self.page = UpkeepPage(self.desk, self.tasks, self.window.messages)
        self.put(Alone(self.page), *upkeep_actions(self.page))

    def part(self, part: Part):
        self.page.show_part(part)
        self.wait()
        return getattr(self.page, part.value).part

    def rows(self, rows) -> list[str]:
        model = rows.rows
        return [model.data(model.index(place, 0)) for place in range(model.rowCount())]

    def sql(self, query: str, *values: object):
        return self.small.library.rows(query, *values)


class Alone:
    """The page with a word of its own in the rail, as if it stood under no other."""

    def __init__(self, page: UpkeepPage) -> None:
        self._page = page
        self.name, self.title, self.icon, self.key = page.name, page.title, page.icon, ""
        self.widget, self.opened, self.escape = page.widget, page.opened, page.escape


stage = staged(Carer)


@pytest.fixture
def who(stage: Callable[[str], Carer]) -> Carer:
    return stage("head")
