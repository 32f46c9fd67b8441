"""The ledger: what may be booked, what it comes to, and that the sum is always right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.library import FINE, SmallLibrary, action_of, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.money import (
    balance,
    charge,
    receipt,
    refund,
    take_payment,
    waive,
)
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.member_card import member_ledger
from perpusdesk.services.undo import undo


@pytest.fixture
def late(small: SmallLibrary, desk: Desk) -> int:
    """A0001 brought B0001 back two open days late: the fine."""
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    small.time.passes(days=9)
    returned = value_of(take_back(desk, small.copies["B0001"]))
    assert returned.fine == 2 * FINE
    return returned.fine


def test_a_fine_is_owed_until_it_is_paid(small: SmallLibrary, desk: Desk, late: int) -> None:
    member = small.members["A0001"]
    assert balance(desk, member) == late
    booked = value_of(take_payment(desk, member, 400, "tunai"))
    assert booked.balance == late - 400
    assert (booked.entry.amount, booked.entry.kind) == (-400, "payment")
    assert booked.entry.staff_name == "Petugas Contoh"
    lines = member_ledger(desk, member)
    assert [(line.kind, line.balance) for line in lines] == [("payment", 600), ("fine", 1_000)]
    assert (lines[1].title, lines[1].barcode) == ("Pelaut Kertas", "B0001")


@pytest.mark.parametrize("amount", [0, -1, 1_001, 10**12])
def test_an_amount_that_cannot_be_is_refused(
    small: SmallLibrary, desk: Desk, late: int, amount: int
) -> None:
    member = small.members["A0001"]
    for answer in (
        take_payment(desk, member, amount),
        waive(desk, member, amount, "keluarga tidak mampu"),
    ):
        assert refusal_of(answer, Reason.AMOUNT_INVALID).facts == {"amount": amount, "owed": late}
    assert balance(desk, member) == late


def test_a_charge_has_its_own_bounds(small: SmallLibrary, desk: Desk) -> None:
    member = small.members["A0001"]
    for amount in (0, -5, 10**12):
        refusal_of(charge(desk, member, amount, "kartu hilang"), Reason.AMOUNT_INVALID)
    assert value_of(charge(desk, member, 5_000, "kartu hilang")).balance == 5_000


def test_money_needs_the_right_a_member_and_a_reason(
    small: SmallLibrary, desk: Desk, late: int
) -> None:
    member, volunteer = small.members["A0001"], small.desk("volunteer")
    for answer in (
        take_payment(volunteer, member, 100),
        waive(volunteer, member, 100, "ya"),
        charge(volunteer, member, 100, "ya"),
        refund(volunteer, member, 100, "ya"),
    ):
        assert refusal_of(answer, Reason.RIGHT_MISSING).facts == {"right": "money"}
    refusal_of(take_payment(desk, small.library.new_id(), 100), Reason.MEMBER_UNKNOWN)
    refusal_of(waive(desk, member, 100, " "), Reason.REASON_MISSING)
    refusal_of(charge(desk, member, 100, ""), Reason.REASON_MISSING)
    refusal_of(refund(desk, member, 100, ""), Reason.REASON_MISSING)


def test_a_waiver_keeps_its_reason(small: SmallLibrary, desk: Desk, late: int) -> None:
    value_of(waive(desk, small.members["A0001"], late, "banjir"))
    assert member_ledger(desk, small.members["A0001"])[0].note == "banjir"
    assert balance(desk, small.members["A0001"]) == 0


def test_what_was_paid_for_an_undone_fine_can_be_given_back(
    small: SmallLibrary, desk: Desk, late: int
) -> None:
    member = small.members["A0001"]
    extra = charge(desk, member, 500, "fotokopi")
    value_of(take_payment(desk, member, 1_500))
    refusal_of(refund(desk, member, 1, "tidak ada"), Reason.AMOUNT_INVALID)
    value_of(undo(desk, action_of(extra)))
    assert balance(desk, member) == -500
    refusal_of(refund(desk, member, 501, "kelebihan"), Reason.AMOUNT_INVALID)
    assert value_of(refund(desk, member, 500, "kelebihan")).balance == 0
    voided = [line for line in member_ledger(desk, member) if line.voided]
    assert [line.kind for line in voided] == ["charge"]


def test_a_receipt_names_what_was_paid_since(small: SmallLibrary, desk: Desk, late: int) -> None:
    member = small.members["A0001"]
    value_of(take_payment(desk, member, 100))
    since = small.time.passes(minutes=5)
    value_of(take_payment(desk, member, 200))
    value_of(take_payment(desk, member, 300))
    value_of(undo(desk))
    paper = receipt(desk, member, since)
    assert (paper.paid, paper.owed) == (200, late - 300)
    assert [line.amount for line in paper.lines] == [-200]


steps = st.lists(
    st.tuples(st.sampled_from(["charge", "pay", "waive", "refund", "undo"]), st.integers(-5, 60)),
    max_size=12,
)


@given(steps)
def test_whatever_is_booked_the_balance_is_the_sum_that_stands(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    from helpers.library import build

    small = build(tmp_path_factory.mktemp("money") / "library")
    desk, member, owed, history = small.desk(), small.members["A0002"], 0, [0]
    jobs = {
        "charge": lambda n: charge(desk, member, n, "x"),
        "pay": lambda n: take_payment(desk, member, n),
        "waive": lambda n: waive(desk, member, n, "x"),
        "refund": lambda n: refund(desk, member, n, "x"),
    }
    change = {"charge": 1, "pay": -1, "waive": -1, "refund": 1}
    for word, amount in steps:
        if word == "undo":
            if len(history) > 1:
                value_of(undo(desk))
                history.pop()
            continue
        owed = history[-1]
        room = {"charge": 60, "pay": owed, "waive": owed, "refund": -owed}[word]
        answer = jobs[word](amount)
        if 0 < amount <= room:
            value_of(answer)
            history.append(owed + change[word] * amount)
        else:
            refusal_of(answer, Reason.AMOUNT_INVALID)
        assert balance(desk, member) == history[-1]
    lines = member_ledger(desk, member)
    assert (lines[0].balance if lines else 0) == history[-1]
    small.library.close()
