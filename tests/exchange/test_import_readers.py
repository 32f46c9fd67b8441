"""Readers of foreign files: what they yield, what they set right, what they refuse and why."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.exchange.columns import TableKind, guess, kind_of
from perpusdesk.exchange.import_rows import BadRow, CopyRow, MemberRow, TitleRow
from perpusdesk.exchange.isbn_repair import isbns_in
from perpusdesk.exchange.marcxml import read_xml_titles
from perpusdesk.exchange.open_files import Format, detect, open_file
from perpusdesk.exchange.plain_text import as_day, as_price, mended, tidy
from perpusdesk.exchange.sql_dump import DumpReader
from perpusdesk.exchange.title_record import Note, TitleRecord


def rows(path: Path, format_: Format | None = None, **said: str) -> list[Any]:
    return list(open_file(path, format_ or detect(path), lambda _header: said).rows)


def text_file(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def sheet(path: Path, *lines: list[object]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for number, line in enumerate(lines):
            page.write_row(number, 0, line)
    return path


# -- texts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Caf\u00c3\u00a9", "Café"),
        ("Developer\u00c3\u00a2\u00e2\u201a\u00ac\u00e2\u201e\u00a2s", "Developer’s"),
        ("Iw\u00c4\u0081nami", "Iwānami"),
        ("Café", "Café"),
        ("İstanbul ÇÖĞ", "İstanbul ÇÖĞ"),
    ],
)
def test_broken_accents_are_made_whole_and_right_ones_left(broken: str, whole: str) -> None:
    assert mended(broken) == whole


@given(st.text(max_size=40))
def test_text_once_broken_comes_back(text: str) -> None:
    broken = text.encode(errors="ignore").decode("latin-1")
    assert mended(mended(broken)) == mended(broken)


def test_literal_line_ends_and_entities_become_plain() -> None:
    assert tidy("satu\\ndua  &amp; tiga\0") == "satu dua & tiga"


def test_dates_and_prices_as_people_write_them() -> None:
    assert as_day("31-12-2020") == as_day("2020-12-31 08:00:00") == as_day("31/12/2020")
    assert as_day("00-00-0000") == as_day("31-02-2020") == as_day("") == ""
    assert [as_price(text) for text in ("Rp 75.000,00", "75000.0", "75,000", "x")] == [
        75000,
        75000,
        75000,
        0,
    ]


@pytest.mark.parametrize(
    ("cell", "isbn", "note"),
    [
        ("439023483", "0439023483", Note.ISBN_RESTORED),
        ("9.78043902348e+12", "9780439023481", Note.ISBN_RESTORED),
        ("9.78E+12", None, Note.ISBN_LOST),
        ("978-602-8519-93-9", "9786028519939", None),
        ("9786028519938", "9786028519938", Note.ISBN_CHECK),
    ],
)
def test_isbn_survive_spreadsheets(cell: str, isbn: str | None, note: Note | None) -> None:
    found, notes = isbns_in(cell)
    assert found == ((isbn,) if isbn else ())
    assert notes == ({note} if note else set())


# -- tables -------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t", "^", "|"])
def test_slims_csv_with_any_separator(tmp_path: Path, separator: str) -> None:
    header = ["title", "isbn_issn", "publish_year", "authors", "topics", "item_code"]
    line = ["Laut : cerita", "0306406152", "2001", "<Andai, Budi><Umpama, Rina>", "<Laut>", "<B1>"]
    text = "\n".join(separator.join(f'"{cell}"' for cell in cells) for cells in (header, line))
    (row,) = rows(text_file(tmp_path / "biblio.csv", text))
    assert (row.record.title, row.record.subtitle) == ("Laut", "cerita")
    assert (row.record.author, row.record.other_authors) == ("Andai, Budi", ("Umpama, Rina",))
    assert [copy.barcode for copy in row.copies] == ["B1"]


def test_slims_csv_without_a_header_is_known_by_its_shape(tmp_path: Path) -> None:
    cells = ["M1", "Siti Misalnya", "1", "Umum", *[""] * 10, "2024-01-01", "2025-01-01", "", ""]
    text = ",".join(f'"{cell}"' for cell in cells)
    (row,) = rows(text_file(tmp_path / "member.csv", text))
    assert isinstance(row, MemberRow)
    assert (row.card, row.name, row.fields["expires"]) == ("M1", "Siti Misalnya", "2025-01-01")


@pytest.mark.parametrize(
    ("header", "said", "material"),
    [
        ("gmd_name", "Text", "book"),
        ("gmd_name", "Video Recording", "video"),
        ("GMD", "CD-ROM", "electronic"),
        ("Jenis Bahan", "Monograf", "book"),
        ("JENIS BAHAN", "Terbitan Berkala", "serial"),
        ("Jenis bahan", "Peta", "map"),
        ("Jenis bahan", "entah apa", "book"),
    ],
)
def test_tables_tell_the_kind_of_material(
    tmp_path: Path, header: str, said: str, material: str
) -> None:
    (row,) = rows(text_file(tmp_path / "buku.csv", f"judul,pengarang,{header}\nSatu,A,{said}\n"))
    assert isinstance(row, TitleRow) and row.record.material == material


@pytest.mark.parametrize(("said", "material"), [("1", "book"), ("2", "video")])
def test_a_slims_dump_tells_the_kind_of_material(tmp_path: Path, said: str, material: str) -> None:
    text = f"""
