"""Undo takes back every action wholly, and only what nothing else was built upon."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from helpers.library import SmallLibrary, action_of, build, living, refusal_of, value_of
from perpusdesk.domain.decisions import Override, Reason, Refused
from perpusdesk.domain.items import Condition
from perpusdesk.domain.weeding import Reason as Reason_
from perpusdesk.domain.weeding import Why
from perpusdesk.services.cataloguing.add_copies import NewCopies, add_copies
from perpusdesk.services.cataloguing.conditions import mark_copy
from perpusdesk.services.cataloguing.edit_copies import edit_copies
from perpusdesk.services.cataloguing.remove_copies import remove_copies
from perpusdesk.services.circulation.claims import claim_returned, end_claim
from perpusdesk.services.circulation.found import report_found, report_replaced
from perpusdesk.services.circulation.holds import cancel_hold, place_hold, release_hold, set_aside
from perpusdesk.services.circulation.kits import add_to_kit, open_kit
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.lost_copies import Settlement, report_damaged, report_lost
from perpusdesk.services.circulation.money import charge, refund, take_payment, waive
from perpusdesk.services.circulation.move_lists import moves
from perpusdesk.services.circulation.read_on_site import read_on_site
from perpusdesk.services.circulation.receive_copies import receive_copy
from perpusdesk.services.circulation.renew import renew
from perpusdesk.services.circulation.send_copies import cancel_sending, send_copy
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.collection.weeding import Candidate, carry_out, propose
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.block_member import block_member, lift_block
from perpusdesk.services.members.edit_member import edit_member, open_form
from perpusdesk.services.members.extend_membership import extend_membership
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.member_notes import write_note
from perpusdesk.services.members.member_photo import Photo, remove_photo, set_photo
from perpusdesk.services.members.register_member import register_member
from perpusdesk.services.undo import undo
from perpusdesk.storage.queries.circulation import open_loan_of_copy

Job = Callable[[SmallLibrary, Desk], Any]
HOLD_ANYWAY = Override("lewat telepon", frozenset({Reason.HOLD_COPY_ON_SHELF}))


def photo() -> Photo:
    out = io.BytesIO()
    Image.new("RGB", (30, 40), "navy").save(out, "PNG")
    return Photo(out.getvalue(), date(2026, 11, 2))


def lent(small: SmallLibrary, desk: Desk, barcode: str = "B0001", card: str = "A0001") -> Any:
    return lend(desk, small.members[card], small.copies[barcode])


def loan_of(small: SmallLibrary, barcode: str) -> Any:
    found = open_loan_of_copy(small.library, small.copies[barcode])
    assert found is not None
    return found.id


def waits(small: SmallLibrary, desk: Desk, card: str = "A0002") -> Any:
    small.time.passes(minutes=1)
    return place_hold(desk, small.members[card], small.titles[1], override=HOLD_ANYWAY)


def hold_of(small: SmallLibrary) -> Any:
    rows = small.library.rows("select id from hold order by placed_at")
    return UUID(bytes=bytes(rows[0][0]))


def kept(small: SmallLibrary, desk: Desk) -> Any:
    waits(small, desk)
    waits(small, desk, "A0003")
    return set_aside(desk, hold_of(small), small.copies["B0003"])


def late_back(small: SmallLibrary, desk: Desk) -> Any:
    small.time.passes(days=9)
    return take_back(desk, small.copies["B0001"])


def edited(small: SmallLibrary, desk: Desk) -> Any:
    opened = open_form(desk, small.members["A0001"])
    assert not isinstance(opened, Refused)
    return edit_member(desk, opened, replace(opened.form, name="Siti Lain", phone="0811 000 111"))


def owing(small: SmallLibrary, desk: Desk) -> Any:
    return charge(desk, small.members["A0001"], 5_000, "kartu hilang")


def lost_late(small: SmallLibrary, desk: Desk) -> Any:
    small.time.passes(days=9)
    return report_lost(desk, small.copies["B0001"], Settlement.PRICE)


def lost(small: SmallLibrary, desk: Desk) -> Any:
    lent(small, desk)
    return lost_late(small, desk)


def owed_same(small: SmallLibrary, desk: Desk) -> Any:
    lent(small, desk)
    return report_lost(desk, small.copies["B0001"], Settlement.SAME_TITLE)


def overpaid(small: SmallLibrary, desk: Desk) -> Any:
    charged = owing(small, desk)
    take_payment(desk, small.members["A0001"], 5_000)
    return undo(desk, action_of(charged))


def kit(small: SmallLibrary, desk: Desk) -> Any:
    return open_kit(desk, small.members["S0001"], "Kotak")


def nothing(small: SmallLibrary, desk: Desk) -> None:
    """Nothing has to be there before."""


def sent(small: SmallLibrary, desk: Desk) -> Any:
    return send_copy(desk, small.copies["B0007"], small.branches["van"])


def proposed_copy(small: SmallLibrary, desk: Desk) -> Any:
    chosen = Candidate(small.copies["B0009"], (Reason_(Why.PICKED),))
    return propose(desk, [chosen])


COPY_JOBS: dict[str, tuple[Job, Job]] = {
    "add copies": (nothing, lambda s, d: add_copies(d, NewCopies(s.titles[0], 3))),
    "edit copies": (
        nothing,
        lambda s, d: edit_copies(d, [s.copies["B0011"], s.copies["B0012"]], {"location": "Rak 4"}),
    ),
    "remove copy": (nothing, lambda s, d: remove_copies(d, [s.copies["B0013"]], "salah")),
    "send": (nothing, sent),
    "cancel sending": (
        sent,
        lambda s, d: cancel_sending(d, moves(d).gone[0].lines[0].transfer),
    ),
    "receive": (
        sent,
        lambda s, _d: receive_copy(s.desk("head", "van"), s.copies["B0007"]),
    ),
    "lend what was sent": (sent, lambda s, d: lent(s, d, "B0007")),
    "take over": (
        lambda s, _d: s.change("copy", s.copies["B0007"], branch=s.branches["van"]),
        lambda s, d: receive_copy(d, s.copies["B0007"], anyway=True),
    ),
    "propose weeding": (nothing, proposed_copy),
    "weed": (
        proposed_copy,
        lambda s, d: carry_out(d, [s.copies["B0009"]], "7/2026", d.today()),
    ),
}

JOBS: dict[str, tuple[Job, Job]] = COPY_JOBS | {
    "lend": (nothing, lent),
    "lend to who waits": (kept, lambda s, d: lent(s, d, "B0003", "A0002")),
    "renew": (lent, lambda s, d: (s.time.passes(days=1), renew(d, loan_of(s, "B0001")))[1]),
    "return": (lent, lambda s, d: take_back(d, s.copies["B0001"])),
    "return late": (lent, late_back),
    "return for a hold": (
        lambda s, d: (lent(s, d, "B0003"), waits(s, d)),
        lambda s, d: take_back(d, s.copies["B0003"]),
    ),
    "return of a lost copy": (lost, lambda s, d: take_back(d, s.copies["B0001"])),
    "register": (nothing, lambda s, d: register_member(d, MemberForm(name="Wati"), photo=photo())),
    "edit": (nothing, edited),
    "extend": (nothing, lambda s, d: extend_membership(d, s.members["A0001"])),
    "note": (nothing, lambda s, d: write_note(d, s.members["A0001"], "titip kartu")),
    "photo": (nothing, lambda s, d: set_photo(d, s.members["A0001"], photo())),
    "no photo": (
        lambda s, d: set_photo(d, s.members["A0001"], photo()),
        lambda s, d: remove_photo(d, s.members["A0001"]),
    ),
    "block": (nothing, lambda s, d: block_member(d, s.members["A0001"], "gaduh")),
    "lift": (
        lambda s, d: block_member(d, s.members["A0001"], "gaduh"),
        lambda s, d: lift_block(d, living_block(s), "selesai"),
    ),
    "hold": (nothing, waits),
    "cancel": (waits, lambda s, d: cancel_hold(d, hold_of(s))),
    "cancel a kept one": (kept, lambda s, d: cancel_hold(d, hold_of(s))),
    "set aside": (waits, lambda s, d: set_aside(d, hold_of(s), s.copies["B0003"])),
    "release": (kept, lambda s, d: release_hold(d, hold_of(s))),
    "charge": (nothing, owing),
    "pay": (owing, lambda s, d: take_payment(d, s.members["A0001"], 2_000)),
    "waive": (owing, lambda s, d: waive(d, s.members["A0001"], 2_000, "banjir")),
    "refund": (overpaid, lambda s, d: refund(d, s.members["A0001"], 5_000, "kelebihan")),
    "lost": (lent, lambda s, d: report_lost(d, s.copies["B0001"], Settlement.PRICE)),
    "lost late": (lent, lost_late),
    "same title owed": (
        lent,
        lambda s, d: report_lost(d, s.copies["B0001"], Settlement.SAME_TITLE),
    ),
    "found": (lost, lambda s, d: report_found(d, s.copies["B0001"])),
    "found and refunded": (
        lambda s, d: (lost(s, d), take_payment(d, s.members["A0001"], 50_000)),
        lambda s, d: report_found(d, s.copies["B0001"], refund=True),
    ),
    "replaced": (owed_same, lambda s, d: report_replaced(d, s.copies["B0001"])),
    "damaged": (
        lambda s, d: (lent(s, d), take_back(d, s.copies["B0001"])),
        lambda s, d: report_damaged(d, s.copies["B0001"], Settlement.PRICE, 9_000),
    ),
    "damaged while kept": (kept, lambda s, d: report_damaged(d, s.copies["B0003"])),
    "missing": (nothing, lambda s, d: mark_copy(d, s.copies["B0001"], Condition.MISSING)),
    "withdrawn while kept": (
        kept,
        lambda s, d: mark_copy(d, s.copies["B0003"], Condition.WITHDRAWN),
    ),
    "claim": (lent, lambda s, d: claim_returned(d, loan_of(s, "B0001"))),
    "end claim": (
        lambda s, d: (lent(s, d), claim_returned(d, loan_of(s, "B0001"))),
        lambda s, d: end_claim(d, loan_of(s, "B0001")),
    ),
    "read": (nothing, lambda s, d: read_on_site(d, s.copies["B0005"])),
    "kit": (nothing, kit),
    "kit copy": (kit, lambda s, d: add_to_kit(d, kit_of(s), s.copies["B0001"])),
}


def living_block(small: SmallLibrary) -> Any:
    return UUID(bytes=bytes(small.library.value("select id from block where deleted = 0")))


def kit_of(small: SmallLibrary) -> Any:
    return UUID(bytes=bytes(small.library.value("select id from kit where deleted = 0")))


@pytest.mark.parametrize("name", JOBS)
def test_every_action_can_be_taken_back_wholly(small: SmallLibrary, head: Desk, name: str) -> None:
    before, job = JOBS[name]
    before(small, head)
    small.time.passes(minutes=1)
    library = living(small.library)
    action = action_of(job(small, head))
    assert living(small.library) != library
    value_of(undo(head, action))
    assert living(small.library) == library
    refusal_of(undo(head, action), Reason.ALREADY_UNDONE)


@pytest.mark.parametrize("name", JOBS)
def test_after_undo_the_same_can_be_done_and_undone_again(
    small: SmallLibrary, head: Desk, name: str
) -> None:
    before, job = JOBS[name]
    before(small, head)
    library = living(small.library)
    for _ in range(2):
        action = action_of(job(small, head))
        value_of(undo(head, action))
    assert living(small.library) == library


def test_a_member_who_borrowed_since_is_not_taken_back(small: SmallLibrary, desk: Desk) -> None:
    registered = register_member(desk, MemberForm(name="Wati"))
    member = value_of(registered).member
    value_of(lend(desk, member, small.copies["B0001"]))
    value_of(take_back(desk, small.copies["B0001"]))
    refused = refusal_of(undo(desk, action_of(registered)), Reason.UNDO_OVERTAKEN)
    assert refused.facts["by"] == "loan"


def test_a_return_is_not_undone_once_the_copy_is_out_again(small: SmallLibrary, desk: Desk) -> None:
    lent(small, desk)
    back = take_back(desk, small.copies["B0001"])
    again = lent(small, desk, card="A0002")
    assert refusal_of(undo(desk, action_of(back)), Reason.UNDO_OVERTAKEN).facts["by"] == "lend"
    value_of(undo(desk, action_of(again)))
    value_of(undo(desk, action_of(back)))
    assert open_loan_of_copy(small.library, small.copies["B0001"]) is not None


def test_a_return_is_not_undone_once_the_copy_went_out_and_came_back_again(
    small: SmallLibrary, desk: Desk
) -> None:
    lent(small, desk)
    small.time.passes(hours=1)
    first = action_of(take_back(desk, small.copies["B0001"]))
    small.time.passes(hours=1)
    second_loan = action_of(lent(small, desk, card="A0002"))
    second = action_of(take_back(desk, small.copies["B0001"]))
    refusal_of(undo(desk, first), Reason.UNDO_OVERTAKEN)
    value_of(undo(desk, second))
    value_of(undo(desk, second_loan))
    value_of(undo(desk, first))
    assert loan_of(small, "B0001")


def test_what_another_person_did_is_undone_by_those_with_the_right_alone(
    small: SmallLibrary, desk: Desk, head: Desk
) -> None:
    action = action_of(lent(small, desk))
    refused = refusal_of(undo(small.desk("volunteer"), action), Reason.RIGHT_MISSING)
    assert refused.facts == {"right": "undo_others"}
    value_of(undo(head, action))


def test_a_loan_that_was_renewed_is_not_undone_first(small: SmallLibrary, desk: Desk) -> None:
    loan = lent(small, desk)
    small.time.passes(days=1)
    renewed = renew(desk, loan_of(small, "B0001"))
    assert refusal_of(undo(desk, action_of(loan)), Reason.UNDO_OVERTAKEN).facts["by"] == "renew"
    value_of(undo(desk, action_of(renewed)))
    value_of(undo(desk, action_of(loan)))


def test_an_edit_is_not_undone_over_a_later_one(small: SmallLibrary, desk: Desk) -> None:
    first = edited(small, desk)
    value_of(extend_membership(desk, small.members["A0001"]))
    small.change("member", small.members["A0001"], name="Siti Ketiga")
    refused = refusal_of(undo(desk, action_of(first)), Reason.UNDO_OVERTAKEN)
    assert refused.facts["fields"] == ("name",)


def test_copies_that_were_sent_since_are_not_taken_back(small: SmallLibrary, desk: Desk) -> None:
    added = add_copies(desk, NewCopies(small.titles[0]))
    value_of(send_copy(desk, value_of(added).copies[0], small.branches["van"]))
    refused = refusal_of(undo(desk, action_of(added)), Reason.UNDO_OVERTAKEN)
    assert refused.facts["by"] == "transfer"


def test_an_undoing_is_not_undone_and_nothing_is_nothing(small: SmallLibrary, desk: Desk) -> None:
    refusal_of(undo(desk), Reason.NOTHING_TO_UNDO)
    lent(small, desk)
    undone = undo(desk)
    refusal_of(undo(desk, action_of(undone)), Reason.NOTHING_TO_UNDO)
    refusal_of(undo(desk, small.library.new_id()), Reason.NOTHING_TO_UNDO)


@settings(max_examples=15)
@given(st.lists(st.sampled_from(sorted(JOBS)), min_size=2, max_size=5, unique=True))
def test_actions_undone_in_turn_leave_nothing_behind(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    small = build(tmp_path_factory.mktemp("undo") / "library")
    desk, library, actions = small.desk("head"), living(small.library), []
    for name in names:
        with contextlib.suppress(AssertionError, IndexError, TypeError):
            actions.append(action_of(JOBS[name][1](small, desk)))
    for action in reversed(actions):
        value_of(undo(desk, action))
    assert living(small.library) == library
    small.library.close()
