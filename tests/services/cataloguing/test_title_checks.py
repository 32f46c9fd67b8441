"""Checks of a record while it is written: each finding, and none on good records."""

from __future__ import annotations

import lzma
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from perpusdesk.common.i18n import LANGUAGES, set_language
from perpusdesk.common.paths import resources
from perpusdesk.domain.marc.checks import check_record
from perpusdesk.domain.marc.findings import Code, Finding, Severity
from perpusdesk.domain.marc.format import read_rule
from perpusdesk.domain.marc.record import RawField, RawRecord
from perpusdesk.exchange.marc_format import bibliographic_format, code_lists
from perpusdesk.exchange.marc_raw import raw_of
from perpusdesk.exchange.material_table import material_kinds
from perpusdesk.exchange.new_record import new_record
from perpusdesk.exchange.short_fields import SHORT
from perpusdesk.exchange.short_form import write_short
from perpusdesk.services.wording.findings import _TEXTS, finding_text
from perpusdesk.services.wording.materials import local_kind_name, material_name
from perpusdesk.services.wording.short_fields import field_label

TODAY = date(2026, 11, 22)


def checked(record: RawRecord) -> list[Finding]:
    languages, countries = code_lists()
    rules = bibliographic_format()
    return list(check_record(record, rules, languages, countries, TODAY.year))


def good() -> RawRecord:
    record = new_record(material_kinds()["book"], TODAY, agency="Contoh")
    for name, value in {
        "title": "Laskar pelangi",
        "author": "Hirata, Andrea",
        "year": "2005",
        "isbn": ("9793062797",),
        "classification": "899.221 3",
    }.items():
        record = write_short(record, name, value)
    return record


def with_field(tag: str, marks: str = "  ", data: str = "", **pairs: str) -> RawRecord:
    record = good()
    field = RawField(tag, marks, tuple(pairs.items()), data)
    kept = [one for one in record.fields if one.tag != tag or tag in ("020", "022")]
    return record.with_fields((*kept, field))


def fixed(start: int, text: str) -> RawRecord:
    data = good().control("008")
    return with_field("008", data=data[:start] + text + data[start + len(text) :])


def test_a_good_record_has_no_findings() -> None:
    assert checked(good()) == []


@pytest.mark.parametrize("kind", material_kinds())
def test_a_new_record_of_each_kind_lacks_only_its_title(kind: str) -> None:
    material = material_kinds()[kind]
    found = checked(new_record(material, TODAY))
    assert [one.code for one in found] == [Code.TITLE_MISSING]
    assert set(material.fields) <= set(SHORT)
    assert len(material.fields) == len(set(material.fields))
    assert material_name(kind) != kind


@pytest.mark.parametrize(
    ("record", "code", "facts"),
    [
        (with_field("245", "00", b="x"), Code.TITLE_MISSING, {}),
        (with_field("24X", a="x"), Code.TAG_INVALID, {}),
        (with_field("500", a=" "), Code.FIELD_EMPTY, {}),
        (with_field("245", "20", a="x"), Code.INDICATOR_INVALID, {"place": 1, "value": "2"}),
        (with_field("650", " 9", a="x"), Code.INDICATOR_INVALID, {"place": 2, "value": "9"}),
        (with_field("250", e="x"), Code.SUBFIELD_UNKNOWN, {}),
        (with_field("250", a="x", b=" "), Code.SUBFIELD_EMPTY, {}),
        (with_field("110", "2 ", a="x"), Code.MAIN_ENTRIES, {"tags": "100, 110"}),
        (with_field("020", a="9793062798"), Code.ISBN_CHECK, {"number": "9793062798"}),
        (with_field("020", a="123"), Code.ISBN_LENGTH, {"number": "123"}),
        (with_field("022", a="1234-5678"), Code.ISSN_CHECK, {"number": "1234-5678"}),
        (fixed(0, "999999"), Code.FIXED_DATE, {"value": "999999"}),
        (fixed(6, "z"), Code.FIXED_KIND, {"value": "z"}),
        (fixed(35, "xyz"), Code.LANGUAGE_UNKNOWN, {"value": "xyz"}),
        (fixed(15, "q9 "), Code.COUNTRY_UNKNOWN, {"value": "q9"}),
        (with_field("008", data="short"), Code.FIXED_LENGTH, {"length": 5, "wanted": 40}),
        (with_field("264", " 1", c="dua ribu"), Code.YEAR_UNREADABLE, {"value": "dua ribu"}),
        (with_field("264", " 1", c="2099."), Code.YEAR_IN_FUTURE, {"value": "2099"}),
        (with_field("264", " 1", c="1066"), Code.YEAR_OLD, {"value": "1066"}),
        (with_field("264", " 1", c="2006"), Code.YEARS_DIFFER, {"value": "2006", "fixed": "2005"}),
        (with_field("245", "14", a="Laskar"), Code.NONFILING_ODD, {"value": "4"}),
        (with_field("082", "04", a="fiksi"), Code.CLASS_ODD, {"value": "fiksi"}),
        (replace(good(), leader="short"), Code.LEADER_LENGTH, {"length": 5}),
        (replace(good(), leader="00000nzm a2200000 i 4500"), Code.LEADER_PLACE, {"place": 6}),
    ],
)
def test_each_fault_is_found_with_its_facts(
    record: RawRecord, code: Code, facts: dict[str, Any]
) -> None:
    found = [one for one in checked(record) if one.code is code]
    assert found, [one.code for one in checked(record)]
    assert {name: found[0].facts[name] for name in facts} == facts


