"""Lists as workbooks: as they stand on the screen, whole or not at all, and searches in vain."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import python_calamine

from helpers.library import SmallLibrary
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.exchange.list_sheet import write_list
from perpusdesk.services.cataloguing.title_lists import Asked, Order, first_titles, whole_list
from perpusdesk.services.cataloguing.title_sheet import title_sheet
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListColumn, ListSheet, export_list
from perpusdesk.services.searching.search import note_miss
from perpusdesk.services.searching.search_misses import misses_sheet, search_misses


@pytest.fixture
def desk(small: SmallLibrary) -> Desk:
    return small.desk()


def _cells(path: Path, sheet: int = 0) -> list[list[object]]:
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return book.get_sheet_by_index(sheet).to_python()


def _numbers(count: int) -> ListSheet:
    column = ListColumn("Nomor", int)
    return ListSheet("Daftar", (column,), range(count), lambda _desk, ids: {i: i for i in ids})


def test_titles_are_saved_in_the_order_of_the_list(desk: Desk, tmp_path: Path) -> None:
    asked = Asked(order=Order.TITLE)
    found = whole_list(desk, asked, first_titles(desk, asked))
    saved = export_list(desk, title_sheet(found.rows), tmp_path / "judul.xlsx")
    head, first, *rest = _cells(saved.file)
    assert saved.lines == 10
    assert len(rest) == 9
    assert head[:2] == ["Judul", "Pengarang"]
    assert first == ["Anak Bulan", "Gita Contoh", "", "899.221 GIT a", 2, 2]


def test_what_is_gone_meanwhile_is_left_out(desk: Desk, tmp_path: Path) -> None:
    sheet = title_sheet([1, 999_999, 2])
    assert export_list(desk, sheet, tmp_path / "a.xlsx").lines == 2


def test_progress_is_told_and_giving_up_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    told: list[int] = []
    sheet = _numbers(1_200)
    saved = export_list(desk, sheet, tmp_path / "a.xlsx", told.append, lambda: len(told) == 2)
    assert saved.stopped
    assert told == [500, 1_000]
    assert list(tmp_path.glob("*.xlsx")) == []
    assert list(tmp_path.glob(".*.xlsx*")) == []
    assert export_list(desk, sheet, tmp_path / "a.xlsx").lines == 1_200


def test_a_table_by_the_ending_of_its_name(desk: Desk, tmp_path: Path) -> None:
    saved = export_list(desk, title_sheet([1]), tmp_path / "a.csv")
    text = saved.file.read_text("utf-8-sig").splitlines()
    assert text[0] == "Judul,Pengarang,Tahun,Nomor panggil,Eksemplar,Di rak"
    assert text[1] == "Pelaut Kertas,Andini Contoh,,899.221 AND p,2,2"


def test_moments_show_the_clock_of_their_own_zone(tmp_path: Path) -> None:
    east = datetime(2026, 11, 2, 23, 30, tzinfo=timezone(timedelta(hours=9)))
    write_list(tmp_path / "a.xlsx", "A", [("A", 4)], [(east,)])
    assert _cells(tmp_path / "a.xlsx")[1] == [datetime(2026, 11, 2, 23, 30)]


def test_a_place_that_cannot_be_written_is_said(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KnownError) as raised:
        export_list(desk, _numbers(1), tmp_path / "file" / "a.xlsx")
    assert raised.value.fault in (Fault.READ_ONLY, Fault.UNREADABLE_FILE)


def test_what_one_sheet_cannot_hold_goes_on_in_the_next(tmp_path: Path) -> None:
    lines = [(number, f"={number}", date(2026, 11, 2), None) for number in range(5)]
    columns = [("A", 4), ("B", 4), ("C", 4), ("D", 4)]
    assert write_list(tmp_path / "a.xlsx", "Nama: [x]/*", columns, lines, most=2) == 5
    assert [row[0] for row in _cells(tmp_path / "a.xlsx", 2)] == ["A", 4]
    assert _cells(tmp_path / "a.xlsx")[1][:3] == [0, "=0", date(2026, 11, 2)]


def test_searches_in_vain_by_how_often(small: SmallLibrary, desk: Desk, tmp_path: Path) -> None:
    for _ in range(2):
        note_miss(desk, "Layang-layang")
        small.time.passes(days=1)
    note_miss(desk, "astronomi")
    kite, stars = search_misses(desk)
    assert (kite.text, kite.times, kite.first) == ("layang layang", 2, date(2026, 11, 2))
    assert (kite.last, stars.times) == (date(2026, 11, 3), 1)
    saved = export_list(desk, misses_sheet([kite, stars]), tmp_path / "a.xlsx")
    assert _cells(saved.file)[1] == [
        "layang layang",
        2,
        date(2026, 11, 2),
        date(2026, 11, 3),
    ]
