"""Holds: the queue, who may join it, and when a hold is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_samples import (
    BOOK,
    BUDI,
    COPY,
    MAIN,
    MEMBER,
    MONDAY,
    NOW,
    OTHER_COPY,
    RULE,
    SITI,
    TITLE,
    WEEKDAYS,
    days,
    hold,
    holds,
    loan,
    ready,
    uid,
)

from perpusdesk.domain.circulation import HoldRequest, all_refusals, override_for
from perpusdesk.domain.circulation_types import Hold, HoldState, HoldTerms
from perpusdesk.domain.decisions import Override, Reason, Refused
from perpusdesk.domain.holds import (
    is_live,
    lapsed,
    last_pickup_day,
    may_cancel,
    may_place,
    next_for_copy,
    queue,
    queue_position,
)
from perpusdesk.domain.policy_types import HouseRules

DAY = timedelta(days=1)
queues = st.lists(holds(), max_size=6, unique_by=lambda x: x.id)


def ask(**changes: Any) -> HoldRequest:
    values: dict[str, Any] = {"member": MEMBER, "title": TITLE, "rules": (RULE,), "at": NOW}
    return HoldRequest(**{**values, "branch": MAIN, "pickup": MAIN, **changes})


def test_first_come_first_served_and_equal_times_by_id() -> None:
    one, two, three = hold(1), hold(2), hold(3)
    tied = replace(three, id=uid(0), placed_at=one.placed_at)
    assert queue((three, one, two), MONDAY) == (one, two, three)
    assert queue((one, tied), MONDAY) == (tied, one)
    assert next_for_copy(BOOK, (three, two), MONDAY) == two


def test_positions() -> None:
    one, two, kept = hold(1), hold(2), ready(3)
    rest = (hold(4, title=COPY), hold(5, state=HoldState.CANCELLED))
    everybody = (two, kept, one, *rest)
    places = [queue_position(x, everybody, MONDAY) for x in (one, two, kept, rest[1])]
    assert places == [1, 2, 0, None]


def test_holds_lapse() -> None:
    unwanted, kept_too_long = hold(1, expires=MONDAY - DAY), ready(2, pickup_until=MONDAY - DAY)
    live = (hold(3, expires=MONDAY), ready(4, pickup_until=MONDAY), hold(5))
    over = (hold(6, state=HoldState.FILLED), hold(7, state=HoldState.EXPIRED, expires=MONDAY - DAY))
    assert lapsed((unwanted, *live, kept_too_long, *over), MONDAY) == (unwanted, kept_too_long)
    assert all(is_live(x, MONDAY) for x in live)
    assert not any(is_live(x, MONDAY) for x in over)


def test_the_days_of_pickup_are_open_days() -> None:
    friday = MONDAY + 4 * DAY
    assert last_pickup_day(WEEKDAYS, friday, HouseRules(hold_pickup_days=2)) == friday + 4 * DAY
    assert last_pickup_day(WEEKDAYS, friday, HouseRules(hold_pickup_days=0)) == friday


def test_only_an_open_hold_can_be_cancelled() -> None:
    assert may_cancel(hold()) is None
    assert may_cancel(ready()) is None
    refusal = may_cancel(hold(state=HoldState.FILLED))
    assert refusal is not None
    assert (refusal.reason, refusal.facts["state"]) == (Reason.HOLD_NOT_OPEN, HoldState.FILLED)


def test_a_hold_is_placed_behind_those_who_wait() -> None:
    others = (hold(1), ready(2), hold(3, state=HoldState.CANCELLED), hold(4, title=COPY))
    assert may_place(ask(holds=others)) == HoldTerms(2)
    wanted = HouseRules(hold_wanted_days=60)
    assert may_place(ask(house=wanted)) == HoldTerms(1, MONDAY + 60 * DAY)


@pytest.mark.parametrize(
    ("changes", "reason", "overridable"),
    [
        ({"holds": (hold(member=SITI),)}, Reason.HOLD_EXISTS, False),
        ({"holds": (ready(member=SITI),), "copy": COPY}, Reason.HOLD_EXISTS, False),
        ({"rules": ()}, Reason.NO_RULE, False),
        ({"rules": (replace(RULE, may_lend=False),)}, Reason.NO_RULE, False),
        (
            {"member_holds": (hold(1, title=uid(5)), hold(2, title=uid(6)))},
            Reason.HOLD_LIMIT_REACHED,
            True,
        ),
        ({"own_loan": loan(copy=COPY)}, Reason.COPY_ALREADY_YOURS, True),
        ({"copies_on_shelf": 1}, Reason.HOLD_COPY_ON_SHELF, True),
        ({"member": replace(MEMBER, expires=MONDAY - DAY)}, Reason.MEMBER_EXPIRED, True),
    ],
)
def test_who_may_not_wait(changes: dict[str, Any], reason: Reason, overridable: bool) -> None:
    answer = may_place(ask(**changes))
    assert isinstance(answer, Refused)
    assert (answer.reason, answer.overridable) == (reason, overridable)
    again = may_place(ask(**changes, override=Override("lewat telepon", frozenset(Reason))))
    assert isinstance(again, HoldTerms) == overridable


def test_who_may_wait() -> None:
    fine: list[dict[str, Any]] = [
        {"holds": (hold(member=SITI, expires=MONDAY - DAY),)},
        {"holds": (hold(member=SITI, copy=OTHER_COPY),), "copy": COPY},
        {"own_loan": loan(copy=OTHER_COPY), "copy": COPY},
        {"member_holds": (hold(1, title=uid(5)), hold(2, title=uid(6), expires=MONDAY - DAY))},
        {"rules": (replace(RULE, hold_limit=1),), "holds": (hold(member=BUDI),)},
    ]
    for changes in fine:
        assert isinstance(may_place(ask(**changes)), HoldTerms), changes


def test_the_most_generous_kind_of_the_title_gives_the_limit() -> None:
    poor, rich = replace(RULE, kind=uid(11), hold_limit=0), replace(RULE, kind=uid(12))
    assert isinstance(may_place(ask(rules=(poor, rich), kinds=(uid(11), uid(12)))), HoldTerms)
    assert isinstance(may_place(ask(rules=(poor, rich), kinds=(uid(11),))), Refused)


def test_what_cannot_be_overridden_comes_first() -> None:
    asked = ask(copies_on_shelf=1, holds=(hold(member=SITI),))
    assert [x.reason for x in all_refusals(asked)] == [
        Reason.HOLD_EXISTS,
        Reason.HOLD_COPY_ON_SHELF,
    ]
    assert override_for(asked, "izin") is None


@given(queues, days, st.randoms())
def test_positions_do_not_depend_on_the_order_and_are_dense(
    everybody: list[Hold], day: date, random: Any
) -> None:
    places = {x.id: queue_position(x, everybody, day) for x in everybody}
    shuffled = list(everybody)
    random.shuffle(shuffled)
    assert {x.id: queue_position(x, shuffled, day) for x in everybody} == places
    waiting = sorted(place for place in places.values() if place)
    assert waiting == list(range(1, len(waiting) + 1))


@given(queues, days)
def test_a_hold_is_live_or_lapsed_or_ended(everybody: list[Hold], day: date) -> None:
    over = lapsed(everybody, day)
    for x in everybody:
        is_open = x.state in (HoldState.WAITING, HoldState.READY)
        assert (is_live(x, day), x in over, not is_open).count(True) == 1


@given(queues, days)
def test_nobody_is_passed_over(everybody: list[Hold], day: date) -> None:
    chosen = next_for_copy(BOOK, everybody, day)
    for x in everybody:
        could = x.state is HoldState.WAITING and is_live(x, day) and x.copy in (None, COPY)
        if could:
            assert chosen is not None
            assert (chosen.placed_at, chosen.id) <= (x.placed_at, x.id)


@given(queues, days, st.integers(0, 3))
def test_no_more_holds_than_the_rule_gives(everybody: list[Hold], day: date, limit: int) -> None:
    mine = tuple(replace(x, member=SITI, title=uid(5)) for x in everybody)
    asked = ask(
        member_holds=mine,
        member=replace(MEMBER, expires=None),
        at=NOW.combine(day, NOW.time()),
        rules=(replace(RULE, hold_limit=limit),),
    )
    if isinstance(may_place(asked), HoldTerms):
        assert sum(is_live(x, day) for x in mine) < limit