def test_what_may_stand_once_is_told_twice() -> None:
    record = good()
    twice = record.with_fields((*record.fields, RawField("245", "00", (("a", "x"),))))
    assert Code.TAG_TWICE in {one.code for one in checked(twice)}
    field = RawField("250", "  ", (("a", "1"), ("a", "2")))
    double = record.with_fields((*record.fields, field))
    assert Code.SUBFIELD_TWICE in {one.code for one in checked(double)}
    none = record.with_fields(one for one in record.fields if one.tag != "008")
    assert Code.FIXED_MISSING in {one.code for one in checked(none)}


@pytest.mark.parametrize("year", ["[s.a.]", "t.t.", "1998-", "[19--?]", "1430 H", "c2005", "2027"])
def test_years_as_catalogues_write_them_are_fine(year: str) -> None:
    record = write_short(with_field("264", " 1", c=year), "year", year)
    codes = {one.code for one in checked(record)}
    assert not codes & {Code.YEAR_UNREADABLE, Code.YEAR_IN_FUTURE, Code.YEAR_OLD}


@pytest.mark.parametrize("number", ["2X4.1", "899.221 3", "070", "[Fic]"])
def test_class_numbers_of_indonesia_are_fine(number: str) -> None:
    odd = [one for one in checked(with_field("082", "04", a=number)) if one.code is Code.CLASS_ODD]
    assert bool(odd) == (number == "[Fic]")


def test_only_a_missing_title_is_an_error_of_a_record_with_sound_tags() -> None:
    errors = {Code.TITLE_MISSING, Code.TAG_INVALID}
    packed = lzma.decompress(resources("demo", "titles.mrc.xz").read_bytes())
    records = [raw_of(part + b"\x1d") for part in packed.split(b"\x1d")[:-1:60]]
    found = [checked(record) for record in records if record]
    assert {
        one.code for every in found for one in every if one.severity is Severity.ERROR
    } <= errors
    structure = {Code.INDICATOR_INVALID, Code.SUBFIELD_UNKNOWN, Code.SUBFIELD_TWICE, Code.TAG_TWICE}
    complained = sum(any(one.code in structure for one in every) for every in found)
    assert complained < len(found) * 0.05


def test_a_line_of_the_table_that_is_none_is_told() -> None:
    with pytest.raises(ValueError, match="X # #"):
        read_rule("X # # a")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_is_a_whole_sentence(language: str) -> None:
    set_language(language)
    facts = dict.fromkeys(
        ("place", "value", "allowed", "tags", "number", "length", "wanted", "fixed"), "x"
    )
    said = {finding_text(Finding(code, Severity.HINT, "245", 1, "a", facts)) for code in Code}
    assert len(said) == len(Code) == len(_TEXTS)
    assert not any("{" in text for text in said)
    set_language("id")


def test_each_short_field_has_its_label() -> None:
    assert not [name for name in SHORT if field_label(name) == name and name != "isbn"]
    assert field_label("marc/245") == "Ruas MARC 245"
    assert local_kind_name("local_author") == "Pengarang daerah"
