"""Ops about a few persons, with erasures, cuts and revocations among them, for laws of privacy."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from helpers.op_samples import DEVICES, Shape, dense, op
from perpusdesk.domain.merge import facts, holds, loans
from perpusdesk.domain.merge.judgement import CAPPED, REVOKED
from perpusdesk.domain.merge.ops import DELETE, SET, VOID, Op

PEOPLE = tuple(bytes([0x50 + number]) * 16 for number in range(3))
SECRET = "Ani Rahasia"
_person = st.sampled_from(PEOPLE)
_maybe = st.one_of(st.none(), _person)
_text = st.sampled_from((SECRET, "", "Budi"))


def _fields(**known: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    chosen = st.fixed_dictionaries({}, optional=known).filter(bool)
    return st.fixed_dictionaries({"fields": chosen}, optional={"about": _person, "why": _text})


def _events(**known: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=known)


_IDS = st.lists(st.integers(0, 2).map(lambda n: op("x", which=n).entity.bytes), max_size=2)
_KEPT = st.tuples(_IDS, st.lists(_person, max_size=1)).map(lambda two: b"".join(two[0] + two[1]))
SHAPES: list[Shape] = [
    ("member", SET, _fields(name=_text, category=st.binary(max_size=2), newer=_text)),
    ("member", DELETE, st.just({})),
    *(
        (name, SET, _fields(member=_maybe, **dict.fromkeys(fields, _text)))
        for name, *fields in (
            ("photo", "image"),
            ("kit", "name"),
            ("identity", "number", "kind"),
            ("consent", "given_by", "purpose"),
            ("data_request", "name", "note"),
        )
    ),
    ("block", SET, _fields(member=_maybe, reason=_text, loan=_maybe)),
    *(("loan", loans.OPENED, _events(member=_person, kit=_person, why=_text)) for _ in range(3)),
    *(("loan", kind, st.just({})) for kind in (loans.RETURNED, loans.RETURNED, loans.LOST)),
    ("loan", loans.MOVED, _events(member=_person)),
    ("loan", VOID, st.just({})),
    ("hold", holds.PLACED, _events(member=_person)),
    ("hold", holds.CANCELLED, st.just({})),
    ("hold", holds.MOVED, _events(member=_person)),
    ("hold", VOID, st.just({})),
    ("reading", facts.READ, _events(member=_person)),
    ("visit", facts.VISITED, _events(member=_person, institution=_text)),
    ("money", facts.ENTRY, _events(member=_person, loan=_person, note=_text)),
    ("money", facts.ENTRY_MOVED, _events(member=_person)),
    ("money", VOID, st.just({})),
    *(("erasure", facts.ERASED, _events(member=_person)) for _ in range(3)),
    *(("erasure", facts.CARRIED_OUT, _events(member=_person)) for _ in range(3)),
    ("erasure", VOID, st.just({})),
    *(
        ("history_cut", facts.HISTORY_CUT, _events(before=st.integers(0, 9), kept=_KEPT))
        for _ in range(3)
    ),
    ("history_cut", VOID, st.just({})),
    ("device", SET, st.just({})),
    ("clock_cap", CAPPED, st.just({})),
]


@st.composite
def private_ops(draw: st.DrawFn, most: int = 16) -> list[Op]:
    """Draw what three devices wrote; streams are dense, clocks clash, voids point back."""
    return dense(draw, SHAPES, st.integers(2, most), _in_place)


def _in_place(draw: st.DrawFn, new: Op, made: list[Op]) -> Op:
    whose = draw(st.integers(0, 2))
    if new.entity_type == "member":
        return replace(new, entity=type(new.entity)(bytes=draw(_person)))
    if new.kind in (loans.OPENED, holds.PLACED):  # two of one record: a dump that came in twice
        first = (other for other in made if other.entity == new.entity and other.kind == new.kind)
        return next((replace(new, payload=other.payload) for other in first), new)
    if new.kind == VOID:
        own = [other for other in made if other.entity == new.entity]
        return replace(new, payload={"of": [one.stamp for one in own if draw(st.booleans())]})
    if new.entity_type == "device":
        cut = f"{10 + whose:x}:{draw(st.integers(0, 4)):x}" if draw(st.booleans()) else None
        device = type(new.entity)(bytes=DEVICES[whose])
        return replace(new, entity=device, payload={"fields": {REVOKED: cut}})
    if new.entity_type == "clock_cap":
        run = (10 + whose).to_bytes(8, "big")
        payload = {"device": DEVICES[whose], "incarnation": run, "first": 1, "last": 9, "clock": 2}
        return replace(new, payload=payload)
    return new
