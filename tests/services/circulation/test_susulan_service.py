"""Paper slips entered later: the rule of that day decides, and not every date is believed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from helpers.library import FINE, WIB, SmallLibrary, action_of, refusal_of, value_of
from perpusdesk.domain.decisions import Override, Reason
from perpusdesk.services.circulation.day import day_at
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.undo import undo

FRIDAY = datetime(2026, 10, 30, 10, 0, tzinfo=WIB)


def test_the_rule_and_the_calendar_of_that_day_decide(small: SmallLibrary, desk: Desk) -> None:
    small.rule("Oktober", priority=5, loan_days=3, loan_limit=1, last_day=date(2026, 10, 31))
    member = small.members["A0001"]
    done = lend(desk, member, small.copies["B0001"], at=FRIDAY)
    line = value_of(done).line
    assert (line.lent_at, line.due) == (FRIDAY, date(2026, 11, 2))
    assert line.rule == small.rules["Oktober"]
    refused = refusal_of(
        lend(desk, member, small.copies["B0003"], at=FRIDAY + timedelta(hours=1)),
        Reason.LIMIT_REACHED,
    )
    assert refused.facts["limit"] == 1
    assert value_of(lend(desk, member, small.copies["B0003"])).line.rule == small.rules["Umum"]


def test_loans_made_since_do_not_count_on_that_day(small: SmallLibrary, desk: Desk) -> None:
    member = small.members["A0001"]
    for barcode in ("B0001", "B0003", "B0007"):
        value_of(lend(desk, member, small.copies[barcode]))
    refusal_of(lend(desk, member, small.copies["B0009"]), Reason.LIMIT_REACHED)
    value_of(lend(desk, member, small.copies["B0009"], at=FRIDAY))


def test_membership_counts_as_it_was_that_day(small: SmallLibrary, desk: Desk) -> None:
    member = small.members["A0001"]
    small.change("member", member, expires=date(2026, 10, 31))
    refusal_of(lend(desk, member, small.copies["B0001"]), Reason.MEMBER_EXPIRED)
    value_of(lend(desk, member, small.copies["B0001"], at=FRIDAY))


def test_a_slip_of_a_return_costs_what_it_cost_that_day(small: SmallLibrary, desk: Desk) -> None:
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    small.time.passes(days=14)
    tenth = datetime(2026, 11, 10, 15, 0, tzinfo=WIB)
    returned = value_of(take_back(desk, small.copies["B0001"], at=tenth))
    assert (returned.days_late, returned.fine, returned.returned_at) == (1, FINE, tenth)
    assert day_at(desk, date(2026, 11, 10)).returned == 1
    assert day_at(desk).returned == 0


def test_slips_need_the_right(small: SmallLibrary) -> None:
    volunteer = small.desk("volunteer")
    copy = small.copies["B0001"]
    for answer in (
        lend(volunteer, small.members["A0001"], copy, at=FRIDAY),
        take_back(volunteer, copy, at=FRIDAY),
    ):
        assert refusal_of(answer, Reason.RIGHT_MISSING).facts == {"right": "backdate"}


def test_dates_that_cannot_be_are_refused(small: SmallLibrary, desk: Desk) -> None:
    member, copy = small.members["A0001"], small.copies["B0001"]
    tomorrow = small.time.moment + timedelta(days=1)
    refused = refusal_of(lend(desk, member, copy, at=tomorrow), Reason.DATE_IN_FUTURE)
    assert refused.facts == {"day": date(2026, 11, 3), "today": date(2026, 11, 2)}
    old = refusal_of(lend(desk, member, copy, at=FRIDAY - timedelta(days=200)), Reason.DATE_TOO_OLD)
    assert old.facts["earliest"] == date(2026, 8, 4)
    value_of(lend(desk, member, copy))
    refusal_of(take_back(desk, copy, at=tomorrow), Reason.DATE_IN_FUTURE)
    early = refusal_of(take_back(desk, copy, at=FRIDAY), Reason.DATE_BEFORE_LOAN)
    assert early.facts == {"day": date(2026, 10, 30), "lent": date(2026, 11, 2)}
    refusal_of(take_back(desk, small.copies["B0003"], at=tomorrow), Reason.DATE_IN_FUTURE)


def test_a_copy_was_not_lent_before_it_came_back(small: SmallLibrary, desk: Desk) -> None:
    member, copy = small.members["A0001"], small.copies["B0001"]
    value_of(lend(desk, member, copy))
    value_of(take_back(desk, copy))
    answer = lend(desk, small.members["A0002"], copy, at=FRIDAY)
    assert refusal_of(answer, Reason.DATE_TOO_OLD).facts["earliest"] == date(2026, 11, 2)


def test_no_override_makes_a_date_right(small: SmallLibrary, head: Desk) -> None:
    override = Override("yakin", frozenset({Reason.DATE_IN_FUTURE}))
    answer = lend(
        head,
        small.members["A0001"],
        small.copies["B0001"],
        at=small.time.moment + timedelta(days=1),
        override=override,
    )
    refusal_of(answer, Reason.DATE_IN_FUTURE)


def test_a_time_in_another_zone_counts_by_the_local_day(small: SmallLibrary, desk: Desk) -> None:
    late_in_london = datetime(2026, 10, 30, 20, 0, tzinfo=UTC)
    line = value_of(
        lend(desk, small.members["A0001"], small.copies["B0001"], at=late_in_london)
    ).line
    assert line.lent_at.date() == date(2026, 10, 31)
    assert line.due == date(2026, 11, 7)


def test_a_slip_can_be_undone(small: SmallLibrary, desk: Desk) -> None:
    done = lend(desk, small.members["A0001"], small.copies["B0001"], at=FRIDAY)
    assert small.library.ops_of_action(action_of(done))[0].verb == "lend_backdated"
    value_of(undo(desk))
    value_of(lend(desk, small.members["A0002"], small.copies["B0001"]))
