"""The kind of material of a title without a record survives on its way to other programs."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from perpusdesk.domain.materials import material_of
from perpusdesk.exchange.export_rows import ExportCopy, ExportTitle
from perpusdesk.exchange.import_rows import TitleRow
from perpusdesk.exchange.marc_write import marc_fields
from perpusdesk.exchange.material_table import material_kinds
from perpusdesk.exchange.material_words import gmd_of, material_called, worksheet_of
from perpusdesk.exchange.open_files import Format, open_file
from perpusdesk.exchange.sheet_write import TITLE_HEADER, title_rows

AT = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.mark.parametrize("kind", sorted(material_kinds()))
def test_a_new_marc_record_tells_the_kind(kind: str) -> None:
    leader, fields = marc_fields(ExportTitle(id="1", title="Peta Hujan", material=kind), AT)
    control = {field.tag: field.data or "" for field in fields if field.tag < "010"}
    assert material_of(leader, control.get("007", ""), control["008"]) == kind
    assert len(control["008"]) == 40


def test_an_unknown_kind_goes_out_as_a_book() -> None:
    leader, _fields = marc_fields(ExportTitle(id="1", title="Satu", material="kelak"), AT)
    assert leader[6:8] == "am"


@pytest.mark.parametrize("kind", ["book", "map", "video", "sound", "microform", "game", "kit"])
def test_what_slims_is_told_comes_back_as_the_same_kind(kind: str) -> None:
    assert material_called(gmd_of(kind)) == kind


def test_our_own_table_tells_kind_and_access(tmp_path: Path) -> None:
    copies = (ExportCopy(barcode="B1", access="reading_room"), ExportCopy(barcode="B2"))
    lines = title_rows(ExportTitle(id="1", title="Satu", material="video", copies=copies))
    path = tmp_path / "buku.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([TITLE_HEADER, *lines])
    first, second = open_file(path, Format.CSV, lambda _header: {}).rows
    assert isinstance(first, TitleRow) and isinstance(second, TitleRow)
    assert first.record.material == second.record.material == "video"
    assert (first.copies[0].access, second.copies[0].access) == ("Baca di tempat", "")


@pytest.mark.parametrize("kind", sorted(material_kinds()))
def test_what_inlislite_is_told_comes_back_as_the_same_kind(kind: str) -> None:
    assert material_called(worksheet_of(kind)) == kind
