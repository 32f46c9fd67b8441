"""Ops of three devices for the laws of the fold: every kind, odd values, clashing clocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from perpusdesk.domain.merge import facts, holds, loans, transfers
from perpusdesk.domain.merge.ops import DELETE, SET, VOID, Op, Stamp

DEVICES = tuple(bytes([number]) * 16 for number in (1, 2, 3))
ACTION = UUID(int=0xAC7)
COPY, MEMBER, TITLE = (bytes([number]) * 16 for number in (7, 8, 9))


def entity(number: int) -> UUID:
    """Return one of the few entities that the samples speak of."""
    return UUID(int=(0xE << 64) + number)


def op(
    kind: str,
    /,
    entity_type: str = "loan",
    which: int = 0,
    *,
    clock: int = 1,
    device: int = 0,
    seq: int = 1,
    at: int | None = None,
    **payload: Any,
) -> Op:
    """Return one op; ``at`` follows the clock unless it is given."""
    return Op(
        stamp=Stamp(clock, DEVICES[device], 10 + device, seq),
        action=ACTION,
        verb="test",
        staff=None,
        branch=None,
        at=clock * 1000 if at is None else at,
        zone=420,
        kind=kind,
        entity_type=entity_type,
        entity=entity(which),
        payload=payload,
    )


def field_set(
    fields: Mapping[str, Any], base: Mapping[str, Stamp] | None = None, **where: Any
) -> Op:
    """Return a field set of a member."""
    payload = {"fields": dict(fields)} | ({"base": dict(base)} if base else {})
    made = op(SET, "member", **where)
    return Op(**{name: getattr(made, name) for name in Op.__slots__} | {"payload": payload})


_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.sampled_from((2**63 - 1, 2**63, 1.5)),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=4),
    st.sampled_from(("12", "1e3", " 7", "0x1", "Ani\x00B")),
    st.binary(max_size=3),
    st.lists(st.integers(0, 3), max_size=2),
)
_NAMES = st.sampled_from(("name", "card", "category", "note", "from_a_newer_program"))
_DAYS = st.sampled_from(("2026-11-09", "2026-11-16", "2026-11-23"))
_COPIES = st.sampled_from((COPY, TITLE, MEMBER))

_SHAPES: dict[str, dict[str, st.SearchStrategy[dict[str, Any]]]] = {
    "member": {
        SET: st.fixed_dictionaries(
            {"fields": st.dictionaries(_NAMES, _VALUES, min_size=1, max_size=3)}
        ),
        DELETE: st.just({}),
    },
    "staff": {
        SET: st.fixed_dictionaries(
            {"fields": st.dictionaries(st.sampled_from(("name", "active")), _VALUES, min_size=1)}
        ),
        DELETE: st.just({}),
    },
    "loan": {
        loans.OPENED: st.fixed_dictionaries({"copy": _COPIES, "member": _COPIES, "due": _DAYS}),
        loans.RENEWED: st.fixed_dictionaries({"due": _DAYS}),
        loans.RETURNED: st.fixed_dictionaries({}, optional={"days_late": st.integers(0, 9)}),
        loans.LOST: st.just({}),
        loans.CLAIMED: st.just({}),
        loans.CLAIM_ENDED: st.just({}),
        loans.MOVED: st.fixed_dictionaries({"member": _COPIES}),
        VOID: st.just({}),
    },
    "hold": {
        holds.PLACED: st.fixed_dictionaries({"title": _COPIES, "member": _COPIES}),
        holds.READY: st.fixed_dictionaries({"copy": _COPIES, "until": _DAYS}),
        holds.RELEASED: st.just({}),
        holds.FILLED: st.just({}),
        holds.CANCELLED: st.just({}),
        holds.EXPIRED: st.just({}),
        holds.MOVED: st.fixed_dictionaries({}, optional={"title": _COPIES, "member": _COPIES}),
        VOID: st.just({}),
    },
    "transfer": {
        transfers.SENT: st.fixed_dictionaries({"copy": _COPIES, "to": _COPIES}),
        transfers.RECEIVED: st.just({}),
        transfers.CANCELLED: st.just({}),
        VOID: st.just({}),
    },
    "stock_scan": {
        facts.COUNTED: st.fixed_dictionaries({"stock_count": _COPIES, "copy": _COPIES}),
        VOID: st.just({}),
    },
    "visit": {
        facts.VISITED: st.fixed_dictionaries({}, optional={"people": st.integers(0, 9)}),
        VOID: st.just({}),
    },
    "money": {
        facts.ENTRY: st.fixed_dictionaries({"member": _COPIES, "amount": st.integers(-9, 9)}),
        facts.ENTRY_MOVED: st.fixed_dictionaries({"member": _COPIES}),
        VOID: st.just({}),
    },
    "sighting": {facts.HANDED_BACK: st.fixed_dictionaries({"copy": _COPIES}), VOID: st.just({})},
    "reading": {facts.READ: st.fixed_dictionaries({"copy": _COPIES}), VOID: st.just({})},
}
_STRANGE = {
    "loan": {
        "loan.of_a_newer_program": st.just({"x": 1}),
        loans.RENEWED: st.just({"due": 7}),
        VOID: st.just({"of": "nonsense"}),
    },
    "member": {
        SET: st.sampled_from(({"fields": [1]}, {"fields": {}})),
        "add": st.just({"tags": ["a"]}),
    },
    "thing_of_a_newer_program": {"made": st.just({"a": b"b"})},
}


@st.composite
def op_lists(
    draw: st.DrawFn, types: tuple[str, ...] = tuple(_SHAPES), *, strange: bool = False
) -> list[Op]:
    """Draw what three devices wrote: streams are dense, clocks clash, bases and voids point back.

    With ``strange`` some ops are not understood by this program.
    """
    kinds = [(name, kind, shape) for name in types for kind, shape in _SHAPES[name].items()]
    if strange:
        kinds += [(n, kind, shape) for n, some in _STRANGE.items() for kind, shape in some.items()]
    return dense(draw, kinds, st.integers(1, 14), _pointing_back)


Shape = tuple[str, str, st.SearchStrategy[dict[str, Any]]]
"""A type, a kind, and what such an op may say."""


def dense(
    draw: st.DrawFn,
    shapes: Sequence[Shape],
    count: st.SearchStrategy[int],
    placed: Callable[[st.DrawFn, Op, list[Op]], Op],
) -> list[Op]:
    """Draw ops of three devices whose streams are dense; ``placed`` lets one speak of others."""
    made: list[Op] = []
    seqs = [0, 0, 0]
    for _ in range(draw(count)):
        entity_type, kind, shape = draw(st.sampled_from(shapes))
        device = draw(st.integers(0, 2))
        seqs[device] += 1
        new = op(
            kind,
            entity_type,
            draw(st.integers(0, 1)),
            clock=draw(st.integers(1, 6)),
            device=device,
            seq=seqs[device],
            at=draw(st.integers(0, 9)),
            **draw(shape),
        )
        made.append(placed(draw, new, made))
    return made


def _pointing_back(draw: st.DrawFn, new: Op, made: list[Op]) -> Op:
    own = [other for other in made if other.entity == new.entity]
    payload = dict(new.payload)
    if new.kind == VOID and "of" not in payload:
        payload["of"] = [other.stamp for other in own if draw(st.booleans())]
    elif new.kind in (SET, DELETE) and isinstance(payload.get("fields", {}), dict):
        base = {
            name: other.stamp
            for other in own
            if other.kind == SET and isinstance(other.payload["fields"], dict)
            for name in other.payload["fields"]
            if draw(st.booleans())
        }
        payload |= {"base": base} if base else {}
    return Op(**{name: getattr(new, name) for name in Op.__slots__} | {"payload": payload})


@st.composite
def retellings(draw: st.DrawFn, ops: list[Op]) -> list[list[Op]]:
    """Draw the same ops in another order, some repeated, in batches of any size."""
    again = [other for other in ops if draw(st.booleans())]
    told = draw(st.permutations(ops + again))
    batches: list[list[Op]] = [[]]
    for item in told:
        if draw(st.booleans()):
            batches.append([])
        batches[-1].append(item)
    return batches
