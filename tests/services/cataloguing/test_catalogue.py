"""Titles and copies at the desk's reach: adding by hand, looking up, labels."""

from __future__ import annotations

import pytest

from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.items import Condition
from perpusdesk.services.cataloguing.catalogue import (
    NewTitle,
    add_title,
    copy_document,
    next_barcodes,
    title_document,
)
from perpusdesk.services.cataloguing.conditions import mark_copy
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.circulation.understand import Meaning, understand
from perpusdesk.services.desk import Desk
from perpusdesk.services.labels.label_papers import call_number_lines, label_papers
from perpusdesk.services.searching.search import search
from perpusdesk.services.undo import undo


def test_a_title_with_copies_can_be_lent_at_once(desk: Desk, small: SmallLibrary) -> None:
    added = value_of(add_title(desk, NewTitle("Peta Angin", "Nina Contoh", "0306406152"), 2))
    assert len(added.barcodes) == 2
    found = understand(desk, added.barcodes[0], scanned=True)
    assert found.copy
    assert value_of(lend(desk, small.members["A0001"], found.copy)).line.title == "Peta Angin"
    document = title_document(desk, added.title)
    assert document is not None
    assert (document["copies"], document["available"]) == (2, 1)
    assert document["isbn"] == ["9780306406157"]
    assert understand(desk, "978-0-306-40615-7").meaning is Meaning.FOUND


def test_adding_is_one_action_that_undo_takes_back(desk: Desk) -> None:
    added = value_of(add_title(desk, NewTitle("Peta Angin"), 3))
    value_of(undo(desk))
    assert title_document(desk, added.title) is None
    assert copy_document(desk, added.barcodes[0]) is None


def test_a_title_needs_a_name(desk: Desk) -> None:
    refusal_of(add_title(desk, NewTitle("  "), 1), Reason.NAME_MISSING)


def test_barcodes_never_repeat_and_skip_what_is_taken(desk: Desk, small: SmallLibrary) -> None:
    first = next_barcodes(desk, 3)
    assert isinstance(first, tuple)
    assert len(set(first)) == 3
    following = f"B{int(first[-1][1:]) + 1:06d}"
    small.change("copy", small.copies["B0001"], barcode=following)
    second = next_barcodes(desk, 2)
    assert isinstance(second, tuple)
    assert following not in second
    assert not set(first) & set(second)


def test_barcodes_go_on_in_the_next_block_when_one_is_used_up(
    desk: Desk, small: SmallLibrary
) -> None:
    small.library.put_local("numbers/barcode", 99_999)
    assert next_barcodes(desk, 3) == ("B099999", "B10000000", "B10000001")


@pytest.mark.parametrize(
    "condition", [Condition.LOST, Condition.DAMAGED, Condition.WITHDRAWN, Condition.MISSING]
)
def test_the_status_of_a_copy_is_its_condition(
    desk: Desk, small: SmallLibrary, condition: Condition
) -> None:
    small.change("copy", small.copies["B0001"], condition=condition)
    document = copy_document(desk, "B0001")
    assert document is not None
    assert (document["status"], document["loan"]) == (condition.value, None)


def test_a_copy_that_is_kept_or_on_its_way_says_so(small: SmallLibrary) -> None:
    desk, van = small.desk(), small.branches["van"]
    for card, barcodes in (("S0001", ("B0001", "B0002")), ("A0001", ("B0003", "B0004"))):
        for barcode in barcodes:
            value_of(lend(desk, small.members[card], small.copies[barcode]))
    value_of(place_hold(desk, small.members["A0003"], small.titles[0]))
    value_of(place_hold(desk, small.members["A0003"], small.titles[1], pickup=van))
    value_of(take_back(desk, small.copies["B0001"]))
    value_of(take_back(desk, small.copies["B0003"]))
    here, away = copy_document(desk, "B0001"), copy_document(desk, "B0003")
    assert here and away
    assert (here["status"], away["status"]) == ("on_hold", "in_transit")


def test_a_copy_without_a_record_is_none(desk: Desk) -> None:
    assert copy_document(desk, "ZZ9999") is None
    assert title_document(desk, desk.library.new_id()) is None


def test_search_tells_how_many_there_are_in_all(desk: Desk) -> None:
    found = search(desk, "contoh", limit=3)
    assert (found.total, len(found.ids)) == (10, 3)
    assert search(desk, "").total == 0


def test_marking_a_copy_shows_at_the_shelf_count(desk: Desk, small: SmallLibrary) -> None:
    value_of(mark_copy(desk, small.copies["B0001"], Condition.MISSING))
    document = title_document(desk, small.titles[0])
    assert document is not None
    assert (document["copies"], document["available"]) == (2, 1)


@pytest.mark.parametrize(
    ("call_number", "lines"),
    [
        ("899.221 3 HIR l", ("899.221 3", "HIR", "l")),
        ("635 BRA k", ("635", "BRA", "k")),
        ("813", ("813",)),
        ("", ()),
    ],
)
def test_a_call_number_stands_on_the_spine_in_lines(
    call_number: str, lines: tuple[str, ...]
) -> None:
    assert call_number_lines(call_number) == lines


def test_stickers_come_in_the_order_asked_for(desk: Desk, small: SmallLibrary) -> None:
    small.setting("library_name", "Perpustakaan Uji")
    labels = label_papers(desk, ["B0003", "00001/PD/H/2026"])
    assert isinstance(labels, tuple)
    assert [label.barcode for label in labels] == ["B0003", "B0001"]
    assert labels[0].call_number == ("635", "BRA", "k")
    refused = refusal_of(label_papers(desk, ["B0001", "ZZ9999"]), Reason.COPY_UNKNOWN)
    assert refused.facts["barcode"] == "ZZ9999"
