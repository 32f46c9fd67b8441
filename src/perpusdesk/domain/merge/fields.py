"""Merging field sets: per field the later stamp wins, whatever order the ops came in."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.merge.ops import DELETE, SET, Op, Stamp

_PART: Final = "/"


@dataclass(slots=True)
class FieldState:
    """A record: its values, the stamp of each, and the tombstone if somebody deleted it.

    ``tombstone_base`` is what those who deleted it had seen of each field.
    """

    values: dict[str, Any] = field(default_factory=dict)
    clocks: dict[str, Stamp] = field(default_factory=dict)
    tombstone: Stamp | None = None
    tombstone_base: dict[str, Stamp] = field(default_factory=dict)

    @property
    def deleted(self) -> bool:
        """Whether the record is gone: a field that the deleter had not seen revives it."""
        return self.tombstone is not None and all(
            clock <= self.tombstone_base.get(name, Stamp(0, b"", 0, 0))
            for name, clock in self.clocks.items()
        )


def read_base(raw: Mapping[str, Any]) -> dict[str, Stamp]:
    """Read the ``base`` of a payload: the stamp that the writer had seen, per field."""
    return {name: Stamp(*value) for name, value in raw.items()}


def fold_fields(state: FieldState, ops: Iterable[Op]) -> FieldState:
    """Fold ``ops`` of one record into ``state`` (changed in place) and return it."""
    for op in ops:
        if op.kind == SET:
            _fold_set(state, op)
        elif op.kind == DELETE:
            _fold_delete(state, op)
    return state


def _fold_delete(state: FieldState, op: Op) -> None:
    if state.tombstone is None or op.stamp > state.tombstone:
        state.tombstone = op.stamp
    base = state.tombstone_base
    for name, stamp in read_base(op.payload.get("base", {})).items():
        base[name] = max(stamp, base.get(name, stamp))


def _fold_set(state: FieldState, op: Op) -> None:
    clocks, values, stamp = state.clocks, state.values, op.stamp
    for name, value in op.payload["fields"].items():
        seen = clocks.get(name)
        if seen is None or stamp > seen:
            values[name] = int(value) if isinstance(value, bool) else value
            clocks[name] = stamp


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two people changed one field without knowing of each other; ``kept`` won."""

    field: str
    kept: Op
    lost: Op


SETTLES: Final = "settles"
"""In a field set: the ops (device, incarnation, seq) that its writer decided about."""

_BY_UNDOING: Final = "undo"


def contradictions(ops: Iterable[Op], undone: Container[UUID] = frozenset()) -> list[Contradiction]:
    """Return what was lost in a record's field sets, the same list for any order of ``ops``.

    An op lost unseen when its value is not the winner's and nobody who led to the winner had
    seen it: each op names in its base the op it replaced, and so on back. What was taken back
    (the actions in ``undone``, and the sets that took them back) loses nothing, nor does what
    somebody decided about since (``SETTLES``).
    """
    by_field: dict[str, dict[Stamp, Op]] = {}
    for op in ops:
        if op.kind == SET:
            for name in op.payload["fields"]:
                by_field.setdefault(name, {})[op.stamp] = op
    found = []
    for name, sets in sorted(by_field.items()):
        standing = {
            stamp: op
            for stamp, op in sets.items()
            if op.verb != _BY_UNDOING and op.action not in undone
        }
        if standing:
            found += _lost_unseen(name, sets, standing)
    return found


def _lost_unseen(
    name: str, sets: Mapping[Stamp, Op], standing: Mapping[Stamp, Op]
) -> list[Contradiction]:
    last, kept = sets[max(sets)], standing[max(standing)]
    if last.payload["fields"][name] != kept.payload["fields"][name]:
        kept = last
    seen = _line_of(name, last, sets) | _line_of(name, kept, sets)
    settled = {tuple(mark) for op in standing.values() for mark in op.payload.get(SETTLES, ())}
    value = kept.payload["fields"][name]
    return [
        Contradiction(name, kept, op)
        for stamp, op in sorted(standing.items())
        if stamp not in seen
        and tuple(stamp[1:]) not in settled
        and op.payload["fields"][name] != value
    ]


def _line_of(name: str, kept: Op, sets: Mapping[Stamp, Op]) -> set[Stamp]:
    line: set[Stamp] = set()
    op: Op | None = kept
    while op is not None and op.stamp not in line:
        line.add(op.stamp)
        replaced = read_base(op.payload.get("base", {})).get(name)
        op = sets.get(replaced) if replaced else None
    return line


def standing_set(ops: Iterable[Op], field: str, undone: Container[UUID]) -> Op | None:
    """Return the op that gave a field its value; taking back and what was taken back do not count.

    Where nothing else is known of the field, the first of those does.
    """
    sets = [op for op in ops if op.kind == SET and field in op.payload["fields"]]
    standing = [op for op in sets if op.verb != _BY_UNDOING and op.action not in undone]
    if standing:
        return max(standing, key=lambda op: op.stamp)
    return min(sets, key=lambda op: op.stamp, default=None)


def standing_removal(ops: Iterable[Op], undone: Container[UUID]) -> Op | None:
    """Return the op that removed a record, as ``standing_set`` does."""
    removals = [op for op in ops if op.kind == DELETE]
    standing = [op for op in removals if op.verb != _BY_UNDOING and op.action not in undone]
    if standing:
        return max(standing, key=lambda op: op.stamp)
    return min(removals, key=lambda op: op.stamp, default=None)


def is_surprise(state: FieldState, op: Op) -> bool:
    """Whether the writer of an op had not seen what is there of a record, in any order of arrival.

    Then look at all ops of the record with ``may_contradict``: without a surprise on the way, what
    that says stays as it is. Parts of fields (``domain.merge.sets``) are never in question.
    """
    if op.kind == DELETE or state.tombstone is not None:
        return True
    base = op.payload.get("base", {})
    for name in op.payload["fields"]:
        there = None if _PART in name else state.clocks.get(name)
        if there is not None and (op.stamp < there or tuple(base.get(name, ())) != there):
            return True
    return False


def may_contradict(ops: Iterable[Op]) -> bool:
    """Whether two people may have contradicted each other in a record's ops, in any order.

    So it is where an op of a field is not in the line of the last one, whatever the values, and
    where an edit revived what somebody deleted.
    """
    known = list(ops)
    state = fold_fields(FieldState(), known)
    if state.tombstone is not None and not state.deleted:
        return True
    by_field: dict[str, dict[Stamp, Op]] = {}
    for op in known:
        if op.kind == SET:
            for name in op.payload["fields"]:
                if _PART not in name:
                    by_field.setdefault(name, {})[op.stamp] = op
    return any(
        len(_line_of(name, sets[max(sets)], sets)) != len(sets) for name, sets in by_field.items()
    )
