"""The stock-take on the screen: begin, scan, lists, what the keys do, the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from python_calamine import CalamineWorkbook

from helpers.library import value_of
from helpers.ui_audit import audit_everywhere
from perpusdesk.common.i18n import set_language
from perpusdesk.domain.items import Condition
from perpusdesk.domain.stock_take import Figures, Outcome
from perpusdesk.services.cataloguing.conditions import mark_copy
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.stock.stock_counts import CountForm
from perpusdesk.ui.kit.sounds import Sound
from perpusdesk.ui.shell import paper_files
from perpusdesk.ui.stock import count_part
from perpusdesk.ui.stock.count_part import CountPart

SHELF = CountForm("Rak 800", "800", "899")


@pytest.fixture
def count(screen):
    return screen.part("count")


@pytest.fixture
def begun(screen, count):
    count.start(SHELF)
    screen.wait()
    return count


def rows(count) -> list[str]:
    model = count.room.lists.rows.rows
    return [model.data(model.index(place, 0)) for place in range(model.rowCount())]


def press(part, verb: str) -> None:
    next(one for one in part.findChildren(QPushButton) if one.text() == verb).click()


def settle(screen, count) -> None:
    """Read anew what the timer would read a little later."""
    count.opened()
    screen.wait()


def condition(screen, barcode: str) -> str:
    copy = screen.small.copies[barcode].bytes
    return str(screen.small.library.value('select "condition" from copy where id = ?', copy))


def test_the_first_time_says_what_it_is_and_begins(screen, count):
    said = [label.text() for label in count.overview.findChildren(QLabel)]
    assert any(text.startswith("Pindai buku di rak") for text in said)
    screen.scan("B0001")
    assert screen.said[-1] == "Mulai atau lanjutkan stok opname dulu, baru pindai."
    screen.do("count_start")
    assert count.overview.ask.isVisible()
    count.overview.ask.send()
    screen.wait()
    assert screen.said[-1] == "Stok opname dimulai: 20 eksemplar seharusnya ada"
    assert count.counting and count.figures == Figures(missing=20)
    assert count.room.hint.isVisible()


def test_what_is_asked_narrows_the_count(screen, count):
    screen.do("count_start")
    fields = [field.edit for field in count.overview.ask.form.fields]
    fields[0].setText("Rak sastra")
    fields[1].setText("800")
    fields[2].setText("899")
    fields[4].setCurrentIndex(1)
    count.overview.ask.send()
    screen.wait()
    assert count.room.head.name.text() == "Rak sastra"
    assert count.room.head.scope.text() == "Pusat · 800 s.d. 899 · Umum"


def test_scans_are_answered_counted_and_heard(screen, begun):
    room = begun.room
    for code, state, sound in (
        ("B0001", "Ditemukan", Sound.OK),
        ("B0003", "Salah tempat", Sound.ATTENTION),
        ("B0001", "Sudah dihitung", Sound.FINE),
        ("Q1", "Tidak dikenal", Sound.ATTENTION),
        ("A0001", "Tidak dihitung", Sound.ATTENTION),
    ):
        screen.scan(code)
        assert (room.answer.state, screen.sounds.last) == (state, sound)
    assert begun.figures == Figures(found=1, misplaced=1, unknown=1, missing=5)
    assert (room.head.found.text(), room.head.of.text()) == ("1", "dari 6 ditemukan")
    assert len(rows(begun)) == 3 and rows(begun)[0].startswith("Q1, ")
    settle(screen, begun)
    assert begun.figures == Figures(found=1, misplaced=1, unknown=1, missing=5)


def test_where_a_misplaced_copy_belongs_is_large(screen, begun):
    screen.scan("B0003")
    assert begun.room.answer.headline.text() == "635 BRA k"
    screen.scan("B0001")
    assert begun.room.answer.headline.isHidden()


def test_the_lists_have_keys(screen, begun):
    for code in ("B0001", "B0003", "Q1"):
        screen.scan(code)
    screen.do("count_list_2")
    assert begun.room.lists.heading.text() == "Belum ditemukan (5)"
    assert rows(begun)[0] == "Pelaut Kertas, B0002  ·  899.221 AND p"
    screen.do("count_list_4")
    assert begun.room.lists.heading.text() == "Salah tempat (1)"
    screen.scan("B0005")
    assert begun.room.lists.heading.text() == "Salah tempat (2)"
    begun.escape()
    screen.wait()
    assert begun.room.lists.heading.text() == "Semua pindaian (4)"
    screen.do("count_list_9")
    assert begun.room.lists.heading.text() == "Semua pindaian (4)"


def test_f4_takes_back_what_is_on_loan_but_present(screen, begun):
    small = screen.small
    value_of(lend(screen.desk, small.members["A0001"], small.copies["B0002"]))
    small.time.passes(minutes=1)
    screen.scan("B0002")
    assert begun.room.answer.state == "Tercatat dipinjam"
    assert "Siti Misalnya" in begun.room.answer.advice.text()
    assert "Siti Misalnya" in rows(begun)[0]
    small.time.passes(minutes=1)
    screen.do("count_return")
    assert screen.said[-1] == "Dikembalikan: Pelaut Kertas"
    assert small.library.value('select count(*) from loan where "end" = 0') == 0
    assert "sudah beres" in rows(begun)[0]


def test_whose_copy_it_is_stands_in_its_row(screen, begun):
    van = screen.small.branches["van"]
    screen.small.change("copy", screen.small.copies["B0001"], branch=van)
    screen.scan("B0001")
    assert begun.room.answer.state == "Milik cabang lain"
    assert "Mobil Keliling" in begun.room.answer.advice.text()
    assert "Mobil Keliling" in rows(begun)[0]


def test_f6_records_a_find_and_the_tick_does_it_alone(screen, begun):
    for barcode in ("B0001", "B0002"):
        value_of(mark_copy(screen.desk, screen.small.copies[barcode], Condition.MISSING))
    screen.scan("B0001")
    assert begun.room.answer.state == "Tercatat hilang"
    screen.do("count_found")
    assert condition(screen, "B0001") == "good"
    begun.room.head.restore.click()
    screen.wait()
    screen.scan("B0002")
    assert begun.room.answer.state == "Ditemukan kembali"
    assert condition(screen, "B0002") == "good"


def test_the_order_of_the_shelf_is_told_if_it_is_wanted(screen, count):
    count.start(CountForm())
    screen.wait()
    for code in ("B0003", "B0007"):
        screen.scan(code)
    assert count.room.answer.state == "Ditemukan"
    count.room.head.order.click()
    for code in ("B0001", "B0010"):
        screen.scan(code)
    assert count.room.answer.state == "Ditemukan  ·  salah urutan"
    assert screen.sounds.last is Sound.HOLD


def test_the_shelf_that_is_named_goes_with_the_scan(screen, begun):
    begun.room.head.place.setText("A3")
    screen.scan("B0001")
    settle(screen, begun)
    assert "A3" in rows(begun)[0]


def test_a_scan_is_taken_back_by_its_button_and_by_its_row(screen, begun):
    screen.scan("B0001")
    press(begun.room.answer, "Urungkan")
    screen.wait()
    assert begun.figures == Figures(missing=6) and rows(begun) == []
    assert begun.room.answer.isHidden()
    screen.scan("B0001")
    begun.room.lists.rows.selectRow(0)
    press(begun.room.lists.steps, "Urungkan pindaian")
    screen.wait()
    assert begun.figures == Figures(missing=6)


def test_reading_anew_leaves_the_button_at_hand(screen, begun):
    screen.scan("B0001")
    settle(screen, begun)
    begun.room.lists.rows.selectRow(0)
    screen.wait()
    before = begun.room.lists.steps.findChildren(QPushButton)
    settle(screen, begun)
    assert begun.room.lists.steps.findChildren(QPushButton) == before != []
    value_of(lend(screen.desk, screen.small.members["A0001"], screen.small.copies["B0001"]))
    screen.scan("B0003")
    assert begun.room.lists.rows.chosen_record().code == "B0001"


def test_a_pause_keeps_the_count_and_it_is_gone_on_with(screen, begun):
    screen.scan("B0001")
    begun.escape()
    screen.wait()
    assert not begun.counting and begun.overview.isVisible()
    begun.overview.counts.choose(0)
    press(begun.overview.counts.bar, "Lanjutkan menghitung")
    screen.wait()
    assert begun.counting and begun.figures == Figures(found=1, missing=5)


def test_the_end_shows_what_is_missing_first_and_can_be_undone(screen, begun, opened):
    screen.scan("B0001")
    screen.do("count_end")
    assert begun.room.lists.heading.text() == "Belum ditemukan (5)"
    assert begun.room.ask.isVisible()
    begun.room.ask.send()
    screen.wait()
    assert screen.said[-1] == "Stok opname diakhiri; 5 eksemplar dicatat hilang"
    assert condition(screen, "B0002") == "missing"
    assert not begun.counting and begun.room.head.again.isVisible()
    assert begun.room.lists.heading.text() == "Tidak ditemukan (5)"
    screen.do("stock_print")
    screen.wait()
    assert Path(opened[0]).read_bytes().startswith(b"%PDF")
    press(begun.room.head, "Buka lagi")
    screen.wait()
    assert begun.counting and condition(screen, "B0002") == "good"


def test_a_scan_while_it_is_asked_goes_on_counting(screen, begun):
    screen.do("count_end")
    screen.scan("B0001")
    assert begun.room.ask.isHidden() and begun.counting
    assert begun.figures.found == 1


def test_a_count_begun_by_mistake_is_discarded(screen, begun):
    begun.pause()
    screen.wait()
    begun.overview.counts.choose(0)
    press(begun.overview.counts.bar, "Buang")
    screen.wait()
    assert begun.overview.counts.rows.rows.rowCount() == 0


def test_a_file_of_codes_is_counted(screen, begun, tmp_path, monkeypatch):
    file = tmp_path / "codes.txt"
    file.write_text("B0001\nB0003\nB0001\nA0001\n")
    monkeypatch.setattr(count_part, "ask_codes", lambda _parent: file)
    press(begun.room.head, "Dari berkas")
    screen.wait()
    assert screen.said[-1] == "4 kode dibaca, 2 baru, 1 sudah dihitung, 1 tidak dapat dipakai"
    assert begun.figures == Figures(found=1, misplaced=1, missing=5)


def test_a_list_is_saved(screen, begun, tmp_path, monkeypatch):
    target = tmp_path / "list.xlsx"
    monkeypatch.setattr(paper_files, "ask_place", lambda *_what: target)
    screen.do("count_list_2")
    begun.save_list()
    screen.wait()
    table = CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()
    assert len(table) == 7 and table[1][1] == "B0001"


def test_a_restart_goes_on_with_the_count(screen, begun, tmp_path):
    screen.scan("B0001")
    part = CountPart(
        screen.desk, screen.tasks, screen.window.messages, screen.sounds, tmp_path / "papers"
    )
    settle(screen, part)
    assert part.counting and part.figures.found == 1


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_can_be_seen_and_heard_everywhere(stage, qapp, language):
    set_language(language)
    screen = stage("head")
    part = screen.part("count")
    assert audit_everywhere(qapp, screen.window) == []
    part.start(CountForm("Rak 800", "800", "899"))
    screen.wait()
    for code in ("B0001", "Q1", "B0003"):
        screen.scan(code)
    assert audit_everywhere(qapp, screen.window) == []
    part.show_list(Outcome.MISPLACED)
    screen.wait()
    part.room.lists.rows.selectRow(0)
    screen.do("count_end")
    assert audit_everywhere(qapp, screen.window) == []
