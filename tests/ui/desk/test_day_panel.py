"""The day on the desk while nobody's visit is open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from perpusdesk.ui.desk.day_panel import DayPanel


def test_the_words_under_the_figures_begin_at_one_height(qtbot: QtBot) -> None:
    panel = DayPanel(lambda _action: None)
    qtbot.addWidget(panel)
    panel.resize(700, 600)
    panel.show()
    under = [one for one in panel.findChildren(QLabel) if "hari ini" in one.text()]
    assert len(under) > 2
    assert all(one.alignment() & Qt.AlignmentFlag.AlignTop for one in under)
