"""Forms, and the fields that understand how dates and money are written."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from perpusdesk.common.formats import rupiah
from perpusdesk.ui.kit.entries import (
    CountEdit,
    DateEdit,
    MoneyEdit,
    date_text,
    parse_date,
    parse_money,
)
from perpusdesk.ui.kit.forms import Choice, Field, Form

CHRISTMAS = date(2026, 12, 25)


@pytest.mark.parametrize(
    "text", ["25-12-2026", "25/12/2026", "25.12.26", "25 12 2026", " 25-12-26 ", "25122026"]
)
def test_dates_are_read_day_first(text):
    assert parse_date(text) == CHRISTMAS


@pytest.mark.parametrize(
    "text", ["", "31-6-2026", "12-25-2026", "2026-12-25", "25-12", "besok", "0-0-0", "251226"]
)
def test_what_is_no_date_is_none(text):
    assert parse_date(text) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_date_reads_back_as_it_was_written(day):
    assert parse_date(date_text(day)) == day


@pytest.mark.parametrize(
    "text", ["2500", "2.500", "Rp2.500", "rp 2500", "2,500", "2.500,00", "2500,-"]
)
def test_money_is_read_as_people_write_it(text):
    assert parse_money(text) == 2500


@pytest.mark.parametrize(
    "text", ["", "-2500", "2.5", "25.00", "2500,50", "1.2345", "dua ribu", "Rp", "9" * 12]
)
def test_what_is_no_amount_is_none(text):
    assert parse_money(text) is None


@given(st.integers(0, 1_000_000_000))
def test_money_reads_back_as_it_was_shown(amount):
    assert parse_money(rupiah(amount)) == amount


@given(st.text(max_size=30))
def test_no_text_breaks_the_readers(text):
    parse_date(text)
    parse_money(text)


def test_a_date_moves_by_days_and_is_tidied(qtbot):
    edit = DateEdit(CHRISTMAS)
    qtbot.addWidget(edit)
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.date() == date(2026, 12, 26)
    edit.setText("1/2/26")
    edit.show()
    edit.setFocus()
    edit.clearFocus()
    assert parse_date("1/2/26") == date(2026, 2, 1)
    edit.setText("31-6-2026")
    assert edit.wrong()


def test_an_amount_shows_its_thousands(qtbot):
    edit = MoneyEdit(12500)
    qtbot.addWidget(edit)
    assert edit.text() == "Rp12.500"
    assert edit.amount() == 12500
    edit.setText("banyak")
    assert edit.wrong()


@pytest.fixture
def form(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    made = Form(parent=holder)
    made.holder = holder
    made.name = made.add(Field("Nama", QLineEdit(), required=True, name="name"))
    made.card = made.add(Field("Nomor", QLineEdit(), hint="boleh kosong", name="card"))
    holder.show()
    holder.activateWindow()
    return made


def test_fields_are_named_for_those_who_do_not_see(form):
    interface = QAccessible.queryAccessibleInterface(form.name.edit)
    assert interface.text(QAccessible.Text.Name) == "Nama, wajib"


def test_errors_stand_at_their_field_and_the_first_gets_the_keyboard(form, qtbot):
    form.show_errors({"card": "Nomor sudah dipakai."})
    assert form.card.error == "Nomor sudah dipakai."
    assert form.card.edit.accessibleDescription() == "Nomor sudah dipakai."
    assert form.name.error == ""
    qtbot.waitUntil(form.card.edit.hasFocus)
    form.clear_errors()
    assert form.card.error == ""
    assert form.card.edit.accessibleDescription() == "boleh kosong"


def test_tab_goes_row_by_row(form, qtbot):
    form.name.edit.setFocus()
    qtbot.keyClick(form.name.edit, Qt.Key.Key_Tab)
    assert form.card.edit.hasFocus()


def test_a_choice_gives_values(qtbot):
    choice = Choice([("Pelajar", "a"), ("Umum", "b")])
    qtbot.addWidget(choice)
    assert choice.value() == "a"
    choice.choose("b")
    assert choice.currentText() == "Umum"
    choice.set_options([])
    assert choice.value() is None


def test_a_form_is_laid_out_anew_and_hidden_fields_leave_no_gap(qtbot):
    form = Form(4)
    qtbot.addWidget(form)
    a, b, c = (
        form.add(Field(name, QLineEdit()), span)
        for name, span in zip("abc", (2, 2, 4), strict=True)
    )
    form.resize(800, 300)
    form.show()
    assert a.y() == b.y() < c.y() and c.width() == 800
    a.hide()
    form.arrange(1)
    form.layout().activate()
    assert b.x() == c.x() == 0 and b.width() == c.width() == 800 and b.y() == 0
    a.show()
    form.arrange(4)
    form.layout().activate()
    assert a.y() == b.y() < c.y() and a.x() == 0


def test_a_warning_is_no_error_and_gives_way_to_the_hint(qtbot):
    field = Field("Tahun", QLineEdit(), hint="Empat angka")
    qtbot.addWidget(field)
    field.show_warning("Tahun ini belum tiba.")
    assert (field.said, field.error) == ("Tahun ini belum tiba.", "")
    field.show_error("Bukan tahun.")
    assert field.error == field.said == "Bukan tahun."
    field.set_hint("Tahun terbit")
    assert field.said == "Bukan tahun."
    field.clear_error()
    assert (field.said, field.error) == ("Tahun terbit", "")


def test_the_wheel_scrolls_the_page_and_changes_nothing_on_its_way(qtbot):
    page, choice, count = QWidget(), Choice([("Beli", 1), ("Hibah", 2)]), CountEdit(3)
    qtbot.addWidget(page)
    for edit in (choice, count):
        edit.setParent(page)
        down = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPoint(0, -120),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        edit.wheelEvent(down)
        assert not down.isAccepted()
    assert (choice.value(), count.value()) == (1, 3)