INSERT INTO `biblio` (`biblio_id`,`gmd_id`,`title`) VALUES (1,{said},'Peta Hujan');
INSERT INTO `mst_gmd` (`gmd_id`,`gmd_code`,`gmd_name`) VALUES
(1,'TE','Text'),(2,'VR','Video Recording');
"""
    (row,) = rows(text_file(tmp_path / "slims.sql", text))
    assert row.record.material == material


def test_a_school_list_with_title_lines_above_and_counts_of_copies(tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "daftar.xlsx",
        ["DAFTAR BUKU SD CONTOH"],
        [],
        ["No", "Judul Buku", "Pengarang", "Penerbit", "Thn Terbit", "Jml", "Rak"],
        [1, "Pelaut Kertas", "Andini Contoh", "Pustaka", 2015, 3, "A1"],
        [2, "", "Andini Contoh", "", 2015, 1, "A1"],
    )
    good, bad = rows(path)
    assert (good.record.title, good.record.year, good.unnumbered) == ("Pelaut Kertas", 2015, 3)
    assert isinstance(bad, BadRow) and bad.problem == "title_missing" and bad.row == 5


@pytest.mark.parametrize(
    ("cell", "copies", "noted"),
    [
        *[("3", 3, False), ("3.0", 3, False), ("3 eks.", 3, False), ("2 eksemplar", 2, False)],
        *[("", 0, False), ("-", 0, False), ("0", 0, False)],
        *[("tiga", 0, True), ("-3", 0, True), ("1.000", 0, True), ("9999", 500, True)],
    ],
)
def test_a_number_of_copies_is_understood_or_noted(
    tmp_path: Path, cell: str, copies: int, noted: bool
) -> None:
    (row,) = rows(text_file(tmp_path / "list.csv", f"judul;jumlah\nPelaut Kertas;{cell}\n"))
    assert (row.unnumbered, Note.COPIES_UNCLEAR in row.record.notes) == (copies, noted)


def test_a_folder_of_photos_that_goes_away_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "foto"
    folder.mkdir()
    found = open_file(folder, Format.PHOTOS, lambda _header: {}).rows
    folder.rmdir()
    with pytest.raises(KnownError) as told:
        list(found)
    assert told.value.fault is Fault.UNREADABLE_FILE


def test_a_row_that_an_unquoted_comma_shifted_is_not_guessed_at(tmp_path: Path) -> None:
    text = "judul,pengarang,tahun\nSatu,Andai,2001\nDua, tiga,Umpama,2002\n"
    good, bad = rows(text_file(tmp_path / "list.csv", text))
    assert isinstance(good, TitleRow)
    assert isinstance(bad, BadRow) and bad.facts == {"problem": "columns"}


def test_columns_are_guessed_and_corrected() -> None:
    header = ["Jdul", "Penulis", "Kolom Aneh"]
    assert kind_of(["Judul", "Penulis"]) is TableKind.TITLES
    assert kind_of(["Nama", "No. HP", "Alamat"]) is TableKind.MEMBERS
    corrected = guess(header, TableKind.TITLES, {"jdul": "title", "Kolom Aneh": "subjects"})
    assert corrected == {"title": (0,), "author": (1,), "subjects": (2,)}
    assert "author" not in guess(header, TableKind.TITLES, {"Penulis": ""})


def test_old_encodings_and_semicolons(tmp_path: Path) -> None:
    path = text_file(tmp_path / "lama.csv", "Judul;Pengarang\nCafé;René\n", "cp1252")
    assert rows(path)[0].record.title == "Café"
    path = text_file(tmp_path / "wide.csv", "Judul;Pengarang\nCafé;René\n", "utf-16")
    assert rows(path)[0].record.author == "René"


@pytest.mark.parametrize("name", ["broken.xlsx", "broken.xls", "broken.ods"])
def test_a_broken_workbook_is_said_so(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04 this is no workbook")
    with pytest.raises(KnownError) as told:
        rows(path)
    assert told.value.fault is Fault.UNREADABLE_FILE


def test_a_table_without_known_columns_has_a_reason(tmp_path: Path) -> None:
    (bad,) = rows(text_file(tmp_path / "odd.csv", "alpha,beta\n1,2\n"))
    assert bad.facts == {"problem": "no_columns"}


# -- MARCXML ------------------------------------------------------------------------------------

XML = """<?xml version="1.0"?><!DOCTYPE c [<!ENTITY big "aaaa">]>
<m:collection xmlns:m="http://www.loc.gov/MARC21/slim">
<m:record><m:leader>00000nam a2200000 a 4500</m:leader>
<m:datafield tag="245" ind1="0" ind2="0"><m:subfield code="a">Satu &amp; dua</m:subfield>
</m:datafield></m:record>
<m:record><m:datafield tag="245"><m:subfield code="a">&big;</m:subfield></m:datafield></m:record>
<m:record><m:datafield tag="245"><m:subfield code="a">Rusak</m:datafield></m:record>
<m:record><m:datafield tag="245"><m:subfield code="a">Akhir</m:subfield></m:datafield>
</m:record></m:collection>"""


def test_a_broken_xml_record_costs_itself_alone_and_entities_are_not_followed() -> None:
    found = list(read_xml_titles(io.BytesIO(XML.encode())))
    titles = [one.title if isinstance(one, TitleRecord) else one.problem.value for one in found]
    assert titles == ["Satu & dua", "text_unreadable", "text_unreadable", "Akhir"]


def test_xml_cut_off_in_the_middle_gives_what_is_whole() -> None:
    found = list(read_xml_titles(io.BytesIO(XML.encode()[: XML.index("Akhir")])))
    assert [isinstance(one, TitleRecord) for one in found] == [True, False, False, False]


# -- dumps --------------------------------------------------------------------------------------


def dump(text: str, *tables: str) -> list[dict[str, str | None]]:
    return [row.values for row in DumpReader(io.StringIO(text), tables, {}).rows()]


def test_dumps_are_read_as_mysql_quotes_them() -> None:
    text = (
        "CREATE TABLE `a` (\n  `id` int(11) NOT NULL,\n  `t` text,\n  PRIMARY KEY (`id`)\n) E=1;\n"
        "INSERT INTO `a` VALUES (1,'it\\'s; a \\\\ (b), \\n c'),(2,NULL),(3,'x''y');\n"
        "INSERT IGNORE INTO `a` (`t`, `id`) VALUES\n('z', NOW());\n"
        " TRIGGER x FOR EACH ROW INSERT INTO b SET id=NEW.id;\n"
        "INSERT INTO `b` VALUES (1);\n"
    )
    assert dump(text, "a") == [
        {"id": "1", "t": "it's; a \\ (b), \n c"},
        {"id": "2", "t": None},
        {"id": "3", "t": "x'y"},
        {"t": "z", "id": "NOW()"},
    ]


def test_a_broken_row_of_a_dump_costs_itself_alone() -> None:
    text = "INSERT INTO `a` (`id`) VALUES\n(1),\n('never closed),\n(3);\n" + (
        "INSERT INTO `a` (`id`) VALUES (4);\n"
    )
    found = dump(text, "a")
    assert {"id": "1"} in found and {} in found


# -- real files ---------------------------------------------------------------------------------


def test_every_slims_file_reads_without_a_refusal(shared_data: Path) -> None:
    expected = {
        "export_biblio.csv": {TitleRow: 2000},
        "export_item.csv": {CopyRow: 1995, BadRow: 5},
        "export_member.csv": {MemberRow: 2000},
        "slims_marc_export_500.mrc": {TitleRow: 500},
        "slims_marc_export_500.xml": {TitleRow: 500},
        "slims9_sampledata.sql": {TitleRow: 15},
    }
    found = {
        name: dict(Counter(type(row) for row in rows(shared_data / "slims" / name)))
        for name in expected
    }
    assert found == expected


def test_a_whole_slims_dump(shared_data: Path) -> None:
    found = rows(shared_data / "slims" / "slims_dump_2k.sql.gz", Format.SLIMS)
    counts = Counter(type(row).__name__ for row in found)
    assert counts == {"TitleRow": 2000, "MemberRow": 1000, "LoanRow": 8032}
    assert sum(len(row.copies) for row in found if isinstance(row, TitleRow)) == 3000


def test_goodbooks_isbn_are_restored(shared_data: Path) -> None:
    found = rows(shared_data / "goodbooks" / "books.csv")
    notes = Counter(note for row in found for note in row.record.notes)
    assert len(found) == 10000
    assert sum(bool(row.record.isbn) for row in found) > 9300
    assert notes[Note.ISBN_LOST] < 50
