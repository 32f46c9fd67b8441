"""Folding facts that never change, only can be taken back: money, readings, visits, answers.

A sighting says that a copy was handed back where nobody knew of a loan of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.merge.ops import VOID, Op, Stamp, voided_stamps

ENTRY = "money.entered"
ENTRY_MOVED = "money.moved"
READ = "reading.counted"
VISITED = "visit.counted"
COUNTED = "stock.counted"
HANDED_BACK = "copy.handed_back"
ERASED = "member.erased"
CARRIED_OUT = "erasure.carried_out"
HISTORY_CUT = "history.cut"
PUBLISHED = "survey.published"
ANSWERED = "answer.given"
ASKED = "reference.asked"
VOTED = "wish.voted"
USED = "service.used"
MONTH_CLOSED = "month.closed"
_BESIDE: Final = frozenset({VOID, ENTRY_MOVED, CARRIED_OUT})


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
    """Return the fact that all ops of one entity tell, in any order, however often repeated.

    The latest member that an entry was moved to counts (two records of one person made one).
    """
    known = sorted({op.stamp: op for op in ops}.values(), key=lambda op: op.stamp)
    told = next((op for op in known if op.kind not in _BESIDE), known[0])
    payload = told.payload if told.kind not in _BESIDE else {}
    voided = voided_stamps(known)
    moved = [op for op in known if op.kind == ENTRY_MOVED and op.stamp not in voided]
    return Fact(
        payload={**payload, "member": moved[-1].payload.get("member")} if moved else payload,
        branch=told.branch,
        staff=told.staff,
        at=told.at,
        zone=told.zone,
        voided=told.stamp in voided or told.kind in _BESIDE,
        stamp=told.stamp,
    )
