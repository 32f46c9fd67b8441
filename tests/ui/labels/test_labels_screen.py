"""The sticker studio: filling the queue, the preview, printing, and what is remembered of it."""

from __future__ import annotations

from datetime import date

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.class_colours import DEFAULT_COLOURS
from perpusdesk.printing.barcodes import Symbology
from perpusdesk.printing.labels import Design
from perpusdesk.services.labels import label_prints, label_queue
from perpusdesk.services.labels.label_papers import class_colours
from perpusdesk.services.labels.label_queue import LabelKind
from perpusdesk.ui.kit.forms import Choice
from perpusdesk.ui.kit.pdf_picture import page_picture
from perpusdesk.ui.labels import paper_out
from perpusdesk.ui.labels.sheet_view import EDGE

from .conftest import Labels


def choose(edit: Choice, value: object) -> None:
    """Choose as a person does: what is chosen by hand is told."""
    edit.choose(value)
    edit.activated.emit(edit.currentIndex())


def pages_of(screen: Labels) -> list[str]:
    with pdfium.PdfDocument(screen.opened[-1]) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def waiting(screen: Labels, kind: LabelKind = LabelKind.COPY) -> int:
    return len(label_queue.waiting(screen.desk, kind))


def menu_of(screen: Labels) -> dict[str, QAction]:
    """Ask for the menu of ways to fill the queue; its items by their words, submenus too."""
    screen.do("labels_add")
    menu = screen.studio.room.queue.menu
    assert menu is not None
    return {action.text(): action for action in menu.findChildren(QAction)}


def test_the_whole_page_is_in_sight(screen: Labels) -> None:
    screen.window.resize(1366, 768)
    screen.settle()
    preview = screen.studio.room.preview
    room = preview.findChild(QScrollArea)
    assert room.horizontalScrollBar().maximum() == room.verticalScrollBar().maximum() == 0
    assert preview.view.height() > room.viewport().height() * 0.9


def test_an_empty_queue_is_told_once(screen: Labels) -> None:
    queue = screen.studio.room.queue
    assert queue.count.isHidden()
    screen.scan("B0003")
    assert not queue.count.isHidden()


# --- the queue -------------------------------------------------------------------------------


def test_scanned_copies_and_cards_wait_in_their_own_queues(screen: Labels) -> None:
    screen.scan("B0003")
    screen.scan("b0001")
    screen.scan("B0003")
    assert screen.rows() == [
        "Kebun di Atap, B0003  ·  635 BRA k",
        "Pelaut Kertas, B0001  ·  899.221 AND p",
    ]
    assert screen.said[-1] == "Semuanya sudah ada di antrean."
    screen.scan("A0002")
    assert screen.studio.room.queue.tabs.currentIndex() == 1
    assert screen.rows() == ["Budi Misalnya, A0002  ·  Umum"]
    assert (waiting(screen), waiting(screen, LabelKind.MEMBER)) == (2, 1)


def test_what_was_added_can_be_undone(screen: Labels) -> None:
    screen.scan("B0003")
    screen.undo()
    assert waiting(screen) == 0


def test_an_unknown_code_offers_a_search_of_titles(screen: Labels) -> None:
    screen.type("kebun di atap")
    assert screen.said[-1] == "Tidak ada eksemplar atau kartu dengan nomor kebun di atap."
    screen.undo()  # the toast's one button
    assert [row.split(",")[1].split()[0] for row in screen.rows()] == ["B0003", "B0004"]


def test_the_menu_fills_by_what_was_not_printed_yet(screen: Labels) -> None:
    items = menu_of(screen)
    items["Belum dicetak (20)"].trigger()
    screen.settle()
    assert waiting(screen) == 20
    assert screen.studio.room.queue.count.text() == "20 stiker  ·  1 halaman"
    screen.do("labels_clear")
    assert waiting(screen) == 0
    screen.undo()
    assert waiting(screen) == 20


