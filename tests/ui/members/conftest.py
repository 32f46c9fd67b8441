"""The members' screen on the small library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary
from helpers.screens import Stage, staged
from perpusdesk.ui.members.actions import member_actions
from perpusdesk.ui.members.page import MembersPage


class Members(Stage):
    """The stage with the members' screen on it; ``opened`` are the files that were shown."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, who, folder)
        self.page = MembersPage(self.desk, self.tasks, self.window.messages, folder / "papers")
        self.opened: list[Path] = []
        self.page.papers._opener = self.opened.append
        self.window.box.edited.connect(self.page.search_edited)
        self.put(self.page, *member_actions(self.page))

    @property
    def panel(self):
        return self.page.room.panel

    @property
    def form(self):
        return self.page.room.form

    def open(self, card: str) -> None:
        self.page.open_member(self.small.members[card])
        self.wait()

    def enter(self, **fields: str) -> None:
        """Type into fields of the open form, leaving each."""
        for name, text in fields.items():
            edit = self.form.fields.edit(name)
            edit.setText(text)
            edit.editingFinished.emit()
        self.wait()

    def answer(self, **fields: str) -> None:
        """Answer the question in the panel."""
        self.answer_in(self.panel.ask, **fields)

    def answer_in(self, ask, **fields: str) -> None:
        by_name = {field.name: field for field in ask.form.fields} if ask.form else {}
        for name, text in fields.items():
            edit = by_name[name].edit
            edit.setPlainText(text) if hasattr(edit, "setPlainText") else edit.setText(text)
        ask.send()
        self.wait()

    def wrong(self) -> dict[str, str]:
        """What the form says is wrong, by field."""
        found = self.form.fields.by_name
        return {name: field.error for name, field in found.items() if field.error}


stage = staged(Members)


@pytest.fixture
def screen(stage: Callable[[str], Members]) -> Members:
    """The screen for the head of the library."""
    return stage("head")
