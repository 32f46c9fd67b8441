"""A whole program on the small library, and somebody who works at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.librarian import Librarian
from helpers.library import SmallLibrary
from helpers.unasked import hold_back
from helpers.windows import dressed_light, take_apart
from perpusdesk.app.program import Program
from perpusdesk.common.settings import SettingsFile
from perpusdesk.services.desk import Desk

Start = Callable[[Desk], Librarian]


@pytest.fixture(autouse=True)
def nothing_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a program do by itself only what a test asks for."""
    hold_back(monkeypatch)


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """Dress the application light at 100 %, and again afterwards."""
    with dressed_light(qapp):
        yield


@pytest.fixture
def start(
    qtbot: QtBot, small: SmallLibrary, settings: SettingsFile, tmp_path: Path
) -> Iterator[Start]:
    """Start the program at a desk, its window shown and active; it is closed at the end.

    It works on ``small``, which is asked for here so that it is closed after the program only.
    """
    started: list[Program] = []

    def begin(desk: Desk) -> Librarian:
        program = Program(desk, settings=settings, reports=tmp_path / "reports")
        started.append(program)
        who = Librarian(program)
        program.show()
        program.window.activateWindow()
        qtbot.waitUntil(program.window.isActiveWindow)
        who.wait()
        return who

    yield begin
    for program in started:
        program.window.close()
        take_apart(program.window)


@pytest.fixture
def who(start: Start, small: SmallLibrary) -> Librarian:
    """Somebody with the usual rights at the desk of the main building."""
    return start(small.desk())


@pytest.fixture
def head(start: Start, small: SmallLibrary) -> Librarian:
    """The head of the library at the same desk, who may make exceptions."""
    return start(small.desk("head"))
