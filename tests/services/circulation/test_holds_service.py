"""Holds from the wish to the hand: queue, pick list, pickup, expiry, travel between branches."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from helpers.library import (
    SmallLibrary,
    action_of,
    done_of,
    notices_of,
    refusal_of,
    value_of,
)
from perpusdesk.domain.circulation_types import HoldState
from perpusdesk.domain.decisions import Override, Reason
from perpusdesk.domain.items import Condition
from perpusdesk.services.cataloguing.conditions import mark_copy
from perpusdesk.services.circulation.day import day_at
from perpusdesk.services.circulation.hold_lists import holds_of_title, holds_ready, holds_to_pick
from perpusdesk.services.circulation.holds import (
    cancel_hold,
    expire_holds,
    place_hold,
    release_hold,
    set_aside,
)
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.undo import undo
from perpusdesk.storage.queries.holds import HoldLine, hold_line


@pytest.fixture
def title(small: SmallLibrary, desk: Desk) -> UUID:
    """A title of which A0001 has both copies."""
    for barcode in ("B0001", "B0002"):
        value_of(lend(desk, small.members["A0001"], small.copies[barcode]))
    return small.titles[0]


def state(small: SmallLibrary, hold: UUID) -> HoldLine:
    line = hold_line(small.library, hold, small.time.today())
    assert line is not None
    return line


def placed(small: SmallLibrary, desk: Desk, card: str, title: UUID) -> UUID:
    small.time.passes(minutes=1)
    return value_of(place_hold(desk, small.members[card], title)).hold


def test_members_wait_in_the_order_they_came(small: SmallLibrary, desk: Desk, title: UUID) -> None:
    first = placed(small, desk, "A0002", title)
    second = placed(small, desk, "A0003", title)
    assert [state(small, hold).position for hold in (first, second)] == [1, 2]
    assert [line.hold for line in holds_of_title(desk, title)] == [first, second]
    cancel_hold(desk, first)
    assert state(small, second).position == 1


def test_the_returned_copy_is_kept_and_lent_to_the_first(
    small: SmallLibrary, desk: Desk, title: UUID
) -> None:
    first = placed(small, desk, "A0002", title)
    second = placed(small, desk, "A0003", title)
    returned = take_back(desk, small.copies["B0001"])
    assert value_of(returned).hold == first
    assert notices_of(returned)["hold_ready_here"]["until"] == date(2026, 11, 5)
    assert [line.hold for line in holds_ready(desk)] == [first]
    refused = refusal_of(
        lend(desk, small.members["A0003"], small.copies["B0001"]), Reason.COPY_ON_HOLD
    )
    assert refused.facts["hold"] == first
    value_of(lend(desk, small.members["A0002"], small.copies["B0001"]))
    assert state(small, first).state is HoldState.FILLED
    assert state(small, second).position == 1


def test_a_copy_kept_and_scanned_again_is_written_once(
    small: SmallLibrary, desk: Desk, title: UUID
) -> None:
    placed(small, desk, "A0002", title)
    take_back(desk, small.copies["B0001"])
    before = small.library.digest()
    again = take_back(desk, small.copies["B0001"])
    assert done_of(again).action is None
    assert "hold_ready_here" in notices_of(again)
    assert small.library.digest() == before


def test_what_speaks_against_a_hold_is_refused(
    small: SmallLibrary, desk: Desk, title: UUID
) -> None:
    member, free = small.members["A0002"], small.titles[1]
    assert refusal_of(place_hold(desk, member, free), Reason.HOLD_COPY_ON_SHELF).facts == {
        "copies": 2,
        "branch": small.branches["pusat"],
    }
    refusal_of(place_hold(desk, small.members["A0001"], title), Reason.COPY_ALREADY_YOURS)
    hold = placed(small, desk, "A0002", title)
    assert refusal_of(place_hold(desk, member, title), Reason.HOLD_EXISTS).facts["hold"] == hold
    refusal_of(place_hold(desk, small.library.new_id(), title), Reason.MEMBER_UNKNOWN)
    refusal_of(place_hold(desk, member, small.library.new_id()), Reason.TITLE_UNKNOWN)
    wrong = small.copies["B0003"]
    refusal_of(place_hold(desk, member, title, copy=wrong), Reason.COPY_UNKNOWN)


def test_a_hold_against_a_refusal_is_recorded_with_the_reason(
    small: SmallLibrary, head: Desk
) -> None:
    override = Override("dijemput besok", frozenset({Reason.HOLD_COPY_ON_SHELF}))
    done = place_hold(head, small.members["A0002"], small.titles[1], override=override)
    op = small.library.ops_of_action(action_of(done))[0]
    assert (op.payload["overridden"], op.payload["why"]) == (
        ["hold_copy_on_shelf"],
        "dijemput besok",
    )
    assert "overridden" in notices_of(done)
    volunteer = small.desk("volunteer")
    answer = place_hold(volunteer, small.members["A0003"], small.titles[1], override=override)
    refusal_of(answer, Reason.RIGHT_MISSING)


def test_the_limit_of_holds_counts(small: SmallLibrary, head: Desk) -> None:
    override = Override("ya", frozenset({Reason.HOLD_COPY_ON_SHELF}))
    member = small.members["A0002"]
    for title in small.titles[:2]:
        value_of(place_hold(head, member, title, override=override))
    answer = place_hold(head, member, small.titles[3], override=override)
    assert refusal_of(answer, Reason.HOLD_LIMIT_REACHED).facts == {"limit": 2, "count": 2}


# -- picking ----------------------------------------------------------------------------------


def wish(small: SmallLibrary, card: str, title: UUID, pickup: str = "pusat") -> UUID:
    """A hold for a title that stands on the shelf, as somebody would place it by phone."""
    small.time.passes(minutes=1)
    override = Override("lewat telepon", frozenset({Reason.HOLD_COPY_ON_SHELF}))
    done = place_hold(
        small.desk("head"),
        small.members[card],
        title,
        pickup=small.branches[pickup],
        override=override,
    )
    return value_of(done).hold


def test_the_pick_list_names_no_more_holds_than_copies(small: SmallLibrary, desk: Desk) -> None:
    title = small.titles[1]
    holds = [wish(small, card, title) for card in ("A0002", "A0003", "A0004")]
    lines = holds_to_pick(desk)
    assert [line.hold.hold for line in lines] == holds[:2]
    assert [copy.barcode for copy in lines[0].copies] == ["B0003", "B0004"]
    assert not lines[0].travels
    assert holds_to_pick(small.desk(branch="van")) == []


def test_a_picked_copy_is_ready_and_off_the_list(small: SmallLibrary, desk: Desk) -> None:
    hold = wish(small, "A0002", small.titles[1])
    line = value_of(set_aside(desk, hold, small.copies["B0003"]))
    assert (line.state, line.pickup_until) == (HoldState.READY, date(2026, 11, 5))
    assert line.barcode == "B0003"
    assert holds_to_pick(desk) == []
    refusal_of(set_aside(desk, hold, small.copies["B0004"]), Reason.HOLD_NOT_OPEN)


def test_only_a_fit_copy_of_the_title_can_be_set_aside(small: SmallLibrary, desk: Desk) -> None:
    title = small.titles[1]
    hold, other = wish(small, "A0002", title), wish(small, "A0003", title)
    right, twin = small.copies["B0003"], small.copies["B0004"]
    refusal_of(set_aside(desk, hold, small.copies["B0001"]), Reason.HOLD_OTHER_TITLE)
    refusal_of(set_aside(desk, hold, small.library.new_id()), Reason.COPY_UNKNOWN)
    value_of(set_aside(desk, other, right))
    refused = refusal_of(set_aside(desk, hold, right), Reason.COPY_ON_HOLD)
    assert refused.facts["hold"] == other
    value_of(mark_copy(desk, twin, Condition.DAMAGED))
    refusal_of(set_aside(desk, hold, twin), Reason.COPY_DAMAGED)


def test_a_released_copy_lets_the_hold_wait_at_its_old_place(
    small: SmallLibrary, desk: Desk
) -> None:
    title = small.titles[1]
    hold, later = wish(small, "A0002", title), wish(small, "A0003", title)
    value_of(set_aside(desk, hold, small.copies["B0003"]))
    assert value_of(release_hold(desk, hold)).position == 1
    assert state(small, later).position == 2
    refusal_of(release_hold(desk, hold), Reason.HOLD_NOT_OPEN)


# -- another branch ---------------------------------------------------------------------------


def test_a_copy_travels_and_becomes_ready_where_it_is_collected(
    small: SmallLibrary, desk: Desk, title: UUID
) -> None:
    van = small.desk(branch="van")
    hold = placed(small, van, "A0002", title)
    returned = take_back(desk, small.copies["B0001"])
    assert notices_of(returned)["hold_transit"]["branch"] == "Mobil Keliling"
    line = state(small, hold)
    assert (line.state, line.in_transit, line.pickup_until) == (HoldState.READY, True, None)
    assert [ready.in_transit for ready in holds_ready(van)] == [True]
    assert holds_ready(desk) == []
    assert day_at(van).holds_ready == 0
    small.time.passes(days=1)
    arrived = take_back(van, small.copies["B0001"])
    assert "hold_ready_here" in notices_of(arrived)
    assert day_at(van).holds_ready == 1
    line = state(small, hold)
    assert (line.in_transit, line.pickup_until) == (False, date(2026, 11, 6))
    value_of(lend(van, small.members["A0002"], small.copies["B0001"]))
    assert state(small, hold).state is HoldState.FILLED


def test_a_copy_on_its_way_is_neither_picked_again_nor_lent(
    small: SmallLibrary, desk: Desk
) -> None:
    hold = wish(small, "A0002", small.titles[1], pickup="van")
    line = holds_to_pick(desk)[0]
    assert line.travels
    assert value_of(set_aside(desk, hold, small.copies["B0003"])).in_transit
    assert holds_to_pick(desk) == []
    answer = lend(desk, small.members["A0003"], small.copies["B0003"])
    assert refusal_of(answer, Reason.COPY_ON_HOLD).facts["ready"]


def test_a_copy_on_its_way_goes_to_the_next_who_waits_there_when_it_arrives(
    small: SmallLibrary, desk: Desk
) -> None:
    van = small.desk(branch="van")
    first = wish(small, "A0002", small.titles[1], pickup="van")
    second = wish(small, "A0003", small.titles[1], pickup="van")
    value_of(set_aside(desk, first, small.copies["B0003"]))
    assert "hold_transit" in notices_of(cancel_hold(van, first))
    assert state(small, second).in_transit
    value_of(take_back(van, small.copies["B0003"]))
    assert not state(small, second).in_transit


# -- ending -----------------------------------------------------------------------------------


def test_a_cancelled_hold_hands_its_copy_to_the_next(
    small: SmallLibrary, desk: Desk, title: UUID
) -> None:
    first = placed(small, desk, "A0002", title)
    second = placed(small, desk, "A0003", title)
    take_back(desk, small.copies["B0001"])
    done = cancel_hold(desk, first, "sudah beli sendiri")
    assert value_of(done).state is HoldState.CANCELLED
    assert notices_of(done)["hold_ready_here"]["member"] == "Rina Umpama Dewi"
    assert state(small, second).barcode == "B0001"
    assert small.library.ops_of_action(action_of(done))[0].payload["why"] == "sudah beli sendiri"
    refusal_of(cancel_hold(desk, first), Reason.HOLD_NOT_OPEN)


def test_a_hold_that_nobody_collects_lapses_and_the_next_gets_the_copy(
    small: SmallLibrary, desk: Desk, title: UUID
) -> None:
    first = placed(small, desk, "A0002", title)
    second = placed(small, desk, "A0003", title)
    take_back(desk, small.copies["B0001"])
    small.time.passes(days=3)
    assert done_of(expire_holds(desk)).action is None
    small.time.passes(days=1)
    done = expire_holds(desk)
    assert [line.hold for line in done.value] == [first]
    assert state(small, first).state is HoldState.EXPIRED
    assert state(small, second).pickup_until == date(2026, 11, 10)
    assert "hold_ready_here" in notices_of(done)
    assert expire_holds(desk).action is None


def test_two_lapsed_holds_serve_two_others(small: SmallLibrary, desk: Desk, title: UUID) -> None:
    holds = [placed(small, desk, card, title) for card in ("A0002", "A0003", "A0004", "C0001")]
    for barcode in ("B0001", "B0002"):
        value_of(take_back(desk, small.copies[barcode]))
    small.time.passes(days=7)
    assert len(expire_holds(desk).value) == 2
    served = [state(small, hold) for hold in holds[2:]]
    assert {line.barcode for line in served} == {"B0001", "B0002"}


def test_each_branch_ends_its_own_holds(small: SmallLibrary, desk: Desk, title: UUID) -> None:
    hold = placed(small, small.desk(branch="van"), "A0002", title)
    take_back(small.desk(branch="van"), small.copies["B0001"])
    small.time.passes(days=10)
    assert expire_holds(desk).value == ()
    assert [line.hold for line in expire_holds(small.desk(branch="van")).value] == [hold]


def test_a_wish_that_nobody_could_fill_lapses(small: SmallLibrary, desk: Desk, title: UUID) -> None:
    small.house(hold_wanted_days=5)
    hold = placed(small, desk, "A0002", title)
    assert state(small, hold).expires == date(2026, 11, 7)
    small.time.passes(days=6)
    assert [line.hold for line in expire_holds(desk).value] == [hold]


def test_expiry_is_nothing_that_the_undo_key_takes_back(
    small: SmallLibrary, desk: Desk, title: UUID
) -> None:
    placed(small, desk, "A0002", title)
    take_back(desk, small.copies["B0001"])
    small.time.passes(days=7)
    expired = expire_holds(desk)
    refusal_of(undo(desk, expired.action), Reason.NOTHING_TO_UNDO)
    assert refusal_of(undo(desk), Reason.UNDO_OVERTAKEN).facts == {
        "verb": "return",
        "by": "expire_holds",
    }


def test_lending_past_a_hold_lets_it_wait_again(
    small: SmallLibrary, desk: Desk, head: Desk, title: UUID
) -> None:
    hold = placed(small, desk, "A0002", title)
    take_back(desk, small.copies["B0001"])
    override = Override("ujian besok", frozenset({Reason.COPY_ON_HOLD}))
    done = lend(head, small.members["A0003"], small.copies["B0001"], override=override)
    assert state(small, hold).state is HoldState.WAITING
    value_of(undo(head, action_of(done)))
    assert state(small, hold).barcode == "B0001"


def test_a_damaged_copy_lets_its_hold_wait_again(
    small: SmallLibrary, desk: Desk, title: UUID
) -> None:
    hold = placed(small, desk, "A0002", title)
    take_back(desk, small.copies["B0001"])
    done = mark_copy(desk, small.copies["B0001"], Condition.DAMAGED)
    assert value_of(done).released == hold
    assert state(small, hold).position == 1


def test_a_lost_copy_that_turns_up_is_kept_for_who_waits(
    small: SmallLibrary, desk: Desk, title: UUID
) -> None:
    take_back(desk, small.copies["B0001"])
    value_of(mark_copy(desk, small.copies["B0001"], Condition.MISSING))
    hold = placed(small, desk, "A0002", title)
    assert value_of(take_back(desk, small.copies["B0001"])).hold == hold
    assert state(small, hold).barcode == "B0001"
