"""Moving out: what goes out comes in again elsewhere, and MARC goes out clean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from marc_samples import SAMPLE, record
from pymarc import MARCReader, Record
from python_calamine import CalamineWorkbook

from helpers.library import SmallLibrary
from perpusdesk.exchange.sheet_write import INLIS_HEADER, INLIS_MEMBERS
from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import NewLibrary, create_library, open_desk
from perpusdesk.services.transfer.export_run import ExportFormat, export
from perpusdesk.services.transfer.import_run import run
from perpusdesk.storage.library import Library

_LEADER = re.compile(
    r"^\d{5}[acdnp][acdefgijkmoprt][abcdims][ a]a22\d{5}[ 1-8uz][ acinu][ abc]4500$"
)


@pytest.fixture
def desk(head: Desk) -> Desk:
    """The desk of somebody who may import."""
    return head


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    """The desk of a new, empty library."""
    with create_library(tmp_path / "other", NewLibrary("Lain", "Cabang")) as made:
        yield open_desk(made)


def stock(library: Library) -> set[tuple[object, ...]]:
    return set(
        library.rows(
            "select t.title, t.author, t.call_number, c.barcode, c.inventory from title t"
            " left join copy c on c.title = t.id and c.deleted = 0 where t.deleted = 0"
        )
    )


def catalogue(library: Library) -> list[tuple[object, ...]]:
    names = "title, subtitle, author, isbn, publisher, place, year, language, edition, extent"
    return library.rows(
        f"select {names}, classification, subjects from title where deleted = 0 order by 1, 2, 3, 4"
    )


@pytest.mark.parametrize(
    ("format_", "name"),
    [
        (ExportFormat.MARC, "out.mrc"),
        (ExportFormat.MARCXML, "out.xml"),
        (ExportFormat.SLIMS, "out.csv"),
        (ExportFormat.INLISLITE, "out.xlsx"),
        (ExportFormat.XLSX, "out.xlsx"),
        (ExportFormat.CSV, "out.csv"),
    ],
)
def test_a_library_goes_out_and_comes_in_elsewhere(
    desk: Desk, other: Desk, tmp_path: Path, format_: ExportFormat, name: str
) -> None:
    exported = export(desk, tmp_path / name, format_)
    assert (exported.titles, exported.copies) == (10, 20)
    done = run(other, exported.files)
    assert done.refused_rows == 0
    assert (done.library["titles"], done.library["copies"]) == (10, 20)
    assert stock(other.library) == stock(desk.library)
    if exported.members:
        assert done.library["members"] == exported.members == 6


def test_members_go_out_and_come_in_elsewhere(desk: Desk, other: Desk, tmp_path: Path) -> None:
    query = (
        "select m.card, m.name, m.phone, m.expires, m.birth_date, k.name from member m"
        " join member_category k on k.id = m.category order by m.card"
    )
    for name in ("out.xlsx", "out.csv"):
        exported = export(desk, tmp_path / name, ExportFormat.MEMBERS)
        run(other, exported.files)
        assert [tuple(v or "" for v in row) for row in other.library.rows(query)] == [
            tuple(v or "" for v in row) for row in desk.library.rows(query)
        ]


def test_inlislite_sheets_have_the_columns_of_its_template(desk: Desk, tmp_path: Path) -> None:
    assert (len(INLIS_HEADER), len(INLIS_MEMBERS)) == (42, 49)
    exported = export(desk, tmp_path / "dinas.xlsx", ExportFormat.INLISLITE)
    books, people = (
        CalamineWorkbook.from_path(path).get_sheet_by_name("Sheet1").to_python()
        for path in exported.files
    )
    assert books[1] == INLIS_HEADER and len(books) == 22
    assert people[0] == INLIS_MEMBERS and len(people) == 7
    assert people[1][INLIS_MEMBERS.index("TANGGAL LAHIR")] == "01-05-1990"


def _records(path: Path) -> list[Record]:
    with path.open("rb") as stream:
        found = list(MARCReader(stream, to_unicode=True, force_utf8=True))
    assert all(found)
    return [one for one in found if one]


def _faults(record: Record) -> list[str]:
    """Return what a reader elsewhere would stumble over."""
    tags = [field.tag for field in record.fields]
    wrong = [] if _LEADER.match(str(record.leader)) else [f"leader {record.leader}"]
    wrong += [tag for tag in ("001", "005", "008", "245") if tags.count(tag) != 1]
    fixed, title = record.get("008"), record.get("245")
    if fixed is None or len(fixed.data or "") != 40:
        wrong.append("008")
    if title is None or not f"{title.indicator1}{title.indicator2}".isdigit():
        wrong.append("245 indicators")
    return wrong


def test_slims_marc_goes_out_clean(other: Desk, tmp_path: Path, shared_data: Path) -> None:
    run(other, [shared_data / "slims" / "slims_marc_export_500.mrc"])
    exported = export(other, tmp_path / "clean.mrc", ExportFormat.MARC)
    found = _records(exported.files[0])
    assert len(found) == 500
    assert {wrong for record in found for wrong in _faults(record)} == set()
    for one in found:
        tags = [field.tag for field in one.fields]
        assert tags == sorted(tags)


def test_fields_that_nobody_changed_survive_byte_for_byte(
    other: Desk, tmp_path: Path, shared_data: Path
) -> None:
    source = shared_data / "lc-books" / "lc-indonesia.mrc"
    run(other, [source])
    exported = export(other, tmp_path / "out.mrc", ExportFormat.MARC)
    before, after = _records(source), _records(exported.files[0])
    assert len(before) == len(after) == 2050
    for old, new in zip(before, after, strict=True):
        kept = [str(field) for field in old.fields if str(field)[6:].strip()]
        assert kept == [str(field) for field in new.fields]
        assert _faults(new) == []


def test_marc_out_and_in_gives_the_same_catalogue(
    other: Desk, desk: Desk, tmp_path: Path, shared_data: Path
) -> None:
    run(other, [shared_data / "lc-books" / "lc-indonesia.mrc"])
    for format_, name in ((ExportFormat.MARC, "a.mrc"), (ExportFormat.MARCXML, "a.xml")):
        exported = export(other, tmp_path / name, format_)
        with create_library(tmp_path / f"{name}.library", NewLibrary("L", "C")) as third:
            run(open_desk(third), exported.files)
            assert catalogue(third) == catalogue(other.library)


def test_what_staff_changed_goes_out_changed(
    other: Desk, small: SmallLibrary, tmp_path: Path
) -> None:
    path = tmp_path / "in.mrc"
    path.write_bytes(record(SAMPLE))
    run(other, [path])
    action = other.action("edit_title")
    (row,) = other.library.rows("select id from title")
    action.set("title", UUID(bytes=row[0]), {"publisher": "Penerbit Baru", "year": "2020"})
    other.commit(action)
    (out,) = _records(export(other, tmp_path / "out.mrc", ExportFormat.MARC).files[0])
    assert str(out["260"]) == "=260  \\\\$aYogyakarta :$bPenerbit Baru,$c2020"
    assert str(out["700"]) == "=700  1\\$aToha, Suhindrati,$eeditor."
    assert str(out["300"]) == "=300  \\\\$axii, 534 hlm. :$bilus. ;$c21 cm."


def test_xml_is_well_formed_and_validates_its_shape(desk: Desk, tmp_path: Path) -> None:
    for format_, count in ((ExportFormat.MARCXML, 10), (ExportFormat.OAI_DC, 10)):
        exported = export(desk, tmp_path / f"{format_}.xml", format_)
        root = ElementTree.parse(exported.files[0]).getroot()
        assert len(root) == count


def test_a_chosen_part_goes_out_without_members(desk: Desk, tmp_path: Path) -> None:
    only = [UUID(bytes=row[0]) for row in desk.library.rows("select id from title limit 3")]
    exported = export(desk, tmp_path / "part.csv", ExportFormat.SLIMS, only)
    assert (exported.titles, exported.members, len(exported.files)) == (3, 0, 2)


def test_texts_of_a_sheet_are_never_formulas(other: Desk, tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text('Judul,Pengarang\n"=HYPERLINK(""x"")","@cmd"\n')
    run(other, [source])
    exported = export(other, tmp_path / "out.xlsx", ExportFormat.XLSX)
    sheet = ZipFile(exported.files[0]).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
