"""Things that are added and taken out one by one: nobody's addition is lost to somebody else's."""

from __future__ import annotations

from typing import Any

import pymarc
from hypothesis import given
from hypothesis import strategies as st

from helpers.op_samples import op
from perpusdesk.domain.merge import marc_parts
from perpusdesk.domain.merge.fields import FieldState, fold_fields
from perpusdesk.domain.merge.ops import SET, Op
from perpusdesk.domain.merge.sets import elements, marc_changes, set_changes, whole_values

LEADER = b"00000nam a2200000 a 4500"


def _record(*fields: tuple[str, str]) -> bytes:
    made = marc_parts.join(marc_parts.Parts(LEADER, tuple((tag, t.encode()) for tag, t in fields)))
    assert made is not None
    return made


def _set(clock: int, fields: dict[str, Any], device: int = 0) -> Op:
    return op(SET, "title", clock=clock, seq=clock, device=device, fields=fields)


def _shown(*ops: Op) -> dict[str, Any]:
    state = fold_fields(FieldState(), ops)
    return {**state.values, **whole_values("title", state)}


def test_two_people_who_each_add_a_subject_both_keep_it() -> None:
    first = _set(1, {"subjects": "Sejarah; Java"})
    here = _set(2, set_changes("subjects", "Sejarah; Java", "Sejarah; Java; Batik"))
    there = _set(3, set_changes("subjects", "Sejarah; Java", "Sejarah; Tenun"), device=1)
    for order in ((first, here, there), (there, first, here), (here, there, first, here)):
        assert _shown(*order)["subjects"] == "Sejarah; Batik; Tenun"


def test_a_whole_value_takes_the_place_of_parts_written_before() -> None:
    parts = _set(2, set_changes("tags", "", "rak depan"))
    assert _shown(_set(1, {"tags": ""}), parts)["tags"] == "rak depan"
    assert _shown(_set(3, {"tags": "lomba"}), parts)["tags"] == "lomba"


def test_fields_of_a_record_are_merged_tag_by_tag_and_subjects_one_by_one() -> None:
    base = _record(("245", "10\x1faBumi"), ("650", " 4\x1faSejarah"))
    retitled = _record(("245", "10\x1faBumi manusia"), ("650", " 4\x1faSejarah"))
    batik = _record(("245", "10\x1faBumi"), ("650", " 4\x1faSejarah"), ("650", " 4\x1faBatik"))
    tenun = _record(("245", "10\x1faBumi"), ("500", "  \x1faCatatan"), ("650", " 4\x1faTenun"))
    ops = [
        _set(1, {"marc": base}),
        _set(2, marc_changes(base, retitled)),
        _set(3, marc_changes(base, batik), device=1),
        _set(4, marc_changes(base, tenun), device=2),
    ]
    merged = pymarc.Record(data=_shown(*ops)["marc"])
    assert merged.title == "Bumi manusia"
    assert [field["a"] for field in merged.get_fields("650")] == ["Batik", "Tenun"]
    assert len(merged.get_fields("500")) == 1
    assert _shown(*reversed(ops)) == _shown(*ops)


_TAGS = st.sampled_from(("001", "245", "500", "650", "700"))
_RECORDS = st.lists(st.tuples(_TAGS, st.sampled_from(("a", "b", "ñ", ""))), max_size=5).map(
    lambda fields: _record(*sorted(fields, key=lambda field: field[0]))
)


@given(_RECORDS, _RECORDS)
def test_the_changes_make_of_one_record_the_other(before: bytes, after: bytes) -> None:
    changes = marc_changes(before, after)
    assert (
        _shown(_set(1, {"marc": before}), _set(2, changes) if changes else _set(1, {"x": 1}))[
            "marc"
        ]
        == after
    )
    assert bool(changes) == (before != after)


_TEXTS = st.lists(st.sampled_from("abcd"), unique=True, max_size=4).map("; ".join)


@given(_TEXTS, _TEXTS)
def test_the_changes_make_of_one_list_the_other(before: str, after: str) -> None:
    changes = set_changes("subjects", before, after) or {"year": "2000"}
    shown = _shown(_set(1, {"subjects": before}), _set(2, changes))
    assert elements(shown["subjects"]) == elements(after)


@given(st.binary(max_size=60) | _RECORDS.map(lambda marc: marc[:-3] + b"\x1d"))
def test_what_is_no_record_stays_whole(junk: bytes) -> None:
    assert marc_parts.split(junk) is None
    good = _record(("245", "10\x1faA"))
    assert marc_changes(junk, good) == {"marc": good}
    kept = _shown(_set(1, {"marc": junk}), _set(2, {"marc/245": b"10\x1faB"}))
    assert kept["marc"] == junk


def test_a_record_that_grew_too_long_for_the_format_stays_as_it_was() -> None:
    good = _record(("245", "10\x1faA"))
    grown = {f"marc/5{number:02}": b"x" * 9_000 for number in range(20)}
    assert _shown(_set(1, {"marc": good}), _set(2, grown))["marc"] == good
