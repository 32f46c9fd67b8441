"""What was catalogued here goes out as clean as what the Library of Congress sends."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pymarc import MARCReader

from helpers.library import value_of
from perpusdesk.domain.marc.checks import check_record
from perpusdesk.domain.marc.record import RawRecord
from perpusdesk.exchange.marc_format import bibliographic_format, code_lists
from perpusdesk.exchange.marc_raw import raw_of
from perpusdesk.exchange.material_table import material_kinds
from perpusdesk.services.cataloguing.save_title import save_title
from perpusdesk.services.cataloguing.title_form import OpenTitle, blank_form, open_form, set_short
from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer.export_formats import ExportFormat
from perpusdesk.services.transfer.export_run import export

BOOK: dict[str, Any] = {
    "title": "The old man and the sea",
    "author": "Hemingway, Ernest",
    "language": "eng",
    "year": "1952",
    "publisher": "Contoh",
    "place": "Jakarta",
    "pages": "127 hlm.",
    "dimensions": "20 cm",
    "isbn": ("9793062797",),
    "series": "Sastra dunia",
    "subjects": ("Laut - Fiksi",),
    "other_authors": ("Contoh, Nina",),
    "other_bodies": ("Yayasan Contoh",),
    "classification": "813",
    "notes": ("Ada indeks.",),
}


def sent(desk: Desk, folder: Path) -> list[RawRecord]:
    file = folder / "out.mrc"
    ids = [
        UUID(bytes=bytes(row[0]))
        for row in desk.library.rows("select id from title where title like 'The old%' or year='1'")
    ]
    export(desk, file, ExportFormat.MARC, ids)
    data = file.read_bytes()
    assert [one for one in MARCReader(io.BytesIO(data)) if one is None] == []
    return [found for part in data.split(b"\x1d")[:-1] if (found := raw_of(part + b"\x1d"))]


def complaints(record: RawRecord) -> list[str]:
    languages, countries = code_lists()
    rules = bibliographic_format()
    found = check_record(record, rules, languages, countries, date.today().year)
    return [f"{one.code} {one.tag} {dict(one.facts)}" for one in found]


@pytest.mark.parametrize("kind", material_kinds())
def test_a_record_made_by_hand_is_clean(desk: Desk, tmp_path: Path, kind: str) -> None:
    form = blank_form(desk, kind)
    for name, value in BOOK.items():
        form = set_short(form, name, value)
    value_of(save_title(desk, form))
    (record,) = sent(desk, tmp_path)
    assert complaints(record) == []
    tags = [field.tag for field in record.fields]
    assert {"001", "005", "008", "245"} <= set(tags)
    assert tags == sorted(tags)
    assert record.leader[6:8] == material_kinds()[kind].leader
    assert record.all("245")[0].indicators == "14"


def test_a_title_that_came_without_a_record_is_clean(desk: Desk, tmp_path: Path) -> None:
    action = desk.action("import")
    fields = {
        "title": "The old man and the sea",
        "author": "Ernest Hemingway",
        "publisher": "Contoh",
        "place": "Jakarta",
        "year": "1952",
        "isbn": "9789793062792",
        "subjects": "Laut - Fiksi; Cerita",
        "language": "eng",
        "extent": "127 hlm. ; 20 cm",
        "classification": "813",
        "call_number": "813 HEM o",
        "material": "book",
    }
    title = desk.library.new_id()
    action.set("title", title, fields, fresh=True)
    desk.commit(action)
    (record,) = sent(desk, tmp_path)
    assert complaints(record) == []
    opened = open_form(desk, title)
    assert isinstance(opened, OpenTitle)
    assert opened.form.values["author"] == "Hemingway, Ernest"
    value_of(save_title(desk, set_short(opened.form, "edition", "Cet. 2"), opened))
    (edited,) = sent(desk, tmp_path)
    assert complaints(edited) == []
    row = desk.library.row(
        "select author, call_number, subjects from title where id = ?", title.bytes
    )
    assert row == ("Ernest Hemingway", "813 HEM o", "Laut - Fiksi; Cerita")
