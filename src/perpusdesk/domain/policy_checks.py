"""What is wrong with a row that somebody types into the tables of rules, hours and closures.

The rules bear any row (a range that ends before it begins never matches, negative money counts as
none); these checks let a settings screen say so before it is saved.
"""

from __future__ import annotations

from enum import StrEnum

from perpusdesk.domain.policy_types import Closure, Hours, LoanRule

LONGEST_LOAN = 3650


class RowFault(StrEnum):
    """What a settings screen has to point at."""

    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    WEEKDAY_IMPOSSIBLE = "weekday_impossible"
    NUMBER_NEGATIVE = "number_negative"
    LOAN_TOO_LONG = "loan_too_long"
    CLOSES_BEFORE_IT_OPENS = "closes_before_it_opens"
    BREAK_OUTSIDE_HOURS = "break_outside_hours"
    NAME_MISSING = "name_missing"


def rule_faults(rule: LoanRule) -> tuple[RowFault, ...]:
    """What is wrong with a loan rule; empty when it can be used."""
    numbers = (
        rule.loan_days,
        rule.loan_limit,
        rule.kind_limit,
        rule.renewals,
        rule.renewal_days,
        rule.grace_days,
        rule.fine_per_day,
        rule.fine_max,
        rule.suspend_days_per_late_day,
        rule.suspend_days_max,
        rule.hold_limit,
    )
    periods = (rule.loan_days, rule.renewal_days or 0)
    return _faults(
        {
            RowFault.ENDS_BEFORE_IT_BEGINS: _backwards(rule),
            RowFault.WEEKDAY_IMPOSSIBLE: not rule.weekdays <= set(range(7)),
            RowFault.NUMBER_NEGATIVE: any(number is not None and number < 0 for number in numbers),
            RowFault.LOAN_TOO_LONG: max(periods) > LONGEST_LOAN,
        }
    )


def hours_faults(hours: Hours) -> tuple[RowFault, ...]:
    """What is wrong with a row of opening hours."""
    opens, closes = hours.opens, hours.closes
    pause = (hours.break_from, hours.break_until)
    times = [time for time in (opens, *pause, closes) if time is not None]
    return _faults(
        {
            RowFault.ENDS_BEFORE_IT_BEGINS: _backwards(hours),
            RowFault.WEEKDAY_IMPOSSIBLE: hours.weekday not in (None, *range(7)),
            RowFault.CLOSES_BEFORE_IT_OPENS: None not in (opens, closes) and times[0] >= times[-1],
            RowFault.BREAK_OUTSIDE_HOURS: pause != (None, None)
            and (None in pause or times != sorted(set(times))),
        }
    )


def closure_faults(closure: Closure) -> tuple[RowFault, ...]:
    """What is wrong with a closure."""
    return _faults(
        {
            RowFault.ENDS_BEFORE_IT_BEGINS: closure.last_day < closure.first_day,
            RowFault.NAME_MISSING: not closure.name.strip(),
        }
    )


def _backwards(row: LoanRule | Hours) -> bool:
    return row.first_day is not None and row.last_day is not None and row.last_day < row.first_day


def _faults(found: dict[RowFault, bool]) -> tuple[RowFault, ...]:
    return tuple(fault for fault, wrong in found.items() if wrong)
