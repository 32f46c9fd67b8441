"""The card people sign in at: whole in every text size."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.ui_audit import audit
from perpusdesk.ui.kit import theme
from perpusdesk.ui.staff.lock_screen import LockScreen
from perpusdesk.ui.staff.lock_text import Why


@pytest.mark.parametrize("why", list(Why))
def test_nothing_is_cut_off_in_large_text(qtbot: QtBot, qapp: QApplication, why: Why) -> None:
    theme.apply(qapp, theme.ThemeSettings(theme.Scheme.DARK, 150, high_contrast=False))
    screen = LockScreen()
    qtbot.addWidget(screen)
    screen.resize(700, 600)
    screen.show()
    screen.open(why, [], None, can_leave=True)
    assert audit(screen) == []
