"""Removing, putting back and merging titles; the history of what was done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.items import Condition
from perpusdesk.services.cataloguing.add_copies import NewCopies, add_copies
from perpusdesk.services.cataloguing.conditions import mark_copy
from perpusdesk.services.cataloguing.merge_titles import merge_preview, merge_titles
from perpusdesk.services.cataloguing.remove_title import (
    put_back,
    remove_title,
    removed_ids,
    removed_lines,
)
from perpusdesk.services.cataloguing.save_title import save_title
from perpusdesk.services.cataloguing.title_card import title_card
from perpusdesk.services.cataloguing.title_changes import title_changes
from perpusdesk.services.cataloguing.title_form import OpenTitle, blank_form, open_form, set_short
from perpusdesk.services.circulation.hold_lists import holds_of_title, holds_to_pick
from perpusdesk.services.circulation.holds import place_hold, set_aside
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.searching.search import search
from perpusdesk.services.undo import undo
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries.lookup import title_by_id

NO_TITLE = UUID(int=0)


def made(desk: Desk, copies: int = 0, **values: Any) -> UUID:
    form = blank_form(desk)
    for name, value in values.items():
        form = set_short(form, name, value)
    new = NewCopies(NO_TITLE, copies) if copies else None
    return value_of(save_title(desk, form, copies=new)).title


def opened(desk: Desk, title: UUID) -> OpenTitle:
    found = open_form(desk, title)
    assert isinstance(found, OpenTitle)
    return found


@pytest.fixture
def twins(desk: Desk) -> tuple[UUID, UUID]:
    """One book catalogued twice, with two copies and one."""
    kept = made(desk, 2, title="Laskar pelangi", author="Hirata, Andrea", subjects=("Fiksi",))
    other = made(
        desk,
        1,
        title="Laskar Pelangi",
        publisher="Bentang",
        isbn=("9793062797",),
        subjects=("Belitung",),
    )
    return kept, other


def copies_of(desk: Desk, title: UUID) -> int:
    hit = title_by_id(desk.library, title)
    return hit.copies if hit else -1


def test_a_removed_title_is_out_of_sight_and_comes_back(desk: Desk) -> None:
    title = made(desk, title="Buku percobaan")
    refusal_of(remove_title(desk, title, " "), Reason.REASON_MISSING)
    value_of(remove_title(desk, title, "salah input"))
    assert search(desk, "percobaan").ids == ()
    lines = removed_lines(desk, removed_ids(desk))
    assert [(one.title, one.why, one.merged_into) for one in lines] == [
        ("Buku percobaan", "salah input", None)
    ]
    refusal_of(remove_title(desk, title, "lagi"), Reason.TITLE_UNKNOWN)
    value_of(put_back(desk, title))
    assert search(desk, "percobaan").ids == (title,)
    assert removed_ids(desk) == []
    refusal_of(put_back(desk, title), Reason.TITLE_UNKNOWN)


def test_undoing_a_removal_leaves_no_reason(desk: Desk) -> None:
    title = made(desk, title="Buku percobaan")
    value_of(remove_title(desk, title, "salah input"))
    value_of(undo(desk))
    assert opened(desk, title).row["removed_why"] is None


def test_a_title_with_copies_or_holds_stays(desk: Desk, small: SmallLibrary) -> None:
    title = made(desk, 1, title="Buku percobaan")
    refused = refusal_of(remove_title(desk, title, "salah"), Reason.TITLE_HAS_COPIES)
    assert refused.facts == {"title": "Buku percobaan", "copies": 1}
    copy = find.copies_of_title(desk.library, title)[0]
    value_of(mark_copy(desk, copy.id, Condition.WITHDRAWN))
    value_of(remove_title(desk, title, "disiangi"))


def test_merging_moves_copies_and_unites_the_records(
    desk: Desk, twins: tuple[UUID, UUID], small: SmallLibrary
) -> None:
    kept, other = twins
    member = small.members["A0001"]
    copy = find.copies_of_title(desk.library, other)[0]
    value_of(lend(desk, member, copy.id))
    hold = value_of(place_hold(desk, small.members["A0002"], other)).hold
    merged = value_of(merge_titles(desk, kept, [other]))
    assert (merged.copies, merged.holds) == (1, 1)
    form = opened(desk, kept).form
    assert form.values["publisher"] == "Bentang"
    assert form.values["author"] == "Hirata, Andrea"
    assert set(form.values["subjects"]) == {"Fiksi", "Belitung"}
    assert copies_of(desk, kept) == 3
    assert search(desk, "laskar pelangi").ids == (kept,)
    found = find.hold_by_id(desk.library, hold)
    assert found is not None
    assert found.title == kept
    returned = value_of(take_back(desk, copy.id))
    assert returned.title == "Laskar pelangi"
    line = removed_lines(desk, removed_ids(desk))[0]
    assert (line.merged_into, line.merged_title) == (kept, "Laskar pelangi")


def test_a_merge_can_be_undone(desk: Desk, twins: tuple[UUID, UUID]) -> None:
    kept, other = twins
    before = (opened(desk, kept).row, opened(desk, other).row)
    value_of(merge_titles(desk, kept, [other]))
    value_of(undo(desk))
    assert (copies_of(desk, kept), copies_of(desk, other)) == (2, 1)
    after = (opened(desk, kept).row, opened(desk, other).row)
    for old, new in zip(before, after, strict=True):
        assert {k: v or "" for k, v in old.items()} == {k: v or "" for k, v in new.items()}
    assert removed_ids(desk) == []


def test_what_is_chosen_counts(desk: Desk, twins: tuple[UUID, UUID]) -> None:
    kept, other = twins
    preview = merge_preview(desk, kept, [other])
    assert not hasattr(preview, "reason")
    told = {one.field: dict(one.values) for one in preview.differences}
    assert told["title"] == {kept: "Laskar pelangi", other: "Laskar Pelangi"}
    assert told["publisher"] == {other: "Bentang"}
    value_of(merge_titles(desk, kept, [other], {"title": other}))
    assert opened(desk, kept).form.values["title"] == "Laskar Pelangi"


def test_merging_needs_another_title(desk: Desk, twins: tuple[UUID, UUID]) -> None:
    refusal_of(merge_titles(desk, twins[0], [twins[0]]), Reason.NOTHING_CHOSEN)
    refusal_of(merge_titles(desk, twins[0], [NO_TITLE]), Reason.TITLE_UNKNOWN)


def test_a_copy_added_elsewhere_meanwhile_is_shown_with_the_kept_title(
    desk: Desk, twins: tuple[UUID, UUID], small: SmallLibrary
) -> None:
    kept, other = twins
    third = made(desk, title="Laskar pelangi", year="2005")
    value_of(merge_titles(desk, kept, [other]))
    value_of(merge_titles(desk, third, [kept]))
    late = small.library.new_id()
    action = desk.action("add_copies")
    action.set("copy", late, {"barcode": "VAN-1", "title": other}, fresh=True)
    desk.commit(action)
    assert copies_of(desk, third) == 4
    copy = find.copy_by_id(desk.library, late)
    assert copy is not None
    assert copy.title == third
    card = title_card(desk, third)
    assert card is not None
    assert "VAN-1" in {one.barcode for one in card.copies}
    lent = value_of(lend(desk, small.members["A0001"], late))
    assert lent.line.barcode == "VAN-1"


def test_one_member_s_two_holds_become_one(
    desk: Desk, twins: tuple[UUID, UUID], small: SmallLibrary
) -> None:
    kept, other = twins
    member, another = small.members["A0001"], small.members["A0002"]
    for title in twins:
        for copy in find.copies_of_title(desk.library, title):
            value_of(lend(desk, another, copy.id))
    first = value_of(place_hold(desk, member, kept)).hold
    second = value_of(place_hold(desk, member, other)).hold
    assert value_of(merge_titles(desk, kept, [other])).holds == 0
    states = [find.hold_by_id(desk.library, one) for one in (first, second)]
    assert [one.state.value for one in states if one] == ["waiting", "cancelled"]


def test_the_history_tells_each_field_with_both_sides(desk: Desk) -> None:
    title = made(desk, 1, title="Laskar pelangi", year="2005", subjects=("Fiksi",))
    base = opened(desk, title)
    form = set_short(base.form, "year", "2006")
    form = set_short(form, "subjects", ("Fiksi", "Belitung"))
    value_of(save_title(desk, form, base))
    changes = [one for one in title_changes(desk, title) if one.verb == "edit_title"]
    told = {one.field: (one.before, one.after) for one in changes}
    assert told["year"] == ("2005", "2006")
    assert told["subjects"] == ("Fiksi", "Fiksi; Belitung")
    assert told["marc/264"] == ("#1 $c 2005", "#1 $c 2006")
    assert told["marc/650"] == ("", "#4 $a Belitung")
    added = [one for one in title_changes(desk, title) if one.verb == "add_title"]
    assert {one.barcode for one in added if one.record == "copy"} != {""}
    assert all(one.staff_name == "Desk" or one.staff_name for one in added)


def test_the_history_marks_what_was_lost(desk: Desk) -> None:
    title = made(desk, title="Laskar pelangi", year="2005")
    first, second = opened(desk, title), opened(desk, title)
    value_of(save_title(desk, set_short(first.form, "edition", "Cet. 2"), first))
    value_of(save_title(desk, set_short(second.form, "edition", "Cet. 3"), second))
    lost = [one for one in title_changes(desk, title) if one.lost]
    assert ("edition", "Cet. 2") in {(one.field, one.after) for one in lost}


def test_copies_are_counted_with_what_was_merged(desk: Desk, twins: tuple[UUID, UUID]) -> None:
    kept, other = twins
    value_of(merge_titles(desk, kept, [other]))
    value_of(add_copies(desk, NewCopies(kept, 2)))
    assert copies_of(desk, kept) == 5


def test_a_hold_placed_elsewhere_meanwhile_is_for_the_kept_title(
    desk: Desk, twins: tuple[UUID, UUID], small: SmallLibrary
) -> None:
    kept, other = twins
    third = made(desk, title="Laskar pelangi", year="2005")
    value_of(merge_titles(desk, kept, [other]))
    value_of(merge_titles(desk, third, [kept]))
    hold, action = small.library.new_id(), desk.action("place_hold")
    parties = {"title": other, "member": small.members["A0001"], "pickup": desk.branch}
    action.event("hold.placed", "hold", hold, fresh=True, **parties)
    desk.commit(action)
    assert [line.title_id for line in holds_of_title(desk, third)] == [third]
    picked = {line.hold.hold: line for line in holds_to_pick(desk)}
    assert len(picked[hold].copies) == 3
    done = value_of(set_aside(desk, hold, picked[hold].copies[0].id))
    assert done.title == "Laskar pelangi"
