"""Streams of ops of every kind for the wire: known and unknown, tidy and odd, near and far ids."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from perpusdesk.domain.ids import drawn_id, run_tag
from perpusdesk.domain.merge.kinds import EVENTS
from perpusdesk.domain.merge.ops import DELETE, SET, VOID, Op, Stamp
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.protocol import payload as plain

DEVICE = bytes(range(16))
RUN = 0x0123_4567_89AB_CDEF
INCARNATION = RUN << 1
NOON = 1_795_000_000_000

_TAGS = (run_tag(DEVICE, RUN), run_tag(DEVICE, 5), run_tag(bytes(16), 1))
_drawn = st.builds(
    drawn_id,
    st.integers(NOON - 10**9, NOON + 10**6),
    st.one_of(st.integers(0, 40), st.integers(0, 2**24 - 1)),
    st.sampled_from(_TAGS),
)
ids = st.one_of(
    _drawn,
    st.sampled_from([UUID(int=0), UUID(int=2**128 - 1), UUID(int=7), drawn_id(1, 1, _TAGS[0])]),
    st.uuids(),
)
_id_bytes = ids.map(lambda id_: id_.bytes)
_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_days = st.one_of(
    st.dates().map(lambda day: day.isoformat()),
    st.sampled_from(
        ("2026-11-22", "2026-02-30", "0000-00-00", "2026-W47-7", "20261122", "9999-12-31")
    ),
)
_stamps = st.builds(
    lambda clock, stream, seq: [clock, *stream, seq],
    st.one_of(st.integers(0, 2**63 - 1), st.integers(NOON << 16, NOON + 10**6 << 16)),
    st.one_of(
        st.just((DEVICE, INCARNATION)),
        st.tuples(st.sampled_from((DEVICE, bytes(16))), st.sampled_from((1, 2**64 - 1))),
    ),
    st.one_of(st.integers(0, 20), st.integers(0, 2**63 - 1)),
)
_scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**64 - 1),
    st.integers(-3, 300),
    st.floats(allow_nan=False),
    _text,
    _days,
    st.binary(max_size=20),
    _id_bytes,
)
_values = st.recursive(
    st.one_of(_scalars, _stamps),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(_text, st.integers(0, 9)), inner, max_size=3),
    ),
    max_leaves=5,
)
_OF_TYPE: dict[type, st.SearchStrategy[Any]] = {
    bytes: _id_bytes,
    str: st.one_of(_days, _text),
    int: st.integers(-(2**63), 2**63 - 1),
}
_event_shapes = [
    (type_, kind, shape) for type_, kinds in EVENTS.items() for kind, shape in kinds.items()
]


@st.composite
def _events(draw: st.DrawFn) -> tuple[str, str, Any]:
    type_, kind, shape = draw(st.sampled_from(_event_shapes))
    tidy = {name: _OF_TYPE.get(wanted, _values) for name, wanted in shape.items()}
    return type_, kind, draw(st.fixed_dictionaries({}, optional=tidy))


@st.composite
def _sets(draw: st.DrawFn) -> tuple[str, str, Any]:
    type_ = draw(st.sampled_from(sorted(FIELD_RECORDS)))
    names = st.one_of(st.sampled_from(FIELD_RECORDS[type_]), _text)
    base = draw(st.dictionaries(names, _stamps, max_size=4))
    if draw(st.booleans()):
        return type_, DELETE, {"base": base} if base else {}
    fields = {"fields": draw(st.dictionaries(names, _values, max_size=5))}
    return type_, SET, {"base": base, **fields} if base else fields


_voids = st.tuples(
    st.sampled_from(sorted(EVENTS)), st.just(VOID), st.lists(_stamps).map(lambda of: {"of": of})
)
_odd = st.tuples(
    st.one_of(_text, st.just("thing_of_a_newer_program")),
    _text,
    st.one_of(_values, st.dictionaries(_text, _values, max_size=4)),
)
_contents = st.one_of(_events(), _sets(), _voids, _odd)


@st.composite
def streams(draw: st.DrawFn, most: int = 24) -> list[Op]:
    """Draw ops of one stream without a gap, as a log gives them back."""
    first = draw(st.one_of(st.integers(1, 300), st.integers(1, 2**63 - 1 - most)))
    clock = draw(st.integers(0, 2**62))
    clock = draw(st.sampled_from((clock, NOON << 16)))
    made: list[Op] = []
    known: list[UUID] = []
    for number in range(draw(st.integers(1, most))):
        clock += draw(st.sampled_from((1, 3, 1 << 16, 4321 << 16, -(1 << 16), 10**7 << 16)))
        clock = max(0, min(clock, 2**63 - 1))
        made.append(_op(draw, Stamp(clock, DEVICE, INCARNATION, first + number), known, made))
    return made


def _op(draw: st.DrawFn, stamp: Stamp, known: list[UUID], made: list[Op]) -> Op:
    def some_id() -> UUID:
        id_ = draw(st.sampled_from(known)) if known and draw(st.booleans()) else draw(ids)
        known.append(id_)
        return id_

    type_, kind, payload = draw(_contents)
    same = made[-1] if made and draw(st.booleans()) else None
    entity = same.entity if same and draw(st.booleans()) else some_id()
    return Op(
        stamp=stamp,
        action=same.action if same else some_id(),
        verb=same.verb if same else draw(st.sampled_from(("lend", "return", "ubah", ""))),
        staff=draw(st.sampled_from((None, UUID(int=1), UUID(int=2)))),
        branch=draw(st.sampled_from((None, UUID(int=3)))),
        at=(stamp.clock >> 16) + draw(st.sampled_from((0, 0, -2, 1, -(10**10), 10**10))),
        zone=draw(st.sampled_from((420, 420, 540, -720, 0))),
        kind=kind,
        entity_type=type_,
        entity=entity,
        payload=plain.decode(plain.encode(payload)),
    )
