"""Which rule decides: matching, priority, what it names, dates, version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st
from rule_samples import (
    ADULT,
    FICTION,
    MAIN,
    MONDAY,
    PUPIL,
    REFERENCE,
    VAN,
    days,
    loan_rules,
    rule_tables,
    uid,
)

from perpusdesk.domain.policy import DecidedBy, Mismatch, choose_rule, explain
from perpusdesk.domain.policy_checks import RowFault, closure_faults, hours_faults, rule_faults
from perpusdesk.domain.policy_types import Closure, Hours, LoanRule

GENERAL = LoanRule(uid(1), "umum")
PUPILS = LoanRule(uid(2), "pelajar", category=PUPIL)
LEBARAN = LoanRule(
    uid(3), "lebaran", first_day=date(2026, 3, 10), last_day=date(2026, 3, 24), loan_days=21
)
ASKED = (PUPIL, FICTION, MAIN)

queries = st.tuples(
    st.sampled_from([None, PUPIL, ADULT]),
    st.sampled_from([None, FICTION, REFERENCE]),
    st.sampled_from([None, MAIN, VAN]),
    days,
)


def test_no_rule_matches_none() -> None:
    assert choose_rule([], *ASKED, MONDAY) is None
    assert choose_rule([LoanRule(uid(1), category=ADULT)], *ASKED, MONDAY) is None


def test_the_rule_that_names_more_wins() -> None:
    assert choose_rule([GENERAL, PUPILS], *ASKED, MONDAY) is PUPILS


def test_priority_beats_what_is_named() -> None:
    first = replace(GENERAL, priority=1)
    assert choose_rule([first, PUPILS], *ASKED, MONDAY) is first


def test_a_lebaran_rule_rules_in_its_days_only() -> None:
    table = [GENERAL, PUPILS, LEBARAN]
    assert choose_rule(table, *ASKED, date(2026, 3, 9)) is PUPILS
    assert choose_rule(table, *ASKED, date(2026, 3, 10)) is LEBARAN
    assert choose_rule(table, *ASKED, date(2026, 3, 24)) is LEBARAN
    assert choose_rule(table, *ASKED, date(2026, 3, 25)) is PUPILS


def test_a_rule_with_one_date_names_more_than_one_without() -> None:
    for dated in (
        LoanRule(uid(0), first_day=date(2026, 1, 1)),
        LoanRule(uid(0), last_day=date(2026, 12, 31)),
    ):
        assert choose_rule([GENERAL, dated], *ASKED, MONDAY) is dated


def test_the_example_of_the_user_guide() -> None:
    teachers = LoanRule(uid(5), "Guru", category=ADULT, loan_days=14)
    magazines = LoanRule(uid(6), "Majalah", kind=REFERENCE, priority=20, loan_days=3)
    table = [GENERAL, teachers, magazines, replace(LEBARAN, priority=10)]
    usual, lebaran = date(2026, 2, 1), date(2026, 3, 12)
    assert choose_rule(table, PUPIL, FICTION, MAIN, usual) is GENERAL
    assert choose_rule(table, ADULT, FICTION, MAIN, usual) is teachers
    assert choose_rule(table, ADULT, REFERENCE, MAIN, usual) is magazines
    assert choose_rule(table, ADULT, FICTION, MAIN, lebaran) is table[3]
    assert choose_rule([GENERAL, teachers, LEBARAN], ADULT, FICTION, MAIN, lebaran) is LEBARAN


def test_weekday_rules() -> None:
    friday = LoanRule(uid(4), weekdays=frozenset({4}), loan_days=10)
    assert choose_rule([GENERAL, friday], *ASKED, MONDAY) is GENERAL
    assert choose_rule([GENERAL, friday], *ASKED, date(2026, 11, 27)) is friday


def test_the_latest_version_then_the_latest_id_wins() -> None:
    newer = replace(GENERAL, version=2)
    assert choose_rule([newer, replace(GENERAL, id=uid(9))], *ASKED, MONDAY) is newer
    assert choose_rule([replace(GENERAL, id=uid(9)), GENERAL], *ASKED, MONDAY).id == uid(9)


def test_explain_tells_what_became_of_each_rule() -> None:
    table = [
        GENERAL,
        PUPILS,
        LEBARAN,
        LoanRule(uid(4), category=ADULT, kind=REFERENCE, branch=VAN, weekdays=frozenset({5})),
        LoanRule(uid(5), first_day=date(2027, 1, 1)),
        replace(GENERAL, id=uid(6), priority=-1, version=7),
    ]
    told = {told.rule.id: told for told in explain(table, *ASKED, MONDAY)}
    assert told[PUPILS.id].chosen
    assert told[GENERAL.id].beaten_by is DecidedBy.NAMES_MORE
    assert told[uid(6)].beaten_by is DecidedBy.PRIORITY
    assert told[LEBARAN.id].mismatches == (Mismatch.OVER,)
    assert told[uid(5)].mismatches == (Mismatch.NOT_YET,)
    assert set(told[uid(4)].mismatches) == {
        Mismatch.CATEGORY,
        Mismatch.KIND,
        Mismatch.BRANCH,
        Mismatch.WEEKDAY,
    }


def test_explain_names_dates_version_and_id_when_they_decide() -> None:
    newer, twin = replace(GENERAL, version=2), replace(GENERAL, id=uid(0))
    told = {told.rule: told.beaten_by for told in explain([newer, GENERAL], *ASKED, MONDAY)}
    assert told == {newer: None, GENERAL: DecidedBy.VERSION}
    told = {told.rule: told.beaten_by for told in explain([twin, GENERAL], *ASKED, MONDAY)}
    assert told == {GENERAL: None, twin: DecidedBy.ID}
    day = date(2026, 3, 12)
    told = {told.rule: told.beaten_by for told in explain([PUPILS, LEBARAN], *ASKED, day)}
    assert told == {LEBARAN: None, PUPILS: DecidedBy.NARROWER_DATES}


@given(rule_tables, queries, st.randoms())
def test_the_choice_does_not_depend_on_the_order(table, query, random) -> None:
    shuffled = list(table)
    random.shuffle(shuffled)
    assert choose_rule(shuffled, *query) == choose_rule(table, *query)
    assert explain(shuffled, *query) == explain(table, *query)


@given(rule_tables, queries, loan_rules())
def test_a_matching_rule_of_higher_priority_always_wins(table, query, rule) -> None:
    category, kind, branch, day = query
    highest = max((other.priority for other in table), default=0) + 1
    first = replace(
        rule,
        category=rule.category and category,
        kind=rule.kind and kind,
        branch=rule.branch and branch,
        weekdays=frozenset({day.weekday()}) if rule.weekdays else frozenset(),
        first_day=rule.first_day and day,
        last_day=rule.last_day and day,
        priority=highest,
    )
    assert choose_rule([*table, first], *query) is first


@given(rule_tables, queries)
def test_explain_and_choose_agree(table, query) -> None:
    told = explain(table, *query)
    assert [x.rule for x in told if x.chosen] == [
        rule for rule in [choose_rule(table, *query)] if rule is not None
    ]
    assert sorted(x.rule.id for x in told) == sorted(rule.id for rule in table)
    assert all(
        (x.chosen, bool(x.mismatches), x.beaten_by is not None).count(True) == 1 for x in told
    )


def test_rows_that_cannot_be_meant_are_pointed_at() -> None:
    wrong = LoanRule(
        uid(1),
        first_day=MONDAY,
        last_day=date(2026, 1, 1),
        weekdays=frozenset({7}),
        loan_days=99_999,
        fine_per_day=-1,
    )
    assert set(rule_faults(wrong)) == {
        RowFault.ENDS_BEFORE_IT_BEGINS,
        RowFault.WEEKDAY_IMPOSSIBLE,
        RowFault.NUMBER_NEGATIVE,
        RowFault.LOAN_TOO_LONG,
    }
    assert rule_faults(GENERAL) == ()
    assert rule_faults(replace(GENERAL, loan_days=3650)) == ()
    assert rule_faults(replace(GENERAL, renewal_days=3651)) == (RowFault.LOAN_TOO_LONG,)
    assert rule_faults(replace(GENERAL, loan_limit=0, first_day=MONDAY, last_day=MONDAY)) == ()
    assert closure_faults(Closure(MONDAY, date(2026, 1, 1), " ")) == (
        RowFault.ENDS_BEFORE_IT_BEGINS,
        RowFault.NAME_MISSING,
    )
    assert closure_faults(Closure(MONDAY, MONDAY, "Natal")) == ()


def test_hours_that_cannot_be_meant_are_pointed_at() -> None:
    good = Hours(None, 4, opens=time(8), closes=time(16), break_from=time(11), break_until=time(13))
    assert hours_faults(good) == ()
    assert hours_faults(Hours()) == ()
    assert hours_faults(replace(good, weekday=7)) == (RowFault.WEEKDAY_IMPOSSIBLE,)
    assert hours_faults(Hours(opens=time(16), closes=time(8))) == (RowFault.CLOSES_BEFORE_IT_OPENS,)
    for pause in [(time(7), time(13)), (time(13), time(11)), (time(11), None)]:
        row = replace(good, break_from=pause[0], break_until=pause[1])
        assert hours_faults(row) == (RowFault.BREAK_OUTSIDE_HOURS,)
