"""Copies that are lost, damaged, missing, found, replaced, withdrawn, or said to be back."""

from __future__ import annotations

from uuid import UUID

import pytest

from helpers.library import FINE, SmallLibrary, action_of, notices_of, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.items import Condition
from perpusdesk.domain.members import BlockKind
from perpusdesk.services.cataloguing.conditions import mark_copy
from perpusdesk.services.circulation.claims import claim_returned, end_claim
from perpusdesk.services.circulation.found import report_found, report_replaced
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.lost_copies import Settlement, report_damaged, report_lost
from perpusdesk.services.circulation.money import balance, charge, take_payment
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.member_card import MemberCard, member_card, member_history
from perpusdesk.services.undo import undo
from perpusdesk.storage.queries.circulation import copy_by_id, open_loan_of_copy


@pytest.fixture
def lent(small: SmallLibrary, desk: Desk) -> UUID:
    """B0001 in the hands of A0001."""
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    return small.copies["B0001"]


def condition(small: SmallLibrary, copy: UUID) -> Condition:
    found = copy_by_id(small.library, copy)
    assert found is not None
    return found.condition


def shown(small: SmallLibrary, desk: Desk, card: str = "A0001") -> MemberCard:
    found = member_card(desk, small.members[card])
    assert found is not None
    return found


# -- lost -------------------------------------------------------------------------------------


def test_a_lost_copy_ends_the_loan_and_its_price_is_owed(
    small: SmallLibrary, desk: Desk, lent: UUID
) -> None:
    settled = value_of(report_lost(desk, lent, Settlement.PRICE))
    assert (settled.charge, settled.fine, settled.member_name) == (75_000, 0, "Siti Misalnya")
    assert condition(small, lent) is Condition.LOST
    assert [line.end for line in member_history(desk, small.members["A0001"])] == ["lost"]
    assert balance(desk, small.members["A0001"]) == 75_000
    refusal_of(lend(desk, small.members["A0002"], lent), Reason.COPY_LOST)


def test_an_agreed_price_and_the_fine_for_lateness_are_owed(
    small: SmallLibrary, desk: Desk, lent: UUID
) -> None:
    small.time.passes(days=9)
    settled = value_of(report_lost(desk, lent, Settlement.PRICE, price=40_000))
    assert (settled.charge, settled.fine) == (40_000, 2 * FINE)
    assert balance(desk, small.members["A0001"]) == 40_000 + 2 * FINE


def test_the_same_title_is_owed_until_it_is_brought(
    small: SmallLibrary, desk: Desk, lent: UUID
) -> None:
    value_of(report_lost(desk, lent, Settlement.SAME_TITLE))
    block = shown(small, desk).blocks[0]
    assert (block.kind, block.title) == (BlockKind.LOST_ITEM, "Pelaut Kertas")
    answer = lend(desk, small.members["A0001"], small.copies["B0003"])
    assert refusal_of(answer, Reason.MEMBER_BLOCKED).facts["kind"] is BlockKind.LOST_ITEM
    assert value_of(report_replaced(desk, lent)).block == block.id
    assert condition(small, lent) is Condition.WITHDRAWN
    value_of(lend(desk, small.members["A0001"], small.copies["B0003"]))


def test_losing_needs_a_loan_and_a_price(small: SmallLibrary, desk: Desk, lent: UUID) -> None:
    small.change("copy", lent, price=0)
    answer = report_lost(desk, lent, Settlement.PRICE)
    assert refusal_of(answer, Reason.AMOUNT_INVALID).facts == {"amount": 0}
    refusal_of(report_lost(desk, lent, Settlement.PRICE, price=-1), Reason.AMOUNT_INVALID)
    shelf = small.copies["B0002"]
    refusal_of(report_lost(desk, shelf, Settlement.NOTHING), Reason.COPY_NOT_ON_LOAN)
    unknown = small.library.new_id()
    refusal_of(report_lost(desk, unknown, Settlement.NOTHING), Reason.COPY_UNKNOWN)
    value_of(report_lost(desk, lent, Settlement.NOTHING))
    assert balance(desk, small.members["A0001"]) == 0


