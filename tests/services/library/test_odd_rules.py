"""One row of rules, hours or settings that makes no sense keeps nobody from lending."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from helpers.library import SmallLibrary, value_of
from perpusdesk.domain.ids import named_id
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.turn import Outcome, take_turn
from perpusdesk.services.desk import HOUSE_SETTING, Desk
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.register_member import register_member


def spoil(desk: Desk, table: str, fields: dict[str, Any]) -> None:
    action = desk.action("set_up")
    id_ = named_id("setting", HOUSE_SETTING) if table == "setting" else desk.library.new_id()
    action.set(table, id_, fields)
    desk.commit(action)


@pytest.mark.parametrize(
    ("table", "fields"),
    [
        ("setting", {"name": HOUSE_SETTING, "value": "{not json"}),
        ("setting", {"name": HOUSE_SETTING, "value": "[]"}),
        ("setting", {"name": HOUSE_SETTING, "value": '{"minor_age": "seventeen"}'}),
        ("loan_rule", {"name": "Rusak", "terms": b"\xff\xff", "version": 1, "retired": 0}),
        ("loan_rule", {"name": "Rusak", "terms": b"\x81\xa9loan_days\xa1x", "retired": 0}),
        ("hours", {"weekday": 1, "opens": "25:99"}),
        ("closure", {"first_day": "one day", "name": "Libur", "applies": 1}),
        ("closure", {"first_day": "2026-12-24", "name": "Libur", "kind": "?", "applies": 1}),
    ],
)
def test_a_row_without_sense_is_passed_over(
    desk: Desk, expect_log: Callable[[str], None], table: str, fields: dict[str, Any]
) -> None:
    expect_log("policy: passed over")
    rules = len(desk.rules)
    spoil(desk, table, fields)
    assert take_turn(desk, "A0001").outcome is Outcome.VISIT_OPENED
    assert take_turn(desk, "B0001").outcome is Outcome.LENT
    assert len(desk.rules) == rules


def test_what_is_right_in_the_rules_of_the_house_still_holds(
    desk: Desk, small: SmallLibrary, expect_log: Callable[[str], None]
) -> None:
    expect_log("policy: passed over")
    small.house(minor_age="seventeen", hold_pickup_days=5)
    assert (desk.house.minor_age, desk.house.hold_pickup_days) == (None, 5)


def test_periods_end_where_dates_end(desk: Desk, small: SmallLibrary) -> None:
    small.rule("Umum", loan_days=9_999_999, loan_limit=3)
    lent = value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    assert lent.line.due.year in (2126, 2127)
    value_of(register_member(desk, MemberForm(name="Lama", registered=date(9999, 12, 30))))
