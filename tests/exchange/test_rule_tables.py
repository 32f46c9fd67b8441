"""The shipped tables say what they should, and a person's mistake is named with its place."""

from dataclasses import fields
from datetime import date, time
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields as struct_fields

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.calendar import Calendar
from perpusdesk.domain.items import Access
from perpusdesk.domain.policy_types import ClosureKind, Hours, HouseRules, LoanRule
from perpusdesk.exchange import rule_files
from perpusdesk.exchange.rule_tables import (
    Flaw,
    NamedLoanRule,
    read_closures,
    read_hours,
    read_loan_rules,
    shipped_closures,
    shipped_hours,
    shipped_loan_rules,
)

CENTRE = UUID(int=1)


def closures(year: int) -> dict[date, ClosureKind]:
    (table,) = (table for table in shipped_closures() if table.year == year)
    return {closure.first_day: closure.kind for closure in table.closures}


@pytest.mark.parametrize(("year", "national", "joint"), [(2025, 17, 11), (2026, 17, 8)])
def test_the_decreed_number_of_days(year: int, national: int, joint: int) -> None:
    kinds = list(closures(year).values())
    assert kinds.count(ClosureKind.NATIONAL) == national
    assert kinds.count(ClosureKind.JOINT_LEAVE) == joint


def test_days_that_matter() -> None:
    assert closures(2026)[date(2026, 3, 21)] is ClosureKind.NATIONAL
    assert closures(2026)[date(2026, 3, 20)] is ClosureKind.JOINT_LEAVE
    assert closures(2025)[date(2025, 8, 18)] is ClosureKind.JOINT_LEAVE


def test_only_days_by_the_moon_of_2027_are_estimates() -> None:
    estimated = {table.year: table.estimated for table in shipped_closures()}
    assert estimated == {
        2025: frozenset(),
        2026: frozenset(),
        2027: frozenset({date(2027, 3, 10), date(2027, 3, 11), date(2027, 5, 17)}),
    }
    assert all(table.source for table in shipped_closures())


def test_shipped_hours_with_shipped_closures() -> None:
    rows = tuple(closure for table in shipped_closures() for closure in table.closures)
    calendar = Calendar(hours=shipped_hours().hours, closures=rows)
    assert not calendar.is_open(date(2026, 11, 22))  # a Sunday
    assert not calendar.is_open(date(2026, 12, 24))
    assert calendar.sessions(date(2026, 11, 23)) == (
        (time(8), time(12)),
        (time(13), time(15, 30)),
    )
    assert calendar.sessions(date(2026, 3, 6)) == ((time(8), time(10)),)  # a Friday in Ramadan


def test_shipped_loan_rules() -> None:
    table = shipped_loan_rules()
    names = [category.name for category in table.categories]
    assert names == ["Pelajar", "Mahasiswa", "Umum", "ASN", "Guru", "Anak"]
    access = {kind.name: kind.access for kind in table.kinds}
    assert access["Referensi"] is access["Tandon"] is Access.READING_ROOM
    assert all(rule.fine_per_day == 0 for rule in table.rules)
    assert table.house.minor_age == 18


def test_a_named_rule_becomes_the_domain_s_rule() -> None:
    named = NamedLoanRule(name="Guru", category="Guru", weekdays=frozenset({5}), loan_days=14)
    ids = {"Guru": UUID(int=2)}
    rule = named.with_ids(UUID(int=9), categories=ids, kinds={}, branches={}, version=3)
    assert rule == LoanRule(
        id=UUID(int=9),
        name="Guru",
        version=3,
        category=UUID(int=2),
        weekdays=frozenset({5}),
        loan_days=14,
    )


def test_files_can_say_all_that_the_domain_knows_with_the_same_defaults() -> None:
    named = {field.name: field.default for field in struct_fields(NamedLoanRule)}
    rule = {field.name: field.default for field in fields(LoanRule)}
    assert named.keys() == rule.keys() - {"id", "version"}
    assert all(rule[key] == named[key] for key in named if key != "name")
    house = {field.name: field.default for field in struct_fields(rule_files.HouseRow)}
    assert house == {field.name: field.default for field in fields(HouseRules)}


def test_a_branch_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "hours.toml"
    path.write_text(
        'valid_from = 2026-01-01\nsource = "x"\n[[hours]]\nbranch = "Pusat"\nweekday = 0\n'
        "opens = 09:00:00\ncloses = 17:00:00\n"
    )
    (row,) = read_hours(path, {"Pusat": CENTRE}).hours
    assert row == Hours(branch=CENTRE, weekday=0, opens=time(9), closes=time(17))
    assert flaw(read_hours, path)[:2] == (Flaw.UNKNOWN_NAME, "hours[0].branch")


