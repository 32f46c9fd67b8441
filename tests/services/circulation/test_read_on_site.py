"""Reading in the room: every scan counts, by anybody, and can be taken back."""

from __future__ import annotations

from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.domain.decisions import Override, Reason
from perpusdesk.domain.items import Condition
from perpusdesk.services.cataloguing.conditions import mark_copy
from perpusdesk.services.circulation.day import day_at
from perpusdesk.services.circulation.holds import place_hold, set_aside
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.read_on_site import read_on_site
from perpusdesk.services.desk import Desk
from perpusdesk.services.undo import undo


def test_each_scan_counts_until_it_is_undone(small: SmallLibrary, desk: Desk) -> None:
    copy = small.copies["B0005"]
    times = [value_of(read_on_site(desk, copy)).times_today for _ in range(3)]
    assert times == [1, 2, 3]
    assert day_at(desk).read_on_site == 3
    value_of(undo(desk))
    assert day_at(desk).read_on_site == 2
    assert value_of(read_on_site(small.desk(branch="van"), copy)).times_today == 1
    small.time.passes(days=1)
    assert value_of(read_on_site(desk, copy, member=small.members["A0001"])).times_today == 1


def test_what_is_not_in_the_house_cannot_be_read_there(small: SmallLibrary, desk: Desk) -> None:
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    refusal_of(read_on_site(desk, small.copies["B0001"]), Reason.COPY_ON_LOAN)
    value_of(mark_copy(desk, small.copies["B0002"], Condition.MISSING))
    refusal_of(read_on_site(desk, small.copies["B0002"]), Reason.COPY_LOST)
    value_of(mark_copy(desk, small.copies["B0003"], Condition.WITHDRAWN))
    refusal_of(read_on_site(desk, small.copies["B0003"]), Reason.COPY_WITHDRAWN)
    refusal_of(read_on_site(desk, small.library.new_id()), Reason.COPY_UNKNOWN)
    nobody = small.library.new_id()
    refusal_of(read_on_site(desk, small.copies["B0007"], member=nobody), Reason.MEMBER_UNKNOWN)


def test_a_copy_kept_for_another_is_read_with_a_reason_alone(
    small: SmallLibrary, head: Desk
) -> None:
    copy = small.copies["B0003"]
    override = Override("sebentar saja", frozenset({Reason.HOLD_COPY_ON_SHELF}))
    hold = value_of(
        place_hold(head, small.members["A0001"], small.titles[1], override=override)
    ).hold
    value_of(set_aside(head, hold, copy))
    assert refusal_of(read_on_site(head, copy), Reason.COPY_ON_HOLD).facts["hold"] == hold
    value_of(read_on_site(head, copy, member=small.members["A0001"]))
    override = Override("sebentar saja", frozenset({Reason.COPY_ON_HOLD}))
    value_of(read_on_site(head, copy, override=override))
