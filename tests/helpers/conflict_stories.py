"""What two desks that do not hear of each other can do so that they contradict each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from helpers.devices import exchange
from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.domain.decisions import Override, Reason
from perpusdesk.domain.items import Condition
from perpusdesk.domain.lost import Settlement
from perpusdesk.domain.merge import loans
from perpusdesk.domain.merge.judgement import CAPPED, write_cut
from perpusdesk.domain.merge.ops import Op, Stamp
from perpusdesk.services.cataloguing.add_copies import NewCopies, add_copies
from perpusdesk.services.cataloguing.conditions import mark_copy
from perpusdesk.services.cataloguing.edit_copies import edit_copies
from perpusdesk.services.cataloguing.remove_copies import remove_copies
from perpusdesk.services.cataloguing.remove_title import remove_title
from perpusdesk.services.cataloguing.save_title import save_title
from perpusdesk.services.cataloguing.title_form import blank_form, set_short
from perpusdesk.services.cataloguing.title_form import open_form as open_title
from perpusdesk.services.circulation.holds import place_hold, set_aside
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.lost_copies import report_lost
from perpusdesk.services.circulation.send_copies import send_copy
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.conflicts.conflicts import Kind, list_conflicts, settle
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.block_member import block_member
from perpusdesk.services.members.edit_member import OpenForm, edit_member, open_form
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.merge_members import merge_members
from perpusdesk.services.members.register_member import register_member
from perpusdesk.services.undo import undo

Story = Callable[[SmallLibrary, Desk, Desk], Any]
ANYWAY = Override("lewat telepon", frozenset({Reason.HOLD_COPY_ON_SHELF}))
NEW = MemberForm(name="Nina Umpama", birth_date=date(1999, 3, 4))


def lent_twice(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    small.time.passes(hours=5)
    value_of(lend(van, small.members["A0002"], small.copies["B0001"]))


def lent_on_after_a_return_elsewhere(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    """The van lends what came back to it unseen; the desk takes the van's loan for its own."""
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    small.time.passes(days=1)
    value_of(lend(van, small.members["A0002"], small.copies["B0001"]))
    small.time.passes(days=2)
    value_of(take_back(desk, small.copies["B0001"]))


