"""A hold and a ledger entry as their events tell them."""

from __future__ import annotations

import itertools
from typing import Any

from helpers.op_samples import COPY, MEMBER, TITLE, op
from perpusdesk.domain.merge import facts, holds
from perpusdesk.domain.merge.facts import derive_fact
from perpusdesk.domain.merge.holds import HoldRecord, derive_hold
from perpusdesk.domain.merge.ops import VOID, Op

PLACED = op(holds.PLACED, "hold", title=TITLE, member=MEMBER)


def _op(kind: str, clock: int, device: int = 1, **payload: Any) -> Op:
    return op(kind, "hold", clock=clock, device=device, seq=clock, **payload)


def _any_order(*ops: Op) -> HoldRecord:
    states = {derive_hold(list(order)) for order in itertools.permutations(ops)}
    assert len(states) == 1
    return states.pop()


def test_a_book_in_somebodys_hands_is_never_still_waited_for() -> None:
    filled, cancelled, expired = (
        _op(kind, clock)
        for clock, kind in enumerate((holds.FILLED, holds.CANCELLED, holds.EXPIRED), 2)
    )
    assert _any_order(PLACED, expired).state == "expired"
    assert _any_order(PLACED, expired, cancelled).state == "cancelled"
    assert _any_order(PLACED, expired, cancelled, filled).state == "filled"


def test_the_latest_of_set_aside_and_released_counts() -> None:
    ready = _op(holds.READY, 2, copy=COPY, until="2026-11-09")
    released = _op(holds.RELEASED, 3, device=2)
    again = _op(holds.READY, 4, copy=TITLE, until="2026-11-12")
    assert _any_order(PLACED, ready).copy == COPY
    assert _any_order(PLACED, ready, released).state == "waiting"
    state = _any_order(PLACED, ready, released, again)
    assert (state.state, state.copy, state.pickup_until) == ("ready", TITLE, "2026-11-12")


def test_taking_back_the_placing_cancels_and_taking_back_the_cancelling_revives() -> None:
    cancelled = _op(holds.CANCELLED, 2)
    undo = _op(VOID, 3, of=[cancelled.stamp])
    assert _any_order(PLACED, cancelled, undo).state == "waiting"
    assert _any_order(PLACED, _op(VOID, 2, of=[PLACED.stamp])).state == "cancelled"


def test_setting_aside_before_the_placing_was_heard_of_is_kept() -> None:
    ready = _op(holds.READY, 2, copy=COPY, until="2026-11-09")
    assert derive_hold([ready]).title is None
    assert _any_order(ready, PLACED).title == TITLE


def test_money_stays_and_can_only_be_taken_back() -> None:
    entry = op(facts.ENTRY, "money", member=MEMBER, amount=500)
    void = op(VOID, "money", clock=2, device=1, of=[entry.stamp])
    assert not derive_fact([entry]).voided
    for order in ((entry, void), (void, entry), (void, entry, void)):
        fact = derive_fact(order)
        assert fact.voided
        assert fact.payload["amount"] == 500
