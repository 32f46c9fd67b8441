"""What every test of the interface starts from: the program's look, and a clock that stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.windows import dressed_light
from perpusdesk.ui.kit import theme
from perpusdesk.ui.shell.window import MainWindow

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    """Dress the application light at 100 %, and again afterwards."""
    with dressed_light(qapp) as used:
        yield used


@pytest.fixture
def window(qtbot: QtBot, tmp_path) -> MainWindow:
    """Return an empty main window, shown and active."""
    made = MainWindow(now=lambda: NOON, reports=tmp_path / "reports")
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made
