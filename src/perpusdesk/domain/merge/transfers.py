"""Folding the events of one copy's way from branch to branch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from perpusdesk.domain.merge.ops import Op, Stamp, voided_stamps

SENT = "transfer.sent"
RECEIVED = "transfer.received"
CANCELLED = "transfer.cancelled"

STATES = ("on_the_way", "received", "cancelled")


@dataclass(frozen=True, slots=True)
class TransferRecord:
    """A copy that was sent; ``paper`` names the delivery note that it travels with."""

    copy: bytes | None
    from_branch: bytes | None
    to_branch: bytes | None
    why: str
    paper: str
    sent_at: int
    sent_zone: int
    state: str
    ended_at: int | None
    ended_zone: int | None
    stamp: Stamp


def derive_transfer(ops: Iterable[Op]) -> TransferRecord:
    """Return where a transfer stands from all its ops, in any order, however often repeated.

    Received beats cancelled, for then the copy was seen; the earliest of each counts.
    """
    known = sorted({op.stamp: op for op in ops}.values(), key=lambda op: op.stamp)
    voided = voided_stamps(known)
    live = [op for op in known if op.stamp not in voided]
    sent = next((op for op in known if op.kind == SENT), known[0])
    payload: Any = sent.payload if sent.kind == SENT else {}
    state, end = "on_the_way", None
    for kind, name in ((RECEIVED, "received"), (CANCELLED, "cancelled")):
        end = next((op for op in live if op.kind == kind), None)
        if end is not None:
            state = name
            break
    if state == "on_the_way" and sent not in live:
        state = "cancelled"
    return TransferRecord(
        copy=payload.get("copy"),
        from_branch=sent.branch.bytes if sent.branch else None,
        to_branch=payload.get("to"),
        why=payload.get("why") or "",
        paper=payload.get("paper") or "",
        sent_at=sent.at,
        sent_zone=sent.zone,
        state=state,
        ended_at=end.at if end else None,
        ended_zone=end.zone if end else None,
        stamp=sent.stamp,
    )
