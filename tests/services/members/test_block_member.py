"""Blocks by hand: placed and lifted with a reason, seen by lending."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.block_member import block_member, lift_block
from perpusdesk.services.members.member_card import MemberCard, member_card
from perpusdesk.services.members.member_changes import member_changes
from perpusdesk.services.results import Done


def shown(desk: Desk, member: UUID) -> MemberCard:
    card = member_card(desk, member)
    assert card is not None
    return card


def test_a_blocked_member_may_not_borrow_until_it_is_lifted(
    small: SmallLibrary, desk: Desk
) -> None:
    member, copy = small.members["A0001"], small.copies["B0001"]
    block = value_of(block_member(desk, member, "buku sobek, dibicarakan dengan kepala"))
    refused = refusal_of(lend(desk, member, copy), Reason.MEMBER_BLOCKED)
    assert refused.facts["note"] == "buku sobek, dibicarakan dengan kepala"
    assert shown(desk, member).blocked
    value_of(lift_block(desk, block, "sudah diganti"))
    assert shown(desk, member).blocks == ()
    value_of(lend(desk, member, copy))
    whys = [change.why for change in member_changes(desk, member) if change.field == "lifted"]
    assert "sudah diganti" in whys


def test_a_block_with_a_last_day_ends_by_itself(small: SmallLibrary, desk: Desk) -> None:
    member = small.members["A0001"]
    value_of(block_member(desk, member, "gaduh", until=date(2026, 11, 3)))
    small.time.passes(days=1)
    refusal_of(lend(desk, member, small.copies["B0001"]), Reason.MEMBER_BLOCKED)
    small.time.passes(days=1)
    value_of(lend(desk, member, small.copies["B0001"]))
    assert not shown(desk, member).blocked
    assert len(shown(desk, member).blocks) == 1


def test_blocks_need_reason_right_member_and_a_day_to_come(small: SmallLibrary, desk: Desk) -> None:
    member = small.members["A0001"]
    refusal_of(block_member(desk, member, " "), Reason.REASON_MISSING)
    volunteer = small.desk("volunteer")
    refusal_of(block_member(volunteer, member, "gaduh"), Reason.RIGHT_MISSING)
    refusal_of(block_member(desk, small.library.new_id(), "gaduh"), Reason.MEMBER_UNKNOWN)
    refused = refusal_of(
        block_member(desk, member, "gaduh", until=date(2026, 11, 1)), Reason.DATE_TOO_OLD
    )
    assert refused.facts["earliest"] == date(2026, 11, 2)


def test_lifting_needs_a_reason_and_is_done_once(small: SmallLibrary, desk: Desk) -> None:
    block = value_of(block_member(desk, small.members["A0001"], "gaduh"))
    refusal_of(lift_block(desk, block, ""), Reason.REASON_MISSING)
    refusal_of(lift_block(small.desk("volunteer"), block, "ya"), Reason.RIGHT_MISSING)
    value_of(lift_block(desk, block, "selesai"))
    again = lift_block(desk, block, "selesai")
    assert isinstance(again, Done)
    assert again.action is None
