"""Titles: finding them, the state of each copy, holds for whom, and what becomes of copies."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from helpers.library import value_of
from helpers.ui_audit import audit_everywhere
from perpusdesk.common.i18n import set_language
from perpusdesk.domain.items import Condition
from perpusdesk.domain.lost import Settlement
from perpusdesk.services.cataloguing.conditions import mark_copy
from perpusdesk.services.cataloguing.title_cover import set_cover
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.lost_copies import report_lost
from perpusdesk.services.circulation.visit import open_visit


@pytest.fixture
def waited_for(screen):
    """Both copies of the first title are lent; Rina waits for it."""
    small = screen.small
    for card, barcode in (("A0001", "B0001"), ("A0002", "B0002")):
        value_of(lend(screen.desk, small.members[card], small.copies[barcode]))
    value_of(place_hold(screen.desk, small.members["A0003"], small.titles[0]))
    small.time.passes(minutes=5)
    screen.open(0)
    return screen


def test_without_a_search_the_newest_titles_stand_there(screen):
    assert screen.page.list.pane.count.text() == "10 judul"
    model = screen.page.rows.rows
    assert model.data(model.index(0, 0)).startswith("Sejarah Sebuah Jembatan")


def test_words_find_titles_and_a_single_one_opens(screen):
    screen.type("sungai")
    assert screen.page.total == 1
    assert screen.panel.title.text() == "Ensiklopedia Sungai"
    assert screen.copy_rows()[0] == "B0005, Pusat  ·  Referensi  ·  00005/PD/H/2026, baca di tempat"
    screen.page.escape()
    screen.wait()
    assert screen.page.total == 10


def test_typing_finds_without_enter(screen, qtbot):
    screen.window.box.edit.setText("dapur")
    qtbot.waitUntil(lambda: screen.page.total == 1)


def test_a_scanned_copy_opens_its_title_and_a_card_asks_for_its_member(screen):
    screen.scan("B0007")
    assert screen.page.title_id == screen.small.titles[3]
    screen.scan("A0002")
    assert screen.asked == [screen.small.members["A0002"]]


def test_copies_say_who_has_them_until_when_and_who_waits(waited_for):
    assert waited_for.copy_rows() == [
        "B0001, Pusat  ·  Umum  ·  00001/PD/H/2026, dipinjam Siti Misalnya, kembali 09-11-2026",
        "B0002, Pusat  ·  Umum  ·  00002/PD/H/2026, dipinjam Budi Misalnya, kembali 09-11-2026",
    ]
    assert waited_for.queue_rows() == [
        "Rina Umpama Dewi, A0003  ·  Pusat  ·  dipesan 02-11-2026, antrean ke-1"
    ]
    assert waited_for.panel.shelf.text() == "0 dari 2 di rak  ·  1 menunggu"


def test_a_hold_for_whose_visit_is_open_and_its_end(waited_for):
    small = waited_for.small
    open_visit(waited_for.desk, small.members["A0004"])
    waited_for.page.refresh()
    waited_for.wait()
    assert waited_for.panel.for_visitor.text() == "Reservasi untuk Joko Umpama"
    waited_for.panel.for_visitor.click()
    waited_for.wait()
    assert waited_for.said[-1] == "Joko Umpama menunggu, antrean ke-2"
    assert len(waited_for.queue_rows()) == 2
    waited_for.press(waited_for.panel.queue, 1, "Batalkan reservasi")
    assert len(waited_for.queue_rows()) == 1


def test_without_a_visit_nobody_is_proposed(waited_for):
    assert not waited_for.panel.for_visitor.isVisible()


def test_a_hold_for_a_member_who_is_looked_up(waited_for):
    waited_for.do("title_hold")
    pick = waited_for.panel.pick
    pick.edit.setText("joko")
    pick._hurry = True
    pick.looked.emit("joko")
    waited_for.wait()
    assert not pick.isVisible()
    assert "Joko Umpama" in waited_for.queue_rows()[1]


def test_several_who_fit_are_offered(waited_for):
    waited_for.do("title_hold")
    pick = waited_for.panel.pick
    pick.edit.setText("umpama")
    pick._hurry = True
    pick.looked.emit("umpama")
    waited_for.wait()
    assert pick.isVisible() and pick.rows.hasFocus() and pick.rows.rows.rowCount() == 2
    pick.rows.opened.emit(0)
    waited_for.wait()
    assert len(waited_for.queue_rows()) == 2 or "sudah menunggu" in waited_for.said[-1]


def test_a_hold_for_what_stands_on_the_shelf_is_refused_in_words(screen):
    screen.open(1)
    open_visit(screen.desk, screen.small.members["A0001"])
    screen.page.refresh()
    screen.wait()
    screen.panel.for_visitor.click()
    screen.wait()
    assert screen.queue_rows() == []
    assert "rak" in screen.said[-1]


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        ("Rusak", "rusak"),
        ("Tidak ditemukan", "tidak ditemukan"),
        ("Tarik dari koleksi", "ditarik"),
    ],
)
def test_a_copy_is_marked_and_the_marking_undone(screen, verb, state):
    screen.open(1)
    screen.press(screen.panel.copies, 0, verb)
    assert screen.copy_rows()[0].endswith(state)
    screen.window.toasts._toast.findChildren(type(screen.panel.for_visitor))[0].click()
    screen.wait()
    assert screen.copy_rows()[0].endswith("di rak")


@pytest.mark.parametrize(
    ("condition", "verb"),
    [(Condition.DAMAGED, "Baik kembali"), (Condition.MISSING, "Ditemukan")],
)
def test_a_copy_comes_back_to_the_shelf(screen, condition, verb):
    value_of(mark_copy(screen.desk, screen.small.copies["B0003"], condition))
    screen.open(1)
    screen.press(screen.panel.copies, 0, verb)
    assert screen.copy_rows()[0].endswith("di rak")


def test_a_lost_copy_that_was_replaced_leaves_the_stock(screen):
    small = screen.small
    value_of(lend(screen.desk, small.members["A0001"], small.copies["B0003"]))
    value_of(report_lost(screen.desk, small.copies["B0003"], Settlement.SAME_TITLE))
    screen.open(1)
    assert screen.copy_rows()[0].endswith("hilang")
    screen.press(screen.panel.copies, 0, "Sudah diganti")
    assert screen.copy_rows()[0].endswith("ditarik")


def test_the_history_of_a_copy_leads_to_its_readers(waited_for):
    waited_for.press(waited_for.panel.copies, 0, "Riwayat")
    past = waited_for.panel.past
    assert past.heading.text() == "Riwayat pinjam B0001 (1)"
    waited_for.press(past, 0, "Lihat anggota")
    assert waited_for.asked == [waited_for.small.members["A0001"]]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("state", ["list", "title", "pick", "nothing"])
def test_the_screen_can_be_used(qapp, stage, language, state):
    set_language(language)
    screen = stage("head")
    small = screen.small
    if state == "nothing":
        screen.type("qqqqqqqq")
    elif state != "list":
        value_of(lend(screen.desk, small.members["A0001"], small.copies["B0001"]))
        value_of(lend(screen.desk, small.members["A0002"], small.copies["B0002"]))
        value_of(place_hold(screen.desk, small.members["A0003"], small.titles[0]))
        screen.open(0)
        screen.panel.copies.choose(0)
        screen.panel.queue.choose(0)
    if state == "pick":
        screen.do("title_hold")
        screen.panel.pick.looked.emit("umpama")
        screen.wait()
    screen.window.toasts.clear()
    assert audit_everywhere(qapp, screen.window) == []


def test_a_cover_stands_beside_the_title_that_has_one(screen):
    out = io.BytesIO()
    Image.new("RGB", (200, 300), (200, 30, 40)).save(out, "PNG")
    value_of(set_cover(screen.desk, screen.small.titles[1], out.getvalue()))
    screen.open(0)
    assert screen.panel.cover.isHidden()
    screen.open(1)
    picture = screen.panel.cover.pixmap().toImage()
    seen = picture.pixelColor(picture.width() // 2, picture.height() // 2)
    assert not screen.panel.cover.isHidden() and abs(seen.red() - 200) < 12