def test_numbers_dates_and_words_are_asked_for_in_the_page(screen: Labels) -> None:
    ask = screen.studio.room.queue.ask
    items = menu_of(screen)
    items["Nomor dari … sampai …"].trigger()
    ask.send()
    assert ask.form is not None
    assert ask.form.fields[0].error == "Isi bagian ini."
    ask.form.fields[0].edit.setText("B0002")
    ask.form.fields[1].edit.setText("B0004")
    ask.send()
    screen.settle()
    assert waiting(screen) == 3
    items["Judul dari pencarian …"].trigger()
    ask.form.fields[0].edit.setText("merakit radio")
    ask.send()
    screen.settle()
    assert waiting(screen) == 5
    items["Baru sejak …"].trigger()
    ask.form.fields[0].edit.set_date(date(2026, 11, 2))
    ask.send()
    screen.settle()
    assert waiting(screen) == 20


def test_a_range_without_copies_is_said(screen: Labels) -> None:
    menu_of(screen)["Nomor dari … sampai …"].trigger()
    ask = screen.studio.room.queue.ask
    assert ask.form is not None
    ask.form.fields[0].edit.setText("ZZ1")
    ask.send()
    screen.settle()
    assert screen.said[-1] == "Tidak ada yang cocok."


def test_copies_that_came_with_stickers_are_not_offered(screen: Labels) -> None:
    menu_of(screen)["Anggap semua sudah berstiker"].trigger()
    screen.settle()
    assert screen.said[-1] == "20 eksemplar dianggap sudah berstiker"
    assert "Belum dicetak (0)" in menu_of(screen)
    screen.undo()
    assert (
        next(name for name in menu_of(screen) if name.startswith("Belum")) == "Belum dicetak (20)"
    )


def test_members_are_added_by_category(screen: Labels) -> None:
    screen.studio.room.queue.tabs.setCurrentIndex(1)
    screen.settle()
    menu_of(screen)["Anak"].trigger()
    screen.settle()
    assert screen.rows() == ["Tono Andai, C0001  ·  Anak"]


def test_an_entry_is_taken_out_or_wanted_more_than_once(screen: Labels) -> None:
    screen.fill()
    queue = screen.studio.room.queue
    screen.rows()
    queue.rows.selectRow(1)
    queue.copies.setValue(3)
    screen.settle()
    assert queue.count.text() == "22 stiker  ·  1 halaman"
    screen.rows()
    queue.rows.selectRow(0)
    queue.out.click()
    screen.settle()
    assert screen.rows()[0].startswith("Pelaut Kertas, B0002")
    screen.undo()
    assert screen.rows()[0].startswith("Pelaut Kertas, B0001")


# --- the preview -----------------------------------------------------------------------------


def test_the_preview_is_a_page_of_the_pdf_that_is_printed(screen: Labels) -> None:
    screen.fill()
    choose(screen.studio.room.choices.sheet.edit, "tom-jerry-121")
    choose(screen.studio.room.choices.design.edit, Design.ALL)
    screen.settle()
    screen.studio.room.choices.start.edit.setValue(4)
    screen.settle()
    preview = screen.studio.room.preview
    assert preview.pages == 3
    preview.after.click()
    screen.settle()
    shown, dots = preview.view.image, preview.dots_per_mm
    screen.do("labels_save")
    screen.settle()
    printed = page_picture(screen.opened[-1].read_bytes(), 1, dots)
    assert shown == printed
    assert isinstance(shown, QImage) and not shown.isNull()


def test_a_click_on_a_sticker_begins_there(qtbot: QtBot, screen: Labels) -> None:
    screen.fill()
    view = screen.studio.room.preview.view
    middle = view.sheet.places[4].center() * view.scale + QPointF(EDGE, EDGE)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    screen.settle()
    assert screen.studio.room.choices.start.edit.value() == 5
    assert label_prints.start_of(screen.desk, "a4-3x8") == 5
    assert view.sheet.used == range(4, 24)


def test_the_keyboard_chooses_the_sticker_to_begin_at(qtbot: QtBot, screen: Labels) -> None:
    screen.fill()
    view = screen.studio.room.preview.view
    view.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(view, key)
    screen.settle()
    assert label_prints.start_of(screen.desk, "a4-3x8") == 2


