"""Conflicts about records: one number twice, one thing entered twice, edited on two sides."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.conflicts.conflict import Conflict, Side, conflict_of, in_order
from perpusdesk.domain.conflicts.kinds import AS_IS, Kind, side
from perpusdesk.domain.merge.fields import FieldState, contradictions, fold_fields, read_base
from perpusdesk.domain.merge.ops import DELETE, SET, Op, Stamp

DECISION: Final = "decision"
SETTLED_BY: Final = "settle_conflict"
"""The verb of the actions that settle."""

_ANSWER: Final = "answer"
_SILENT: Final = frozenset({"phone_key", "marc", "settled", "note_of_program", "secret"})
"""Fields that follow from others, have parts of their own, or are shown to nobody."""

_KNOWINGLY: Final = frozenset({"put_back_title", SETTLED_BY})
_NEVER: Final = Stamp(0, b"", 0, 0)


def same_number(kind: Kind, field: str, number: str, sides: Iterable[Side]) -> Conflict:
    """Several records with one number: the first that had it keeps it."""
    return conflict_of(kind, in_order(sides), side(1), field=field, number=number)


def made_twice(kind: Kind, made: Iterable[Op], proposal: str = "") -> Conflict | None:
    """Records that are probably one, entered on different devices; the first is proposed."""
    sides = in_order(Side(op.stamp, op.entity_type, op.entity, op.at) for op in made)
    if len({one.stamp.device for one in sides}) < 2:
        return None
    return conflict_of(kind, sides, proposal or side(1))


def edited(
    entity_type: str, entity: UUID, ops: Iterable[Op], undone: Container[UUID]
) -> Iterator[Conflict]:
    """Yield what two people wrote into one record without knowing of each other.

    Each conflict is of two ops, with all fields in which they differ; the later one counts now and
    is proposed. Decisions on a conflict are such records too.
    """
    pairs: dict[tuple[Stamp, Stamp], list[str]] = {}
    told: dict[Stamp, Op] = {}
    for found in contradictions(ops, undone):
        kept, lost, name = found.kept, found.lost, found.field
        if "/" in name or name in _SILENT or (entity_type == DECISION and name != _ANSWER):
            continue
        if (kept.payload["fields"][name] or "") == (lost.payload["fields"][name] or ""):
            continue
        pairs.setdefault((lost.stamp, kept.stamp), []).append(name)
        told |= {kept.stamp: kept, lost.stamp: lost}
    kind = Kind.DECIDED_TWICE if entity_type == DECISION else Kind.EDITED_TWICE
    for pair, names in sorted(pairs.items()):
        sides = [_with_values(told[stamp], names) for stamp in pair]
        facts: dict[str, Any] = {"record": entity_type, "entity": entity, "fields": tuple(names)}
        yield conflict_of(kind, sides, side(2), **facts)


def _with_values(op: Op, names: Iterable[str]) -> Side:
    written: Mapping[str, Any] = op.payload["fields"]
    facts = {"values": {name: written[name] for name in names}}
    return Side(op.stamp, op.entity_type, op.entity, op.at, facts)


def edited_and_deleted(
    entity_type: str, entity: UUID, ops: Iterable[Op], undone: Container[UUID]
) -> Conflict | None:
    """A record that one person removed and another edited without knowing: it is there again.

    Keeping it is proposed. It is none where somebody put it back knowingly.
    """
    every = list(ops)
    state = fold_fields(FieldState(), every)
    standing = [op for op in every if op.action not in undone and op.verb != "undo"]
    removals = [op for op in standing if op.kind == DELETE]
    if state.tombstone is None or state.deleted or not removals:
        return None
    removal = max(removals, key=lambda op: op.stamp)
    base = read_base(removal.payload.get("base", {}))
    sets = [op for op in standing if op.kind == SET]
    if any(op.verb in _KNOWINGLY and op.stamp > removal.stamp for op in sets):
        return None
    unseen = [
        op
        for op in sets
        if op.stamp.device != removal.stamp.device
        and any(op.stamp > base.get(name, _NEVER) for name in op.payload["fields"])
    ]
    if not unseen:
        return None
    first = min(unseen, key=lambda op: op.stamp)
    names = tuple(name for name in first.payload["fields"] if name not in _SILENT)
    sides = (
        Side(removal.stamp, entity_type, entity, removal.at),
        _with_values(first, names),
    )
    facts: dict[str, Any] = {"record": entity_type, "entity": entity, "fields": names}
    return conflict_of(Kind.EDITED_DELETED, sides, side(2), **facts)


def clock_ahead(device: bytes, caps: Iterable[Side]) -> Conflict:
    """A device's clock ran ahead in one run of its program: what the library said of it stands."""
    ordered = tuple(sorted(caps, key=lambda cap: cap.stamp))
    facts = {
        "device": device,
        "entries": sum(int(cap.facts["last"]) - int(cap.facts["first"]) + 1 for cap in ordered),
        "caps": tuple(cap.entity for cap in ordered),
    }
    return conflict_of(Kind.CLOCK_AHEAD, ordered[:1], AS_IS, told_by=[ordered[0].stamp], **facts)


def quarantined(device: UUID, revoked: Side, entries: int) -> Conflict:
    """What a revoked device still sent is set aside."""
    return conflict_of(Kind.QUARANTINED, (revoked,), AS_IS, device=device.bytes, entries=entries)
