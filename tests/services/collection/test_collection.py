"""Decisions on the collection, on a real library: counted again by hand, and saved as lists."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from python_calamine import CalamineWorkbook

from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.domain.collection.buying import BuyingRule, Need
from perpusdesk.domain.decisions import Reason
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.collection.collection import (
    ages,
    budget_lines,
    buying_rule,
    set_budget,
    set_buying_rule,
    to_buy,
)
from perpusdesk.services.collection.collection_sheets import age_sheet, budget_sheet, purchase_sheet
from perpusdesk.services.export_list import ListSheet, export_list


def _all_out(small: SmallLibrary, days: int) -> UUID:
    """Lend both copies of the first title, and let so many days pass."""
    desk = small.desk("head")
    lent = 0
    for member in small.members.values():
        copy = small.copies[f"B000{lent + 1}"]
        if hasattr(lend(desk, member, copy), "value"):
            lent += 1
        if lent == 2:
            break
    assert lent == 2
    small.time.passes(days=days)
    return small.titles[0]


def test_a_title_that_nobody_finds_on_the_shelf_is_to_be_bought(small: SmallLibrary) -> None:
    title = _all_out(small, 200)
    desk = small.desk("head")
    (line,) = to_buy(desk)
    assert line.line.id == title
    assert [reason.need for reason in line.purchase.reasons] == [Need.ALWAYS_OUT]
    assert (line.purchase.buy, line.cost) == (1, 75_000)
    assert line.why
    value_of(take_back(desk, small.copies["B0001"]))
    small.time.passes(days=300)
    assert to_buy(desk) == []


def test_whoever_waits_counts_by_the_rule_of_the_house(small: SmallLibrary) -> None:
    title = _all_out(small, 1)
    desk = small.desk("head")
    waiting = sum(
        hasattr(place_hold(desk, member, title), "value") for member in small.members.values()
    )
    assert waiting > 2 and to_buy(desk) == []
    value_of(set_buying_rule(desk, BuyingRule(holds_per_copy=1, out_share=100)))
    assert buying_rule(small.desk("desk")).holds_per_copy == 1
    assert [line.purchase.buy for line in to_buy(desk)] == [waiting - 2]
    refusal_of(set_buying_rule(small.desk("desk"), BuyingRule()), Reason.RIGHT_MISSING)
    refusal_of(set_buying_rule(desk, BuyingRule(holds_per_copy=0)), Reason.COUNT_INVALID)


def test_loans_and_stock_by_class_are_what_counting_the_rows_gives(small: SmallLibrary) -> None:
    _all_out(small, 3)
    lines = budget_lines(small.desk("head"), 2026, 10_000_000)
    copies = small.library.value("select count(*) from copy where deleted = 0")
    assert sum(line.share.use.copies for line in lines) == copies
    assert sum(line.share.use.loans for line in lines) == 2
    assert sum(line.share.proposed for line in lines) == 10_000_000
    (lent,) = [line for line in lines if line.share.use.loans]
    assert lent.share.of_loans == 1 and lent.share.proposed == 10_000_000


def test_what_is_decided_for_a_class_stands_beside_the_proposal(small: SmallLibrary) -> None:
    desk = small.desk("head")
    value_of(set_budget(desk, 2026, "8", 4_000_000))
    decided = {line.name: line.decided for line in budget_lines(desk, 2026, 0)}
    assert decided["8"] == 4_000_000 and decided["3"] is None
    value_of(set_budget(desk, 2026, "8", 0))
    assert {line.decided for line in budget_lines(desk, 2026, 0)} == {None}
    assert {line.decided for line in budget_lines(desk, 2027, 0)} == {None}
    refusal_of(set_budget(desk, 2026, "8", -1), Reason.AMOUNT_INVALID)
    refusal_of(set_budget(small.desk("desk"), 2026, "8", 1), Reason.RIGHT_MISSING)


def test_the_age_of_the_stock_is_counted_from_all_that_stands(small: SmallLibrary) -> None:
    small.change("title", small.titles[0], year="2025")
    small.change("title", small.titles[1], year="[1987]")
    small.change("copy", small.copies["B0005"], condition="withdrawn")
    whole = ages(small.desk())[0]
    assert whole.name is None
    assert whole.age.copies == len(small.copies) - 1
    assert (whole.age.by_band["0-5"], whole.age.by_band["21+"]) == (2, 2)
    assert whole.age.unknown == whole.age.copies - 4


def _saved(small: SmallLibrary, sheet: ListSheet, file: Path) -> list[list[object]]:
    export_list(small.desk("head"), sheet, file)
    rows: list[list[object]] = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    return rows


def test_each_list_can_be_saved_with_its_reasons(small: SmallLibrary, tmp_path: Path) -> None:
    _all_out(small, 200)
    desk = small.desk("head")
    lines = to_buy(desk)
    bought = _saved(small, purchase_sheet(lines), tmp_path / "buy.xlsx")
    assert lines[0].why in bought[-1] and lines[0].line.title in bought[-1]
    shared = _saved(small, budget_sheet(budget_lines(desk, 2026, 900)), tmp_path / "budget.xlsx")
    assert sum(int(str(row[6]).split(".")[0]) for row in shared[-11:]) == 900
    aged = _saved(small, age_sheet(ages(desk)), tmp_path / "age.xlsx")
    assert len(aged) > len(ages(desk))
