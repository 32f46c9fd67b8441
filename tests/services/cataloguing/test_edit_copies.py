"""Changing copies, removing wrong ones, and what is told of a copy afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from helpers.library import SmallLibrary, done_of, notices_of, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.items import Access
from perpusdesk.services.cataloguing.add_copies import NewCopies, add_copies
from perpusdesk.services.cataloguing.copy_story import Event, copy_story
from perpusdesk.services.cataloguing.edit_copies import OpenCopy, edit_copies, edit_copy, open_copy
from perpusdesk.services.cataloguing.remove_copies import remove_copies
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.desk import Desk
from perpusdesk.services.undo import undo
from perpusdesk.storage.queries.copies import fields_of


def opened(desk: Desk, small: SmallLibrary, barcode: str) -> OpenCopy:
    found = open_copy(desk, small.copies[barcode])
    assert isinstance(found, OpenCopy)
    return found


def test_only_what_differs_is_written(desk: Desk, small: SmallLibrary) -> None:
    form = opened(desk, small, "B0001")
    assert form.form.price == 75_000
    changed = replace(form.form, location=" Rak  4 ", received=date(2026, 3, 4), price=0)
    done = done_of(edit_copy(desk, form, changed))
    assert (done.verb, done.value.fields) == ("edit_copy", ("location", "price", "received"))
    ops = small.library.ops_of_action(done.action)
    assert [set(op.payload["fields"]) for op in ops] == [{"location", "price", "received"}]
    after = opened(desk, small, "B0001").form
    assert (after.location, after.received, after.price) == ("Rak 4", date(2026, 3, 4), 0)
    assert done_of(edit_copy(desk, opened(desk, small, "B0001"), after)).action is None


def test_what_another_changed_meanwhile_is_told(desk: Desk, small: SmallLibrary) -> None:
    form = opened(desk, small, "B0001")
    small.change("copy", form.copy, location="Rak 9", note="x")
    told = notices_of(edit_copy(desk, form, replace(form.form, location="Rak 4")))
    assert told == {"edited_meanwhile": {"fields": ("location",)}}


def test_many_copies_get_the_same_values_as_one_action(desk: Desk, small: SmallLibrary) -> None:
    three = [small.copies[code] for code in ("B0001", "B0002", "B0003")]
    small.change("copy", three[1], location="Rak 4")
    done = done_of(edit_copies(desk, three, {"location": "Rak 4"}))
    assert done.verb == "edit_copies"
    assert done.value.copies == (three[0], three[2])
    both = {"access": Access.READING_ROOM, "branch": small.branches["van"]}
    value_of(edit_copies(desk, three, both))
    assert {opened(desk, small, code).form.branch for code in ("B0001", "B0003")} == {
        small.branches["van"]
    }
    value_of(undo(desk))
    value_of(undo(desk))
    assert opened(desk, small, "B0001").form.location == ""
    assert opened(desk, small, "B0002").form.location == "Rak 4"


def test_numbers_are_of_one_copy(desk: Desk, small: SmallLibrary) -> None:
    two = [small.copies["B0001"], small.copies["B0002"]]
    with pytest.raises(ValueError, match="barcode"):
        edit_copies(desk, two, {"barcode": "B9"})
    facts = refusal_of(edit_copies(desk, two[:1], {"barcode": "B0002"}), Reason.COPY_BARCODE_TAKEN)
    assert facts.facts["title"] == "Pelaut Kertas"
    value_of(edit_copies(desk, two[:1], {"barcode": "B0002"}, same_number=True))
    value_of(edit_copies(desk, two[:1], {"barcode": "B0001"}))


def test_what_cannot_be_changed(desk: Desk, small: SmallLibrary) -> None:
    refusal_of(edit_copies(desk, [], {"note": "x"}), Reason.NOTHING_CHOSEN)
    refusal_of(edit_copies(desk, [desk.library.new_id()], {"note": "x"}), Reason.COPY_UNKNOWN)
    elsewhere = {"branch": desk.library.new_id()}
    refusal_of(edit_copies(desk, [small.copies["B0001"]], elsewhere), Reason.BRANCH_UNKNOWN)


def test_a_copy_that_was_entered_by_mistake_goes_and_comes_back(
    desk: Desk, small: SmallLibrary
) -> None:
    added = value_of(add_copies(desk, NewCopies(small.titles[0], 2, location="Rak 4")))
    refusal_of(remove_copies(desk, added.copies, "  "), Reason.REASON_MISSING)
    refusal_of(remove_copies(desk, [], "salah"), Reason.NOTHING_CHOSEN)
    value_of(remove_copies(desk, added.copies, "salah judul"))
    assert fields_of(small.library, added.copies[0]) is None
    assert copy_story(desk, added.copies[0])[0].event is Event.REMOVED
    refusal_of(remove_copies(desk, added.copies, "lagi"), Reason.COPY_UNKNOWN)
    value_of(undo(desk))
    fields = fields_of(small.library, added.copies[0])
    assert fields is not None
    assert (fields["location"], fields["removed_why"]) == ("Rak 4", None)


def test_a_copy_with_a_history_is_not_removed(desk: Desk, small: SmallLibrary) -> None:
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    refused = remove_copies(desk, [small.copies["B0002"], small.copies["B0001"]], "salah")
    facts = refusal_of(refused, Reason.COPY_HAS_HISTORY).facts
    assert (facts["barcode"], facts["loans"]) == ("B0001", 1)
    assert fields_of(small.library, small.copies["B0002"]) is not None


def test_the_story_of_a_copy(desk: Desk, small: SmallLibrary) -> None:
    copy = value_of(add_copies(desk, NewCopies(small.titles[0], location="Rak 1"))).copies[0]
    small.time.passes(days=1)
    value_of(edit_copies(desk, [copy], {"location": "Rak 2", "kind": small.kinds["reference"]}))
    small.time.passes(days=1)
    value_of(lend(desk, small.members["A0001"], copy))
    story = copy_story(desk, copy)
    assert [line.event for line in story] == [Event.LOAN, Event.CHANGED, Event.ENTERED]
    told = {change.field: (change.before, change.after) for change in story[1].changes}
    assert told == {"location": ("Rak 1", "Rak 2"), "kind": ("", "Referensi")}
    assert (story[1].staff_name, story[1].branch_name) == ("Petugas Contoh", "Pusat")
    assert story[0].loan is not None
    assert story[0].loan.member_name == "Siti Misalnya"
