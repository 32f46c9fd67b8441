"""Folding the events of one hold into where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from perpusdesk.domain.merge.ops import Op, Stamp, voided_stamps

PLACED = "hold.placed"
READY = "hold.ready"
RELEASED = "hold.released"
FILLED = "hold.filled"
CANCELLED = "hold.cancelled"
EXPIRED = "hold.expired"
MOVED = "hold.moved"

STATES = ("waiting", "ready", "filled", "cancelled", "expired")
_FINAL = {FILLED: "filled", CANCELLED: "cancelled", EXPIRED: "expired"}


@dataclass(frozen=True, slots=True)
class HoldRecord:
    """A hold as its events tell it; ``copy`` is the one asked for or set aside."""

    title: bytes | None
    member: bytes | None
    pickup: bytes | None
    copy: bytes | None
    placed_at: int
    placed_zone: int
    state: str
    pickup_until: str | None
    expires: str | None
    stamp: Stamp


def derive_hold(ops: Iterable[Op]) -> HoldRecord:
    """Return the state of a hold from all its ops, in any order, however often repeated.

    Filled beats cancelled beats expired, so that a book in somebody's hands is never still waited
    for; else the latest of "ready" and "released" counts. A taken-back placing is a cancellation.
    The latest title and member it was moved to count (titles, or members, merged into one).
    """
    known = sorted({op.stamp: op for op in ops}.values(), key=lambda op: op.stamp)
    voided = voided_stamps(known)
    live = [op for op in known if op.stamp not in voided]
    placed = next((op for op in known if op.kind == PLACED), known[0])
    payload: Any = placed.payload if placed.kind == PLACED else {}
    moved = [op.payload for op in live if op.kind == MOVED]
    titles = [to for said in moved if (to := said.get("title"))]
    members = [to for said in moved if (to := said.get("member"))]
    state, ready = _state(live, taken_back=placed.kind == PLACED and placed not in live)
    return HoldRecord(
        title=titles[-1] if titles else payload.get("title"),
        member=members[-1] if members else payload.get("member"),
        pickup=payload.get("pickup"),
        copy=(ready.payload.get("copy") if ready else None) or payload.get("copy"),
        placed_at=placed.at,
        placed_zone=placed.zone,
        state=state,
        pickup_until=ready.payload.get("until") if ready else None,
        expires=payload.get("expires"),
        stamp=placed.stamp,
    )


def _state(live: list[Op], *, taken_back: bool) -> tuple[str, Op | None]:
    kinds = {op.kind for op in live}
    for kind, name in _FINAL.items():
        if kind in kinds:
            return name, None
    if taken_back:
        return "cancelled", None
    turns = [op for op in live if op.kind in (READY, RELEASED)]
    if turns and turns[-1].kind == READY:
        return "ready", turns[-1]
    return "waiting", None
