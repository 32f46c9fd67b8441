"""Block loans: many copies, one due date, a limit of the kit's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rule_samples import (
    ADULT,
    BOOK,
    BUDI,
    EVERY_DAY,
    FICTION,
    MAIN,
    MEMBER,
    MONDAY,
    NOW,
    REFERENCE,
    RULE,
    WEEKDAYS,
    copies,
    loan,
    uid,
)

from perpusdesk.domain.circulation import KitCopy, KitRequest, all_refusals, decide_kit
from perpusdesk.domain.circulation_types import KitTerms
from perpusdesk.domain.decisions import Override, Reason, Refused
from perpusdesk.domain.items import Access, Condition, Copy
from perpusdesk.domain.policy_types import HouseRules

DAY = timedelta(days=1)


def book(number: int, **changes: Any) -> KitCopy:
    return KitCopy(replace(BOOK, id=uid(number), **changes))


def ask(*lines: KitCopy, **changes: Any) -> KitRequest:
    values: dict[str, Any] = {"rules": (RULE,), "calendar": EVERY_DAY, "at": NOW, "branch": MAIN}
    return KitRequest(member=MEMBER, copies=lines, **{**values, **changes})


def terms(*lines: KitCopy, **changes: Any) -> KitTerms:
    answer = decide_kit(ask(*lines, **changes))
    assert isinstance(answer, KitTerms), answer
    return answer


def test_a_school_takes_more_than_a_members_limit() -> None:
    many = [book(number) for number in range(100, 140)]
    answer = terms(*many, open_loans=(loan(1), loan(2)))
    assert answer.due == MONDAY + 7 * DAY
    assert [copy for copy, _ in answer.lines] == [line.copy.id for line in many]
    assert answer.left == HouseRules().kit_limit - 40


def test_one_due_date_the_shortest_period_unless_one_was_agreed() -> None:
    fiction, other = replace(RULE, kind=FICTION, loan_days=30), replace(RULE, kind=REFERENCE)
    mixed = (book(1), book(2, kind=REFERENCE))
    assert terms(*mixed, rules=(fiction, other)).due == MONDAY + 7 * DAY
    assert terms(book(1), rules=(fiction, other)).due == MONDAY + 30 * DAY
    assert terms(*mixed, rules=(fiction, other), days=90).due == MONDAY + 90 * DAY
    assert terms(book(1), rules=(fiction,), days=5, calendar=WEEKDAYS).due == MONDAY + 7 * DAY


def test_the_membership_caps_a_kit_only_where_the_house_says_so() -> None:
    expires = MEMBER.expires
    assert expires is not None
    long = {"days": (expires - MONDAY).days + 30}
    assert terms(book(1), **long).due == expires + 30 * DAY
    assert terms(book(1), **long, house=HouseRules(expiry_caps_due=True)).due == expires


def test_a_kit_filled_scan_by_scan_keeps_its_due_date() -> None:
    due = MONDAY + 60 * DAY
    answer = terms(book(3), due=due, already=97)
    assert (answer.due, answer.left) == (due, 2)


def test_the_limit_of_the_kit() -> None:
    answer = decide_kit(ask(book(1), book(2), already=1, limit=2))
    assert isinstance(answer, Refused)
    assert (answer.reason, answer.facts["count"]) == (Reason.LIMIT_REACHED, 3)
    why = Override("acara kota", frozenset({Reason.LIMIT_REACHED}))
    assert len(terms(book(1), book(2), already=1, limit=2, override=why).lines) == 2


def test_copies_that_may_not_go_stay_and_the_others_go() -> None:
    away = replace(book(2), copy_loan=loan(copy=uid(2), member=BUDI))
    answer = terms(book(1), away, book(3, access=Access.READING_ROOM))
    assert [copy for copy, _ in answer.lines] == [uid(1)]
    assert [(copy, no.reason) for copy, no in answer.refused] == [
        (uid(2), Reason.COPY_ON_LOAN),
        (uid(3), Reason.COPY_NOT_FOR_LOAN),
    ]


def test_where_no_copy_may_go_the_first_refusal_is_the_answer() -> None:
    answer = decide_kit(ask(book(1, condition=Condition.LOST), rules=(RULE,)))
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.COPY_LOST
    assert decide_kit(ask(book(1), rules=(replace(RULE, category=ADULT),))) == Refused(
        Reason.NO_RULE, {"category": MEMBER.category, "kind": FICTION, "branch": MAIN}
    )


def test_the_member_is_looked_at_once() -> None:
    expired = replace(MEMBER, expires=MONDAY - DAY)
    asked = replace(ask(book(1), book(2)), member=expired)
    assert [x.reason for x in all_refusals(asked)] == [Reason.MEMBER_EXPIRED]
    why = Override("surat sekolah", frozenset({Reason.MEMBER_EXPIRED}))
    answer = decide_kit(replace(asked, override=why))
    assert isinstance(answer, KitTerms)
    assert (len(answer.lines), answer.overridden) == (2, {Reason.MEMBER_EXPIRED})


def test_a_copy_scanned_twice_goes_once() -> None:
    answer = terms(book(1), book(1), limit=1)
    assert (len(answer.lines), answer.left) == (1, 0)


def test_what_was_overridden_for_a_copy_is_told() -> None:
    why = Override("pameran", frozenset({Reason.COPY_NOT_FOR_LOAN}))
    answer = terms(book(1), book(2, access=Access.READING_ROOM), override=why)
    assert answer.overridden == {Reason.COPY_NOT_FOR_LOAN}


@given(st.lists(copies, max_size=5), st.integers(0, 4), st.integers(0, 4))
def test_every_copy_is_told_of_once_and_the_limit_holds(
    stack: list[Copy], already: int, limit: int
) -> None:
    asked = ask(*map(KitCopy, stack), already=already, limit=limit)
    answer = decide_kit(asked)
    assert decide_kit(asked) == answer
    if isinstance(answer, KitTerms):
        told = [copy for copy, _ in (*answer.lines, *answer.refused)]
        assert sorted(told) == sorted({copy.id for copy in stack})
        assert already + len(answer.lines) + answer.left == max(limit, already)
