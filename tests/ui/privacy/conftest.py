"""The part about personal data, on the screen of safety and the small library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary
from helpers.screens import Stage, staged
from perpusdesk.ui.privacy.names import Part
from perpusdesk.ui.privacy.part import PrivacyPart
from perpusdesk.ui.safety.page import SafetyPage


class Guard(Stage):
    """The stage with the tab on it; ``members`` are those that were asked for."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, who, folder)
        self.part = PrivacyPart(self.desk, self.tasks, self.window.messages, folder / "papers")
        self.members: list[object] = []
        self.part.member_asked.connect(self.members.append)
        self.page = SafetyPage()
        self.page.add_tab("privacy", "Data pribadi", lambda: self.part)
        self.put(self.page)
        self.wait()

    def show(self, part: Part) -> None:
        self.part.show_part(part)
        self.wait()

    def rows(self, rows) -> list[str]:
        model = rows.rows
        return [model.data(model.index(place, 0)) for place in range(model.rowCount())]

    def answer(self, ask, **fields: str) -> None:
        """Answer a question in the page."""
        by_name = {field.name: field for field in ask.form.fields} if ask.form else {}
        for name, text in fields.items():
            edit = by_name[name].edit
            edit.setPlainText(text) if hasattr(edit, "setPlainText") else edit.setText(text)
        ask.send()
        self.wait()


stage = staged(Guard)


@pytest.fixture
def head(stage: Callable[[str], Guard]) -> Guard:
    """The screen for the head of the library."""
    return stage("head")
