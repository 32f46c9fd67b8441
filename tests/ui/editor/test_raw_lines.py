"""A record as lines and back: nothing is lost, and what other programs write is read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perpusdesk.domain.marc.record import RawField
from perpusdesk.ui.editor.raw_lines import line_of, lines_of, read_lines

LEADER = "00000nam a2200000 i 4500"
ODD = RawField("245", "1\\", (("a", "Harga $5 {dollar}"), ("a", "  dua\tkali "), ("?", "")))

texts = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12)
fields = st.builds(
    RawField,
    st.from_regex(r"[1-9][0-9]{2}", fullmatch=True),
    st.from_regex(r"[0-9 ]{2}", fullmatch=True),
    st.lists(st.tuples(st.sampled_from("abcxyz059"), texts), max_size=4).map(tuple),
)


@settings(max_examples=80)
@given(st.lists(fields, max_size=8))
def test_lines_that_nobody_touched_are_the_very_fields(record):
    read = read_lines(lines_of(LEADER, record), record)
    assert sorted(map(repr, read.fields)) == sorted(map(repr, record))
    assert read.leader == LEADER and read.unread == ()


def test_the_oddest_field_survives_a_change_in_another_line():
    before = (ODD, RawField("500", subfields=(("a", "Lama"),)))
    lines = lines_of(LEADER, before)
    lines[2] = lines[2].replace("Lama", "Baru")
    read = read_lines(lines, before)
    assert read.fields == (ODD, RawField("500", subfields=(("a", "Baru"),)))


@pytest.mark.parametrize(
    "line",
    [
        "245\t10\t$a Angin :$b dari utara",
        "=245  10$aAngin :$bdari utara",
        "245 10 $a Angin : $b dari utara",
        "245 10$a Angin :$b dari utara",
    ],
)
def test_lines_as_other_programs_write_them_are_read(line):
    (field,) = read_lines([line], ()).fields
    assert (field.tag, field.indicators) == ("245", "10")
    assert [(code, value.strip()) for code, value in field.subfields] == [
        ("a", "Angin :"),
        ("b", "dari utara"),
    ]


def test_blanks_are_seen_in_indicators_and_fixed_places():
    fixed = RawField("008", data="261122s2026    io ")
    assert line_of(fixed) == "008\t\t261122s2026####io#"
    assert line_of(RawField("020", "  ", (("a", "979"),))) == "020\t##\t$a 979"
    changed = read_lines(["008\t\t261122s2025####io#", "020\t#1\t$a 979"], (fixed,)).fields
    assert changed == (
        RawField("008", data="261122s2025    io "),
        RawField("020", " 1", (("a", "979"),)),
    )


@pytest.mark.parametrize("line", ["24", "245", "245\t10\tAngin", "Angin dari utara", "2$5 10 $a x"])
def test_a_line_that_says_nothing_clear_is_told_by_its_place(line):
    read = read_lines(["020\t##\t$a 979", line, "", "500\t##\t$a x"], ())
    assert read.unread == (1,)
    assert [field.tag for field in read.fields] == ["020", "500"]
    assert read.places == (0, 3)
