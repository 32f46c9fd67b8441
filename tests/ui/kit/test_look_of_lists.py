"""What lists, tabs and facts look like: nothing pushed aside that has room, nothing that jumps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QLineEdit, QStyle, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from perpusdesk.ui.kit.forms import Field, Form
from perpusdesk.ui.kit.pairs import pairs
from perpusdesk.ui.kit.record_list import RecordList, RowWords, row_height
from perpusdesk.ui.kit.tabs import tab_bar

TITLE = "Judul yang panjang sekali sampai tidak muat dalam satu baris daftar yang sempit"
UNDER = "Pengarang yang namanya juga panjang sekali, lebih panjang daripada daftarnya"

Half = Callable[..., bytes]


@pytest.fixture
def half(qtbot: QtBot) -> Half:
    """Return how the upper or the lower half of a row looks."""

    def paint(row: RowWords, *, upper: bool) -> bytes:
        rows = RecordList("Judul", lambda record: record)
        qtbot.addWidget(rows)
        rows.resize(400, 200)
        rows.show_records([row])
        image = rows.viewport().grab(QRect(0, 0, 380, row_height() - 1)).toImage()
        middle = image.height() // 2
        part = image.copy(0, 0 if upper else middle, image.width(), image.height() - middle)
        return bytes(part.convertToFormat(QImage.Format.Format_RGB32).constBits())

    return paint


def test_words_on_the_lower_line_take_no_room_from_the_title(half: Half) -> None:
    alone = RowWords(TITLE, UNDER)
    dated = RowWords(TITLE, UNDER, state_under="s.d. 06-07-2027")
    assert half(dated, upper=True) == half(alone, upper=True)
    assert half(dated, upper=False) != half(alone, upper=False)


def test_a_low_state_leaves_the_first_line_to_the_title(half: Half) -> None:
    low = RowWords(TITLE, UNDER, "2 dari 3 di rak", "", "check", "ok", low=True)
    assert half(low, upper=True) == half(RowWords(TITLE, UNDER), upper=True)
    assert half(low, upper=False) != half(RowWords(TITLE, UNDER), upper=False)


def test_every_state_begins_with_a_capital(half: Half) -> None:
    small, great = (RowWords("A", "", said) for said in ("ditutup", "Ditutup"))
    assert half(small, upper=True) == half(great, upper=True)


def test_a_value_is_larger_than_a_state(half: Half) -> None:
    def ink(tone: str) -> int:
        seen = half(RowWords("", "", "168.400", tone=tone), upper=True)
        dots = Counter(seen[place : place + 4] for place in range(0, len(seen), 4))
        return dots.total() - max(dots.values())

    assert ink("text") > 1.2 * ink("bad")


@pytest.mark.parametrize("nested", [False, True])
def test_the_chosen_tab_does_not_jump(qtbot: QtBot, nested: bool) -> None:
    bar = tab_bar("Bagian", "Satu", "Dua", nested=nested)
    qtbot.addWidget(bar)
    for metric in (
        QStyle.PixelMetric.PM_TabBarTabShiftVertical,
        QStyle.PixelMetric.PM_TabBarTabShiftHorizontal,
    ):
        assert bar.style().pixelMetric(metric, None, bar) == 0


@pytest.mark.parametrize("nested", [False, True])
def test_the_tab_that_has_the_keyboard_is_seen(qtbot: QtBot, nested: bool) -> None:
    room = QWidget()
    column = QVBoxLayout(room)
    bar, other = tab_bar("Bagian", "Satu", "Dua", nested=nested), QLineEdit()
    column.addWidget(bar)
    column.addWidget(other)
    qtbot.addWidget(room)
    room.show()
    room.activateWindow()
    qtbot.waitUntil(room.isActiveWindow)
    other.setFocus()
    without = bar.grab().toImage()
    bar.setFocus()
    assert bar.hasFocus() and bar.grab().toImage() != without


def test_tabs_within_a_tab_do_not_look_like_those_above_them(qtbot: QtBot) -> None:
    pictures = []
    for nested in (False, True):
        bar = tab_bar("Bagian", "Satu", "Dua", nested=nested)
        qtbot.addWidget(bar)
        bar.resize(bar.sizeHint())
        pictures.append(bar.grab().toImage())
    assert pictures[0] != pictures[1]


def test_a_label_stands_beside_the_first_line_of_what_it_tells(qtbot: QtBot) -> None:
    made = pairs([("Terbitan", " ".join(["Dinas Museum dan Sejarah"] * 6)), ("Edisi", "2")])
    qtbot.addWidget(made)
    made.resize(320, 300)
    made.show()
    labels = made.findChildren(QLabel)
    label, told = labels[0], labels[1]
    assert told.height() > 2 * label.fontMetrics().height()
    assert label.y() == told.y()
    assert label.height() <= label.fontMetrics().height() + 2
    assert told.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_forms_below_each_other_have_the_same_columns(qtbot: QtBot) -> None:
    room = QWidget()
    column = QVBoxLayout(room)
    short, long = Form(columns=2), Form(columns=2)
    one = short.add(Field("Volume", QLineEdit()))
    first, second = (long.add(Field(name, QLineEdit())) for name in ("Bahasa", "Ukuran"))
    column.addWidget(short)
    column.addWidget(long)
    qtbot.addWidget(room)
    room.resize(701, 200)
    room.show()
    assert one.width() == first.width()
    assert second.mapTo(room, QPoint(0, 0)).x() > one.geometry().right()
