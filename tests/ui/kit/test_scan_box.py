"""The box: typing, clearing, pastes that went astray, the camera button."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from perpusdesk.scan.types import Source, Symbology
from perpusdesk.ui.kit.scan_box import LONGEST, ScanBox


@pytest.fixture
def box(qtbot):
    made = ScanBox()
    qtbot.addWidget(made)
    made.resize(800, 48)
    made.show()
    return made


def test_enter_sends_what_was_typed_without_its_edges(box, qtbot):
    qtbot.keyClicks(box.edit, "  laskar pelangi ")
    with qtbot.waitSignal(box.scanned) as got:
        qtbot.keyClick(box.edit, Qt.Key.Key_Return)
    scan = got.args[0]
    assert (scan.text, scan.source, scan.symbology) == (
        "laskar pelangi",
        Source.KEYBOARD,
        Symbology.UNKNOWN,
    )
    assert scan.when.tzinfo is not None
    assert box.text() == ""


def test_enter_on_nothing_is_no_scan(box, qtbot):
    with qtbot.assertNotEmitted(box.scanned), qtbot.waitSignal(box.enter_on_empty):
        qtbot.keyClick(box.edit, Qt.Key.Key_Return)


def test_a_paste_of_ten_thousand_characters_is_thrown_away_and_told(box, qtbot):
    QGuiApplication.clipboard().setText("x" * 10_000)
    with qtbot.assertNotEmitted(box.scanned), qtbot.waitSignal(box.too_long) as told:
        box.edit.paste()
    assert told.args == [10_000]
    assert box.text() == ""


def test_the_longest_text_is_still_taken(box, qtbot):
    with qtbot.assertNotEmitted(box.too_long):
        box.edit.setText("x" * LONGEST)
    assert len(box.text()) == LONGEST


def test_typing_is_followed_for_suggestions(box, qtbot):
    seen = []
    box.edited.connect(seen.append)
    qtbot.keyClicks(box.edit, "ab")
    assert seen == ["a", "ab"]


def test_the_camera_button_asks_but_showing_does_not(box, qtbot):
    asked = []
    box.camera_wanted.connect(asked.append)
    box.set_camera(True)
    assert asked == []
    box.toggle_camera()
    assert asked == [False]


def test_the_window_says_what_happened_to_the_paste(window):
    said = []
    window.messages.said.connect(lambda message: said.append(message.text))
    window.box.edit.setText("x" * 10_000)
    assert len(said) == 1
    assert "10.000" in said[0]
