"""Copies between branches on the screen: sending, receiving, what is explained."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from helpers.library import value_of
from helpers.sheets import cells, saves_into
from helpers.ui_audit import audit_everywhere
from perpusdesk.common.i18n import set_language
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.send_copies import send_copy
from perpusdesk.ui.kit.sounds import Sound


def press(part, place: int, verb: str) -> None:
    part.choose(place)
    next(one for one in part.bar.findChildren(QPushButton) if one.text() == verb).click()


def rows(part) -> list[str]:
    model = part.rows.rows
    return [model.data(model.index(place, 0)) for place in range(model.rowCount())]


@pytest.fixture
def moves(screen):
    return screen.part("moves")


def test_scans_send_to_the_branch_that_was_chosen_until_esc(screen, moves, opened):
    screen.do("stock_send")
    assert moves.room.ask.isVisible()
    moves.room.ask.send()
    screen.scan("B0001")
    screen.scan("B0002")
    assert moves.room.meaning.text() == (
        "Mengirim ke Mobil Keliling: 2 eksemplar pada SJ-PST-261102-1-1"
    )
    assert (moves.room.answer.state, moves.room.answer.title) == ("Dikirim", "Pelaut Kertas")
    assert screen.sounds.last is Sound.OK
    assert rows(moves.room.gone) == [
        "Mobil Keliling, SJ-PST-261102-1-1  ·  dikirim 02-11-2026, 2 eksemplar, dikirim hari ini"
    ]
    screen.do("stock_print")
    assert [paper.name[:11] for paper in screen.papers()] == ["surat-jalan"]
    assert len(opened) == 1
    screen.scan("B0003")
    assert "SJ-PST-261102-1-2" in moves.room.meaning.text()
    screen.page.escape()
    assert moves.room.meaning.text() == "Pindai eksemplar yang tiba untuk menerimanya."


def test_what_arrives_is_received_by_scanning_and_the_rest_explained(screen, moves):
    van = screen.small.desk(branch="van")
    small = screen.small
    value_of(send_copy(screen.desk, small.copies["B0001"], van.branch))
    for barcode in ("B0005", "B0007"):
        value_of(send_copy(van, small.copies[barcode], screen.desk.branch))
    moves.opened()
    screen.wait()
    assert len(rows(moves.room.coming)) == 1
    screen.scan("B0005")
    assert moves.room.answer.state == "Diterima"
    assert "1 eksemplar" in rows(moves.room.coming)[0]
    screen.scan("B0001")
    assert moves.room.answer.state == "Bukan untuk cabang ini"
    assert screen.sounds.last is Sound.ATTENTION
    screen.scan("B0009")
    assert moves.room.answer.state == "Tidak ditunggu"
    screen.scan("XYZ")
    assert moves.room.answer.state == "Tidak ditemukan"


def test_a_copy_nobody_scanned_when_it_was_sent_is_taken_over(screen, moves):
    small = screen.small
    small.change("copy", small.copies["B0001"], branch=small.branches["van"])
    screen.scan("B0001")
    assert moves.room.answer.state == "Tidak ditunggu"
    (again,) = moves.room.answer.steps.findChildren(QPushButton)
    assert again.text() == "Ambil alih"
    again.click()
    screen.wait()
    assert moves.room.answer.state == "Diambil alih"


def test_a_note_shows_its_copies_which_are_received_or_stay(screen, moves):
    small = screen.small
    van = small.desk(branch="van")
    for barcode in ("B0001", "B0003"):
        value_of(send_copy(van, small.copies[barcode], screen.desk.branch))
    value_of(send_copy(screen.desk, small.copies["B0005"], van.branch))
    moves.opened()
    screen.wait()
    moves.room.coming.choose(0)
    assert moves.room.copies.heading.text() == "Eksemplar pada SJ-MK1-261102-1-1 (2)"
    press(moves.room.copies, 0, "Terima")
    screen.wait()
    assert rows(moves.room.copies) == [
        "Kebun di Atap, B0003  ·  635 BRA k  ·  Bram Contoh, pulang ke cabangnya"
    ]
    moves.room.gone.choose(0)
    press(moves.room.copies, 0, "Batalkan pengiriman")
    screen.wait()
    assert rows(moves.room.gone) == []
    assert screen.said[-1] == "B0005 tetap di Pusat"


def test_what_may_not_be_sent_is_said_with_a_way_out(screen, moves):
    value_of(lend(screen.desk, screen.small.members["A0001"], screen.small.copies["B0001"]))
    moves.begin_sending(screen.small.branches["van"], "Mobil Keliling")
    screen.scan("B0001")
    assert moves.room.answer.state == "Tidak dikirim"
    assert moves.room.answer.advice.text()
    assert moves.room.answer.steps.isHidden()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("state", ["empty", "asking", "sending", "coming"])
def test_the_screen_can_be_used(qapp, stage, language, state):
    set_language(language)
    screen = stage("head")
    moves, small = screen.part("moves"), screen.small
    if state == "asking":
        screen.do("stock_send")
    elif state == "sending":
        moves.begin_sending(small.branches["van"], "Mobil Keliling")
        screen.scan("B0001")
    elif state == "coming":
        van = small.desk(branch="van")
        value_of(send_copy(van, small.copies["B0003"], screen.desk.branch))
        small.time.passes(days=9)
        moves.opened()
        screen.wait()
        moves.room.coming.choose(0)
        moves.room.copies.choose(0)
        screen.scan("B0009")
    screen.window.toasts.clear()
    assert audit_everywhere(qapp, screen.window) == []


def test_what_is_on_its_way_is_saved_as_a_workbook(screen, moves, tmp_path):
    saved = saves_into(moves.saving.saver, tmp_path)
    screen.do("stock_save")
    assert saved == [] and moves.room.save.isHidden()
    van = screen.small.desk(branch="van")
    value_of(send_copy(screen.desk, screen.small.copies["B0001"], van.branch))
    moves.opened()
    screen.wait()
    moves.room.save.click()
    screen.wait()
    assert [row[5] for row in cells(saved[0].file)[1:]] == ["B0001"]