def test_undoing_a_loss_opens_the_loan_again(small: SmallLibrary, desk: Desk, lent: UUID) -> None:
    done = report_lost(desk, lent, Settlement.PRICE)
    value_of(undo(desk, action_of(done)))
    assert [line.copy for line in shown(small, desk).loans] == [lent]
    assert (balance(desk, small.members["A0001"]), condition(small, lent)) == (0, Condition.GOOD)


# -- found ------------------------------------------------------------------------------------


def test_a_lost_copy_scanned_at_the_desk_is_found_and_owed_no_more(
    small: SmallLibrary, desk: Desk, lent: UUID
) -> None:
    value_of(report_lost(desk, lent, Settlement.PRICE))
    returned = take_back(desk, lent)
    assert "was_lost" in notices_of(returned)
    assert balance(desk, small.members["A0001"]) == 0
    assert condition(small, lent) is Condition.GOOD
    value_of(lend(desk, small.members["A0002"], lent))


def test_only_what_is_still_owed_is_cancelled(small: SmallLibrary, desk: Desk, lent: UUID) -> None:
    member = small.members["A0001"]
    value_of(report_lost(desk, lent, Settlement.PRICE))
    value_of(take_payment(desk, member, 50_000))
    settled = value_of(report_found(desk, lent))
    assert (settled.cancelled, settled.refunded) == (25_000, 0)
    assert balance(desk, member) == 0


def test_a_refund_gives_back_what_was_paid(small: SmallLibrary, desk: Desk, lent: UUID) -> None:
    member = small.members["A0001"]
    value_of(report_lost(desk, lent, Settlement.PRICE))
    value_of(take_payment(desk, member, 50_000))
    refusal_of(report_found(small.desk("volunteer"), lent, refund=True), Reason.RIGHT_MISSING)
    settled = value_of(report_found(desk, lent, refund=True, damaged=True))
    assert (settled.cancelled, settled.refunded) == (25_000, 50_000)
    assert balance(desk, member) == 0
    assert condition(small, lent) is Condition.DAMAGED


def test_a_copy_lost_twice_is_cancelled_for_the_second_loss_alone(
    small: SmallLibrary, desk: Desk, lent: UUID
) -> None:
    member = small.members["A0001"]
    value_of(report_lost(desk, lent, Settlement.PRICE))
    value_of(report_found(desk, lent))
    value_of(lend(desk, member, lent))
    value_of(report_lost(desk, lent, Settlement.PRICE, price=10_000))
    assert value_of(report_found(desk, lent)).cancelled == 10_000
    assert balance(desk, member) == 0
    value_of(charge(desk, member, 5_000, "kartu hilang"))
    value_of(mark_copy(desk, lent, Condition.MISSING))
    assert value_of(report_found(desk, lent)).cancelled == 0
    assert balance(desk, member) == 5_000


def test_only_lost_copies_can_be_found_or_replaced(small: SmallLibrary, desk: Desk) -> None:
    shelf = small.copies["B0002"]
    assert refusal_of(report_found(desk, shelf), Reason.COPY_NOT_LOST).facts == {
        "condition": Condition.GOOD
    }
    refusal_of(report_replaced(desk, shelf), Reason.COPY_NOT_LOST)
    unknown = small.library.new_id()
    refusal_of(report_found(desk, unknown), Reason.COPY_UNKNOWN)
    refusal_of(report_replaced(desk, unknown), Reason.COPY_UNKNOWN)


def test_a_loss_that_was_followed_by_finding_cannot_be_undone_first(
    small: SmallLibrary, desk: Desk, lent: UUID
) -> None:
    lost = report_lost(desk, lent, Settlement.PRICE)
    found = report_found(desk, lent)
    refusal_of(undo(desk, action_of(lost)), Reason.UNDO_OVERTAKEN)
    value_of(undo(desk, action_of(found)))
    assert balance(desk, small.members["A0001"]) == 75_000
    value_of(undo(desk, action_of(lost)))
    assert balance(desk, small.members["A0001"]) == 0
    assert open_loan_of_copy(small.library, lent) is not None


