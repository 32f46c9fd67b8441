"""What the desk sees of a member at one look, and the histories behind it."""

from __future__ import annotations

from datetime import date

from helpers.library import SmallLibrary, value_of
from perpusdesk.domain.circulation_types import Quota
from perpusdesk.domain.decisions import Override, Reason
from perpusdesk.services.circulation.holds import cancel_hold, place_hold, set_aside
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.money import charge
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.block_member import block_member
from perpusdesk.services.members.member_card import (
    MemberCard,
    member_card,
    member_history,
    member_holds,
)
from perpusdesk.services.members.member_changes import member_changes
from perpusdesk.services.undo import undo


def shown(small: SmallLibrary, desk: Desk, card: str) -> MemberCard:
    found = member_card(desk, small.members[card])
    assert found is not None
    return found


def test_a_quiet_member(small: SmallLibrary, desk: Desk) -> None:
    card = shown(small, desk, "A0001")
    assert (card.name, card.card, card.category_name, card.branch_name) == (
        "Siti Misalnya",
        "A0001",
        "Umum",
        "Pusat",
    )
    assert (card.age, card.minor, card.consent_missing) == (36, False, False)
    assert (card.expired, card.days_left) == (False, 64)
    assert card.quota == Quota(limit=3, used=0, left=3)
    assert (card.loans, card.holds, card.blocks, card.kits, card.balance) == ((), (), (), (), 0)
    assert (card.photo, card.photo_consent) == (None, None)


def test_a_busy_member(small: SmallLibrary, desk: Desk, head: Desk) -> None:
    member = small.members["A0001"]
    value_of(lend(desk, member, small.copies["B0001"]))
    small.time.passes(days=9)
    override = Override("ya", frozenset({Reason.HOLD_COPY_ON_SHELF, Reason.MEMBER_HAS_OVERDUE}))
    holds = [
        value_of(place_hold(head, member, title, override=override)).hold
        for title in small.titles[3:5]
    ]
    value_of(set_aside(desk, holds[1], small.copies["B0009"]))
    value_of(charge(desk, member, 2_500, "kartu hilang"))
    value_of(block_member(desk, member, "gaduh", until=date(2026, 11, 20)))
    card = shown(small, desk, "A0001")
    assert [(line.barcode, line.days_late) for line in card.overdue] == [("B0001", 2)]
    assert [line.hold for line in card.ready] == [holds[1]]
    assert {line.hold: line.position for line in card.holds} == {holds[0]: 1, holds[1]: 0}
    assert card.balance == 2_500
    assert [(block.reason, block.active) for block in card.blocks] == [("gaduh", True)]
    assert card.quota == Quota(limit=3, used=1, left=2)


def test_a_minor_whose_guardian_did_not_sign(small: SmallLibrary, desk: Desk) -> None:
    card = shown(small, desk, "C0001")
    assert (card.minor, card.consent_missing, card.age) == (True, False, 10)
    small.change("member", small.members["C0001"], guardian_consent=None)
    assert shown(small, desk, "C0001").consent_missing
    assert shown(small, desk, "S0001").age is None


def test_a_membership_that_is_over_or_never_ends(small: SmallLibrary, desk: Desk) -> None:
    small.change("member", small.members["A0001"], expires=date(2026, 11, 1))
    small.change("member", small.members["A0002"], expires=None)
    over, endless = shown(small, desk, "A0001"), shown(small, desk, "A0002")
    assert (over.expired, over.days_left) == (True, -1)
    assert (endless.expired, endless.days_left) == (False, None)


def test_nobody_has_no_card(small: SmallLibrary, desk: Desk) -> None:
    assert member_card(desk, small.library.new_id()) is None


def test_the_history_keeps_what_was_and_not_what_was_undone(
    small: SmallLibrary, desk: Desk
) -> None:
    member = small.members["A0001"]
    for barcode in ("B0001", "B0003", "B0007"):
        small.time.passes(minutes=1)
        value_of(lend(desk, member, small.copies[barcode]))
    value_of(undo(desk))
    value_of(take_back(desk, small.copies["B0001"]))
    history = [(line.barcode, line.end) for line in member_history(desk, member)]
    assert history == [("B0003", "open"), ("B0001", "returned")]
    assert len(member_history(desk, member, limit=1)) == 1


def test_holds_that_ended_stay_in_their_list(small: SmallLibrary, head: Desk) -> None:
    member = small.members["A0001"]
    override = Override("ya", frozenset({Reason.HOLD_COPY_ON_SHELF}))
    hold = value_of(place_hold(head, member, small.titles[1], override=override)).hold
    value_of(cancel_hold(head, hold))
    assert shown(small, head, "A0001").holds == ()
    assert [line.state for line in member_holds(head, member)] == ["cancelled"]


def test_changes_tell_who_when_and_what(small: SmallLibrary, desk: Desk, head: Desk) -> None:
    member = small.members["A0001"]
    value_of(block_member(head, member, "gaduh", until=date(2026, 11, 20)))
    small.change("staff", small.staff["head"], active=0)
    found = {(c.record, c.field): c for c in member_changes(desk, member)}
    reason = found["block", "reason"]
    assert (reason.after, reason.staff_name, reason.verb) == (
        "gaduh",
        "Kepala Contoh",
        "block_member",
    )
    assert found["block", "until"].after == date(2026, 11, 20)
    assert found["member", "category"].after == "Umum"
    assert found["member", "expires"].after == date(2027, 1, 5)
    assert ("member", "phone_key") not in found
