"""The queue of stickers and cards, what was printed, and what this device remembers of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpers.library import SmallLibrary, refusal_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.printing.barcodes import Symbology
from perpusdesk.printing.labels import Design
from perpusdesk.services.desk import Desk
from perpusdesk.services.labels import label_fill as fill
from perpusdesk.services.labels import label_prints as prints
from perpusdesk.services.labels import label_queue as queue
from perpusdesk.services.labels.label_fill import Found
from perpusdesk.services.labels.label_queue import LabelKind
from perpusdesk.storage.check import check

COPY, MEMBER = LabelKind.COPY, LabelKind.MEMBER


def barcodes(desk: Desk, found: Found) -> list[str]:
    entries = queue.add(desk, COPY, found.ids)
    lines = queue.lines(desk, COPY, entries)
    queue.clear(desk, COPY)
    return [lines[entry.position].number for entry in entries]


def test_entries_wait_once_in_order_and_come_back_to_their_places(
    desk: Desk, small: SmallLibrary
) -> None:
    first, second, third = (small.copies[code] for code in ("B0003", "B0001", "B0002"))
    queue.add(desk, COPY, [first, second, first])
    added = queue.add(desk, COPY, [second, third])
    assert [entry.entity for entry in added] == [third]
    queue.add(desk, MEMBER, [small.members["A0001"]])
    before = queue.waiting(desk, COPY)
    queue.set_copies(desk, before[1].position, 3)
    before = queue.waiting(desk, COPY)
    assert [entry.copies for entry in before] == [1, 3, 1]
    assert queue.total(before) == 5
    assert prints.one_by_one(before) == [first, second, second, second, third]
    taken = queue.remove(desk, [before[1].position])
    assert [entry.entity for entry in queue.waiting(desk, COPY)] == [first, third]
    queue.put_back(desk, taken)
    assert queue.waiting(desk, COPY) == before
    queue.put_back(desk, queue.clear(desk, COPY))
    assert queue.waiting(desk, COPY) == before
    assert len(queue.waiting(desk, MEMBER)) == 1


def test_the_list_shows_number_name_and_place(desk: Desk, small: SmallLibrary) -> None:
    entries = queue.add(desk, COPY, [small.copies["B0003"], small.library.new_id()])
    known, gone = queue.lines(desk, COPY, entries).values()
    assert (known.number, known.name, known.under) == ("B0003", "Kebun di Atap", "635 BRA k")
    assert (gone.number, gone.name) == ("", "")
    cards = queue.add(desk, MEMBER, [small.members["A0002"]])
    [line] = queue.lines(desk, MEMBER, cards).values()
    assert (line.number, line.name, line.under) == ("A0002", "Budi Misalnya", "Umum")


def test_what_was_printed_is_not_asked_for_again(desk: Desk, small: SmallLibrary) -> None:
    every = fill.unprinted(desk, COPY).ids
    assert fill.count_unprinted(desk, COPY) == len(every) > 5
    entries = queue.add(desk, COPY, every[:3])
    done = prints.note_done(desk, entries, "a4-3x8", 22, 1)
    assert queue.waiting(desk, COPY) == []
    assert fill.unprinted(desk, COPY).ids == every[3:]
    assert prints.start_of(desk, "a4-3x8") == 1
    assert queue.printed_at(desk, every[:4]).keys() == set(every[:3])
    prints.take_back(desk, done)
    assert fill.unprinted(desk, COPY).ids == every
    assert queue.waiting(desk, COPY) == entries
    assert prints.start_of(desk, "a4-3x8") == 22


def test_printing_again_and_taking_that_back_leaves_the_first_time(
    desk: Desk, small: SmallLibrary
) -> None:
    copy = small.copies["B0001"]
    prints.note_done(desk, queue.add(desk, COPY, [copy]), "", 1, 1)
    first = queue.printed_at(desk, [copy])
    small.time.passes(days=1)
    again = prints.note_done(desk, queue.add(desk, COPY, [copy]), "", 1, 1)
    assert queue.printed_at(desk, [copy])[copy] - first[copy] == timedelta(days=1)
    prints.take_back(desk, again)
    assert queue.printed_at(desk, [copy]) == first


def test_a_library_that_came_with_labels_begins_with_none_to_print(desk: Desk) -> None:
    before = fill.take_as_printed(desk, COPY)
    assert fill.count_unprinted(desk, COPY) == 0
    assert fill.count_unprinted(desk, MEMBER) > 0
    prints.forget(desk, before)
    assert fill.count_unprinted(desk, COPY) == len(before)


def test_withdrawn_and_foreign_copies_need_no_sticker(desk: Desk, small: SmallLibrary) -> None:
    copy = small.copies["B0001"]
    assert copy in fill.unprinted(desk, COPY).ids
    small.change("copy", copy, condition="withdrawn")
    assert copy not in fill.unprinted(desk, COPY).ids
    other = small.copies["B0003"]
    small.change("copy", other, branch=small.branches["van"])
    assert other not in fill.unprinted(desk, COPY).ids
    assert other in fill.unprinted(small.desk(branch="van"), COPY).ids


def test_new_copies_are_those_entered_since_a_day(desk: Desk, small: SmallLibrary) -> None:
    today = small.time.today()
    everything = fill.new_since(desk, COPY, today).ids
    small.time.passes(days=2)
    action = desk.action("add_copy")
    fresh = small.library.new_id()
    fields = {"barcode": "B9000", "title": small.titles[0], "branch": desk.branch}
    action.set("copy", fresh, fields, fresh=True)
    desk.commit(action)
    assert fill.new_since(desk, COPY, small.time.today()).ids == (fresh,)
    assert set(fill.new_since(desk, COPY, today).ids) == {*everything, fresh}
    assert fill.new_since(desk, COPY, small.time.today() + timedelta(days=1)).ids == ()


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("B0002", "B0004", ["B0002", "B0003", "B0004"]),
        ("b0004", " B0002 ", ["B0002", "B0003", "B0004"]),
        ("B0002", "", ["B0002"]),
        ("B0", "B3", ["B0001", "B0002", "B0003"]),
        ("00001/PD/H/2026", "00002/PD/H/2026", ["B0001"]),
    ],
)
def test_a_range_counts_figures_as_numbers(
    desk: Desk, first: str, last: str, expected: list[str]
) -> None:
    found = fill.in_range(desk, first, last)
    assert isinstance(found, Found)
    assert barcodes(desk, found)[: len(expected)] == expected


def test_a_range_without_copies_is_refused(desk: Desk) -> None:
    refusal_of(fill.in_range(desk, "Z1", "Z9"), Reason.COPY_UNKNOWN)


def test_a_search_brings_the_copies_of_its_titles(desk: Desk, small: SmallLibrary) -> None:
    found = fill.of_search(desk, "kebun atap")
    assert found.titles == 1
    assert barcodes(desk, found) == ["B0003", "B0004"]
    assert fill.of_title(desk, small.titles[1]).ids == found.ids
    assert fill.of_search(desk, "tidak ada sama sekali").ids == ()


def test_members_by_category(desk: Desk, small: SmallLibrary) -> None:
    assert fill.of_category(desk, small.categories["child"]).ids == (small.members["C0001"],)
    assert len(fill.unprinted(desk, MEMBER).ids) == len(small.members)


def test_choices_places_and_corrections_are_kept_and_nonsense_is_not(
    desk: Desk, small: SmallLibrary
) -> None:
    assert prints.choices(desk) == prints.Choices()
    made = prints.Choices(Design.ALL, Symbology.CODE39, "tom-jerry-107", False, "cups:Label")
    prints.keep_choices(desk, made)
    assert prints.choices(desk) == made
    prints.keep_nudge(desk, "cups:Label", (1.234, -99))
    assert prints.nudge_of(desk, "cups:Label") == (1.23, -prints.FARTHEST)
    assert prints.nudge_of(desk, "cups:Lain") == (0.0, 0.0)
    prints.keep_start(desk, "tom-jerry-107", 7)
    assert prints.start_of(desk, "tom-jerry-107") == 7
    for key in ("labels/choices", "labels/nudge/cups:Label", "labels/start/tom-jerry-107"):
        small.library.put_local(key, "{broken")
    assert prints.choices(desk) == prints.Choices()
    assert prints.nudge_of(desk, "cups:Label") == (0.0, 0.0)
    assert prints.start_of(desk, "tom-jerry-107") == 1


def test_nothing_of_it_is_exchanged(desk: Desk, small: SmallLibrary) -> None:
    before = small.library.digest()
    entries = queue.add(desk, COPY, fill.unprinted(desk, COPY).ids)
    prints.note_done(desk, entries, "a4-3x8", 1, 2)
    assert small.library.digest() == before
    assert not check(small.library)
