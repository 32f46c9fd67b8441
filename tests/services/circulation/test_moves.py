"""Copies on their way: sent by scanning, received by scanning, and what the desk makes of them."""

from __future__ import annotations

from uuid import UUID

import pytest

from helpers.library import SmallLibrary, action_of, done_of, notices_of, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.items import Condition
from perpusdesk.services.cataloguing.catalogue import copy_document
from perpusdesk.services.cataloguing.copy_story import Event, copy_story
from perpusdesk.services.cataloguing.edit_copies import edit_copies
from perpusdesk.services.cataloguing.title_card import CopyState, title_card
from perpusdesk.services.circulation.hold_lists import holds_to_pick
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.move_lists import moves, note_lines
from perpusdesk.services.circulation.receive_copies import receive_copy
from perpusdesk.services.circulation.send_copies import cancel_sending, close_note, send_copy
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.undo import undo
from perpusdesk.storage.queries.copies import fields_of


@pytest.fixture
def van(small: SmallLibrary) -> Desk:
    return small.desk(branch="van")


def branch_of(small: SmallLibrary, barcode: str) -> UUID | None:
    fields = fields_of(small.library, small.copies[barcode])
    assert fields is not None
    branch: UUID | None = fields["branch"]
    return branch


def state_of(desk: Desk, small: SmallLibrary, place: int) -> list[CopyState]:
    card = title_card(desk, small.titles[place])
    assert card is not None
    return [copy.state for copy in card.copies]


def test_copies_are_sent_on_one_note_and_received_by_scanning(
    desk: Desk, van: Desk, small: SmallLibrary
) -> None:
    for barcode in ("B0001", "B0002"):
        line = value_of(send_copy(desk, small.copies[barcode], van.branch))
        assert (line.paper, line.to_name, line.state) == (
            "SJ-PST-261102-1-1",
            "Mobil Keliling",
            "on_the_way",
        )
    assert state_of(desk, small, 0) == [CopyState.IN_TRANSIT] * 2
    document = copy_document(desk, "B0001")
    assert document is not None and document["status"] == "in_transit"
    assert branch_of(small, "B0001") == desk.branch
    (note,) = moves(van).coming
    assert [line.barcode for line in note.lines] == ["B0001", "B0002"]
    assert moves(desk).gone == (note,)
    done = done_of(receive_copy(van, small.copies["B0001"]))
    assert (done.value.from_branch, branch_of(small, "B0001")) == ("Pusat", van.branch)
    assert len(moves(van).coming[0].lines) == 1
    assert len(note_lines(desk, "SJ-PST-261102-1-1")) == 2
    assert state_of(desk, small, 0) == [CopyState.AVAILABLE, CopyState.IN_TRANSIT]


def test_a_note_ends_when_it_was_printed_and_with_the_day(
    desk: Desk, van: Desk, small: SmallLibrary
) -> None:
    papers = [value_of(send_copy(desk, small.copies["B0001"], van.branch)).paper]
    close_note(desk, van.branch)
    papers.append(value_of(send_copy(desk, small.copies["B0002"], van.branch)).paper)
    small.time.passes(days=1)
    papers.append(value_of(send_copy(desk, small.copies["B0003"], van.branch)).paper)
    assert papers == ["SJ-PST-261102-1-1", "SJ-PST-261102-1-2", "SJ-PST-261103-1-1"]


def test_what_was_sent_too_long_ago_is_late(desk: Desk, van: Desk, small: SmallLibrary) -> None:
    value_of(send_copy(desk, small.copies["B0001"], van.branch))
    small.time.passes(days=7)
    assert (moves(van).coming[0].days, moves(van).late) == (7, 0)
    small.time.passes(days=1)
    assert (moves(van).coming[0].late, moves(desk).late) == (True, 1)
    small.setting("transfer_days", 30)
    assert moves(van).late == 0


@pytest.mark.parametrize("what", ["here", "loan", "lost", "withdrawn", "again", "branch", "copy"])
def test_what_cannot_be_sent(desk: Desk, van: Desk, small: SmallLibrary, what: str) -> None:
    copy, to, reason = small.copies["B0001"], van.branch, Reason.COPY_UNKNOWN
    if what == "here":
        to, reason = desk.branch, Reason.COPY_HERE_ALREADY
    elif what == "loan":
        value_of(lend(desk, small.members["A0001"], copy))
        reason = Reason.COPY_ON_LOAN
    elif what == "lost":
        small.change("copy", copy, condition=Condition.MISSING)
        reason = Reason.COPY_LOST
    elif what == "withdrawn":
        small.change("copy", copy, condition=Condition.WITHDRAWN)
        reason = Reason.COPY_WITHDRAWN
    elif what == "again":
        value_of(send_copy(desk, copy, to))
        reason = Reason.COPY_IN_TRANSIT
    elif what == "branch":
        to, reason = desk.library.new_id(), Reason.BRANCH_UNKNOWN
    else:
        copy = desk.library.new_id()
    refusal_of(send_copy(desk, copy, to), reason)


def test_a_copy_that_is_kept_here_goes_only_if_it_shall(
    desk: Desk, van: Desk, small: SmallLibrary
) -> None:
    for barcode in ("B0001", "B0002"):
        value_of(lend(desk, small.members["A0001"], small.copies[barcode]))
    hold = value_of(place_hold(desk, small.members["A0002"], small.titles[0])).hold
    value_of(take_back(desk, small.copies["B0001"]))
    refused = refusal_of(send_copy(desk, small.copies["B0001"], van.branch), Reason.COPY_ON_HOLD)
    assert refused.overridable
    value_of(send_copy(desk, small.copies["B0001"], van.branch, anyway=True))
    state = small.library.value("select state from hold where id = ?", hold.bytes)
    assert state == "waiting"
    assert holds_to_pick(desk) == []


