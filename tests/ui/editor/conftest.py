"""The catalogue and the cataloguing screen in one window, on the small library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers import keys
from helpers.library import SmallLibrary
from helpers.screens import Stage
from perpusdesk.app.cataloguing import Cataloguing
from perpusdesk.services.searching.search import search
from perpusdesk.ui.titles.actions import title_actions
from perpusdesk.ui.titles.page import TitlesPage


class Cataloguer(Stage):
    """Somebody who catalogues; ``strokes`` counts the keys and scans that they needed."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, who, folder)
        self.titles = TitlesPage(self.desk, self.tasks, self.window.messages)
        ways = ("title_new", "title_edit", "title_copy")
        self.put(self.titles, *(one for one in title_actions(self.titles) if one.id in ways))
        self.joined = Cataloguing(self.window, self.titles, self.desk, self.tasks)
        self.page = self.joined.editor
        self.view = self.page.view
        self.strokes = 0
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    # -- hands

    def new(self) -> None:
        self.do("title_new")

    def edit(self, number: int) -> None:
        self.titles.open_title(self.small.titles[number])
        self.wait()
        self.do("title_edit")

    def scans(self, code: str) -> None:
        """Scan with the USB scanner, wherever the focus is."""
        keys.scan(self.window, code)
        self.strokes += 1
        self.wait()

    def types(self, text: str) -> None:
        """Type where the focus is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, text)
        self.strokes += len(text)
        self.wait()

    def presses(self, *shortcuts: str) -> None:
        for shortcut in shortcuts:
            combination = QKeySequence(shortcut)[0]
            focus = QApplication.focusWidget() or self.window
            QTest.keyClick(focus, combination.key(), combination.keyboardModifiers())
            self.strokes += 1
            self.wait()

    def enter(self, **fields: str) -> None:
        """Type into fields of the form, leaving each."""
        for name, text in fields.items():
            edit = self.view.fields.edit(name)
            edit.setText(text)
            edit.editingFinished.emit()
        self.wait()

    def wait(self) -> None:
        """Let everything come to its end, the pauses after typing too."""
        super().wait()
        page = getattr(self, "page", None)
        if page is not None:
            page.settle_pauses()
            super().wait()

    # -- eyes

    @property
    def focused(self) -> str:
        """The name of the field with the keyboard."""
        focus = QApplication.focusWidget()
        fields = self.view.fields.by_name.items()
        return next((name for name, field in fields if field.edit is focus), "")

    def text(self, name: str) -> str:
        return self.view.fields.edit(name).text()

    def said_at(self, name: str) -> str:
        return self.view.fields.by_name[name].said

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        return self.small.library.rows(query, *values)

    def found(self, words: str) -> list[str]:
        ids = search(self.desk, words, 10).ids
        names = self.rows("select id, title from title")
        by_id = {bytes(id_): name for id_, name in names}
        return [str(by_id[id_.bytes]) for id_ in ids]


@pytest.fixture
def stage(
    qtbot: QtBot, small: SmallLibrary, tmp_path: Path
) -> Iterator[Callable[[str], Cataloguer]]:
    made: list[Cataloguer] = []

    def make(who: str = "head") -> Cataloguer:
        made.append(Cataloguer(qtbot, small, who, tmp_path))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def who(stage: Callable[[str], Cataloguer]) -> Cataloguer:
    return stage("head")