def test_zoom_makes_a_finer_picture(screen: Labels) -> None:
    screen.fill()
    preview = screen.studio.room.preview
    small = preview.view.image
    assert small is not None
    preview.larger.click()
    screen.settle()
    large = preview.view.image
    assert large is not None
    assert large.width() / small.width() == pytest.approx(1.25, abs=0.02)
    preview.whole.click()
    screen.settle()
    assert preview.view.image is not None
    assert preview.view.image.width() == small.width()


def test_what_cannot_be_read_is_said_before_printing(screen: Labels) -> None:
    screen.small.change("copy", screen.small.copies["B0002"], barcode="B00000000001")
    screen.fill()
    choices = screen.studio.room.choices
    choose(choices.sheet.edit, "roll-3-33x15")
    screen.settle()
    assert "Kode yang terbaca tidak muat pada 3 stiker" in choices.note.text()
    assert "belum pernah diukur" in choices.note.text()
    choose(choices.sheet.edit, "tom-jerry-107")
    choose(choices.bars.edit, Symbology.CODE39)
    screen.settle()
    assert choices.note.text() == "Code 39 akan terlalu halus di stiker ini; diganti Code 128."
    choose(choices.sheet.edit, "a4-2x4")
    screen.settle()
    assert choices.note.isHidden()


# --- printing --------------------------------------------------------------------------------


def test_printed_well_empties_the_queue_and_moves_the_sheet_on(screen: Labels) -> None:
    screen.fill()
    screen.do("labels_print")
    screen.settle()
    assert "B0001" in pages_of(screen)[0]
    sent = screen.studio.room.sent
    assert not sent.isHidden()
    assert waiting(screen) == 20
    sent.all.click()
    screen.settle()
    assert waiting(screen) == 0
    assert label_prints.start_of(screen.desk, "a4-3x8") == 21
    assert screen.said[-1] == "20 label tercetak  ·  stiker kosong berikutnya: 21"
    screen.undo()
    assert waiting(screen) == 20
    assert label_prints.start_of(screen.desk, "a4-3x8") == 1


def test_what_was_not_printed_stays_as_it_was(screen: Labels) -> None:
    screen.fill()
    screen.do("labels_print")
    screen.settle()
    screen.studio.room.sent.none.click()
    screen.settle()
    assert waiting(screen) == 20
    assert label_prints.start_of(screen.desk, "a4-3x8") == 1


def test_the_first_few_may_be_all_that_came_out(screen: Labels) -> None:
    screen.fill()
    screen.do("labels_print")
    screen.settle()
    screen.studio.room.sent.count.setValue(7)
    screen.studio.room.sent.some.click()
    screen.settle()
    assert waiting(screen) == 13
    assert label_prints.start_of(screen.desk, "a4-3x8") == 8
    assert screen.rows()[0].startswith("Menghitung Hujan, B0008")


def test_a_printer_that_takes_nothing_changes_nothing(
    screen: Labels, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_pdf: bytes, setting: str) -> None:
        raise KnownError(Fault.PRINTER, target=setting.partition(":")[2], cause="no paper")

    monkeypatch.setattr(paper_out, "print_pages", refuse)
    screen.fill()
    choices = screen.studio.room.choices
    choices.offer_printers([("Label", "cups:Label")])
    choose(choices.printer.edit, "cups:Label")
    screen.settle()
    screen.do("labels_print")
    screen.settle()
    assert "Label tidak menerima cetakan." in screen.said[-1]
    assert screen.studio.room.sent.isHidden()
    assert waiting(screen) == 20
    screen.do("labels_save")
    screen.settle()
    assert len(screen.opened) == 1


