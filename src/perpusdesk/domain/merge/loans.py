"""Folding the events of one loan into where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from perpusdesk.domain.merge.ops import Op, Stamp, voided_stamps

OPENED = "loan.opened"
RENEWED = "loan.renewed"
RETURNED = "loan.returned"
LOST = "loan.lost"
CLAIMED = "loan.claimed_returned"
CLAIM_ENDED = "loan.claim_ended"
MOVED = "loan.moved"

OPEN, ENDED_RETURNED, ENDED_LOST, ENDED_VOIDED = 0, 1, 2, 3
_ENDINGS = ((RETURNED, ENDED_RETURNED), (LOST, ENDED_LOST))
_CLAIM, _CLAIMS = "claims", (CLAIMED, CLAIM_ENDED)


class LoanState(NamedTuple):
    """A loan as its events tell it; ``end`` is 0 open, 1 returned, 2 lost, 3 taken back.

    Times are Unix ms with the offset of the desk in minutes; ``due`` an ISO date.
    """

    copy: bytes | None
    member: bytes | None
    branch: bytes | None
    lent_at: int
    lent_zone: int
    due: str
    rule: bytes | None
    kit: bytes | None
    renewals: int
    claimed: bool
    end: int
    ended_at: int | None
    ended_zone: int | None
    days_late: int
    stamp: Stamp


def derive_loan(ops: Iterable[Op]) -> LoanState:
    """Return the state of a loan from all its ops, in any order, however often repeated.

    The earliest opening and the earliest return count; the latest renewal sets the due date, and
    the latest member it was moved to counts (two records of one person made one). A
    return or a renewal that arrives before its opening makes a loan without copy and member.
    """
    known = sorted({op.stamp: op for op in ops}.values(), key=_stamp_of)
    voided = voided_stamps(known)
    live = [op for op in known if op.stamp not in voided] if voided else known
    told = _by_kind(live)
    opened = told.get(OPENED)
    base = opened[0] if opened else next((op for op in known if op.kind == OPENED), known[0])
    return _derive(base, told, taken_back=not opened and base.kind == OPENED)


def _stamp_of(op: Op) -> Stamp:
    return op.stamp


def _by_kind(live: list[Op]) -> dict[str, list[Op]]:
    told: dict[str, list[Op]] = {}
    for op in live:
        kind = _CLAIM if op.kind in _CLAIMS else op.kind
        told.setdefault(kind, []).append(op)
    return told


def _derive(base: Op, told: dict[str, list[Op]], *, taken_back: bool) -> LoanState:
    payload: Any = base.payload if base.kind == OPENED else {}
    renewals = told.get(RENEWED, ())
    claims = told.get(_CLAIM)
    moved = [to for op in told.get(MOVED, ()) if (to := op.payload.get("member"))]
    dues = (op.payload.get("due") for op in (*reversed(renewals), base))
    end, ending = _ending(told)
    if taken_back:
        end, ending = ENDED_VOIDED, None
    return LoanState(
        copy=payload.get("copy"),
        member=moved[-1] if moved else payload.get("member"),
        branch=base.branch.bytes if base.branch else None,
        lent_at=base.at,
        lent_zone=base.zone,
        due=next((due for due in dues if due), ""),
        rule=payload.get("rule"),
        kit=payload.get("kit"),
        renewals=len(renewals),
        claimed=claims is not None and claims[-1].kind == CLAIMED,
        end=end,
        ended_at=ending.at if ending else None,
        ended_zone=ending.zone if ending else None,
        days_late=int(ending.payload.get("days_late") or 0) if ending else 0,
        stamp=base.stamp,
    )


def _ending(told: dict[str, list[Op]]) -> tuple[int, Op | None]:
    for kind, end in _ENDINGS:
        if found := told.get(kind):
            return end, min(found, key=lambda op: (op.at, op.stamp))
    return OPEN, None