def flaw(reader, path: Path) -> tuple[object, object, object]:
    with pytest.raises(KnownError) as refused:
        reader(path)
    assert refused.value.fault is Fault.UNUSABLE_INPUT
    facts = refused.value.facts
    assert facts["file"] == str(path)
    return facts["flaw"], facts["where"], facts["cause"]


@pytest.mark.parametrize(
    ("row", "expected", "where"),
    [
        ('name = "X"', Flaw.DATES, "closure[0]"),
        ('name = "X"\nday = 2026-01-01\nfirst = 2026-01-01', Flaw.DATES, "closure[0]"),
        ('name = "X"\nday = 2026-01-01\nlast = 2026-01-02', Flaw.DATES, "closure[0]"),
        ('name = "X"\nfirst = 2026-01-05\nlast = 2026-01-02', Flaw.DATES, "closure[0]"),
        ('name = "X"\nday = 2025-01-01', Flaw.DATES, "closure[0]"),
        ('name = "X"\nday = "soon"', Flaw.VALUE, "closure[0].day"),
        ('name = ""\nday = 2026-01-01', Flaw.VALUE, "closure[0].name"),
        ('name = "X"\nday = 2026-01-01\nkind = "feast"', Flaw.VALUE, "closure[0].kind"),
        ('name = "X"\nday = 2026-01-01\ncolour = 1', Flaw.VALUE, "closure[0]"),
        ('name = "X\nday = 2026-01-01', Flaw.SYNTAX, ""),
    ],
)
def test_mistakes_in_closures(tmp_path: Path, row: str, expected: Flaw, where: str) -> None:
    path = tmp_path / "closures.toml"
    path.write_text(f'valid_for = 2026\nsource = "x"\n[[closure]]\n{row}\n')
    assert flaw(read_closures, path)[:2] == (expected, where)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("opens = 08:00:00", Flaw.TIMES),
        ("opens = 17:00:00\ncloses = 08:00:00", Flaw.TIMES),
        ("opens = 08:00:00\ncloses = 12:00:00\nbreak_from = 11:00:00", Flaw.TIMES),
        (
            "opens = 08:00:00\ncloses = 12:00:00\nbreak_from = 11:00:00\nbreak_until = 13:00:00",
            Flaw.TIMES,
        ),
        ("break_from = 11:00:00\nbreak_until = 13:00:00", Flaw.TIMES),
        ("first_day = 2026-02-01\nlast_day = 2026-01-01", Flaw.DATES),
        ("weekday = 7", Flaw.VALUE),
    ],
)
def test_mistakes_in_hours(tmp_path: Path, row: str, expected: Flaw) -> None:
    path = tmp_path / "hours.toml"
    path.write_text(f'valid_from = 2026-01-01\nsource = "x"\n[[hours]]\n{row}\n')
    assert flaw(read_hours, path)[0] is expected


@pytest.mark.parametrize(
    ("row", "expected", "where"),
    [
        ('name = "A"\nloan_days = -1', Flaw.VALUE, "rule[0].loan_days"),
        ('name = "A"\nloan_days = "seven"', Flaw.VALUE, "rule[0].loan_days"),
        ('name = "A"\nweekdays = [9]', Flaw.VALUE, "rule[0].weekdays[0]"),
        ('name = "A"\ncategory = "Nobody"', Flaw.UNKNOWN_NAME, "rule[0].category"),
        ('name = "A"\nkind = "Nothing"', Flaw.UNKNOWN_NAME, "rule[0].kind"),
        ('name = "A"\n[[rule]]\nname = "A"', Flaw.DOUBLE_NAME, "rule"),
        ('name = "A"\nfirst_day = 2026-02-01\nlast_day = 2026-01-01', Flaw.DATES, "rule[0]"),
    ],
)
def test_mistakes_in_loan_rules(tmp_path: Path, row: str, expected: Flaw, where: str) -> None:
    path = tmp_path / "rules.toml"
    head = 'valid_from = 2026-01-01\nsource = "x"\n[[category]]\nname = "C"\n[[kind]]\nname = "K"\n'
    path.write_text(f"{head}[[rule]]\n{row}\n")
    assert flaw(read_loan_rules, path)[:2] == (expected, where)


def test_an_absent_table_is_a_known_error(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as absent:
        read_hours(tmp_path / "nowhere.toml")
    assert absent.value.fault is Fault.UNREADABLE_FILE


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_no_file_raises_anything_unknown(tmp_path_factory: pytest.TempPathFactory, data: bytes):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(data)
    for reader in (read_closures, read_hours, read_loan_rules):
        with pytest.raises(KnownError):
            reader(path)