def test_the_correction_belongs_to_the_printer(screen: Labels) -> None:
    screen.fill()
    choices = screen.studio.room.choices
    choices.offer_printers([("Label", "cups:Label")])
    choices.right.edit.setValue(1.5)
    screen.settle()
    choose(choices.printer.edit, "cups:Label")
    screen.settle()
    assert choices.nudge == (0.0, 0.0)
    choices.down.edit.setValue(-0.4)
    screen.settle()
    choose(choices.printer.edit, "")
    screen.settle()
    assert choices.nudge == (1.5, 0.0)
    assert label_prints.nudge_of(screen.desk, "cups:Label") == (0.0, -0.4)


def test_the_test_page_shows_the_sheet(screen: Labels) -> None:
    screen.do("labels_test")
    screen.settle()
    assert "100 mm" in pages_of(screen)[0]
    assert screen.studio.room.sent.isHidden()


def test_cards_are_printed_on_a4_or_one_by_one(screen: Labels) -> None:
    screen.fill(LabelKind.MEMBER)
    screen.studio.room.queue.tabs.setCurrentIndex(1)
    screen.settle()
    assert screen.studio.room.queue.count.text() == "6 kartu  ·  1 halaman"
    choose(screen.studio.room.choices.sheet.edit, "card-cr80")
    screen.settle()
    assert screen.studio.room.queue.count.text() == "6 kartu  ·  6 halaman"
    screen.do("labels_print")
    screen.settle()
    assert len(pages_of(screen)) == 6
    screen.studio.room.sent.all.click()
    screen.settle()
    assert waiting(screen, LabelKind.MEMBER) == 0


# --- a sheet of one's own --------------------------------------------------------------------


def test_a_sheet_of_ones_own_is_seen_while_it_is_typed(screen: Labels) -> None:
    screen.desk.staff = screen.small.staff["head"]
    screen.fill()
    room = screen.studio.room
    room.choices.own.click()
    form = room.form
    form.grid[0].edit.setValue(2)
    screen.settle()
    assert len(room.preview.view.sheet.places) == 16
    form.label[0].edit.setValue(120)
    screen.settle()
    assert form.wrong.text() == "Stiker melewati tepi kanan 39,75 mm."
    assert not form.save.isEnabled()
    form.label[0].edit.setValue(90)
    form.save.click()
    assert form.name.error == "Isi bagian ini."
    form.name.edit.setText("Stiker kita")
    form.save.click()
    screen.settle()
    state = screen.studio.state
    assert state is not None
    assert (state.job.sheet.name, state.job.sheet.label) == ("Stiker kita", (90.0, 33.9))
    assert not room.side_form_open
    room.choices.own.click()
    assert form.name.edit.text() == "Stiker kita"
    form.remove.click()
    screen.settle()
    assert screen.studio.state is not None
    assert screen.studio.state.job.sheet.key == "a4-3x8"


def test_esc_leaves_the_form_and_the_sheet_as_it_was(screen: Labels) -> None:
    room = screen.studio.room
    room.choices.own.click()
    room.form.grid[1].edit.setValue(1)
    screen.settle()
    screen.page.escape()
    screen.settle()
    assert not room.side_form_open
    assert len(room.preview.view.sheet.places) == 24


def test_who_does_not_set_the_rules_sees_the_colours_as_they_stay(screen: Labels) -> None:
    screen.fill()
    room = screen.studio.room
    room.choices.colours.click()
    screen.settle()
    choose(room.colours.fields["8"].edit, "#000000")
    screen.settle()
    assert any("memerlukan hak" in one for one in screen.said)
    assert class_colours(screen.desk) == DEFAULT_COLOURS
    assert room.colours.fields["8"].edit.value() == DEFAULT_COLOURS["8"]


def test_a_librarys_own_colours_hold_for_all(screen: Labels) -> None:
    screen.desk.staff = screen.small.staff["head"]
    screen.fill()
    room = screen.studio.room
    room.choices.colours.click()
    screen.settle()
    assert room.side_form_open
    before = room.preview.view.image
    choose(room.colours.fields["8"].edit, "#000000")
    screen.settle()
    assert class_colours(screen.desk)["8"] == "#000000"
    assert room.preview.view.image != before
    screen.undo()
    assert class_colours(screen.desk) == DEFAULT_COLOURS
    screen.page.escape()
    assert not room.side_form_open
