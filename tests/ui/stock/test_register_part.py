"""The accession register on the screen: parts by dates and numbers, paper, workbook."""

from __future__ import annotations

from datetime import date

import pytest

from helpers.ui_audit import audit_everywhere
from perpusdesk.common.i18n import set_language
from perpusdesk.ui.shell import paper_files


def rows(part) -> list[str]:
    model = part.rows.rows
    return [model.data(model.index(place, 0)) for place in range(model.rowCount())]


def fill(small) -> None:
    for place, barcode in enumerate(("B0001", "B0003")):
        fields = {"received": date(2026, 5 - place, 1), "source": "Hibah", "supplier": "Warga"}
        small.change("copy", small.copies[barcode], **fields)


@pytest.fixture
def register(screen):
    fill(screen.small)
    return screen.part("register")


def test_this_year_at_this_branch_is_asked_for_at_first(screen, register):
    register.look()
    screen.wait()
    room = register.room
    assert room.said.text() == "2 eksemplar, jumlah Rp150.000"
    assert room.undated.text().startswith("18 eksemplar tanpa tanggal terima")
    assert rows(room) == [
        "00003/PD/H/2026  ·  Kebun di Atap / Bram Contoh,"
        " 01-04-2026  ·  Hibah: Warga, Rp75.000, B0003",
        "00001/PD/H/2026  ·  Pelaut Kertas / Andini Contoh,"
        " 01-05-2026  ·  Hibah: Warga, Rp75.000, B0001",
    ]


def test_before_a_part_was_asked_for_it_says_how_and_leaves_no_hole(screen, register):
    screen.window.resize(1366, 768)
    screen.wait()
    room = register.room
    assert "Tampilkan" in room.said.text()
    assert room.form.height() <= room.form.sizeHint().height()


def test_a_scanned_number_shows_its_line_and_a_range_its_lines(screen, register):
    screen.type("00007/PD/H/2026")
    assert len(rows(register.room)) == 1
    register.room.numbers[1].setText("00012/PD/H/2026")
    register.look()
    screen.wait()
    assert len(rows(register.room)) == 6
    assert register.room.undated.isHidden()


def test_what_is_no_date_is_said(screen, register):
    register.room.days[0].setText("kemarin")
    register.look()
    screen.wait()
    assert register.room.form.fields[1].error
    register.room.by.choose(True)
    register.look()
    assert register.room.form.fields[3].error


def test_an_empty_part_says_so(screen, register):
    register.room.days[0].set_date(date(1999, 1, 1))
    register.room.days[1].set_date(date(1999, 2, 1))
    register.look()
    screen.wait()
    assert not register.room.nothing.isHidden()
    assert not register.room.print.isEnabled()


def test_it_goes_on_paper_and_into_a_workbook(screen, register, opened, monkeypatch):
    register.look()
    screen.wait()
    screen.do("stock_print")
    assert [paper.name[:10] for paper in screen.papers()] == ["buku-induk"]
    assert len(opened) == 1
    target = screen.folder / "register.xlsx"
    monkeypatch.setattr(paper_files, "ask_place", lambda *_asked: target)
    register.save_list()
    screen.wait()
    assert target.exists()
    monkeypatch.setattr(paper_files, "ask_place", lambda *_asked: None)
    register.save_list()
    screen.wait()
    assert screen.said[-1] == "register.xlsx disimpan dengan 2 baris."


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("state", ["begin", "dates", "numbers", "nothing"])
def test_the_screen_can_be_used(qapp, stage, language, state):
    set_language(language)
    screen = stage("head")
    fill(screen.small)
    register = screen.part("register")
    if state == "numbers":
        register.room.by.choose(True)
        register.room.numbers[0].setText("00001/PD/H/2026")
        register.room.numbers[1].setText("00009/PD/H/2026")
    elif state == "nothing":
        register.room.days[1].set_date(date(2026, 1, 2))
    if state != "begin":
        register.look()
        screen.wait()
    assert audit_everywhere(qapp, screen.window) == []
