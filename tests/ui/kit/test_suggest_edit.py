"""A field that offers what is known: by keyboard, without ever standing in the way of typing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from perpusdesk.ui.kit.suggest_edit import SuggestEdit, Suggestion

FOUND = [Suggestion("Hirata, Andrea", "12"), Suggestion("Hirano, Keiko")]


@pytest.fixture
def room(qtbot):
    made = QWidget()
    made.resize(600, 400)
    qtbot.addWidget(made)
    QVBoxLayout(made)
    return made


def put(room, qtbot, *, many=False):
    edit, after = SuggestEdit(many=many), QLineEdit()
    edit.setAccessibleName("Pengarang")
    room.layout().addWidget(edit)
    room.layout().addWidget(after)
    room.show()
    room.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    return edit, after


def test_typing_asks_and_down_and_enter_take(room, qtbot):
    edit, _after = put(room, qtbot)
    with qtbot.waitSignal(edit.asked) as asked:
        qtbot.keyClicks(edit, "hir")
    assert asked.args == ["hir"]
    edit.offer("hir", FOUND)
    assert edit.offered == ["Hirata, Andrea", "Hirano, Keiko"]
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.text() == "Hirata, Andrea" and edit.offered == []


def test_what_is_typed_stays_when_nothing_was_chosen(room, qtbot):
    edit, after = put(room, qtbot)
    qtbot.keyClicks(edit, "hir")
    edit.offer("hir", FOUND)
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.text() == "hir" and after.hasFocus() and edit.offered == []


def test_tab_takes_what_was_chosen_and_goes_on(room, qtbot):
    edit, after = put(room, qtbot)
    qtbot.keyClicks(edit, "hir")
    edit.offer("hir", FOUND)
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    qtbot.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.text() == "Hirata, Andrea" and after.hasFocus()


def test_esc_puts_the_list_away_and_keeps_the_text(room, qtbot):
    edit, _after = put(room, qtbot)
    qtbot.keyClicks(edit, "hir")
    edit.offer("hir", FOUND)
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.offered == [] and edit.text() == "hir" and edit.hasFocus()


def test_an_answer_that_comes_too_late_is_not_shown(room, qtbot):
    edit, _after = put(room, qtbot)
    qtbot.keyClicks(edit, "hirat")
    edit.offer("hir", FOUND)
    assert edit.offered == []


def test_of_many_values_the_one_at_the_cursor_is_completed(room, qtbot):
    edit, _after = put(room, qtbot, many=True)
    edit.setText("Laut; hir; Sungai")
    edit.setCursorPosition(9)
    assert edit.part() == "hir"
    edit.offer("hir", FOUND)
    edit.take("Hirata, Andrea")
    assert edit.text() == "Laut; Hirata, Andrea; Sungai"


def test_the_list_stays_inside_the_window(room, qtbot):
    edit, _after = put(room, qtbot)
    room.layout().insertStretch(0, 1)
    room.resize(300, 200)
    qtbot.wait(10)
    qtbot.keyClicks(edit, "hir")
    edit.offer("hir", FOUND * 3)
    assert room.rect().contains(edit._list.geometry())
