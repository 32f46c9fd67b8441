"""Words that narrow a list: one tab stop, arrows, unfolding, and what is left out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from perpusdesk.ui.kit.facets import ALL, SHOWN, FacetColumn, FacetGroup, FacetValue


def group(name, values, chosen=None, **more):
    made = [FacetValue(key, f"Kata {key}", count) for key, count in values]
    return FacetGroup(name, name.title(), made, chosen, **more)


@pytest.fixture
def column(qtbot):
    made = FacetColumn()
    qtbot.addWidget(made)
    made.asked_for = []
    made.asked.connect(lambda *asked: made.asked_for.append(asked))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def words(column):
    return [word.text() for word in column._order]


def test_a_second_click_takes_a_word_away(column):
    column.show_groups(9, [group("kind", [("a", 5), ("b", 4)])])
    column.word("kind", "a").click()
    column.show_groups(9, [group("kind", [("a", 5), ("b", 4)], "a")])
    column.word("kind", "a").click()
    column.word(ALL, None).click()
    assert column.asked_for == [("kind", "a"), ("kind", None), (ALL, None)]


def test_what_cannot_narrow_is_left_out_where_what_is_left_is_told(column):
    column.show_groups(9, [group("kind", [("a", 5)]), group("year", [(1, 3)])], 5)
    assert words(column) == ["Semua", "Kata 1"]
    column.show_groups(9, [group("kind", [("a", 5)], "a")], 5)
    assert words(column) == ["Semua", "Kata a"]
    column.show_groups(9, [group("kind", [("a", 9)])])
    assert words(column) == ["Semua", "Kata a"]


def test_many_words_are_folded_but_for_the_chosen_one(column):
    many = [(number, 20 - number) for number in range(12)]
    column.show_groups(9, [group("year", many, 11)])
    assert len(words(column)) == 1 + SHOWN + 1 + 1
    assert words(column)[-2:] == ["Kata 11", "5 lagi"]
    column._order[-1].click()
    assert len(words(column)) == 13
    assert QApplication.focusWidget().text() == f"Kata {SHOWN}"
    column.show_groups(9, [group("kind", many, most=12)])
    assert len(words(column)) == 13


def test_the_keyboard_moves_by_arrows_and_stays_on_its_word(column):
    shown = [group("kind", [("a", 5), ("b", 4)])]
    column.show_groups(9, shown)
    column.take_keyboard()
    for _ in range(5):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert QApplication.focusWidget().text() == "Kata b"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    column.show_groups(9, shown)
    assert QApplication.focusWidget() is column.word("kind", "a")
    stops = [word for word in column._order if word.focusPolicy() is Qt.FocusPolicy.TabFocus]
    assert stops == [column.word("kind", "a")]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert column.asked_for == [("kind", "a")]
    column.show_groups(4, [group("kind", [("b", 4)])])
    assert QApplication.focusWidget() is column.word(ALL, None)