def test_a_copy_that_a_member_waits_for_there_keeps_its_branch(
    desk: Desk, van: Desk, small: SmallLibrary
) -> None:
    for barcode in ("B0001", "B0002"):
        value_of(lend(desk, small.members["A0001"], small.copies[barcode]))
    value_of(place_hold(desk, small.members["A0002"], small.titles[0], pickup=van.branch))
    value_of(take_back(desk, small.copies["B0001"]))
    assert value_of(send_copy(desk, small.copies["B0001"], van.branch)).why == "hold"
    done = done_of(receive_copy(van, small.copies["B0001"]))
    assert done.value.hold_member == "Budi Misalnya"
    assert branch_of(small, "B0001") == desk.branch
    line = value_of(lend(van, small.members["A0002"], small.copies["B0001"]))
    assert line.line.barcode == "B0001"


def test_a_copy_returned_elsewhere_goes_home(desk: Desk, van: Desk, small: SmallLibrary) -> None:
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    returned = value_of(take_back(van, small.copies["B0001"]))
    assert (returned.transit_to, returned.transit_branch) == ("Pusat", desk.branch)
    assert value_of(send_copy(van, small.copies["B0001"], desk.branch)).why == "home"
    facts = refusal_of(take_back(van, small.copies["B0001"]), Reason.COPY_IN_TRANSIT).facts
    assert facts["barcode"] == "B0001"
    notices = notices_of(take_back(desk, small.copies["B0001"]))
    assert notices == {"arrived": {"branch": "Mobil Keliling"}, "was_not_on_loan": {}}
    assert branch_of(small, "B0001") == desk.branch
    assert moves(desk).coming == ()


def test_the_desk_that_takes_a_moved_copy_in_has_received_it(
    desk: Desk, van: Desk, small: SmallLibrary
) -> None:
    value_of(send_copy(desk, small.copies["B0001"], van.branch))
    returned = done_of(take_back(van, small.copies["B0001"]))
    assert returned.value.transit_to == ""
    assert branch_of(small, "B0001") == van.branch
    value_of(undo(van))
    assert branch_of(small, "B0001") == desk.branch
    assert len(moves(van).coming) == 1


@pytest.mark.parametrize("at_van", [True, False])
def test_lending_a_copy_on_its_way_ends_the_way_and_says_so(
    desk: Desk, van: Desk, small: SmallLibrary, at_van: bool
) -> None:
    value_of(send_copy(desk, small.copies["B0001"], van.branch))
    here = van if at_van else desk
    notices = notices_of(lend(here, small.members["A0001"], small.copies["B0001"]))
    assert notices == (
        {"arrived": {"branch": "Pusat"}}
        if at_van
        else {"was_in_transit": {"branch": "Mobil Keliling"}}
    )
    assert branch_of(small, "B0001") == here.branch
    assert moves(van).coming == ()
    value_of(undo(here))
    assert len(moves(van).coming) == 1
    assert branch_of(small, "B0001") == desk.branch


def test_what_is_unpacked_but_was_not_sent_here_is_explained(
    desk: Desk, van: Desk, small: SmallLibrary
) -> None:
    refusal_of(receive_copy(desk, small.copies["B0001"]), Reason.COPY_NOT_IN_TRANSIT)
    refused = refusal_of(receive_copy(van, small.copies["B0001"]), Reason.COPY_NOT_SENT)
    assert refused.overridable and refused.facts["branch"] == desk.branch
    value_of(receive_copy(van, small.copies["B0001"], anyway=True))
    assert branch_of(small, "B0001") == van.branch
    value_of(send_copy(van, small.copies["B0001"], desk.branch))
    third = small.library.new_id()
    small.change("branch", third, name="Timur", code="TMR", kind="building", zone=420)
    other = Desk(small.library, third, None)
    elsewhere = refusal_of(receive_copy(other, small.copies["B0001"]), Reason.COPY_FOR_ELSEWHERE)
    assert elsewhere.facts["branch"] == desk.branch
    value_of(lend(desk, small.members["A0001"], small.copies["B0002"]))
    refusal_of(receive_copy(van, small.copies["B0002"]), Reason.COPY_ON_LOAN)


def test_a_sending_is_cancelled_or_undone_until_it_arrived(
    desk: Desk, van: Desk, small: SmallLibrary
) -> None:
    sent = done_of(send_copy(desk, small.copies["B0001"], van.branch))
    value_of(cancel_sending(desk, sent.value.transfer))
    refusal_of(cancel_sending(desk, sent.value.transfer), Reason.COPY_NOT_IN_TRANSIT)
    assert state_of(desk, small, 0)[0] is CopyState.AVAILABLE
    again = action_of(send_copy(desk, small.copies["B0001"], van.branch))
    value_of(receive_copy(van, small.copies["B0001"]))
    refusal_of(undo(desk, again), Reason.UNDO_OVERTAKEN)
    value_of(undo(van))
    value_of(undo(desk, again))
    assert moves(desk).gone == ()


def test_a_copy_on_its_way_keeps_its_branch_in_forms_and_its_way_in_the_story(
    desk: Desk, van: Desk, small: SmallLibrary
) -> None:
    value_of(send_copy(desk, small.copies["B0001"], van.branch))
    moved = edit_copies(desk, [small.copies["B0001"]], {"branch": van.branch})
    refusal_of(moved, Reason.COPY_IN_TRANSIT)
    assert copy_story(desk, small.copies["B0001"])[0].event is Event.WAY
