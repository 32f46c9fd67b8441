"""Serials: subscriptions, the issues they let expect, receiving and missing them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.library import refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.serials import FREQUENCIES, Numbering, due_days, expected_issues
from perpusdesk.services.cataloguing.add_copies import NewCopies
from perpusdesk.services.cataloguing.catalogue import NewTitle, add_title
from perpusdesk.services.desk import Desk
from perpusdesk.services.serials.issues import (
    IssueForm,
    add_issue,
    edit_issue,
    issues_of,
    late_issues,
    receive_issue,
    remove_issue,
)
from perpusdesk.services.serials.subscriptions import (
    SubscriptionForm,
    expect_issues,
    remove_subscription,
    save_subscription,
    subscriptions_of,
)
from perpusdesk.services.undo import undo

NOBODY = UUID(int=0)


@pytest.fixture
def magazine(desk: Desk) -> UUID:
    return value_of(add_title(desk, NewTitle("Majalah Kota"), 0)).title


def subscribed(desk: Desk, title: UUID, first: date, months: int = 6, copies: int = 1) -> UUID:
    form = SubscriptionForm(first, first + timedelta(days=30 * months), copies=copies)
    return value_of(save_subscription(desk, title, form))


def test_a_year_of_issues_is_expected_once(desk: Desk, magazine: UUID) -> None:
    form = SubscriptionForm(date(2026, 10, 1), date(2027, 3, 31), supplier="Agen Contoh")
    subscription = value_of(save_subscription(desk, magazine, form))
    assert value_of(expect_issues(desk, subscription, Numbering(12, 10))) == 6
    assert expect_issues(desk, subscription).action is None
    told = [(one.volume, one.number, one.expected) for one in reversed(issues_of(desk, magazine))]
    assert told[0] == ("12", "10", date(2026, 10, 1))
    assert told[3] == ("13", "1", date(2027, 1, 1))
    value_of(undo(desk))
    assert issues_of(desk, magazine) == []


def test_an_issue_that_came_has_copies_that_say_so(desk: Desk, magazine: UUID) -> None:
    first = desk.today().replace(day=1)
    subscription = subscribed(desk, magazine, first, copies=2)
    value_of(expect_issues(desk, subscription, Numbering(1, 7)))
    issue = issues_of(desk, magazine)[-1]
    received = value_of(receive_issue(desk, issue.id))
    assert len(received.barcodes) == 2
    assert received.name.startswith("Vol. 1 No. 7 (")
    there = issues_of(desk, magazine)[-1]
    assert (there.copies, there.received) == (2, desk.today())
    volume = desk.library.value("select volume from copy where id = ?", received.copies[0].bytes)
    assert volume == received.name
    refused = refusal_of(receive_issue(desk, issue.id), Reason.ISSUE_RECEIVED)
    assert refused.facts["day"] == desk.today()
    refusal_of(remove_issue(desk, issue.id), Reason.TITLE_HAS_COPIES)
    value_of(undo(desk))
    assert issues_of(desk, magazine)[-1].received is None


def test_what_has_not_come_is_late_after_a_while(desk: Desk, magazine: UUID) -> None:
    first = desk.today() - timedelta(days=100)
    subscription = subscribed(desk, magazine, first)
    value_of(expect_issues(desk, subscription))
    late = late_issues(desk)
    assert [one.days for one in late] == sorted((one.days for one in late), reverse=True)
    assert late[0].days == 100
    assert all(one.days > 30 for one in late)
    value_of(receive_issue(desk, late[0].issue.id, NewCopies(NOBODY, 1)))
    assert late_issues(desk) == late[1:]


def test_wrong_periods_and_unknown_things_are_refused(desk: Desk, magazine: UUID) -> None:
    day = date(2026, 1, 1)
    refusal_of(
        save_subscription(desk, magazine, SubscriptionForm(day, day - timedelta(1))),
        Reason.PERIOD_INVALID,
    )
    refusal_of(
        save_subscription(desk, magazine, SubscriptionForm(day, day, copies=0)),
        Reason.COUNT_INVALID,
    )
    refusal_of(save_subscription(desk, NOBODY, SubscriptionForm(day, day)), Reason.TITLE_UNKNOWN)
    refusal_of(expect_issues(desk, NOBODY), Reason.SUBSCRIPTION_UNKNOWN)
    refusal_of(receive_issue(desk, NOBODY), Reason.ISSUE_UNKNOWN)
    refusal_of(add_issue(desk, magazine, IssueForm()), Reason.NAME_MISSING)


def test_an_issue_is_entered_changed_and_removed_by_hand(desk: Desk, magazine: UUID) -> None:
    issue = value_of(add_issue(desk, magazine, IssueForm("3", "1", date(2026, 5, 1))))
    value_of(edit_issue(desk, issue, IssueForm("3", "2", date(2026, 5, 1), "Edisi khusus")))
    one = issues_of(desk, magazine)[0]
    assert (one.volume, one.number, one.note) == ("3", "2", "Edisi khusus")
    tomorrow = desk.today() + timedelta(days=1)
    refusal_of(receive_issue(desk, issue, received=tomorrow), Reason.DATE_IN_FUTURE)
    value_of(remove_issue(desk, issue))
    assert issues_of(desk, magazine) == []


def test_a_subscription_is_changed_and_goes_with_what_has_not_come(
    desk: Desk, magazine: UUID
) -> None:
    first = desk.today().replace(day=1)
    subscription = subscribed(desk, magazine, first)
    value_of(expect_issues(desk, subscription))
    value_of(receive_issue(desk, issues_of(desk, magazine)[-1].id))
    form = SubscriptionForm(first, first + timedelta(days=180), supplier="Agen Lain")
    value_of(save_subscription(desk, magazine, form, subscription))
    assert subscriptions_of(desk, magazine)[0].supplier == "Agen Lain"
    value_of(remove_subscription(desk, subscription))
    assert subscriptions_of(desk, magazine) == []
    assert [one.copies for one in issues_of(desk, magazine)] == [1]


DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))


@given(st.sampled_from(FREQUENCIES), DAYS, st.integers(0, 800))
def test_due_days_rise_within_the_period(frequency: str, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    days = list(due_days(frequency, first, last))
    assert days[0] == first
    assert days == sorted(set(days))
    assert days[-1] <= last


@given(DAYS, st.integers(1, 30), st.integers(1, 12), st.booleans())
def test_numbers_go_on_and_volumes_follow_the_year(
    first: date, volume: int, number: int, restarts: bool
) -> None:
    plan = Numbering(volume, number, restarts)
    found = list(expected_issues("monthly", first, first + timedelta(days=900), plan))
    for one, after in pairwise(found):
        same_year = one.day.year == after.day.year
        assert int(after.volume) == int(one.volume) + (0 if same_year else 1)
        goes_on = same_year or not restarts
        assert int(after.number) == (int(one.number) + 1 if goes_on else 1)


def test_what_something_hangs_on_is_not_undone(desk: Desk) -> None:
    done = add_title(desk, NewTitle("Majalah Kota"), 0)
    title = value_of(done).title
    issue = add_issue(desk, title, IssueForm("1", "1"))
    assert done.action
    assert refusal_of(undo(desk, done.action), Reason.UNDO_OVERTAKEN).facts["by"] == "issue"
    value_of(receive_issue(desk, value_of(issue)))
    assert issue.action
    assert refusal_of(undo(desk, issue.action), Reason.UNDO_OVERTAKEN).facts["by"] == "copy"
