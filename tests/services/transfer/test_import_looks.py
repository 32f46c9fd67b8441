"""The first look: what a file is, how much is in it, and what its columns mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from perpusdesk.exchange.columns import TableKind
from perpusdesk.exchange.open_files import Format
from perpusdesk.exchange.sheet_write import INLIS_HEADER, write_sheet
from perpusdesk.exchange.slims_csv import ITEM
from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer.import_looks import Maker, look_at
from perpusdesk.services.transfer.import_memory import remember_columns
from perpusdesk.services.transfer.import_run import Wishes, plan

DUMP = """
INSERT INTO `biblio` (`biblio_id`,`title`) VALUES (1,'Peta Hujan'),(2,'Kota caf\u00c3\u00a9');
INSERT INTO `item` (`item_id`,`biblio_id`,`item_code`) VALUES (1,1,'S1');
INSERT INTO `visitor_count` (`a`) VALUES (1);
"""


@pytest.fixture
def desk(head: Desk) -> Desk:
    """The desk of somebody who may import."""
    return head


def test_records_are_counted(desk: Desk, tmp_path: Path) -> None:
    marc = tmp_path / "a.mrc"
    marc.write_bytes(b"00026nam a2200025 a 4500\x1e\x1d" * 3)
    look = look_at(desk, marc)
    assert (look.format, dict(look.counts), look.partial) == (Format.MARC, {"records": 3}, False)
    xml = tmp_path / "a.xml"
    records = "<marc:record></marc:record>" * 2000
    xml.write_text(f"<marc:collection xmlns:marc='x'>{records}</marc:collection>", "utf-8")
    look = look_at(desk, xml)
    assert (look.format, dict(look.counts)) == (Format.MARCXML, {"records": 2000})


def test_a_dump_tells_what_is_in_it_and_whether_its_letters_are_broken(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "slims.sql"
    path.write_text(DUMP, "utf-8")
    look = look_at(desk, path)
    assert look.dump and dict(look.counts) == {"titles": 2, "copies": 1}
    assert look.broken == ("Kota caf\u00c3\u00a9", "Kota café")


def test_whose_table_it_is(desk: Desk, tmp_path: Path) -> None:
    item = tmp_path / "item.csv"
    item.write_text(",".join(f'"{name}"' for name in ITEM) + "\n" + ",".join(["x"] * 19), "utf-8")
    look = look_at(desk, item)
    assert (look.said_format, look.tables[0].kind) == (Format.SLIMS, TableKind.COPIES)
    bare = tmp_path / "item_bare.csv"
    bare.write_text(",".join(f'"v{place}"' for place in range(19)) + "\n", "utf-8")
    assert look_at(desk, bare).said_format is Format.SLIMS
    sheet = tmp_path / "lembar.xlsx"
    write_sheet(sheet, [INLIS_HEADER], [["1", *["x"] * 41]])
    look = look_at(desk, sheet)
    assert (look.said_format, look.tables[0].maker) == (Format.INLISLITE, Maker.INLISLITE)


def test_samples_are_the_first_different_values(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "buku.csv"
    path.write_text("Judul,Rak\nA,1\nA,1\nB,1\nC,\nD,2\n", "utf-8")
    table = look_at(desk, path).tables[0]
    assert table.samples == (("A", "B", "C"), ("1", "2"))
    assert dict(table.meanings) == {"Judul": "title", "Rak": "location"}
    assert (table.rows, table.usable, table.remembered) == (5, True, False)


def test_what_people_said_of_columns_holds_for_look_and_run(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "aneh.csv"
    path.write_text("Aaa,Bbb\nPerahu,Z1\n", "utf-8")
    first = look_at(desk, path).tables[0]
    assert (first.named, first.usable) == (False, False)
    remember_columns(desk, first.header, {"Aaa": "title"})
    again = look_at(desk, path)
    assert again.tables[0].named and again.tables[0].remembered and again.usable
    assert dict(plan(desk, [path]).added) == {"titles": 1}
    remember_columns(desk, first.header, {"Aaa": "name", "Bbb": "card"})
    assert look_at(desk, path).tables[0].kind is TableKind.MEMBERS
    assert dict(plan(desk, [path]).added) == {"members": 1}


def test_single_files_may_be_said_to_be_something(desk: Desk, tmp_path: Path) -> None:
    books, people = tmp_path / "buku.csv", tmp_path / "orang.csv"
    books.write_text("Judul,Rak\nPerahu,1\n", "utf-8")
    people.write_text("Nama,Judul\nTuti Andai,Ibu\n", "utf-8")
    wishes = Wishes(formats={people: Format.MEMBERS})
    assert dict(plan(desk, [people, books], wishes).added) == {"titles": 1, "members": 1}
