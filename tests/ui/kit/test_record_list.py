"""Two-line rows, lists with a bar of steps, buttons that wrap, questions in the page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from perpusdesk.ui.kit.ask_card import AskCard, missing
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.chosen_list import ChosenList
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.record_list import RecordList, RowWords, row_height


def describe(record):
    return RowWords(f"Judul {record}", "penulis", "di rak", "", "check", "ok")


@pytest.fixture
def room(qtbot):
    """An empty shown widget with a column."""
    made = QWidget()
    QVBoxLayout(made)
    qtbot.addWidget(made)
    made.resize(500, 500)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def put(room, widget):
    room.layout().addWidget(widget)
    widget.show()


def test_a_row_is_spoken_as_a_whole(room):
    rows = RecordList("Judul", describe)
    rows.show_records(["satu"])
    assert rows.rows.data(rows.rows.index(0, 0)) == "Judul satu, penulis, di rak"


def test_a_list_in_a_page_is_as_high_as_its_rows(room):
    rows = RecordList("Judul", describe)
    rows.fit_rows()
    rows.show_records(range(7))
    assert rows.height() == 7 * row_height()


def test_entering_a_list_chooses_its_first_row(room, qtbot):
    rows = RecordList("Judul", describe)
    put(room, rows)
    rows.show_records(["satu", "dua"])
    rows.enter()
    assert rows.hasFocus() and rows.chosen_record() == "satu"


def test_the_chosen_row_gets_its_steps_and_a_new_list_takes_them_away(room):
    part = ChosenList("Judul", describe, lambda record: (button(f"Buka {record}"),), "Kosong")
    put(room, part)
    part.show_records(["satu", "dua"])
    assert part.heading.text() == "Judul (2)"
    part.choose(1)
    made = [one.text() for one in part.bar.findChildren(QPushButton) if one.isVisible()]
    assert made == ["Buka dua"]
    part.show_records([])
    assert not part.bar.isVisible() and not part.rows.isVisible()


def test_buttons_wrap_where_room_is_short(room):
    flow = Flow(*(button(f"Tombol nomor {n}") for n in range(4)))
    one_line = flow.row.heightForWidth(2000)
    assert flow.row.heightForWidth(300) > 2 * one_line
    assert flow.row.minimumSize().width() < 200


def asked(room):
    card, field, answers = AskCard(), QLineEdit(), []
    outside = QLineEdit()
    put(room, outside)
    room.layout().addWidget(card)
    outside.setFocus()
    part = Field("Alasan", field, name="reason")
    card.ask(
        "Mengapa?",
        [part],
        "Simpan",
        lambda: answers.append(field.text()),
        check=lambda: missing(("reason", field.text())),
    )
    return card, part, answers, outside


def test_an_answer_is_handed_on_and_the_keyboard_goes_back(room, qtbot):
    card, field, answers, outside = asked(room)
    assert field.edit.hasFocus()
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert field.error and answers == []
    qtbot.keyClicks(field.edit, "perlu")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    assert answers == ["perlu"] and not card.isVisible() and outside.hasFocus()


def test_esc_gives_the_question_up(room, qtbot):
    card, field, answers, outside = asked(room)
    qtbot.keyClicks(field.edit, "perlu")
    qtbot.keyClick(field.edit, Qt.Key.Key_Escape)
    assert answers == [] and not card.isVisible() and outside.hasFocus()