def lent_kept(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    hold = value_of(place_hold(desk, small.members["A0003"], small.titles[0], override=ANYWAY)).hold
    value_of(set_aside(desk, hold, small.copies["B0001"]))
    small.time.passes(hours=1)
    value_of(lend(van, small.members["A0002"], small.copies["B0001"]))


def lent_sent(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    value_of(send_copy(desk, small.copies["B0001"], small.branches["van"]))
    small.time.passes(hours=1)
    value_of(lend(van, small.members["A0002"], small.copies["B0001"]))


def lent_missing(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    value_of(mark_copy(desk, small.copies["B0001"], Condition.MISSING))
    small.time.passes(hours=1)
    value_of(lend(van, small.members["A0002"], small.copies["B0001"]))


def lent_withdrawn(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    value_of(mark_copy(desk, small.copies["B0001"], Condition.WITHDRAWN))
    value_of(lend(van, small.members["A0002"], small.copies["B0001"]))


def handed_back(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    """The van lends, the desk takes the book in: it does not know of the loan yet."""
    value_of(lend(van, small.members["A0002"], small.copies["B0001"]))
    small.time.passes(hours=1)
    refusal_of(take_back(desk, small.copies["B0001"]), Reason.COPY_NOT_ON_LOAN)


def lost_returned(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    exchange(desk, van)
    small.time.passes(hours=1)
    value_of(take_back(van, small.copies["B0001"]))
    small.time.passes(hours=1)
    value_of(report_lost(desk, small.copies["B0001"], Settlement.PRICE))


def kept_for_two(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    holds = []
    for card in ("A0001", "A0002"):
        holds.append(
            value_of(place_hold(desk, small.members[card], small.titles[0], override=ANYWAY)).hold
        )
        small.time.passes(minutes=1)
    exchange(desk, van)
    value_of(set_aside(desk, holds[0], small.copies["B0001"]))
    small.time.passes(minutes=1)
    value_of(set_aside(van, holds[1], small.copies["B0001"]))


def sent_twice(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    for one in (desk, van):
        value_of(send_copy(one, small.copies["B0001"], small.branches["van"]))
        small.time.passes(minutes=1)


def lent_blocked(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    value_of(block_member(desk, small.members["A0001"], "Kartu dipinjam orang lain"))
    small.time.passes(hours=1)
    value_of(lend(van, small.members["A0001"], small.copies["B0001"]))


def over_limit(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    for one, barcode in ((desk, "B0001"), (desk, "B0003"), (van, "B0007"), (van, "B0009")):
        value_of(lend(one, small.members["A0001"], small.copies[barcode]))
        small.time.passes(minutes=1)


def return_without_loan(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    value_of(lend(van, small.members["A0001"], small.copies["B0001"]))
    value_of(take_back(van, small.copies["B0001"]))
    # the opening is lost: as if the device that made it had been revoked before
    ops = [op for op in van.library.all_ops() if op.kind == loans.RETURNED]
    strange = [_as_told_by(op, bytes([9]) * 16) for op in ops]
    value_of(undo(van))
    value_of(undo(van))
    for one in (desk, van):
        one.library.ingest(strange)


def _as_told_by(op: Op, device: bytes) -> Op:
    values = {name: getattr(op, name) for name in Op.__slots__}
    stamp = Stamp(op.stamp.clock, device, 4, 1)
    return Op(**values | {"stamp": stamp, "entity": UUID(int=77)})


def unknown_copy(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    value_of(remove_copies(desk, [small.copies["B0001"]], "salah input"))
    small.time.passes(hours=1)
    value_of(lend(van, small.members["A0001"], small.copies["B0001"]))


def unknown_member(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    member = value_of(register_member(desk, NEW)).member
    exchange(desk, van)
    value_of(undo(desk))
    value_of(lend(van, member, small.copies["B0001"]))


def merged_member(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    member = value_of(register_member(desk, NEW)).member
    exchange(desk, van)
    value_of(merge_members(desk, small.members["A0001"], [member]))
    value_of(lend(van, member, small.copies["B0001"]))


def unknown_title(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    title = value_of(save_title(desk, set_short(blank_form(desk), "title", "Kosong"))).title
    exchange(desk, van)
    value_of(remove_title(desk, title, "salah input"))
    value_of(add_copies(van, NewCopies(title, 1)))


def same_barcode(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    for one in (desk, van):
        value_of(add_copies(one, NewCopies(small.titles[0], 1, barcode="X0001")))
        small.time.passes(minutes=1)


def same_inventory(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    for one in (desk, van):
        value_of(add_copies(one, NewCopies(small.titles[0], 1, inventory="X0001")))


def same_card(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    for one, name in ((desk, "Nina Umpama"), (van, "Dodi Umpama")):
        value_of(register_member(one, MemberForm(name=name, card="Z0001")))


def copy_edited_twice(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    for one, place in ((desk, "Rak 1"), (van, "Rak 2")):
        value_of(edit_copies(one, [small.copies["B0001"]], {"location": place, "note": place}))
        small.time.passes(minutes=1)


def member_edited_twice(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    for one, phone in ((desk, "0812-1111-1111"), (van, "0812-2222-2222")):
        opened = open_form(one, small.members["A0001"])
        assert isinstance(opened, OpenForm)
        value_of(edit_member(one, opened, replace(opened.form, phone=phone)))
        small.time.passes(minutes=1)


def title_edited_twice(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    title = value_of(save_title(desk, set_short(blank_form(desk), "title", "Tak Bernama"))).title
    exchange(desk, van)
    for one, name in ((desk, "Bentang"), (van, "Gema")):
        opened: Any = open_title(one, title)
        value_of(save_title(one, set_short(opened.form, "publisher", name), opened))
        small.time.passes(minutes=1)


def edited_deleted(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    value_of(remove_copies(desk, [small.copies["B0001"]], "salah input"))
    small.time.passes(hours=1)
    value_of(edit_copies(van, [small.copies["B0001"]], {"location": "Rak 2"}))


def member_twice(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    for one, barcode in ((desk, "B0001"), (van, "B0003")):
        member = value_of(register_member(one, NEW)).member
        value_of(lend(one, member, small.copies[barcode]))
        small.time.passes(minutes=1)


def title_twice(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    for one in (desk, van):
        form = blank_form(one)
        for name, value in (("title", "Laskar pelangi"), ("isbn", ("9793062797",))):
            form = set_short(form, name, value)
        value_of(save_title(one, form, copies=NewCopies(UUID(int=0), 1)))
        small.time.passes(minutes=1)


def decided_twice(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    lent_twice(small, desk, van)
    exchange(desk, van)
    (conflict,) = list_conflicts(desk).conflicts
    for one, answer in ((desk, "side_1"), (van, "side_2")):
        value_of(settle(one, conflict.id, answer))
        small.time.passes(minutes=1)


def clock_ahead(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    value_of(block_member(van, small.members["A0001"], "Kartu rusak"))
    stamp = list(van.library.all_ops())[-1].stamp
    action = desk.action("set_up")
    action.event(
        CAPPED,
        "clock_cap",
        desk.library.new_id(),
        fresh=True,
        device=stamp.device,
        incarnation=stamp.incarnation.to_bytes(8, "big"),
        first=stamp.seq,
        last=stamp.seq,
        clock=stamp.clock - 1,
    )
    desk.commit(action)


def quarantined(small: SmallLibrary, desk: Desk, van: Desk) -> None:
    exchange(desk, van)
    value_of(block_member(van, small.members["A0001"], "Kartu rusak"))
    stamp = list(van.library.all_ops())[-1].stamp
    known = {
        op.stamp.incarnation: op.stamp.seq
        for op in desk.library.all_ops()
        if op.stamp.device == stamp.device
    }
    action = desk.action("set_up")
    action.set("device", UUID(bytes=stamp.device), {"revoked": write_cut(known)})
    desk.commit(action)


STORIES: dict[str, tuple[Story, Kind]] = {
    story.__name__: (story, kind)
    for story, kind in (
        (lent_twice, Kind.LENT_TWICE),
        (lent_on_after_a_return_elsewhere, Kind.LENT_TWICE),
        (lent_kept, Kind.LENT_KEPT),
        (lent_sent, Kind.LENT_SENT),
        (lent_missing, Kind.LENT_GONE),
        (lent_withdrawn, Kind.LENT_GONE),
        (handed_back, Kind.HANDED_BACK),
        (lost_returned, Kind.LOST_RETURNED),
        (kept_for_two, Kind.KEPT_FOR_TWO),
        (sent_twice, Kind.SENT_TWICE),
        (lent_blocked, Kind.LENT_BLOCKED),
        (over_limit, Kind.LENT_OVER_LIMIT),
        (return_without_loan, Kind.RETURN_WITHOUT_LOAN),
        (unknown_copy, Kind.UNKNOWN_COPY),
        (unknown_member, Kind.UNKNOWN_MEMBER),
        (merged_member, Kind.UNKNOWN_MEMBER),
        (unknown_title, Kind.UNKNOWN_TITLE),
        (same_barcode, Kind.SAME_BARCODE),
        (same_inventory, Kind.SAME_INVENTORY),
        (same_card, Kind.SAME_CARD),
        (copy_edited_twice, Kind.EDITED_TWICE),
        (member_edited_twice, Kind.EDITED_TWICE),
        (title_edited_twice, Kind.EDITED_TWICE),
        (edited_deleted, Kind.EDITED_DELETED),
        (member_twice, Kind.MEMBER_TWICE),
        (title_twice, Kind.TITLE_TWICE),
        (decided_twice, Kind.DECIDED_TWICE),
        (clock_ahead, Kind.CLOCK_AHEAD),
        (quarantined, Kind.QUARANTINED),
    )
}
"""Each story, and the kind of conflict that it ends in."""
