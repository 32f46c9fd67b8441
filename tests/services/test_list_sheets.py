"""Each list as a workbook that another program reads back: order, texts, dates, numbers."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
import python_calamine

from helpers.library import SmallLibrary, value_of
from perpusdesk.domain.items import Condition
from perpusdesk.services.cataloguing.conditions import mark_copy
from perpusdesk.services.cataloguing.duplicate_sheet import duplicate_sheet
from perpusdesk.services.cataloguing.find_duplicates import find_duplicates
from perpusdesk.services.cataloguing.heading_sheet import heading_sheet
from perpusdesk.services.cataloguing.headings import Heading, heading_ids, save_heading
from perpusdesk.services.cataloguing.remove_title import remove_title, removed_ids
from perpusdesk.services.cataloguing.removed_sheet import removed_sheet
from perpusdesk.services.cataloguing.save_title import save_title
from perpusdesk.services.cataloguing.title_form import blank_form, set_short
from perpusdesk.services.circulation.hold_lists import holds_ready, holds_to_pick
from perpusdesk.services.circulation.hold_sheets import pick_sheet, ready_sheet
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.move_lists import moves
from perpusdesk.services.circulation.move_sheet import move_sheet
from perpusdesk.services.circulation.send_copies import send_copy
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet, export_list
from perpusdesk.services.labels import label_queue
from perpusdesk.services.labels.label_queue import LabelKind
from perpusdesk.services.labels.queue_sheet import queue_sheet
from perpusdesk.services.transfer.import_history import run_lines
from perpusdesk.services.transfer.import_run import run
from perpusdesk.services.transfer.run_sheet import run_sheet

NINE = datetime(2026, 11, 2, 9, 0)


@pytest.fixture
def desk(small: SmallLibrary) -> Desk:
    return small.desk("head")


def read(desk: Desk, sheet: ListSheet, folder: Path) -> list[list[object]]:
    saved = export_list(desk, sheet, folder / "a.xlsx")
    book = python_calamine.CalamineWorkbook.from_path(str(saved.file))
    return book.get_sheet_by_index(0).to_python()


def test_holds_to_pick_and_kept(small: SmallLibrary, desk: Desk, tmp_path: Path) -> None:
    for card, barcode in (("A0001", "B0003"), ("A0002", "B0004"), ("A0002", "B0002")):
        value_of(lend(desk, small.members[card], small.copies[barcode]))
    value_of(place_hold(desk, small.members["A0004"], small.titles[1]))
    value_of(take_back(desk, small.copies["B0003"]))
    value_of(mark_copy(desk, small.copies["B0001"], Condition.MISSING))
    value_of(place_hold(desk, small.members["A0003"], small.titles[0]))
    small.change("copy", small.copies["B0001"], condition=Condition.GOOD, location="Rak 3")
    pick = pick_sheet(holds_to_pick(desk))
    head, row = read(desk, pick, tmp_path)
    assert head[3:7] == ["Lokasi", "Barcode", "Anggota", "No. kartu"]
    assert row[0] == "Pelaut Kertas"
    assert row[3:] == ["Rak 3", "B0001", "Rina Umpama Dewi", "A0003", NINE, ""]
    ready = ready_sheet(holds_ready(desk))
    row = read(desk, ready, tmp_path)[1]
    assert row[3:] == ["B0003", "Joko Umpama", "A0004", NINE, date(2026, 11, 5), ""]
    assert (pick.people, ready.people) == (1, 1)


def test_the_queue_of_stickers_and_of_cards(
    small: SmallLibrary, desk: Desk, tmp_path: Path
) -> None:
    small.change("copy", small.copies["B0001"], barcode="000123")
    label_queue.add(desk, LabelKind.COPY, [small.copies["B0003"], small.copies["B0001"]])
    label_queue.add(desk, LabelKind.MEMBER, [small.members["A0002"]])
    entries = {one.position: one for one in label_queue.waiting(desk, LabelKind.COPY)}
    label_queue.set_copies(desk, next(iter(entries)), 4)
    entries = {one.position: one for one in label_queue.waiting(desk, LabelKind.COPY)}
    stickers = queue_sheet(LabelKind.COPY, entries)
    assert stickers.people == 0
    assert [row[:4] for row in read(desk, stickers, tmp_path)] == [
        ["Barcode", "Judul", "Nomor panggil", "Jumlah"],
        ["B0003", "Kebun di Atap", "635 BRA k", 4],
        ["000123", "Pelaut Kertas", "899.221 AND p", 1],
    ]
    entries = {one.position: one for one in label_queue.waiting(desk, LabelKind.MEMBER)}
    cards = queue_sheet(LabelKind.MEMBER, entries)
    assert cards.people == 1
    assert [row[:2] for row in read(desk, cards, tmp_path)] == [
        ["No. kartu", "Nama"],
        ["A0002", "Budi Misalnya"],
    ]


def test_duplicates_by_group(small: SmallLibrary, desk: Desk, tmp_path: Path) -> None:
    for place in (0, 1, 2, 3):
        isbn = "9786020332956" if place < 2 else "9786020000001"
        small.change("title", small.titles[place], isbn=isbn, title=f"Judul {place // 2}")
    groups = find_duplicates(desk)
    rows = read(desk, duplicate_sheet(groups), tmp_path)
    assert [row[0] for row in rows] == ["Kelompok", 1, 1, 2, 2]
    assert rows[1][5:] == [2, "ISBN sama", "hampir pasti"]
    assert {row[1] for row in rows[1:]} == {"Judul 0", "Judul 1"}


def test_removed_titles(small: SmallLibrary, desk: Desk, tmp_path: Path) -> None:
    for name in ("Angin", "Badai"):
        form = set_short(blank_form(desk), "title", name)
        value_of(remove_title(desk, value_of(save_title(desk, form)).title, "Salah masuk"))
        small.time.passes(minutes=1)
    ids = removed_ids(desk)
    head, latest, first = read(desk, removed_sheet(ids), tmp_path)
    assert (latest[0], first[0]) == ("Badai", "Angin")
    assert head[4:] == ["Dihapus", "Petugas", "Alasan", "Digabung ke"]
    assert first[4:] == [NINE, "Kepala Contoh", "Salah masuk", ""]


def test_headings_with_all_their_forms(desk: Desk, tmp_path: Path) -> None:
    value_of(save_heading(desk, Heading("topic", "Laut", variants=("Samudra", "Bahari"))))
    value_of(save_heading(desk, Heading("place", "Jakarta")))
    rows = read(desk, heading_sheet(heading_ids(desk, "topic")), tmp_path)
    assert [row[:4] for row in rows] == [
        ["Tajuk", "Jenis tajuk", "Seperti disebut orang", "Varian"],
        ["Laut", "Topik", "", "Samudra; Bahari"],
    ]


def test_copies_on_their_way(small: SmallLibrary, desk: Desk, tmp_path: Path) -> None:
    van = small.desk(branch="van")
    for barcode in ("B0001", "B0002"):
        value_of(send_copy(desk, small.copies[barcode], van.branch))
    value_of(send_copy(van, small.copies["B0005"], desk.branch))
    small.time.passes(days=2)
    head, *rows = read(desk, move_sheet(moves(desk)), tmp_path)
    assert head[:3] == ["Surat jalan", "Dikirim", "Hari di jalan"]
    assert [row[5] for row in rows] == ["B0005", "B0001", "B0002"]
    assert rows[1][1:5] == [NINE, 2, "Pusat", "Mobil Keliling"]


def test_imports_of_this_computer(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "buku.csv"
    file.write_text("Judul,No. Barcode\nPerahu Batu,X1\nKota,X2\n,X3\n", "utf-8")
    run(desk, [file])
    head, row = read(desk, run_sheet(run_lines(desk)), tmp_path)
    assert head[4:] == [
        "Judul",
        "Eksemplar",
        "Anggota",
        "Pinjaman",
        "Diperbarui",
        "Tidak masuk",
    ]
    assert row == [NINE, "buku.csv", "Kepala Contoh", "Selesai", 2, 2, 0, 0, 0, 1]
