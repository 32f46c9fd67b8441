"""Block loans: one due day for all, filled scan by scan, returned in parts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from helpers.library import SmallLibrary, action_of, notices_of, refusal_of, value_of
from perpusdesk.domain.decisions import Override, Reason
from perpusdesk.services.circulation.kits import add_to_kit, kit_loans, kits_of_member, open_kit
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.block_member import block_member
from perpusdesk.services.members.member_card import member_card
from perpusdesk.services.undo import undo

LENDABLE = ("B0001", "B0002", "B0003", "B0004", "B0007", "B0008")


@pytest.fixture
def kit(small: SmallLibrary, desk: Desk) -> UUID:
    """An empty kit of the school."""
    return value_of(open_kit(desk, small.members["S0001"], " Pojok baca ")).kit


def test_copies_of_a_kit_are_due_together_and_do_not_count(
    small: SmallLibrary, desk: Desk, kit: UUID
) -> None:
    first = value_of(add_to_kit(desk, kit, small.copies["B0001"]))
    small.time.passes(days=1)
    dues = {value_of(add_to_kit(desk, kit, small.copies[b])).line.due for b in LENDABLE[1:]}
    assert dues == {first.line.due} == {date(2026, 12, 2)}
    card = member_card(desk, small.members["S0001"])
    assert card is not None
    assert (len(card.loans), card.quota.used) == (6, 0)
    assert (card.kits[0].name, card.kits[0].total) == ("Pojok baca", 6)


def test_a_part_of_a_kit_comes_back(small: SmallLibrary, desk: Desk, kit: UUID) -> None:
    for barcode in LENDABLE[:3]:
        value_of(add_to_kit(desk, kit, small.copies[barcode]))
    value_of(take_back(desk, small.copies["B0002"]))
    line = kits_of_member(desk, small.members["S0001"])[0]
    assert (line.total, line.still_out) == (3, 2)
    assert [(x.barcode, x.end) for x in kit_loans(desk, kit)] == [
        ("B0001", "open"),
        ("B0003", "open"),
        ("B0002", "returned"),
    ]


def test_an_agreed_day_is_moved_to_an_open_one(small: SmallLibrary, desk: Desk) -> None:
    member = small.members["S0001"]
    line = value_of(open_kit(desk, member, "Kotak", due=date(2026, 12, 25)))
    assert line.due == date(2026, 12, 26)
    lent = value_of(add_to_kit(desk, line.kit, small.copies["B0001"]))
    assert lent.line.due == date(2026, 12, 26)
    assert value_of(open_kit(desk, member, "Kotak 2", days=10)).due == date(2026, 11, 12)


def test_a_kit_needs_name_member_and_sense(small: SmallLibrary, desk: Desk) -> None:
    member = small.members["S0001"]
    refusal_of(open_kit(desk, member, " "), Reason.NAME_MISSING)
    refusal_of(open_kit(desk, small.library.new_id(), "Kotak"), Reason.MEMBER_UNKNOWN)
    refusal_of(open_kit(desk, member, "Kotak", days=0), Reason.AMOUNT_INVALID)
    refusal_of(open_kit(desk, member, "Kotak", due=date(2026, 11, 1)), Reason.DATE_TOO_OLD)


def test_what_cannot_be_lent_cannot_go_into_a_kit(
    small: SmallLibrary, desk: Desk, kit: UUID
) -> None:
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    refused = refusal_of(add_to_kit(desk, kit, small.copies["B0001"]), Reason.COPY_ON_LOAN)
    assert refused.facts["member"] == small.members["A0001"]
    refusal_of(add_to_kit(desk, kit, small.copies["B0005"]), Reason.COPY_NOT_FOR_LOAN)
    refusal_of(add_to_kit(desk, kit, small.library.new_id()), Reason.COPY_UNKNOWN)
    refusal_of(add_to_kit(desk, small.library.new_id(), small.copies["B0003"]), Reason.LOAN_UNKNOWN)
    value_of(add_to_kit(desk, kit, small.copies["B0003"]))
    refusal_of(add_to_kit(desk, kit, small.copies["B0003"]), Reason.COPY_ALREADY_YOURS)


def test_a_kit_has_its_own_limit_that_can_be_overridden(
    small: SmallLibrary, head: Desk, kit: UUID
) -> None:
    small.change("member_category", small.categories["school"], kit_limit=2)
    for barcode in LENDABLE[:2]:
        value_of(add_to_kit(head, kit, small.copies[barcode]))
    answer = add_to_kit(head, kit, small.copies["B0003"])
    assert refusal_of(answer, Reason.LIMIT_REACHED).facts["limit"] == 2
    override = Override("kelas besar", frozenset({Reason.LIMIT_REACHED}))
    done = add_to_kit(head, kit, small.copies["B0003"], override=override)
    assert "overridden" in notices_of(done)
    opened = small.library.ops_of_action(action_of(done))[0]
    assert (opened.payload["overridden"], opened.payload["why"]) == (
        ["limit_reached"],
        "kelas besar",
    )


def test_a_blocked_school_gets_no_kit(small: SmallLibrary, desk: Desk, kit: UUID) -> None:
    value_of(block_member(desk, small.members["S0001"], "kotak belum kembali"))
    refusal_of(add_to_kit(desk, kit, small.copies["B0001"]), Reason.MEMBER_BLOCKED)


def test_an_opened_kit_can_be_undone_while_it_is_empty(small: SmallLibrary, desk: Desk) -> None:
    opened = open_kit(desk, small.members["S0001"], "Kotak")
    added = add_to_kit(desk, value_of(opened).kit, small.copies["B0001"])
    refused = refusal_of(undo(desk, action_of(opened)), Reason.UNDO_OVERTAKEN)
    assert refused.facts["by"] == "loan"
    value_of(undo(desk, action_of(added)))
    assert kits_of_member(desk, small.members["S0001"])[0].due is None
    value_of(undo(desk, action_of(opened)))
    assert kits_of_member(desk, small.members["S0001"]) == []