# -- damaged and marked -----------------------------------------------------------------------


def test_who_had_it_last_answers_for_the_damage(
    small: SmallLibrary, desk: Desk, lent: UUID
) -> None:
    refused = refusal_of(report_damaged(desk, lent), Reason.COPY_ON_LOAN)
    assert refused.facts["member"] == small.members["A0001"]
    value_of(take_back(desk, lent))
    settled = value_of(report_damaged(desk, lent, Settlement.PRICE, 15_000))
    assert (settled.member, settled.charge) == (small.members["A0001"], 15_000)
    assert condition(small, lent) is Condition.DAMAGED
    refusal_of(report_damaged(desk, lent), Reason.COPY_DAMAGED)


def test_damage_that_nobody_answers_for(small: SmallLibrary, desk: Desk) -> None:
    shelf = small.copies["B0005"]
    refusal_of(report_damaged(desk, shelf, Settlement.SAME_TITLE), Reason.LOAN_UNKNOWN)
    assert value_of(report_damaged(desk, shelf)).member is None
    refusal_of(report_damaged(desk, small.library.new_id()), Reason.COPY_UNKNOWN)


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ((Condition.DAMAGED, Condition.DAMAGED), Reason.COPY_DAMAGED),
        ((Condition.MISSING, Condition.MISSING), Reason.COPY_LOST),
        ((Condition.WITHDRAWN, Condition.MISSING), Reason.COPY_WITHDRAWN),
        ((Condition.GOOD,), Reason.COPY_NOT_DAMAGED),
    ],
)
def test_steps_between_conditions_that_make_no_sense(
    small: SmallLibrary, desk: Desk, steps: tuple[Condition, ...], reason: Reason
) -> None:
    copy = small.copies["B0003"]
    *before, last = steps
    for step in before:
        value_of(mark_copy(desk, copy, step))
    refusal_of(mark_copy(desk, copy, last), reason)
    refusal_of(mark_copy(desk, small.library.new_id(), last), Reason.COPY_UNKNOWN)


def test_a_copy_on_loan_cannot_be_marked(small: SmallLibrary, desk: Desk, lent: UUID) -> None:
    refused = refusal_of(mark_copy(desk, lent, Condition.WITHDRAWN), Reason.COPY_ON_LOAN)
    assert refused.facts["member"] == small.members["A0001"]


def test_marking_a_lost_copy_good_is_finding_it(
    small: SmallLibrary, desk: Desk, lent: UUID
) -> None:
    value_of(report_lost(desk, lent, Settlement.SAME_TITLE))
    value_of(mark_copy(desk, lent, Condition.GOOD))
    assert condition(small, lent) is Condition.GOOD
    assert not shown(small, desk).blocked


# -- claims -----------------------------------------------------------------------------------


def test_a_claimed_loan_costs_nothing_and_hinders_nothing(
    small: SmallLibrary, desk: Desk, lent: UUID
) -> None:
    loan = shown(small, desk).loans[0].loan
    assert value_of(claim_returned(desk, loan)).claimed
    small.time.passes(days=20)
    assert shown(small, desk).overdue == ()
    value_of(lend(desk, small.members["A0001"], small.copies["B0003"]))
    returned = take_back(desk, lent)
    assert value_of(returned).fine == 0
    assert "was_claimed" in notices_of(returned)
    refusal_of(claim_returned(desk, loan), Reason.LOAN_CLOSED)


def test_a_claim_that_ends_leaves_the_loan_as_it_was(
    small: SmallLibrary, desk: Desk, lent: UUID
) -> None:
    loan = shown(small, desk).loans[0].loan
    value_of(claim_returned(desk, loan))
    before = small.library.digest()
    value_of(claim_returned(desk, loan))
    assert small.library.digest() == before
    assert not value_of(end_claim(desk, loan)).claimed
    small.time.passes(days=9)
    assert value_of(take_back(desk, lent)).fine == 2 * FINE
    refusal_of(end_claim(desk, small.library.new_id()), Reason.LOAN_UNKNOWN)
