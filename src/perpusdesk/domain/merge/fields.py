"""Merging field sets: per field the later stamp wins, whatever order the ops came in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from perpusdesk.domain.merge.ops import DELETE, SET, Op, Stamp


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


def contradictions(ops: Iterable[Op]) -> list[Contradiction]:
    """Return what was lost in a record's field sets, the same list for any order of ``ops``.

    An op lost unseen when its value is not the winner's and nobody who led to the winner had
    seen it: each op names in its base the op it replaced, and so on back.
    """
    by_field: dict[str, dict[Stamp, Op]] = {}
    for op in ops:
        if op.kind == SET:
            for name in op.payload["fields"]:
                by_field.setdefault(name, {})[op.stamp] = op
    found = []
    for name, sets in sorted(by_field.items()):
        kept = sets[max(sets)]
        seen = _line_of(name, kept, sets)
        value = kept.payload["fields"][name]
        for stamp, op in sorted(sets.items()):
            if stamp not in seen and op.payload["fields"][name] != value:
                found.append(Contradiction(name, kept, op))
    return found


def _line_of(name: str, kept: Op, sets: Mapping[Stamp, Op]) -> set[Stamp]:
    line: set[Stamp] = set()
    op: Op | None = kept
    while op is not None and op.stamp not in line:
        line.add(op.stamp)
        replaced = read_base(op.payload.get("base", {})).get(name)
        op = sets.get(replaced) if replaced else None
    return line
