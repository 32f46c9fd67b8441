"""The kind of material of a title without a record survives on its way to other programs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from perpusdesk.domain.materials import material_of
from perpusdesk.exchange.export_rows import ExportTitle
from perpusdesk.exchange.marc_write import marc_fields
from perpusdesk.exchange.material_table import material_kinds
from perpusdesk.exchange.material_words import gmd_of, material_called, worksheet_of

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


@pytest.mark.parametrize("kind", sorted(material_kinds()))
def test_what_inlislite_is_told_comes_back_as_the_same_kind(kind: str) -> None:
    assert material_called(worksheet_of(kind)) == kind
