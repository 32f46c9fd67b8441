"""The stock-take: what each scan comes to, what is missing, the end and what comes after."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.library import SmallLibrary, action_of, done_of, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.items import Condition
from perpusdesk.domain.merge import transfers
from perpusdesk.domain.shelf_order import Order, Walk
from perpusdesk.domain.stock_take import Figures, Outcome
from perpusdesk.protocol import payload as wire
from perpusdesk.services.cataloguing.conditions import mark_copy
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.lost_copies import report_lost
from perpusdesk.services.circulation.money import balance
from perpusdesk.services.circulation.read_on_site import read_on_site
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.history.recent import recent_actions
from perpusdesk.services.stock.stock_counts import (
    CountForm,
    current_count,
    discard_count,
    expected,
    find_count,
    history,
    last_like,
    look,
    start_count,
)
from perpusdesk.services.stock.stock_end import end_count, reopen_count, restore_found
from perpusdesk.services.stock.stock_file import count_codes, count_file
from perpusdesk.services.stock.stock_scan import count_code, take_scan_back
from perpusdesk.services.undo import undo
from perpusdesk.storage.queries import stock_lines, stock_lists

LITERATURE = CountForm("Rak 800", "800", "899")
"""Titles 0, 5 and 7 of the small library: copies B0001, B0002, B0011, B0012, B0015, B0016."""


def begin(desk: Desk, form: CountForm = LITERATURE):
    return value_of(start_count(desk, form)).count


def scan(desk: Desk, count, code: str, **how):
    return value_of(count_code(desk, count.id, code, **how))


def figures(desk: Desk, count) -> Figures:
    state = look(desk, count.id)
    assert state is not None
    return state.figures


def missing(desk: Desk, count) -> list[str]:
    state = look(desk, count.id)
    assert state is not None
    ids = stock_lists.missing_ids(desk.library, state.count)
    lines = stock_lines.lines_of_missing(desk.library, ids)
    return [lines[id_].code for id_ in ids]


def listed(desk: Desk, count, outcome: Outcome) -> list[str]:
    state = look(desk, count.id)
    assert state is not None
    ids = stock_lists.scan_ids(desk.library, state.count, [outcome])
    lines = stock_lines.lines_of_scans(desk.library, ids)
    return [lines[id_].code for id_ in ids]


def condition(small: SmallLibrary, barcode: str) -> str:
    found = small.library.value(
        'select "condition" from copy where id = ?', small.copies[barcode].bytes
    )
    return str(found)


def test_a_count_begins_with_the_number_expected(desk, small):
    state = value_of(start_count(desk, LITERATURE))
    assert state.figures == Figures(missing=6)
    assert state.scope == "Pusat · 800 s.d. 899"
    assert current_count(desk) == state.count == find_count(desk, "rak 800")
    assert [count.name for count in history(desk)] == ["Rak 800"]
    assert expected(desk, CountForm()) == 20
    assert expected(desk, CountForm(kinds=frozenset({small.kinds["reference"]}))) == 2


def test_a_count_without_anything_to_find_does_not_begin(desk):
    refusal_of(start_count(desk, CountForm(first="100", last="199")), Reason.NOTHING_TO_COUNT)
    refusal_of(
        start_count(desk, CountForm(locations=frozenset({"Rak X"}))), Reason.NOTHING_TO_COUNT
    )
    refusal_of(start_count(desk, CountForm(first="900", last="100")), Reason.RANGE_REVERSED)
    assert history(desk) == []


def test_found_and_misplaced(desk, small):
    count = begin(desk)
    found, wrong = scan(desk, count, "B0001"), scan(desk, count, "b0003", place=" Rak  A3 ")
    assert (found.outcome, found.title.title) == (Outcome.FOUND, "Pelaut Kertas")
    assert (wrong.outcome, wrong.seen.call_number) == (Outcome.MISPLACED, "635 BRA k")
    assert figures(desk, count) == Figures(found=1, misplaced=1, missing=5)
    assert figures(desk, count).percent == 16
    assert listed(desk, count, Outcome.MISPLACED) == ["B0003"]
    assert small.library.value("select place from stock_scan where place <> ''") == "Rak A3"


def test_every_scan_is_on_disk_when_it_answers(desk, small):
    count = begin(desk)
    scan(desk, count, "B0001")
    with small.library.beside() as beside:
        assert beside.value("select count(*) from stock_scan") == 1


def test_a_second_scan_tells_of_the_first_and_writes_nothing(desk, small):
    count = begin(desk)
    first = done_of(count_code(desk, count.id, "B0001"))
    again = done_of(count_code(desk, count.id, "B0001"))
    assert (again.action, again.value.scan) == (None, first.value.scan)
    assert again.value.before.own and again.value.before.staff == "Petugas Contoh"
    unknown = scan(desk, count, "Z9")
    assert unknown.before is None and scan(desk, count, "Z9").before.scan == unknown.scan
    assert figures(desk, count) == Figures(found=1, unknown=1, missing=5)


def test_on_loan_but_present_offers_the_return(desk, small):
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    count = begin(desk)
    assert figures(desk, count) == Figures(missing=5, away=1)
    counted = scan(desk, count, "B0001")
    assert (counted.outcome, counted.member) == (Outcome.ON_LOAN, "Siti Misalnya")
    line = next(iter(_lines(desk, count, Outcome.ON_LOAN)))
    assert (line.member, line.settled) == ("Siti Misalnya", False)
    small.time.passes(minutes=1)
    value_of(take_back(desk, small.copies["B0001"]))
    line = next(iter(_lines(desk, count, Outcome.ON_LOAN)))
    assert (line.member, line.settled) == ("", True)
    assert figures(desk, count).on_loan == 1


def _lines(desk, count, outcome):
    """Rows of a list, the newest scan first."""
    ids = stock_lists.scan_ids(desk.library, look(desk, count.id).count, [outcome])
    lines = stock_lines.lines_of_scans(desk.library, ids)
    return [lines[id_] for id_ in ids]


def test_withdrawn_lost_other_branch_and_on_its_way(desk, small):
    value_of(mark_copy(desk, small.copies["B0001"], Condition.WITHDRAWN))
    value_of(mark_copy(desk, small.copies["B0002"], Condition.MISSING))
    small.change("copy", small.copies["B0011"], branch=small.branches["van"])
    action = desk.action("set_up")
    sent = {"copy": small.copies["B0012"], "to": small.branches["van"]}
    action.event(transfers.SENT, "transfer", small.library.new_id(), fresh=True, **sent)
    desk.commit(action)
    count = begin(desk)
    assert figures(desk, count) == Figures(missing=2, away=1)
    codes = ("B0001", "B0002", "B0011", "B0012")
    assert [scan(desk, count, code).outcome for code in codes] == [
        Outcome.WITHDRAWN,
        Outcome.LOST,
        Outcome.WRONG_BRANCH,
        Outcome.ON_ITS_WAY,
    ]
    told = Figures(withdrawn=1, lost=1, wrong_branch=1, on_its_way=1, missing=2)
    assert figures(desk, count) == told


def test_what_is_no_copy_is_refused_and_not_kept(desk, small):
    count = begin(desk)
    for code, reason in (
        ("A0001", Reason.NOT_A_COPY),
        ("9786020332956", Reason.ISBN_NOT_A_COPY),
        ("  ", Reason.CODE_UNUSABLE),
        ("x" * 300, Reason.CODE_UNUSABLE),
    ):
        refusal_of(count_code(desk, count.id, code), reason)
    assert small.library.value("select count(*) from stock_scan") == 0


def test_an_inventory_number_counts_like_the_barcode(desk):
    count = begin(desk)
    assert scan(desk, count, "00001/PD/H/2026").barcode == "B0001"
    assert scan(desk, count, "B0001").before is not None


def test_of_two_copies_with_one_barcode_both_are_found(desk, small):
    small.change("copy", small.copies["B0002"], barcode="B0001")
    count = begin(desk)
    both = {scan(desk, count, "B0001").copy, scan(desk, count, "B0001").copy}
    assert both == {small.copies["B0001"], small.copies["B0002"]}


def test_the_order_of_the_shelf(desk):
    count, walk, told = begin(desk, CountForm()), Walk(), []
    for code in ("B0003", "B0001", "B0007", "B0011", "B0015"):
        counted = scan(desk, count, code, walk=walk)
        walk = counted.walk
        told.append(counted.order)
    fine = Order.FINE
    assert told == [fine, fine, Order.THIS_ONE, fine, fine]
    assert scan(desk, count, "B0005").order is fine


def test_a_scan_is_taken_back(desk, small):
    count = begin(desk)
    counted = scan(desk, count, "B0001")
    value_of(take_scan_back(desk, counted.scan))
    assert figures(desk, count) == Figures(missing=6)
    refusal_of(take_scan_back(desk, counted.scan), Reason.SCAN_UNKNOWN)
    assert scan(desk, count, "B0001").before is None


def test_the_last_scan_is_the_last_action(desk, small):
    count = begin(desk)
    scan(desk, count, "B0001")
    scan(desk, count, "B0002")
    assert value_of(undo(desk)).verb == "stock_scan"
    assert figures(desk, count) == Figures(found=1, missing=5)


def test_missing_copies_become_good_by_the_scan_if_asked(desk, small):
    value_of(mark_copy(desk, small.copies["B0001"], Condition.MISSING))
    value_of(mark_copy(desk, small.copies["B0002"], Condition.MISSING))
    count = begin(desk)
    done = done_of(count_code(desk, count.id, "B0001", restore=True))
    assert done.value.restored and condition(small, "B0001") == "good"
    small.time.passes(seconds=1)
    scan(desk, count, "B0002")
    assert [line.settled for line in _lines(desk, count, Outcome.LOST)] == [False, True]
    assert value_of(restore_found(desk, count.id)) == 1
    assert condition(small, "B0002") == "good"
    refusal_of(restore_found(desk, count.id), Reason.COPY_NOT_LOST)
    value_of(undo(desk, done.action))
    assert condition(small, "B0001") == "missing"
    assert figures(desk, count).lost == 1


def test_a_lost_copy_that_is_found_is_owed_no_more(desk, small):
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    value_of(report_lost(desk, small.copies["B0001"], "price"))
    assert balance(desk, small.members["A0001"]) == 75_000
    count = begin(desk)
    assert scan(desk, count, "B0001", restore=True).restored
    assert balance(desk, small.members["A0001"]) == 0


def test_the_end_marks_what_is_missing_and_nothing_that_moved(desk, small):
    lent, back = small.copies["B0011"], small.copies["B0012"]
    value_of(lend(desk, small.members["A0002"], back))
    count = begin(desk)
    scan(desk, count, "B0001")
    small.time.passes(hours=1)
    value_of(lend(desk, small.members["A0001"], lent))
    value_of(take_back(desk, back))
    value_of(read_on_site(desk, small.copies["B0015"]))
    assert missing(desk, count) == ["B0002", "B0016"]
    ended = value_of(end_count(desk, count.id))
    assert ended.marked == 2
    assert (condition(small, "B0002"), condition(small, "B0016")) == ("missing", "missing")
    assert ended.count.figures == Figures(found=1, missing=2, away=3)
    assert figures(desk, count) == ended.count.figures
    assert missing(desk, count) == ["B0002", "B0016"]
    assert current_count(desk) is None
    refusal_of(count_code(desk, count.id, "B0002"), Reason.STOCK_COUNT_ENDED)
    refusal_of(end_count(desk, count.id), Reason.STOCK_COUNT_ENDED)


def test_the_end_is_one_action_that_can_be_undone(desk, small):
    count = begin(desk)
    scan(desk, count, "B0001")
    before = figures(desk, count)
    value_of(undo(desk, action_of(end_count(desk, count.id))))
    assert figures(desk, count) == before
    assert condition(small, "B0002") == "good"
    assert look(desk, count.id).count.ended is None


def test_an_ended_count_is_opened_again_though_some_were_found(desk, small):
    count = begin(desk)
    value_of(end_count(desk, count.id))
    value_of(mark_copy(desk, small.copies["B0001"], Condition.GOOD))
    value_of(mark_copy(desk, small.copies["B0002"], Condition.LOST))
    reopened = value_of(reopen_count(desk, count.id))
    assert reopened.marked == 4
    assert condition(small, "B0002") == "lost"
    assert missing(desk, count) == ["B0001", "B0011", "B0012", "B0015", "B0016"]
    scan(desk, count, "B0011")
    assert value_of(end_count(desk, count.id)).marked == 4
    assert "B0011" not in missing(desk, count)
    refusal_of(reopen_count(desk, small.library.new_id()), Reason.STOCK_COUNT_UNKNOWN)


def test_a_count_is_thrown_away_and_comes_back(desk, small):
    count = begin(desk)
    scan(desk, count, "B0001")
    thrown = action_of(discard_count(desk, count.id))
    assert look(desk, count.id) is None and history(desk) == []
    assert current_count(desk) is None
    refusal_of(count_code(desk, count.id, "B0002"), Reason.STOCK_COUNT_UNKNOWN)
    value_of(undo(desk, thrown))
    assert figures(desk, count) == Figures(found=1, missing=5)


def test_copies_that_came_later_are_not_missed(desk, small):
    count = begin(desk)
    small.time.passes(seconds=1)
    action, late = desk.action("set_up"), small.library.new_id()
    fields = {"barcode": "B9999", "title": small.titles[0], "branch": desk.branch}
    action.set("copy", late, fields, fresh=True)
    desk.commit(action)
    assert "B9999" not in missing(desk, count)
    assert scan(desk, count, "B9999").outcome is Outcome.FOUND


def test_a_code_that_is_known_later_is_found_then(desk, small):
    count = begin(desk)
    assert scan(desk, count, "B7777").outcome is Outcome.UNKNOWN
    small.change("copy", small.copies["B0016"], barcode="B7777")
    assert figures(desk, count) == Figures(found=1, missing=5)


def test_history_keeps_the_figures_and_knows_the_last_count(desk, small):
    first = begin(desk)
    scan(desk, first, "B0001")
    value_of(end_count(desk, first.id))
    small.time.passes(days=30)
    small.change("copy", small.copies["B0002"], condition=Condition.GOOD)
    second = begin(desk, CountForm("Rak 800 lagi", "800", "899"))
    small.time.passes(seconds=1)
    other = begin(desk, CountForm("Semua"))
    assert [count.name for count in history(desk)] == ["Semua", "Rak 800 lagi", "Rak 800"]
    assert last_like(desk, second).figures == Figures(found=1, missing=5)
    assert last_like(desk, other) is None


def test_figures_by_class(desk):
    count = begin(desk, CountForm())
    for code in ("B0001", "B0003", "B0005"):
        scan(desk, count, code)
    told = stock_lists.by_class(desk.library, count)
    assert told["89"] == (1, 5) and told["63"] == (1, 1) and told["55"] == (1, 3)


def test_a_file_of_codes_is_one_action(desk, small, tmp_path: Path):
    file = tmp_path / "codes.txt"
    file.write_text(
        'Kode;Jumlah;Tanggal\n"B0001";1;22/11/2026\nB0002;1\nb0001;2\n\nA0001;1\nQ1;1\n'
    )
    count = begin(desk)
    scan(desk, count, "B0002")
    done = done_of(count_file(desk, count.id, file, place="Rak 1"))
    told = done.value
    assert (told.read, told.again) == (5, 2)
    assert told.by_outcome == {Outcome.FOUND: 1, Outcome.UNKNOWN: 1}
    assert told.refused == {"A0001": Reason.NOT_A_COPY}
    assert figures(desk, count) == Figures(found=2, unknown=1, missing=4)
    one = next(line for line in _lines(desk, count, Outcome.FOUND) if line.code == "B0001")
    value_of(take_scan_back(desk, one.id))
    assert figures(desk, count).found == 1
    value_of(undo(desk, done.action))
    assert figures(desk, count) == Figures(found=1, missing=5)


def test_a_file_with_nothing_new_writes_nothing(desk):
    count = begin(desk)
    scan(desk, count, "B0001")
    assert done_of(count_codes(desk, count.id, ["B0001"])).action is None


def test_a_count_that_makes_no_sense_is_passed_over(desk, small, expect_log):
    expect_log("stock_counts: passed over")
    count = begin(desk)
    begin(desk, CountForm("Semua"))
    small.change("stock_count", count.id, started="besok", scope=wire.encode({"kinds": [1]}))
    assert [one.name for one in history(desk)] == ["Semua"]
    assert look(desk, count.id) is None


def test_the_beginning_is_not_undone_below_its_scans(desk, small):
    done = done_of(start_count(desk, LITERATURE))
    counted = scan(desk, done.value.count, "B0001")
    refusal_of(undo(desk, done.action), Reason.UNDO_OVERTAKEN)
    value_of(take_scan_back(desk, counted.scan))
    value_of(undo(desk, done.action))
    assert history(desk) == []


def test_scans_do_not_flood_the_last_actions(desk, small):
    value_of(lend(desk, small.members["A0001"], small.copies["B0003"]))
    count = begin(desk)
    for number in range(1, 3):
        scan(desk, count, f"B000{number}")
    assert [line.verb for line in recent_actions(desk)] == ["start_stock_count", "lend"]


@pytest.mark.parametrize("what", [count_code, end_count, discard_count, reopen_count])
def test_there_must_be_such_a_count(desk, small, what):
    more = ("B0001",) if what is count_code else ()
    refusal_of(what(desk, small.library.new_id(), *more), Reason.STOCK_COUNT_UNKNOWN)
