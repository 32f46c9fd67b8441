"""The form itself: kinds of material, the raw view beside the short form."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from perpusdesk.domain.materials import material_of
from perpusdesk.exchange.new_record import as_material, new_record
from perpusdesk.services.cataloguing.title_form import (
    RawField,
    blank_form,
    material_kinds,
    set_material,
    set_raw,
    set_short,
)
from perpusdesk.services.desk import Desk

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("kind", material_kinds())
def test_a_record_tells_its_kind(kind: str) -> None:
    record = new_record(material_kinds()[kind], TODAY)
    assert material_of(record.leader, record.control("007"), record.control("008")) == kind


@pytest.mark.parametrize("pair", [*permutations(("book", "ebook", "serial", "video", "map"), 2)])
def test_another_kind_is_as_if_begun_with_it(pair: tuple[str, str]) -> None:
    before, after = (material_kinds()[kind] for kind in pair)
    assert as_material(new_record(before, TODAY), before, after) == new_record(after, TODAY)


def test_what_was_typed_outlives_a_change_of_kind(desk: Desk) -> None:
    form = set_short(set_short(blank_form(desk), "title", "Peta kota"), "isbn", ("9793062797",))
    other = set_material(form, "map")
    assert other.values == form.values
    assert other.leader[6:8] == "em"
    assert set_material(other, "book").record == form.record


def test_the_raw_view_is_read_into_the_short_form(desk: Desk) -> None:
    form = set_short(blank_form(desk), "tags", ("andalan",))
    fields = (*form.fields, RawField("245", "00", (("a", "Peta kota :"), ("b", "sketsa"))))
    raw = set_raw(form, fields)
    assert (raw.values["title"], raw.values["subtitle"]) == ("Peta kota", "sketsa")
    assert raw.values["tags"] == ("andalan",)
    assert set_raw(raw, form.fields).values["title"] == ""


def test_the_leader_decides_the_kind(desk: Desk) -> None:
    form = blank_form(desk)
    leader = form.leader[:6] + "em" + form.leader[8:]
    assert set_raw(form, form.fields, leader).material == "map"
    ebook = blank_form(desk, "ebook")
    assert set_raw(ebook, ebook.fields, ebook.leader).material == "ebook"


def test_what_is_typed_stays_as_typed(desk: Desk) -> None:
    form = set_short(blank_form(desk), "title", "Peta kota /  ")
    assert form.values["title"] == "Peta kota /  "
    assert form.fields[-1].tag == "338"
    assert next(one for one in form.fields if one.tag == "245").first("a") == "Peta kota"
    assert form.text("title") == "Peta kota /"


def test_the_kind_of_author_may_be_chosen_before_the_name(desk: Desk) -> None:
    form = set_short(blank_form(desk), "author_kind", "body")
    form = set_short(form, "author", "Dinas Contoh. Bidang Buku")
    field = next(one for one in form.fields if one.tag[0] == "1")
    assert (field.tag, field.subfields) == ("110", (("a", "Dinas Contoh."), ("b", "Bidang Buku")))
    gone = set_short(form, "author", "")
    assert not [one for one in gone.fields if one.tag[0] == "1"]
    again = set_short(gone, "author", "Dinas Lain")
    assert next(one for one in again.fields if one.tag[0] == "1").tag == "110"
