"""Lending, taking back and renewing, against a real library."""

from __future__ import annotations

from datetime import date

from helpers.library import FINE, SmallLibrary, action_of, notices_of, refusal_of, value_of
from perpusdesk.domain.decisions import Override, Reason
from perpusdesk.services.circulation.lend import lend, lend_objections
from perpusdesk.services.circulation.renew import renew, renew_all
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.member_card import member_card
from perpusdesk.services.results import Done


def test_a_copy_is_lent_until_the_rule_says(small: SmallLibrary, desk: Desk) -> None:
    lent = value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    assert (lent.line.due, lent.left) == (date(2026, 11, 9), 2)
    assert lent.line.rule == small.rules["Umum"]


def test_a_copy_on_loan_is_refused_to_another(small: SmallLibrary, desk: Desk) -> None:
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    answer = lend(desk, small.members["A0002"], small.copies["B0001"])
    assert refusal_of(answer, Reason.COPY_ON_LOAN).facts["member"] == small.members["A0001"]
    answer = lend(desk, small.members["A0001"], small.copies["B0001"])
    refusal_of(answer, Reason.COPY_ALREADY_YOURS)


def test_what_is_not_known_is_refused(small: SmallLibrary, desk: Desk) -> None:
    unknown = small.library.new_id()
    refusal_of(lend(desk, unknown, small.copies["B0001"]), Reason.MEMBER_UNKNOWN)
    refusal_of(lend(desk, small.members["A0001"], unknown), Reason.COPY_UNKNOWN)
    refusal_of(take_back(desk, unknown), Reason.COPY_UNKNOWN)
    refusal_of(renew(desk, unknown), Reason.LOAN_UNKNOWN)


def test_the_limit_can_be_overridden_with_right_and_reason(
    small: SmallLibrary, desk: Desk, head: Desk
) -> None:
    member = small.members["A0001"]
    for barcode in ("B0001", "B0003", "B0007"):
        done = lend(desk, member, small.copies[barcode])
    assert "last_loan" in notices_of(done)
    copy = small.copies["B0009"]
    assert refusal_of(lend(desk, member, copy), Reason.LIMIT_REACHED).overridable
    override = Override("lomba baca", frozenset({Reason.LIMIT_REACHED}))
    refusal_of(lend(desk, member, copy, override=override), Reason.RIGHT_MISSING)
    silent = Override(" ", frozenset({Reason.LIMIT_REACHED}))
    refusal_of(lend(head, member, copy, override=silent), Reason.REASON_MISSING)
    done = lend(head, member, copy, override=override)
    opened = small.library.ops_of_action(action_of(done))[0]
    assert opened.payload["overridden"] == ["limit_reached"]
    assert opened.payload["why"] == "lomba baca"


def test_all_objections_are_told_at_once(small: SmallLibrary, desk: Desk) -> None:
    small.change("member", small.members["A0001"], expires=date(2026, 11, 1))
    found = lend_objections(desk, small.members["A0001"], small.copies["B0005"])
    assert [no.reason for no in found] == [Reason.MEMBER_EXPIRED, Reason.COPY_NOT_FOR_LOAN]


def test_a_late_return_costs_and_hinders_until_it_is_here(small: SmallLibrary, desk: Desk) -> None:
    member = small.members["A0001"]
    value_of(lend(desk, member, small.copies["B0001"]))
    small.time.passes(days=9)
    refused = refusal_of(lend(desk, member, small.copies["B0003"]), Reason.MEMBER_HAS_OVERDUE)
    assert refused.facts["oldest_due"] == date(2026, 11, 9)
    returned = take_back(desk, small.copies["B0001"])
    assert notices_of(returned)["fine"] == {"amount": 2 * FINE, "days": 2}
    assert "debt" in notices_of(lend(desk, member, small.copies["B0003"]))


def test_a_suspension_blocks_until_its_last_day(small: SmallLibrary, desk: Desk) -> None:
    small.rule("Umum", loan_days=7, loan_limit=3, suspend_days_per_late_day=2)
    member = small.members["A0001"]
    value_of(lend(desk, member, small.copies["B0001"]))
    small.time.passes(days=9)
    returned = take_back(desk, small.copies["B0001"])
    assert notices_of(returned)["suspended"] == {"until": date(2026, 11, 15)}
    refused = refusal_of(lend(desk, member, small.copies["B0003"]), Reason.MEMBER_SUSPENDED)
    assert refused.facts["until"] == date(2026, 11, 15)
    small.time.passes(days=5)
    value_of(lend(desk, member, small.copies["B0003"]))


def test_a_copy_on_the_shelf_is_not_taken_back(small: SmallLibrary, desk: Desk) -> None:
    refused = refusal_of(take_back(desk, small.copies["B0001"]), Reason.COPY_NOT_ON_LOAN)
    assert refused.facts["barcode"] == "B0001"


def test_a_copy_far_from_home_is_sent_there(small: SmallLibrary, desk: Desk) -> None:
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    returned = take_back(small.desk(branch="van"), small.copies["B0001"])
    assert notices_of(returned)["go_home"] == {"branch": "Pusat"}


def test_renewals_run_out(small: SmallLibrary, desk: Desk) -> None:
    loan = value_of(lend(desk, small.members["A0001"], small.copies["B0001"])).line.loan
    early = refusal_of(renew(desk, loan), Reason.RENEWAL_TOO_EARLY)
    assert early.facts["due"] == date(2026, 11, 9)
    small.time.passes(days=3)
    line = value_of(renew(desk, loan)).line
    assert (line.due, line.renewals) == (date(2026, 11, 12), 1)
    small.time.passes(days=1)
    assert refusal_of(renew(desk, loan), Reason.RENEWALS_USED_UP).facts["limit"] == 1


def test_renewing_all_answers_for_each(small: SmallLibrary, desk: Desk) -> None:
    member = small.members["A0001"]
    value_of(lend(desk, member, small.copies["B0001"]))
    small.time.passes(days=2)
    value_of(lend(desk, member, small.copies["B0003"]))
    answers = renew_all(desk, member)
    assert [isinstance(answer, Done) for answer in answers] == [True, False]
    card = member_card(desk, member)
    assert card is not None
    assert {line.barcode: line.due.day for line in card.loans} == {"B0001": 11, "B0003": 11}
