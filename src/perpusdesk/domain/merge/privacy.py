"""What the library has said about persons, which changes what their ops still tell.

- An **erasure** blanks all that ops say of a member; the record itself stays, hidden. What he or
  she borrowed is nobody's from when the erasure is carried out.
- A **cut** takes the member out of loans, holds, readings and visits that ended before a moment.

Both replace an op by one with fewer words: ``blank`` is a pure function of the ops of one record,
and to blank twice changes nothing more. Rows are folded from blanked ops, so it makes no
difference whether a device has also taken the words out of its log (``Privacy.final``).

Nothing here may ever be taken back once words are gone: a cut counts whoever made it, also a
device that was shut out since, and so does an erasure from when somebody carried it out. Until
then an erasure can be undone, and does not count when its device is shut out. What decides about
one op is an op that is there, never one that is not: so what comes later cannot un-blank it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from perpusdesk.domain.merge import facts, holds, loans
from perpusdesk.domain.merge.kinds import understood
from perpusdesk.domain.merge.ops import SET, VOID, Op, voided_stamps
from perpusdesk.domain.merge.personal import ABOUT, CUT_TYPES, ENTITY, HIDDEN, blank, blank_fields

PRIVATE: Final = ("erasure", "history_cut")
"""The records that say it."""
LINKS: Final[Mapping[str, frozenset[str]]] = {
    "loan": frozenset({loans.OPENED, loans.MOVED}),
    "hold": frozenset({holds.PLACED, holds.MOVED}),
    "reading": frozenset({facts.READ}),
    "visit": frozenset({facts.VISITED}),
    "money": frozenset({facts.ENTRY, facts.ENTRY_MOVED}),
}
"""Events that name a member."""
ENDS: Final[Mapping[str, frozenset[str]]] = {
    "loan": frozenset({loans.RETURNED, loans.LOST}),
    "hold": frozenset({holds.FILLED, holds.CANCELLED, holds.EXPIRED}),
}
"""Events after which a loan or hold is over; taking back its beginning is another one."""
_BEGINS: Final = {"loan": loans.OPENED, "hold": holds.PLACED}
_ID_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Cuts:
    """Before which moment (Unix ms) all is cut; ``own``: records and members it differs for."""

    before: int = 0
    own: Mapping[bytes, int] = field(default_factory=dict)

    def limit(self, *ids: Any) -> int:
        """Return before which moment something is cut that concerns these records."""
        known = (one for one in ids if isinstance(one, bytes))
        return min((self.own.get(one, self.before) for one in known), default=self.before)


@dataclass(frozen=True, slots=True)
class Privacy:
    """``erased`` members, of those the ones for good (``carried``), and the cuts.

    A device puts a new cut into effect step by step: up to ``reached`` (place in ``CUT_TYPES`` and
    record) ``cuts`` hold, beyond it still ``former``.
    """

    erased: frozenset[bytes] = frozenset()
    carried: frozenset[bytes] = frozenset()
    cuts: Cuts = field(default_factory=Cuts)
    former: Cuts = field(default_factory=Cuts)
    reached: tuple[int, bytes] = (len(CUT_TYPES), b"")

    @property
    def empty(self) -> bool:
        """Whether nothing was ever said: the common case."""
        return not self.erased and not self.cuts.before

    @property
    def settled(self) -> bool:
        """Whether the cuts hold everywhere."""
        return self.reached[0] >= len(CUT_TYPES)

    @property
    def final(self) -> Privacy:
        """What can never be taken back: what this blanks may go from the log."""
        return self if self.erased == self.carried else replace(self, erased=self.carried)

    def hides(self, entity_type: str, entity: bytes, values: Mapping[str, Any]) -> bool:
        """Whether a record counts as removed, because it was an erased member's."""
        if not self.erased:
            return False
        if entity_type == ENTITY:
            return entity in self.erased
        return entity_type in HIDDEN and self.erases(values.get(ENTITY))

    def erases(self, member: Any) -> bool:
        """Whether this is the id of an erased member."""
        return isinstance(member, bytes) and member in self.erased

    def concerns(self, op: Op, *, fresh: bool = False) -> bool:
        """Whether an op may be blanked, or make that others of its record are.

        ``fresh``: all other ops of its record were written together with it.
        """
        if self.empty:
            return False
        if op.entity_type in ABOUT:
            return op.kind == SET and (self.erases(_subject(op)) or self._is_old(op))
        if op.entity_type not in LINKS:
            return False
        ends = op.kind == VOID or op.kind in ENDS.get(op.entity_type, ())
        named = self.erases(op.payload.get("member"))
        late = not fresh and op.kind in LINKS[op.entity_type] and op.entity_type in ENDS
        return (
            named
            or op.at < self.cuts.before
            or (ends and bool(self.carried))
            or (late and bool(self.cuts.before or self.carried))
        )

    def blank(self, ops: Sequence[Op]) -> list[Op]:
        """Return all ops of one record, as they were written, with what they may still tell.

        They stay in their order, and those that stay as they are are the same objects.
        """
        if self.empty or not ops:
            return list(ops)
        entity_type = ops[0].entity_type
        if entity_type in ABOUT:
            return [self._record(op) for op in ops]
        if entity_type not in LINKS:
            return list(ops)
        cuts = self._cuts_for(entity_type, ops[0].entity.bytes)
        when = _when(entity_type, ops)
        if entity_type == "money":
            named = any(self.erases(op.payload.get("member")) for op in ops)
            return [self._entry(op, cuts, named=named) for op in ops]
        return [self._link(op, cuts, when) for op in ops]

    def _cuts_for(self, entity_type: str, entity: bytes) -> Cuts:
        place = (CUT_TYPES.index(entity_type), entity)
        return self.cuts if place <= self.reached else self.former

    def _is_old(self, op: Op) -> bool:
        return op.entity_type == "block" and op.at < self.cuts.before

    def _record(self, op: Op) -> Op:
        if op.kind != SET or not understood(op):
            return op
        fields = op.payload["fields"]
        if self.erases(_subject(op)):
            return _with(op, blank_fields(op.entity_type, op.payload))
        if op.entity_type == "block" and fields.get("loan") is not None:
            cuts = self._cuts_for("block", op.entity.bytes)
            if op.at < cuts.limit(op.entity.bytes, fields.get(ENTITY)):
                return _with(
                    op, {**op.payload, "fields": {**fields, "loan": blank(fields["loan"])}}
                )
        return op

    def _link(self, op: Op, cuts: Cuts, when: Callable[[Op], int | None]) -> Op:
        if op.kind not in LINKS[op.entity_type]:
            return op
        member, over = op.payload.get("member"), when(op)
        if over is None or (member is None and op.payload.get("kit") is None):
            return op
        gone = isinstance(member, bytes) and member in self.carried
        if gone or over < cuts.limit(op.entity.bytes, member):
            return _with(op, _without(op.payload, "member", "kit", "why"))
        return op

    def _entry(self, op: Op, cuts: Cuts, *, named: bool) -> Op:
        if op.kind not in LINKS["money"]:
            return op
        if named:
            return _with(op, _without(op.payload, "loan", "note", "why"))
        if op.at < cuts.limit(op.entity.bytes, op.payload.get("member")):
            return _with(op, _without(op.payload, "loan"))
        return op


