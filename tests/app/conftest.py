"""A whole program on the small library, as somebody at a desk has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.joined import Fleet, fleet
from helpers.library import SmallLibrary
from helpers.unasked import hold_back
from helpers.windows import dressed_light, take_apart
from perpusdesk.app.program import Program
from perpusdesk.common.settings import SettingsFile


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
def there(small: SmallLibrary, tmp_path: Path) -> Iterator[Fleet]:
    """The small library joined to a server, and a van."""
    with fleet(small, tmp_path) as made:
        yield made


@pytest.fixture
def program(
    qtbot: QtBot, small: SmallLibrary, settings: SettingsFile, tmp_path: Path
) -> Iterator[Program]:
    """The running program, its window shown and active."""
    made = Program(small.desk(), settings=settings, reports=tmp_path / "reports")
    made.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    made.tasks.wait_idle()
    yield made
    made.window.close()
    take_apart(made.window)
