"""Conflicts: the same on every device, settled on one and gone on all, back when undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest

from helpers.blank import blank
from helpers.conflict_stories import STORIES, Story
from helpers.devices import another_device, exchange
from helpers.library import SmallLibrary, action_of, refusal_of, value_of
from perpusdesk.common.i18n import set_language
from perpusdesk.domain.conflicts.conflict import Conflict, Side
from perpusdesk.domain.conflicts.kinds import Kind
from perpusdesk.domain.conflicts.loans import LoanFact, handed_back
from perpusdesk.domain.decisions import Override, Reason
from perpusdesk.domain.merge.loans import OPEN, RETURNED
from perpusdesk.domain.merge.ops import Stamp
from perpusdesk.exchange.marc_raw import raw_of
from perpusdesk.exchange.short_form import read_short
from perpusdesk.services.cataloguing.add_copies import NewCopies, add_copies
from perpusdesk.services.cataloguing.edit_copies import edit_copies
from perpusdesk.services.cataloguing.title_form import OpenTitle
from perpusdesk.services.cataloguing.title_form import open_form as open_title
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.conflicts.conflicts import (
    conflict_by_id,
    conflict_count,
    decide_later,
    last_decisions,
    list_conflicts,
    settle,
    settle_all,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.block_member import block_member
from perpusdesk.services.undo import undo
from perpusdesk.services.wording.conflicts import say_answer, say_conflict
from perpusdesk.storage.check import check
from perpusdesk.storage.queries import circulation as find

Pair = tuple[SmallLibrary, Desk, Desk]


@pytest.fixture
def pair(small: SmallLibrary, tmp_path: Path) -> Iterator[Pair]:
    """The head's desk, and a van with the same library."""
    other = another_device(small, tmp_path / "van", "Mobil 1")
    van = Desk(other.library, other.branch, small.staff["head"])
    desk = small.desk("head")
    exchange(desk, van)
    yield small, desk, van
    van.library.close()


def seen(desk: Desk) -> tuple[Conflict, ...]:
    return list_conflicts(desk).conflicts


def told(pair: Pair, story: Story) -> None:
    small, desk, van = pair
    story(small, desk, van)
    exchange(desk, van)


@pytest.mark.parametrize("name", list(STORIES))
def test_every_device_asks_the_same(pair: Pair, tmp_path: Path, name: str) -> None:
    story, kind = STORIES[name]
    small, desk, van = pair
    assert seen(desk) == ()
    told(pair, story)
    assert kind in {one.kind for one in seen(desk)}, seen(desk)
    assert seen(van) == seen(desk)
    ops = list(desk.library.all_ops())
    Random(name).shuffle(ops)
    with blank(tmp_path / "third", library=small.library.id) as third:
        for start in range(0, len(ops), 40):
            third.ingest(ops[start : start + 40])
        assert seen(Desk(third, desk.branch, desk.staff)) == seen(desk)


def _of(desk: Desk, kind: Kind) -> Conflict:
    found = [one for one in seen(desk) if one.kind is kind]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("name", list(STORIES))
def test_each_answer_settles_everywhere_and_undoing_asks_again(pair: Pair, name: str) -> None:
    story, kind = STORIES[name]
    small, desk, van = pair
    told(pair, story)
    conflict = _of(desk, kind)
    for answer in conflict.answers:
        small.time.passes(minutes=1)
        action = action_of(settle(desk, conflict.id, answer))
        assert conflict.id not in {one.id for one in seen(desk)}, answer
        exchange(desk, van)
        assert conflict.id not in {one.id for one in seen(van)}, answer
        assert seen(van) == seen(desk), answer
        refusal_of(settle(van, conflict.id, answer), Reason.CONFLICT_SETTLED)
        assert check(desk.library) == check(van.library) == []
        small.time.passes(minutes=1)
        value_of(undo(desk if kind is Kind.QUARANTINED else van, action))
        exchange(desk, van)
        assert conflict_by_id(desk, conflict.id) == conflict, answer
        assert seen(van) == seen(desk), answer