def blanked_by_both(op: Op, other: Op) -> Op | None:
    """Return an op with the blanks of two tellings of it; ``None``: they differ otherwise.

    Blanks are where an erasure or a cut may put them, and nowhere else.
    """
    if op == other:
        return op
    kinds = frozenset({SET}) if op.entity_type in ABOUT else LINKS.get(op.entity_type, ())
    if op.kind not in kinds or replace(op, payload={}) != replace(other, payload={}):
        return None
    payload = _joined(op.payload, other.payload)
    return None if payload is None else _with(op, payload)


def _joined(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any] | None:
    joined: dict[str, Any] = {}
    for name, value in one.items():
        there = other.get(name)
        if name == "fields" and isinstance(value, Mapping) and isinstance(there, Mapping):
            joined[name] = _joined(value, there)
            if joined[name] is None:
                return None
        elif there in (value, blank(value)):
            joined[name] = there
        elif value == blank(there):
            joined[name] = value
        else:
            return None
    return joined if one.keys() == other.keys() else None


def _subject(op: Op) -> Any:
    """Return the member that an op of a record is about, as far as it says."""
    if op.entity_type == ENTITY:
        return op.entity.bytes
    fields = op.payload.get("fields")
    said = fields.get(ENTITY) if isinstance(fields, Mapping) else None
    return said if said is not None else op.payload.get("about")


def _when(entity_type: str, ops: Sequence[Op]) -> Callable[[Op], int | None]:
    """Return what tells since when the thing is over that an op speaks of."""
    if entity_type not in ENDS:
        return lambda op: op.at
    begun = {tuple(op.stamp[1:]) for op in ops if op.kind == _BEGINS[entity_type]}
    ends = [op.at for op in ops if op.kind in ENDS[entity_type] or _takes_back(op, begun)]
    first = min(ends, default=None)
    return lambda _op: first


def _takes_back(op: Op, begun: set[tuple[Any, ...]]) -> bool:
    return (
        op.kind == VOID
        and understood(op)
        and any(tuple(stamp[1:]) in begun for stamp in op.payload["of"])
    )


def _without(payload: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: blank(value) if name in names else value for name, value in payload.items()}


def _with(op: Op, payload: Mapping[str, Any]) -> Op:
    return op if payload == op.payload else replace(op, payload=payload)


def privacy_of(
    ops: Iterable[Op], judged: Callable[[Iterable[Op]], Iterable[Op]]
) -> tuple[frozenset[bytes], frozenset[bytes], Cuts]:
    """Return who is erased, who for good, and the cuts, from all raw ops that say it.

    ``judged`` returns those of some ops that count, as they count (``Judgement.judged``).
    """
    known = [op for op in {op.stamp: op for op in ops}.values() if understood(op)]
    carried = {
        member
        for op in known
        if op.kind == facts.CARRIED_OUT and (member := op.payload.get("member"))
    }
    by_record: dict[bytes, list[Op]] = {}
    for op in judged(op for op in known if op.entity_type == "erasure"):
        by_record.setdefault(op.entity.bytes, []).append(op)
    erased = {
        member
        for some in by_record.values()
        for op in _standing(some)
        if op.kind == facts.ERASED and (member := op.payload.get("member"))
    }
    return frozenset(erased | carried), frozenset(carried), _cuts(known)


def _standing(ops: list[Op]) -> list[Op]:
    voided = voided_stamps(ops)
    return [op for op in ops if op.stamp not in voided]


def _cuts(ops: Iterable[Op]) -> Cuts:
    told: list[tuple[int, frozenset[bytes]]] = []
    for op in ops:
        if op.kind == facts.HISTORY_CUT:
            kept = op.payload.get("kept") or b""
            starts = range(0, len(kept) - _ID_BYTES + 1, _ID_BYTES)
            ids = frozenset(kept[start : start + _ID_BYTES] for start in starts)
            told.append((op.payload.get("before") or 0, ids))
    before = max((at for at, _ in told), default=0)
    own = {
        one: max((at for at, ids in told if one not in ids), default=0)
        for one in frozenset[bytes]().union(*(ids for _, ids in told))
    }
    return Cuts(max(0, before), {one: max(0, at) for one, at in own.items() if at < before})
