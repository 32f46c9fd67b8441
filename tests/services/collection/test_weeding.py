"""Weeding: candidates of a real library, the proposal, the decision, and taking it back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from helpers.library import SmallLibrary, done_of, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.items import Condition
from perpusdesk.services.cataloguing.conditions import mark_copy
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.send_copies import send_copy
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.collection.weeding import (
    WeedingRule,
    carry_out,
    decrees,
    drop,
    find_candidates,
    propose,
    proposed,
    weeding_lines,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.undo import undo
from perpusdesk.storage.queries.copies import fields_of
from perpusdesk.storage.queries.weeding import withdrawn_by


@pytest.fixture
def aged(desk: Desk, small: SmallLibrary) -> Desk:
    """Everything came in January 2016; B0001 was lent in 2026; six years have passed."""
    for copy in small.copies.values():
        small.change("copy", copy, received="2016-01-04")
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    value_of(take_back(desk, small.copies["B0001"]))
    small.time.passes(days=6 * 366)
    return desk


def barcodes(desk: Desk, small: SmallLibrary, rule: WeedingRule) -> set[str]:
    found = find_candidates(desk, rule)
    lines = weeding_lines(desk, [one.copy for one in found])
    return {lines[one.copy].barcode for one in found}


def test_what_was_never_lent_since_loans_are_known(aged: Desk, small: SmallLibrary) -> None:
    every = set(small.copies) - {"B0001"}
    assert barcodes(aged, small, WeedingRule(never_lent=6)) == every
    assert barcodes(aged, small, WeedingRule(never_lent=7)) == set()
    assert barcodes(aged, small, WeedingRule(not_lent=6)) == {"B0001"}


def test_a_library_without_loans_knows_nothing_of_use(desk: Desk, small: SmallLibrary) -> None:
    small.change("copy", small.copies["B0001"], received="1990-01-01")
    assert find_candidates(desk, WeedingRule(never_lent=1)) == []


def test_what_is_out_of_the_house_is_no_candidate(aged: Desk, small: SmallLibrary) -> None:
    small.change("member", small.members["A0001"], expires="2040-01-01")
    value_of(lend(aged, small.members["A0001"], small.copies["B0003"]))
    value_of(send_copy(aged, small.copies["B0007"], small.branches["van"]))
    value_of(mark_copy(aged, small.copies["B0009"], Condition.WITHDRAWN))
    found = barcodes(aged, small, WeedingRule(never_lent=6))
    assert found == set(small.copies) - {"B0001", "B0003", "B0007", "B0009"}


def test_more_copies_than_demand(aged: Desk, small: SmallLibrary) -> None:
    third = small.library.new_id()
    fields = {"barcode": "B9999", "title": small.titles[0], "branch": aged.branch}
    small.change("copy", third, **fields)
    found = find_candidates(aged, WeedingRule(surplus=10))
    lines = weeding_lines(aged, [one.copy for one in found])
    titles = [lines[one.copy].title_id for one in found]
    assert sorted(titles) == sorted(small.titles), "one of each title"
    (mine,) = [one for one in found if lines[one.copy].title_id == small.titles[0]]
    assert lines[mine.copy].barcode != "B0001", "the one that is lent stays"
    assert (mine.reasons[0].copies, mine.reasons[0].wanted) == (3, 1)


def test_a_rule_is_narrowed_to_a_kind_and_a_branch(aged: Desk, small: SmallLibrary) -> None:
    rule = WeedingRule(never_lent=6, kind=small.kinds["reference"])
    assert barcodes(aged, small, rule) == {"B0005", "B0006"}
    small.change("copy", small.copies["B0006"], branch=small.branches["van"])
    van = WeedingRule(never_lent=6, branch=small.branches["van"])
    assert barcodes(aged, small, van) == {"B0006"}


def test_a_proposal_keeps_its_reasons_until_it_is_decided(aged: Desk, small: SmallLibrary) -> None:
    found = find_candidates(aged, WeedingRule(never_lent=6))
    chosen = found[:3]
    value_of(propose(aged, chosen))
    lines = proposed(aged)
    assert {line.id for line in lines} == {one.copy for one in chosen}
    assert {line.reason for line in lines} == {"Tidak pernah dipinjam sejak 02-11-2026"}
    assert len(find_candidates(aged, WeedingRule(never_lent=6))) == len(found) - 3
    value_of(drop(aged, [chosen[0].copy]))
    assert len(proposed(aged)) == 2
    value_of(undo(aged))
    value_of(undo(aged))
    assert proposed(aged) == []
    refusal_of(propose(aged, []), Reason.NOTHING_CHOSEN)


def test_a_decision_withdraws_its_copies_as_one_action(
    aged: Desk, head: Desk, small: SmallLibrary
) -> None:
    value_of(propose(aged, find_candidates(aged, WeedingRule(never_lent=6))[:3]))
    ids = [line.id for line in proposed(aged)]
    day = aged.today() - timedelta(days=2)
    refusal_of(carry_out(aged, ids, "045/2032", day), Reason.RIGHT_MISSING)
    refusal_of(carry_out(head, ids, "  ", day), Reason.DECREE_MISSING)
    refusal_of(carry_out(head, [], "045/2032", day), Reason.NOTHING_CHOSEN)
    tomorrow = aged.today() + timedelta(days=1)
    refusal_of(carry_out(head, ids, "045/2032", tomorrow), Reason.DATE_IN_FUTURE)
    done = done_of(carry_out(head, ids, " 045/2032 ", day))
    assert (done.value.copies, done.value.left_out) == (tuple(ids), ())
    fields = fields_of(small.library, ids[0])
    assert fields is not None
    assert (fields["condition"], fields["withdrawn_on"], fields["withdrawn_paper"]) == (
        "withdrawn",
        day.isoformat(),
        "045/2032",
    )
    assert proposed(aged) == []
    (decree,) = decrees(aged)
    assert (decree.paper, decree.day, decree.copies) == ("045/2032", day, 3)
    assert len(withdrawn_by(small.library, "045/2032")) == 3
    value_of(undo(head))
    assert len(proposed(aged)) == 3 and decrees(aged) == []


def test_what_was_lent_meanwhile_stays_and_is_told(
    aged: Desk, head: Desk, small: SmallLibrary
) -> None:
    small.change("member", small.members["A0001"], expires="2040-01-01")
    value_of(lend(aged, small.members["A0001"], small.copies["B0003"]))
    value_of(send_copy(aged, small.copies["B0007"], small.branches["van"]))
    ids = [small.copies[code] for code in ("B0003", "B0007", "B0009")]
    done = done_of(carry_out(head, ids, "1/2032", aged.today()))
    assert done.value.copies == (small.copies["B0009"],)
    told = {barcode: refused.reason for barcode, refused in done.value.left_out}
    assert told == {"B0003": Reason.COPY_ON_LOAN, "B0007": Reason.COPY_IN_TRANSIT}
    refusal_of(carry_out(head, ids[:1], "2/2032", aged.today()), Reason.COPY_ON_LOAN)


def test_a_copy_that_is_good_again_is_no_proposal(aged: Desk, small: SmallLibrary) -> None:
    copy = small.copies["B0003"]
    value_of(propose(aged, find_candidates(aged, WeedingRule(never_lent=6))))
    value_of(mark_copy(aged, copy, Condition.WITHDRAWN))
    fields = fields_of(small.library, copy)
    assert fields is not None and fields["withdrawn_on"] == aged.today().isoformat()
    value_of(mark_copy(aged, copy, Condition.GOOD))
    assert copy not in {line.id for line in proposed(aged)}
    fields = fields_of(small.library, copy)
    assert fields is not None and fields["withdrawn_on"] is None
