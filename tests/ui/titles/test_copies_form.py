"""Copies in the title's panel: added, changed one by one or together, labelled, removed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton

from helpers.library import value_of
from helpers.ui_audit import audit_everywhere
from perpusdesk.common.i18n import set_language
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.labels import label_queue
from perpusdesk.services.labels.label_queue import LabelKind
from perpusdesk.storage.queries.copies import fields_of


def press(bar, verb: str) -> None:
    buttons = [one for one in bar.findChildren(QPushButton) if not one.isHidden()]
    next(one for one in buttons if one.text() == verb).click()


def verbs(bar) -> list[str]:
    return [one.text() for one in bar.findChildren(QPushButton) if not one.isHidden()]


def choose(screen, *places: int) -> None:
    rows = screen.panel.copies.rows
    rows.selectRow(places[0])
    model = rows.selectionModel()
    for place in places[1:]:
        model.select(
            rows.rows.index(place, 0), model.SelectionFlag.Select | model.SelectionFlag.Rows
        )


@pytest.fixture
def form(screen):
    screen.open(0)
    screen.do("title_add_copies")
    screen.wait()
    return screen.page.copies.form


def test_copies_are_added_with_the_keyboard_and_their_labels_queued(screen, form):
    assert QApplication.focusWidget() is form.fields.edit("count")
    form.fields.edit("count").setValue(3)
    form._pause.timeout.emit()
    screen.wait()
    assert form.numbers.text() == "B000001 – B000003  ·  00001/P/2026 – 00003/P/2026"
    form.fields.edit("location").setText("Rak 4")
    form.fields.edit("price").setText("45000")
    form.fields.edit("location").setFocus()
    QTest.keyClick(form.fields.edit("location"), Qt.Key.Key_Return)
    screen.wait()
    assert form.isHidden()
    assert screen.said[-1] == "3 eksemplar ditambahkan: B000001 – B000003"
    assert len(screen.copy_rows()) == 5
    waiting = label_queue.waiting(screen.desk, LabelKind.COPY)
    assert len(waiting) == 3
    fields = fields_of(screen.small.library, waiting[0].entity)
    assert (fields["location"], fields["price"], fields["received"]) == (
        "Rak 4",
        45_000,
        "2026-11-02",
    )


def test_ctrl_enter_saves_from_anywhere(screen, form):
    kind = next(one.edit for one in form.fields.fields if isinstance(one.edit, QComboBox))
    kind.setFocus()
    QTest.keyClick(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    screen.wait()
    assert form.isHidden()
    assert screen.said[-1].startswith("1 eksemplar ditambahkan")


def test_the_next_form_begins_as_the_last_one_was_left(screen, form):
    form.fields.edit("source").choose("Hibah")
    form.fields.edit("supplier").setText("Warga")
    form.queue.setChecked(False)
    form.send()
    screen.wait()
    assert label_queue.waiting(screen.desk, LabelKind.COPY) == []
    screen.do("title_add_copies")
    screen.wait()
    assert form.fields.edit("source").value() == "Hibah"
    assert form.fields.edit("supplier").text() == "Warga"


def test_a_number_in_use_is_told_and_may_stay(screen, form):
    form.fields.edit("barcode").setText("B0007")
    form.send()
    screen.wait()
    assert form.warning.sentence == "Barcode B0007 sudah dipakai “Menghitung Hujan” (Pusat)."
    press(form.warning.steps, "Tetap pakai")
    screen.wait()
    assert form.isHidden()
    assert [row for row in screen.copy_rows() if row.startswith("B0007")]


def test_what_is_no_amount_is_said_at_its_field(screen, form):
    form.fields.edit("price").setText("mahal")
    form.send()
    assert form.fields.by_name["price"].error
    assert not form.isHidden()


def test_esc_and_another_title_leave_the_form(screen, form):
    QTest.keyClick(form.fields.edit("location"), Qt.Key.Key_Escape)
    assert form.isHidden()
    screen.do("title_add_copies")
    screen.wait()
    assert not form.isHidden()
    screen.open(1)
    assert form.isHidden()


def test_one_copy_is_changed_in_what_differs(screen):
    screen.open(0)
    form = screen.page.copies.form
    screen.panel.copies.choose(0)
    press(screen.panel.copies.bar, "Ubah")
    screen.wait()
    assert form.fields.edit("inventory").text() == "00001/PD/H/2026"
    assert form.fields.edit("price").amount() == 75_000
    form.fields.edit("volume").setText("jil. 2")
    form.send()
    screen.wait()
    fields = fields_of(screen.small.library, screen.small.copies["B0001"])
    assert (fields["volume"], fields["price"]) == ("jil. 2", 75_000)
    screen.press(screen.panel.copies, 0, "Riwayat")
    rows = screen.page.copies.story.rows.rows
    assert rows.data(rows.index(0, 0)) == ("Jilid: jil. 2, Kepala Contoh  ·  Pusat, 02-11-2026")


def test_many_copies_get_what_is_filled_in(screen):
    screen.open(0)
    choose(screen, 0, 1)
    bar = screen.panel.copies.bar
    assert verbs(bar) == ["Ubah 2 eksemplar", "Antrekan 2 label", "Hapus"]
    press(bar, "Ubah 2 eksemplar")
    screen.wait()
    form = screen.page.copies.form
    assert form.fields.by_name["barcode"].isHidden()
    form.fields.edit("location").setText("Rak 9")
    form.send()
    screen.wait()
    for barcode in ("B0001", "B0002"):
        fields = fields_of(screen.small.library, screen.small.copies[barcode])
        assert (fields["location"], fields["price"]) == ("Rak 9", 75_000)
    assert screen.said[-1] == "2 eksemplar diubah"


def test_labels_of_chosen_copies_are_queued_once(screen):
    screen.open(0)
    choose(screen, 0, 1)
    press(screen.panel.copies.bar, "Antrekan 2 label")
    screen.wait()
    assert screen.said[-1] == "2 label diantrekan"
    choose(screen, 0)
    press(screen.panel.copies.bar, "Antrekan 1 label")
    screen.wait()
    assert screen.said[-1] == "Labelnya sudah ada di antrean."


def test_a_wrong_copy_is_removed_for_a_reason_but_not_one_with_a_past(screen):
    value_of(lend(screen.desk, screen.small.members["A0001"], screen.small.copies["B0001"]))
    screen.open(0)
    control = screen.page.copies
    for place, said in ((0, "punya riwayat"), (1, "1 eksemplar dihapus")):
        screen.panel.copies.choose(place)
        press(screen.panel.copies.bar, "Hapus")
        control.ask.form.fields[0].edit.setText("salah judul")
        control.ask.send()
        screen.wait()
        assert said in screen.said[-1]
    assert len(screen.copy_rows()) == 1


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("state", ["new", "one", "many", "taken"])
def test_the_form_can_be_used(qapp, stage, language, state):
    set_language(language)
    screen = stage("head")
    screen.open(0)
    control = screen.page.copies
    if state in ("new", "taken"):
        screen.do("title_add_copies")
    else:
        choose(screen, *((0, 1) if state == "many" else (0,)))
        control.change(control.chosen())
    screen.wait()
    if state == "taken":
        control.form.fields.edit("barcode").setText("B0007")
        control.form.send()
        screen.wait()
    screen.window.toasts.clear()
    assert audit_everywhere(qapp, screen.window) == []
