"""One scan in, one answer out: every outcome of a turn, and every mode."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from helpers.library import FINE, SmallLibrary, living, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.services.circulation import turn as turns
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.modes import READING, RETURNING, Mode, ModeKind
from perpusdesk.services.circulation.turn import Outcome, Turn, take_turn
from perpusdesk.services.desk import Desk
from perpusdesk.services.undo import undo


def scan(desk: Desk, *codes: str, **how: Any) -> Turn:
    """Scan these codes one after the other; return the last answer."""
    answer = turns.look(desk)
    for code in codes:
        answer = take_turn(desk, code, scanned=True, **how)
    return answer


def reason_of(turn: Turn) -> Reason:
    assert turn.outcome is Outcome.REFUSED, turn
    assert turn.refused is not None
    return turn.refused.reason


def test_a_card_opens_the_visit_and_a_copy_is_lent_at_once(desk: Desk, small: SmallLibrary) -> None:
    opened = scan(desk, "A0001")
    assert (opened.outcome, opened.visit and opened.visit.card) == (Outcome.VISIT_OPENED, "A0001")
    lent = scan(desk, "B0001")
    assert lent.outcome is Outcome.LENT
    assert lent.lent and lent.lent.value.line.card == "A0001"
    assert lent.title and lent.title.title == "Pelaut Kertas"
    assert lent.visit and [line.barcode for line in lent.visit.loans] == ["B0001"]
    assert lent.visit.quota.left == 2


def test_another_card_goes_on_with_the_next_visit(desk: Desk) -> None:
    turn = scan(desk, "A0001", "B0001", "A0002")
    assert turn.visit and turn.visit.card == "A0002"
    assert turn.visit.loans == ()


def test_without_a_visit_a_copy_is_taken_back(desk: Desk, small: SmallLibrary) -> None:
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    back = scan(desk, "B0001")
    assert back.outcome is Outcome.RETURNED
    assert back.returned and back.returned.value.line
    assert back.returned.value.line.card == "A0001"
    assert back.visit is None
    assert back.day and back.day.returned == 1
    assert [line.verb for line in back.recent] == ["return", "lend"]


def test_a_copy_on_the_shelf_cannot_be_taken_back(desk: Desk) -> None:
    turn = scan(desk, "B0001")
    assert reason_of(turn) is Reason.COPY_NOT_ON_LOAN
    assert turn.said and turn.said.what
    assert turn.title and turn.title.title == "Pelaut Kertas"


def test_in_return_mode_an_open_visit_does_not_matter(desk: Desk, small: SmallLibrary) -> None:
    value_of(lend(desk, small.members["A0002"], small.copies["B0001"]))
    scan(desk, "A0001")
    back = scan(desk, "B0001", mode=RETURNING)
    assert back.outcome is Outcome.RETURNED
    assert back.visit and back.visit.card == "A0001"


def test_in_reading_mode_a_scan_counts_a_book_read_here(desk: Desk, small: SmallLibrary) -> None:
    first = scan(desk, "B0005", mode=READING)
    assert first.outcome is Outcome.READ
    scan(desk, "A0001")
    second = scan(desk, "B0005", mode=READING)
    assert second.read and second.read.value.times_today == 2
    readers = [row[1] for row in living(small.library)["reading"]]
    assert sorted(readers, key=str) == sorted([None, small.members["A0001"].bytes], key=str)


def test_a_copy_that_is_out_cannot_be_read_here(desk: Desk, small: SmallLibrary) -> None:
    value_of(lend(desk, small.members["A0002"], small.copies["B0001"]))
    assert scan(desk, "B0001", mode=READING).outcome is Outcome.REFUSED


def test_paper_slips_count_for_the_time_they_were_written(desk: Desk, small: SmallLibrary) -> None:
    then = desk.now() - timedelta(days=4)
    mode = Mode(ModeKind.BACKDATED, at=then)
    lent = scan(desk, "A0001", "B0001", mode=mode)
    assert lent.lent and lent.lent.value.line.lent_at == then
    turns.close_turn(desk)
    back = scan(desk, "B0001", mode=Mode(ModeKind.BACKDATED, at=then + timedelta(days=1)))
    assert back.returned and back.returned.value.returned_at == then + timedelta(days=1)


def test_a_date_that_cannot_be_is_an_objection_of_its_own(desk: Desk, small: SmallLibrary) -> None:
    small.change("member", small.members["A0001"], expires="2026-10-01")
    mode = Mode(ModeKind.BACKDATED, at=desk.now() + timedelta(days=1))
    turn = scan(desk, "A0001", "B0001", mode=mode)
    assert reason_of(turn) is Reason.DATE_IN_FUTURE
    assert {no.reason for no in turn.objections} >= {Reason.MEMBER_EXPIRED}
    assert turns.override_all(turn.objections, "sudah disetujui") is None


def test_in_kit_mode_scans_go_into_the_set(desk: Desk, small: SmallLibrary) -> None:
    scan(desk, "S0001")
    kit = value_of(turns.begin_kit(desk, small.members["S0001"], "Pojok baca"))
    mode = Mode(ModeKind.KIT, kit=kit.kit, name=kit.name)
    turn = scan(desk, "B0001", "B0003", "B0007", mode=mode)
    assert turn.outcome is Outcome.LENT
    assert turn.visit and len(turn.visit.loans) == 3
    assert len({line.due for line in turn.visit.loans}) == 1
    assert turn.visit.quota.left == 2


def test_a_code_of_a_card_and_a_copy_asks_once(desk: Desk, small: SmallLibrary) -> None:
    small.change("member", small.members["A0002"], card="B0003")
    asked = scan(desk, "B0003")
    assert asked.outcome is Outcome.CHOOSE
    opened = turns.open_member(desk, small.members["A0002"])
    assert opened.visit and opened.visit.name == "Budi Misalnya"
    assert scan(desk, "B0003").outcome is Outcome.LENT, "in a visit it is the copy"


def test_words_ask_to_choose(desk: Desk, small: SmallLibrary) -> None:
    turn = take_turn(desk, "kebun")
    assert turn.outcome is Outcome.CHOOSE
    assert turn.understood and turn.understood.titles[0].title == "Kebun di Atap"
    copies = turns.copies_of(desk, turn.understood.titles[0].id)
    assert copies.outcome is Outcome.CHOOSE
    assert copies.understood
    assert [hit.barcode for hit in copies.understood.copies] == ["B0003", "B0004"]
    assert {hit.due for hit in copies.understood.copies} == {None}


def test_copies_on_loan_come_last_with_their_due_date(desk: Desk, small: SmallLibrary) -> None:
    done = value_of(lend(desk, small.members["A0001"], small.copies["B0003"]))
    offered = turns.copies_of(desk, small.titles[1]).understood
    assert offered
    assert [(hit.barcode, hit.due) for hit in offered.copies] == [
        ("B0004", None),
        ("B0003", done.line.due),
    ]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("", Outcome.NOTHING),
        ("x" * 10_000, Outcome.TOO_LONG),
        ("> tema", Outcome.COMMAND),
        ("ZZ9999", Outcome.UNKNOWN),
        ("qwerty", Outcome.UNKNOWN),
        ("978-0-306-40615-7", Outcome.UNKNOWN),
    ],
)
@pytest.mark.parametrize("visit", [False, True])
def test_what_names_nothing_writes_nothing_and_leaves_the_visit(
    desk: Desk, small: SmallLibrary, text: str, outcome: Outcome, visit: bool
) -> None:
    if visit:
        scan(desk, "A0001")
    before = living(small.library), small.library.digest()
    turn = take_turn(desk, text)
    assert turn.outcome is outcome
    assert (turn.visit is not None) == visit
    assert (turn.day is None) == visit
    assert (living(small.library), small.library.digest()) == before


def test_the_same_copy_again_is_refused_with_the_ways_out(desk: Desk) -> None:
    turn = scan(desk, "A0001", "B0001", "B0001")
    assert reason_of(turn) is Reason.COPY_ALREADY_YOURS
    assert turn.visit and len(turn.visit.loans) == 1


def test_all_objections_are_told_and_one_override_covers_them(
    head: Desk, small: SmallLibrary
) -> None:
    small.change("member", small.members["A0001"], expires="2026-10-01")
    turn = scan(head, "A0001", "B0005")
    reasons = {no.reason for no in turn.objections}
    assert reasons == {Reason.MEMBER_EXPIRED, Reason.COPY_NOT_FOR_LOAN}
    assert turn.may_override
    assert len(turn.also) == 1
    override = turns.override_all(turn.objections, "untuk pameran")
    done = turns.take_copy(head, small.copies["B0005"], override=override)
    assert done.outcome is Outcome.LENT


def test_who_has_no_right_is_told_so_and_the_objections_stay(
    desk: Desk, small: SmallLibrary
) -> None:
    turn = scan(desk, "A0001", "B0005")
    assert not turn.may_override
    override = turns.override_all(turn.objections, "untuk pameran")
    refused = turns.take_copy(desk, small.copies["B0005"], override=override)
    assert reason_of(refused) is Reason.RIGHT_MISSING
    assert refused.objections == turn.objections


def test_renewing_one_and_all(desk: Desk, small: SmallLibrary) -> None:
    scan(desk, "A0001", "B0001", "B0003")
    small.time.passes(days=5)
    visit = turns.look(desk).visit
    assert visit
    one = turns.renew_loan(desk, visit.loans[0].loan)
    assert (one.outcome, one.renewed) == (Outcome.RENEWED, 1)
    small.time.passes(days=1)
    every = turns.renew_everything(desk, small.members["A0001"])
    assert reason_of(every) is Reason.RENEWALS_USED_UP
    assert every.renewed == 1, "the other one was renewed"
    assert every.title == one.title, "which one was not is said"


def test_a_renewal_can_be_an_exception(head: Desk, small: SmallLibrary) -> None:
    scan(head, "A0001", "B0001")
    for _ in range(2):
        small.time.passes(days=5)
        turn = turns.renew_everything(head, small.members["A0001"])
    assert reason_of(turn) is Reason.RENEWALS_USED_UP
    assert turn.loan
    override = turns.override_all(turn.objections, "sedang ujian")
    assert turns.renew_loan(head, turn.loan, override).outcome is Outcome.RENEWED


def test_nothing_to_renew_is_nothing(desk: Desk, small: SmallLibrary) -> None:
    scan(desk, "A0001")
    assert turns.renew_everything(desk, small.members["A0001"]).outcome is Outcome.NOTHING


def test_payment_settles_what_is_owed(desk: Desk, small: SmallLibrary) -> None:
    scan(desk, "A0001", "B0001")
    turns.close_turn(desk)
    small.time.passes(days=10)
    back = scan(desk, "B0001")
    assert back.returned and back.returned.value.fine == 3 * FINE
    owing = scan(desk, "A0001")
    assert owing.visit and owing.visit.balance == 3 * FINE
    paid = turns.pay(desk, small.members["A0001"], 3 * FINE)
    assert (paid.outcome, paid.visit and paid.visit.balance) == (Outcome.PAID, 0)
    assert reason_of(turns.pay(desk, small.members["A0001"], 0)) is Reason.AMOUNT_INVALID


def test_undo_tells_what_it_was_about(desk: Desk) -> None:
    scan(desk, "A0001", "B0001")
    undone = turns.take_back_turn(desk)
    assert undone.outcome is Outcome.UNDONE
    assert undone.undone and undone.undone.value.verb == "lend"
    assert undone.text == "Pelaut Kertas"
    assert undone.visit and undone.visit.loans == ()
    assert reason_of(turns.take_back_turn(desk)) is Reason.NOTHING_TO_UNDO


def test_closing_the_visit_shows_the_day_and_what_waits(desk: Desk, small: SmallLibrary) -> None:
    value_of(lend(desk, small.members["A0002"], small.copies["B0001"]))
    value_of(lend(desk, small.members["A0002"], small.copies["B0002"]))
    value_of(place_hold(desk, small.members["A0003"], small.titles[0]))
    undo(desk)
    value_of(place_hold(desk, small.members["A0003"], small.titles[0]))
    small.time.passes(days=7)
    scan(desk, "A0001")
    day = turns.close_turn(desk)
    assert day.visit is None
    assert day.chores
    assert (day.chores.due_count, day.chores.to_pick_count) == (2, 0)
    assert scan(desk, "ZZ9999").chores is None, "a scan does not wait for them"


def test_a_visit_of_a_member_who_is_gone_ends(desk: Desk, small: SmallLibrary) -> None:
    scan(desk, "A0004")
    action = desk.action("set_up")
    action.delete("member", small.members["A0004"])
    desk.commit(action)
    assert turns.look(desk).visit is None
    assert turns.look(desk).day


def test_a_copy_of_another_branch_is_sent_home_in_one_more_step(
    desk: Desk, small: SmallLibrary
) -> None:
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    van = small.desk(branch="van")
    back = scan(van, "B0001")
    assert back.returned and back.returned.value.transit_branch == desk.branch
    sent = turns.send_on(van, small.copies["B0001"], desk.branch)
    assert sent.outcome is Outcome.SENT
    assert sent.sent and sent.sent.value.to_name == "Pusat"
    again = turns.send_on(van, small.copies["B0001"], desk.branch)
    assert reason_of(again) is Reason.COPY_IN_TRANSIT
    assert scan(desk, "B0001").outcome is Outcome.RETURNED
