"""Folding facts that never change, only can be taken back: money, readings, visits, counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from perpusdesk.domain.merge.ops import VOID, Op, Stamp, voided_stamps

ENTRY = "money.entered"
READ = "reading.counted"
VISITED = "visit.counted"
COUNTED = "stock.counted"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact with the time, place and person of its op; ``voided`` when it was taken back."""

    payload: Mapping[str, Any]
    branch: UUID | None
    staff: UUID | None
    at: int
    zone: int
    voided: bool
    stamp: Stamp


def derive_fact(ops: Iterable[Op]) -> Fact:
    """Return the fact that all ops of one entity tell, in any order, however often repeated."""
    known = sorted({op.stamp: op for op in ops}.values(), key=lambda op: op.stamp)
    told = next((op for op in known if op.kind != VOID), known[0])
    return Fact(
        payload=told.payload if told.kind != VOID else {},
        branch=told.branch,
        staff=told.staff,
        at=told.at,
        zone=told.zone,
        voided=told.stamp in voided_stamps(known) or told.kind == VOID,
        stamp=told.stamp,
    )
