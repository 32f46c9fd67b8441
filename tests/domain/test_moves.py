"""Copies between branches: what may be sent, what an arrival means, whose a copy is then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from uuid import UUID

import pytest

from perpusdesk.domain.circulation_types import Hold, HoldState, Loan
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.items import Condition, Copy
from perpusdesk.domain.moves import (
    SendTerms,
    Way,
    Why,
    arrives,
    belongs_to,
    days_under_way,
    decide_receive,
    decide_send,
)

HERE, THERE, ELSEWHERE = (UUID(int=number) for number in (1, 2, 3))
DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=timezone(timedelta(hours=7)))
COPY = Copy(UUID(int=10), "B1", "1", UUID(int=20), HERE, None)
WAY = Way(UUID(int=30), HERE, THERE, Why.MOVE)
LOAN = Loan(UUID(int=40), COPY.id, UUID(int=50), NOW, DAY, None, 0, HERE, None)
KEPT = Hold(
    UUID(int=60), COPY.title, UUID(int=50), THERE, NOW, HoldState.READY, COPY.id, None, None
)


def reason(answer: SendTerms | Refused | None) -> Reason:
    assert isinstance(answer, Refused)
    return answer.reason


def test_a_copy_goes_away_home_or_to_who_waits() -> None:
    assert decide_send(COPY, THERE, HERE, DAY) == SendTerms(Why.MOVE)
    assert decide_send(replace(COPY, branch=THERE), THERE, HERE, DAY) == SendTerms(Why.HOME)
    assert decide_send(COPY, THERE, HERE, DAY, holds=[KEPT]) == SendTerms(Why.HOLD)


@pytest.mark.parametrize(
    ("why", "expected"),
    [(Why.MOVE, THERE), (Why.HOME, HERE), (Why.HOLD, HERE), ("of a newer program", THERE)],
)
def test_only_a_move_changes_whose_a_copy_is(why: str, expected: UUID) -> None:
    assert belongs_to(COPY, replace(WAY, why=why)) == expected


def test_what_stands_against_sending_in_the_order_of_its_weight() -> None:
    assert reason(decide_send(COPY, HERE, HERE, DAY, loan=LOAN)) is Reason.COPY_HERE_ALREADY
    assert reason(decide_send(COPY, THERE, HERE, DAY, loan=LOAN, way=WAY)) is Reason.COPY_ON_LOAN
    gone = replace(COPY, condition=Condition.WITHDRAWN)
    assert reason(decide_send(gone, THERE, HERE, DAY)) is Reason.COPY_WITHDRAWN
    assert reason(decide_send(COPY, THERE, HERE, DAY, way=WAY)) is Reason.COPY_IN_TRANSIT
    damaged = replace(COPY, condition=Condition.DAMAGED)
    assert decide_send(damaged, THERE, HERE, DAY) == SendTerms(Why.MOVE), "to the repair, say"


def test_a_copy_that_is_kept_goes_elsewhere_only_if_it_shall() -> None:
    kept = decide_send(COPY, ELSEWHERE, HERE, DAY, holds=[KEPT])
    assert reason(kept) is Reason.COPY_ON_HOLD
    forced = decide_send(COPY, ELSEWHERE, HERE, DAY, holds=[KEPT], anyway=True)
    assert forced == SendTerms(Why.MOVE, KEPT.id)


def test_what_is_unpacked_is_expected_or_explained() -> None:
    assert decide_receive(COPY, THERE, way=WAY) is None
    assert reason(decide_receive(COPY, ELSEWHERE, way=WAY)) is Reason.COPY_FOR_ELSEWHERE
    assert reason(decide_receive(COPY, HERE)) is Reason.COPY_NOT_IN_TRANSIT
    stray = decide_receive(COPY, THERE)
    assert reason(stray) is Reason.COPY_NOT_SENT
    assert isinstance(stray, Refused) and stray.overridable
    assert reason(decide_receive(COPY, THERE, loan=LOAN, way=WAY)) is Reason.COPY_ON_LOAN


def test_a_way_ends_where_it_was_to() -> None:
    assert arrives(WAY, THERE)
    assert not arrives(WAY, HERE)
    assert (
        days_under_way(DAY, DAY + timedelta(days=8)),
        days_under_way(DAY, date(2020, 1, 1)),
    ) == (
        8,
        0,
    )
