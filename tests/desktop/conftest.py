"""A whole program on the small library, and somebody who works at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.librarian import Librarian
from helpers.library import SmallLibrary, build
from helpers.windows import take_apart
from perpusdesk.app.program import Program
from perpusdesk.common.settings import SettingsFile
from perpusdesk.services.desk import Desk
from perpusdesk.ui.kit import theme

Start = Callable[[Desk], Librarian]


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """Dress the application light at 100 %, and again afterwards."""
    plain = theme.ThemeSettings(theme.Scheme.LIGHT, 100, high_contrast=False)
    theme.apply(qapp, plain)
    yield
    theme.apply(qapp, plain)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallLibrary]:
    """The small library (see ``helpers.library``), open and still."""
    made = build(tmp_path / "library")
    yield made
    made.library.close()


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    """This device's settings, silent."""
    file = SettingsFile(tmp_path / "settings.toml")
    file.change(sounds=False)
    return file


@pytest.fixture
def start(qtbot: QtBot, settings: SettingsFile, tmp_path: Path) -> Iterator[Start]:
    """Start the program at a desk, its window shown and active; it is closed at the end."""
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
