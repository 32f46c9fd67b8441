"""The short form and the record are two views of one: laws on real records of all shapes."""

from __future__ import annotations

import lzma
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perpusdesk.common.paths import resources
from perpusdesk.domain.marc.record import RawField, RawRecord, of_bytes, to_bytes
from perpusdesk.exchange.marc_raw import raw_of
from perpusdesk.exchange.raw_text import raw_text, read_raw_text
from perpusdesk.exchange.short_fields import AUTHOR_KINDS, BESIDE, SHORT
from perpusdesk.exchange.short_form import read_short, tidy, tidy_list, write_short

WRITTEN = [name for name in SHORT if name not in BESIDE]
OPEN = [name for name in WRITTEN if name not in ("author_kind", "language", "country")]
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=30
)
PLAIN = st.text("abc é12 .,:;/-+()[]$=", max_size=25)


@cache
def records() -> list[RawRecord]:
    """Some hundred records of the Library of Congress, as they came."""
    packed = lzma.decompress(resources("demo", "titles.mrc.xz").read_bytes())
    every = [part + b"\x1d" for part in packed.split(b"\x1d") if part]
    return [found for marc in every[::40] if (found := raw_of(marc))]


def value_of(name: str, texts: list[str]) -> str | tuple[str, ...]:
    return tuple(texts) if SHORT[name].repeatable else "".join(texts[:1])


def kept(record: RawRecord) -> list[RawField]:
    return [field for field in record.fields if not field.empty]


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read(data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(records()))
    name = data.draw(st.sampled_from(OPEN))
    texts = data.draw(st.lists(WORDS | PLAIN, max_size=3))
    value = value_of(name, texts)
    if name == "classification":
        value = f"{data.draw(st.integers(0, 999)):03}"
    found = read_short(write_short(record, name, value))[name]
    if SHORT[name].repeatable:
        assert set(found) == set(tidy_list(value, name))
    elif name != "classification":
        assert " ".join(found.split()) == " ".join(tidy(value, name).split())


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_value_written_as_it_was_read_changes_nothing(data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(records()))
    name = data.draw(st.sampled_from(OPEN))
    assert write_short(record, name, read_short(record)[name]) == record


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_the_rest_of_the_record_stays(data: st.DataObject) -> None:
    record = data.draw(st.sampled_from(records()))
    name = data.draw(st.sampled_from([one for one in OPEN if one not in ("classification",)]))
    changed = write_short(record, name, value_of(name, data.draw(st.lists(PLAIN, max_size=2))))
    touched = {*SHORT[name].tags, "008"}
    touched |= {
        "author": {"100", "110", "111", "245"},
        "other_authors": {"700"},
        "other_bodies": {"710", "711"},
        "subjects": {"600", "610", "611", "650", "651", "653", "655"},
        "call_number": {"852", "090", "099"},
    }.get(name, set())
    before = [one for one in kept(record) if one.tag not in touched]
    assert [one for one in kept(changed) if one.tag not in touched] == before


def test_a_hidden_subfield_outlives_an_edit() -> None:
    field = RawField("020", "  ", (("a", "9793062797"), ("q", "jil. 1"), ("c", "Rp50.000")))
    record = RawRecord("00000nam a2200000 i 4500", (field,))
    edited = write_short(record, "isbn", ("9789793062792",))
    assert edited.fields[0].subfields[1:] == field.subfields[1:]


def test_a_new_name_drops_the_link_to_another_s_record() -> None:
    pairs = (("a", "Soekarno,"), ("d", "1901-1970."), ("0", "(LC)n1"), ("1", "http://x"))
    record = RawRecord("", (RawField("100", "0 ", pairs),))
    edited = write_short(record, "author", "Sukarno")
    assert edited.fields[0].subfields == (("a", "Sukarno,"), ("d", "1901-1970."))


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"title": "Laskar pelangi"}, "$a Laskar pelangi"),
        (
            {"title": "Peta", "subtitle": "novel", "responsibility": "N. Contoh"},
            "$a Peta : $b novel / $c N. Contoh",
        ),
        (
            {"title": "Sejarah", "part_number": "Jil. 2", "part_name": "Masa kini"},
            "$a Sejarah. $n Jil. 2, $p Masa kini",
        ),
        ({"title": "Sejarah", "part_name": "Masa kini"}, "$a Sejarah. $p Masa kini"),
        ({"title": "Belajar C++", "responsibility": "X"}, "$a Belajar C++ / $c X"),
    ],
)
def test_areas_are_parted_by_their_marks(values: dict[str, str], line: str) -> None:
    record = RawRecord("00000nam a2200000 i 4500", ())
    for name, value in values.items():
        record = write_short(record, name, value)
    assert raw_text(record.all("245")[0]) == line
    for name, value in values.items():
        assert read_short(record)[name] == value


def test_the_kind_of_author_changes_the_tag_alone() -> None:
    record = write_short(RawRecord("", ()), "author", "Indonesia. Departemen Agama")
    for kind, tag in zip(AUTHOR_KINDS, ("100", "110", "111"), strict=True):
        record = write_short(record, "author_kind", kind)
        assert record.fields[0].tag == tag
        assert read_short(record)["author"] == "Indonesia. Departemen Agama"


def test_the_year_stands_in_the_fixed_field_too() -> None:
    record = write_short(RawRecord("00000nam a22", ()), "year", "c2005")
    assert record.control("008")[6:11] == "s2005"
    serial = write_short(RawRecord("00000nas a22", ()), "year", "1998-")
    assert serial.control("008")[6:15] == "c19989999"


@given(
    st.text("0123456789", min_size=3, max_size=3),
    st.lists(st.tuples(st.sampled_from("abcx"), PLAIN), max_size=4),
)
@settings(max_examples=100)
def test_a_field_as_a_line_says_the_same(tag: str, pairs: list[tuple[str, str]]) -> None:
    subfields = tuple((code, text.strip()) for code, text in pairs)
    field = RawField(tag, "1 ", () if tag[:2] == "00" else subfields, data="")
    assert read_raw_text(tag, raw_text(field), "1 ").subfields == field.subfields


@given(st.sampled_from(range(1000)))
@settings(max_examples=60, deadline=None)
def test_bytes_and_values_are_one(number: int) -> None:
    record = records()[number % len(records())]
    marc = to_bytes(record)
    assert marc is not None
    again = of_bytes(marc)
    assert again is not None
    assert list(again.fields) == kept(record)
