"""A conflict: its sides, its answers, and an id that is the same on every device."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.conflicts.kinds import Kind, answers_of
from perpusdesk.domain.merge.ops import Stamp

_PERSON: Final = b"conflict"
_LOGICAL_BITS: Final = 16


@dataclass(frozen=True, slots=True)
class Side:
    """What one op says: which op it is, what it is about, and when it was done.

    ``at`` is Unix ms as its desk saw it. ``facts`` hold ids (``UUID``), texts and numbers.
    """

    stamp: Stamp
    entity_type: str
    entity: UUID
    at: int
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What two or more ops contradict each other in.

    ``sides`` are in the order of what happened; ``answers`` are codes (``kinds``), ``proposal`` is
    the one proposed.
    """

    id: str
    kind: Kind
    sides: tuple[Side, ...]
    facts: Mapping[str, Any]
    proposal: str
    answers: tuple[str, ...]

    @property
    def clock(self) -> int:
        """When the last of its sides came about, for ordering."""
        return max(side.stamp.clock for side in self.sides)


def conflict_id(kind: Kind, stamps: Iterable[Stamp]) -> str:
    """Return the id: of the kind and of the ops that take part, in any order.

    The clock of an op is no part of it, for the library may cap that later.
    """
    digest = blake2b(digest_size=16, person=_PERSON)
    digest.update(kind.encode())
    for device, incarnation, seq in sorted({stamp[1:] for stamp in stamps}):
        digest.update(b"\0" + device + incarnation.to_bytes(8, "big") + seq.to_bytes(8, "big"))
    return digest.hexdigest()


def conflict_of(
    kind: Kind,
    sides: Iterable[Side],
    proposal: str,
    *,
    told_by: Iterable[Stamp] | None = None,
    **facts: Any,
) -> Conflict:
    """Return a conflict; ``told_by`` are the ops that make it (default: those of its sides)."""
    every = tuple(sides)
    stamps = [side.stamp for side in every] if told_by is None else told_by
    return Conflict(
        conflict_id(kind, stamps), kind, every, facts, proposal, answers_of(kind, len(every))
    )


def believed(at: int, stamp: Stamp) -> int:
    """Return when (Unix ms) something happened: at its desk's time, but not after its op.

    The clock of an op is capped where a device's own runs ahead; a paper slip entered later has
    an earlier time.
    """
    return min(at, stamp.clock >> _LOGICAL_BITS)


def in_order(sides: Iterable[Side]) -> tuple[Side, ...]:
    """Return sides in the order of what happened, the same on every device."""
    return tuple(sorted(sides, key=lambda side: (believed(side.at, side.stamp), side.stamp)))
