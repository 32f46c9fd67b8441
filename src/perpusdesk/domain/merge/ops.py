"""What is stored and sent: ops, and the stamp that orders them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID


class Stamp(NamedTuple):
    """Names one op for good and orders all: (effective clock, device, incarnation, seq)."""

    clock: int
    device: bytes
    incarnation: int
    seq: int


SET = "set"
DELETE = "delete"
VOID = "void"


@dataclass(frozen=True, slots=True)
class Op:
    """One op.

    ``at`` is the desk's own time (Unix ms; back-dated for slips entered later), ``zone`` its offset
    in minutes east of UTC. ``payload`` holds plain values only: text, int, bool, bytes, None,
    lists and maps of them; dates as ISO text, ids as 16 bytes.
    """

    stamp: Stamp
    action: UUID
    verb: str
    staff: UUID | None
    branch: UUID | None
    at: int
    zone: int
    kind: str
    entity_type: str
    entity: UUID
    payload: Mapping[str, Any]


def voided_stamps(ops: list[Op]) -> frozenset[Stamp]:
    """Return the stamps that some op of the list takes back, and no later one gives again."""
    voids = [op for op in ops if op.kind == VOID]
    if not voids:
        return frozenset()
    voided: set[Stamp] = set()
    for op in sorted(voids, key=lambda op: op.stamp, reverse=True):
        if op.stamp not in voided:
            voided.update(Stamp(*stamp) for stamp in op.payload.get("of", ()))
    return frozenset(voided)