@pytest.mark.parametrize("name", list(STORIES))
def test_every_conflict_is_said_in_words(pair: Pair, name: str) -> None:
    story, kind = STORIES[name]
    told(pair, story)
    for language in ("id", "en"):
        set_language(language)
        said = say_conflict(_of(pair[1], kind), pair[1])
        texts = [said.sentence, *(text for side in said.sides for text in (side.who, side.told))]
        for answer in said.answers:
            texts += [answer.verb, answer.consequence, say_answer(kind, answer.code)]
        assert all(texts), said
        assert not any("…" in text or "{" in text or "None" in text for text in texts), said


# -- what some answers change -------------------------------------------------------------------


def loans(desk: Desk) -> list[tuple[str, int, Any]]:
    return desk.library.rows(
        'select m.name, l."end", l.ended_at from loan l join member m on m.id = l.member'
        " order by l.lent_at"
    )


def test_the_earlier_loan_ends_when_the_later_began_without_a_fine(pair: Pair) -> None:
    small, desk, van = pair
    told(pair, STORIES["lent_twice"][0])
    (conflict,) = seen(van)
    assert conflict.proposal == "side_2"
    small.time.passes(days=30)
    value_of(settle(van, conflict.id, conflict.proposal))
    exchange(desk, van)
    later = desk.library.value("select lent_at from loan order by lent_at desc")
    assert loans(desk) == [("Siti Misalnya", 1, later), ("Budi Misalnya", 0, None)]
    assert desk.library.value("select count(*) from money") == 0


def test_a_loan_ends_when_the_copy_was_handed_back_as_late_as_it_was(pair: Pair) -> None:
    small, desk, van = pair
    value_of(lend(van, small.members["A0002"], small.copies["B0001"]))
    small.time.passes(days=9)
    refusal_of(take_back(desk, small.copies["B0001"]), Reason.COPY_NOT_ON_LOAN)
    seen_at = small.time.wall_ms()
    small.time.passes(days=1)
    refusal_of(take_back(desk, small.copies["B0001"]), Reason.COPY_NOT_ON_LOAN)
    exchange(desk, van)
    (conflict,) = seen(desk)
    assert (conflict.kind, conflict.proposal) == (Kind.HANDED_BACK, "side_2")
    small.time.passes(days=20)
    value_of(settle(van, conflict.id, "side_2"))
    exchange(desk, van)
    assert loans(desk) == [("Budi Misalnya", 1, seen_at)]
    assert desk.library.value("select days_late from loan") == 2
    assert desk.library.value("select count(*) from money") == 0
    assert seen(desk) == seen(van) == ()


def test_handed_back_and_lent_on_is_settled_at_once_and_back_when_undone(pair: Pair) -> None:
    small, desk, van = pair
    STORIES["handed_back"][0](small, desk, van)
    seen_at = small.time.wall_ms()
    small.time.passes(hours=1)
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    exchange(desk, van)
    asked = seen(desk)
    assert [one.kind for one in asked] == [Kind.LENT_TWICE, Kind.HANDED_BACK]
    small.time.passes(hours=1)
    action = action_of(settle_all(desk))
    exchange(desk, van)
    assert seen(desk) == seen(van) == ()
    assert loans(van) == [("Budi Misalnya", 1, seen_at), ("Siti Misalnya", 0, None)]
    value_of(undo(van, action))
    exchange(desk, van)
    assert seen(desk) == seen(van) == asked


def test_a_sighting_counts_at_the_time_that_can_be_believed() -> None:
    day, copy = date(2026, 11, 2), UUID(int=1)
    opened = Stamp(2_000 << 16, b"v" * 16, 2, 1)
    loan = LoanFact(UUID(int=2), copy, None, None, 2_000, day, "", None, OPEN, opened)
    later, capped = (
        Side(Stamp(clock << 16, b"d" * 16, 2, seq), "sighting", UUID(int=seq), 3_000)
        for clock, seq in ((3_000, 3), (1_500, 4))
    )
    assert handed_back(loan, [capped]) is None
    found = handed_back(loan, [capped, later])
    assert found and found.sides[1] is later


