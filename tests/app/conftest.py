"""A whole program on the small library, as somebody at a desk has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.joined import Fleet, fleet
from helpers.library import SmallLibrary, build
from helpers.windows import take_apart
from perpusdesk.app.program import Program
from perpusdesk.common.settings import SettingsFile
from perpusdesk.ui.kit import theme


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
