"""What every test of the interface starts from: the program's look, and a clock that stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary, build
from perpusdesk.ui.kit import theme
from perpusdesk.ui.shell.window import MainWindow

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    """Dress the application light at 100 %, and again afterwards."""
    plain = theme.ThemeSettings(theme.Scheme.LIGHT, 100, high_contrast=False)
    used = theme.apply(qapp, plain)
    yield used
    theme.apply(qapp, plain)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallLibrary]:
    """The small library (see ``helpers.library``), open and still."""
    made = build(tmp_path / "library")
    yield made
    made.library.close()


@pytest.fixture
def window(qtbot: QtBot, tmp_path) -> MainWindow:
    """Return an empty main window, shown and active."""
    made = MainWindow(now=lambda: NOON, reports=tmp_path / "reports")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made