def test_a_copy_seen_before_it_was_lent_or_by_who_lent_it_is_no_conflict(pair: Pair) -> None:
    small, desk, van = pair
    known = desk.action("set_up")
    known.set("device", UUID(bytes=desk.library.device), {"name": "Meja 1", "number": 1})
    desk.commit(known)
    exchange(desk, van)
    for one in (desk, van):
        refusal_of(take_back(one, small.copies["B0001"]), Reason.COPY_NOT_ON_LOAN)
    small.time.passes(minutes=1)
    value_of(lend(van, small.members["A0002"], small.copies["B0001"]))
    small.time.passes(hours=1)
    back = value_of(take_back(van, small.copies["B0001"]))
    assert back.line
    small.time.passes(hours=1)
    refusal_of(take_back(van, small.copies["B0001"]), Reason.COPY_NOT_ON_LOAN)
    last_return = next(op.action for op in van.library.all_ops() if op.kind == RETURNED)
    value_of(undo(van, last_return))
    exchange(desk, van)
    assert [row[1] for row in loans(desk)] == [0]
    assert desk.library.value("select count(*) from sighting") == 3
    assert seen(desk) == seen(van) == ()


def test_a_true_earlier_return_still_counts(pair: Pair) -> None:
    small, desk, van = pair
    told(pair, STORIES["lent_twice"][0])
    value_of(settle(desk, seen(desk)[0].id, "side_2"))
    action = van.action("return")
    loan = van.library.value("select id from loan order by lent_at")
    early = small.time.wall_ms() - 60_000
    action.event(RETURNED, "loan", UUID(bytes=loan), when=early, days_late=0)
    van.commit(action)
    exchange(desk, van)
    assert loans(desk)[0] == loans(van)[0] == ("Siti Misalnya", 1, early)


def test_the_loser_value_counts_again_and_later_edits_do_not_ask_anew(pair: Pair) -> None:
    small, desk, van = pair
    told(pair, STORIES["copy_edited_twice"][0])
    (conflict,) = seen(desk)
    assert conflict.facts["fields"] == ("location", "note")
    value_of(settle(desk, conflict.id, "side_1"))
    query = "select location, note from copy where barcode = 'B0001'"
    assert desk.library.row(query) == ("Rak 1", "Rak 1")
    exchange(desk, van)
    for one, place in ((van, "Rak 3"), (desk, "Rak 4")):
        value_of(edit_copies(one, [small.copies["B0001"]], {"location": place}))
        exchange(desk, van)
    assert seen(desk) == seen(van) == ()
    assert van.library.row(query) == ("Rak 4", "Rak 1")


def test_a_title_says_the_same_in_its_columns_and_its_record(pair: Pair) -> None:
    _, desk, van = pair
    told(pair, STORIES["title_edited_twice"][0])
    value_of(settle(desk, seen(desk)[0].id, "side_1"))
    exchange(desk, van)
    title = UUID(bytes=van.library.value("select id from title where title = 'Tak Bernama'"))
    opened = open_title(van, title)
    assert isinstance(opened, OpenTitle)
    record = raw_of(opened.row["marc"])
    assert record is not None
    assert opened.row["publisher"] == read_short(record)["publisher"] == "Bentang"


def test_all_but_one_get_new_numbers_in_one_go(pair: Pair) -> None:
    small, desk, van = pair
    for number in range(3):
        for one in (desk, van):
            new = NewCopies(small.titles[0], 1, barcode=f"X{number}", inventory=f"I{number}")
            value_of(add_copies(one, new))
    exchange(desk, van)
    assert Counter(one.kind for one in seen(desk)) == {
        Kind.SAME_BARCODE: 3,
        Kind.SAME_INVENTORY: 3,
    }
    done = value_of(settle_all(desk))
    assert len(done.answers) == 6
    exchange(desk, van)
    assert seen(van) == ()
    for field in ("barcode", "inventory"):
        assert van.library.row(f"select count(*), count(distinct {field}) from copy") == (26, 26)


def test_one_record_of_a_person_has_all_that_both_had(pair: Pair) -> None:
    _, desk, van = pair
    told(pair, STORIES["member_twice"][0])
    (conflict,) = seen(desk)
    kept, other = (side.entity for side in conflict.sides)
    card = desk.library.value("select card from member where id = ?", other.bytes)
    value_of(settle(desk, conflict.id, "side_1"))
    exchange(desk, van)
    assert len(find.open_loans_of_member(van.library, kept)) == 2
    assert [one.id for one in find.members_by_card(van.library, card)] == [kept]


def test_what_is_put_off_is_asked_last_and_only_here(pair: Pair) -> None:
    _, desk, van = pair
    told(pair, STORIES["lent_twice"][0])
    told(pair, STORIES["same_card"][0])
    first, second = seen(desk)
    decide_later(desk, first.id)
    assert list_conflicts(desk, later=False).conflicts == (second,)
    assert list_conflicts(desk, later=True).conflicts == (first,)
    assert (list_conflicts(desk).later, list_conflicts(van).later) == (1, 0)
    assert value_of(settle_all(desk)).answers == {second.id: "side_1"}
    decide_later(desk, first.id, later=False)
    assert list_conflicts(desk, later=False).conflicts == (first,)
    assert conflict_count(desk.library) == 1


def test_who_may_not_is_refused(pair: Pair) -> None:
    small, desk, _ = pair
    told(pair, STORIES["lent_twice"][0])
    told(pair, STORIES["same_card"][0])
    twice, card = seen(desk)
    volunteer = Desk(desk.library, desk.branch, small.staff["volunteer"])
    refusal_of(settle(volunteer, twice.id, "side_1"), Reason.RIGHT_MISSING)
    refusal_of(settle_all(volunteer), Reason.RIGHT_MISSING)
    refusal_of(settle(desk, twice.id, "nonsense"), Reason.ANSWER_UNKNOWN)
    refusal_of(settle(desk, "00" * 16, "side_1"), Reason.CONFLICT_UNKNOWN)
    refusal_of(settle_all(desk, Kind.TITLE_TWICE), Reason.NOTHING_CHOSEN)
    assert seen(desk) == (twice, card)


def test_decisions_are_told_with_who_made_them(pair: Pair) -> None:
    _, desk, van = pair
    told(pair, STORIES["lent_twice"][0])
    (conflict,) = seen(van)
    action = action_of(settle(van, conflict.id, "side_2", " sudah ditelepon "))
    exchange(desk, van)
    (decision,) = last_decisions(desk)
    assert (decision.conflict, decision.kind, decision.action) == (
        conflict.id,
        Kind.LENT_TWICE,
        action,
    )
    assert (decision.answer, decision.note) == ("side_2", "sudah ditelepon")
    assert (decision.teller.device, decision.teller.staff) == ("Mobil 1", "Kepala Contoh")
    value_of(undo(desk, action))
    assert last_decisions(desk) == []


def test_numbers_given_twice_on_purpose_are_no_conflict(pair: Pair) -> None:
    small, desk, van = pair
    for _ in range(2):
        new = NewCopies(small.titles[0], 1, barcode="X1")
        value_of(add_copies(desk, new, same_number=True))
    exchange(desk, van)
    assert seen(desk) == seen(van) == ()


def test_a_loan_made_in_knowledge_of_the_block_is_no_conflict(pair: Pair) -> None:
    small, desk, van = pair
    value_of(block_member(desk, small.members["A0001"], "Kartu dipinjam orang lain"))
    exchange(desk, van)
    small.time.passes(minutes=1)
    override = Override("dijemput ayahnya", frozenset({Reason.MEMBER_BLOCKED}))
    value_of(lend(van, small.members["A0001"], small.copies["B0001"], override=override))
    exchange(desk, van)
    assert seen(desk) == seen(van) == ()


def test_a_loan_whose_copy_is_still_on_its_way_is_no_conflict(pair: Pair, tmp_path: Path) -> None:
    small, desk, _ = pair
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    ops = [op for op in desk.library.all_ops() if op.entity_type not in ("copy", "title")]
    with blank(tmp_path / "third", library=small.library.id) as third:
        third.ingest(ops)
        assert conflict_count(third) == 0
