"""Lending: due dates, limits, every refusal with its facts, overrides, quota, reading on site."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from rule_samples import (
    ADULT,
    BOOK,
    BUDI,
    COPY,
    FICTION,
    MAIN,
    MEMBER,
    MONDAY,
    NOW,
    OTHER_COPY,
    REFERENCE,
    RINA,
    RULE,
    SITI,
    VAN,
    WEEKDAYS,
    at,
    hold,
    lend,
    lend_requests,
    loan,
    ready,
    uid,
)

from perpusdesk.domain.calendar import Calendar
from perpusdesk.domain.circulation import (
    LendRequest,
    ReadRequest,
    all_refusals,
    decide_lend,
    decide_read_on_site,
    member_quota,
    override_for,
)
from perpusdesk.domain.circulation_types import LoanEnd, ReadTerms, Terms
from perpusdesk.domain.decisions import Override, Reason, Refused
from perpusdesk.domain.items import Access, Condition
from perpusdesk.domain.lending import counted
from perpusdesk.domain.members import Block, BlockKind
from perpusdesk.domain.policy import choose_rule
from perpusdesk.domain.policy_types import Closure, HouseRules, LoanRule

DAY = timedelta(days=1)
YESTERDAY = MONDAY - DAY


def refused(**changes: Any) -> Refused:
    answer = decide_lend(lend(**changes))
    assert isinstance(answer, Refused), answer
    return answer


def terms(**changes: Any) -> Terms:
    answer = decide_lend(lend(**changes))
    assert isinstance(answer, Terms), answer
    return answer


def blocked(kind: BlockKind, until: date | None = None) -> Any:
    return replace(MEMBER, blocks=(Block(uid(91), kind, "catatan", until),))


def test_a_plain_loan_is_due_after_the_days_of_the_rule() -> None:
    assert terms() == Terms(MONDAY + 7 * DAY, RULE, left=1)


def test_the_due_date_rolls_to_the_next_open_day_of_the_return_branch() -> None:
    saturday = replace(RULE, loan_days=5)
    assert terms(rules=(saturday,), calendar=WEEKDAYS).due == MONDAY + 7 * DAY
    christmas = Closure(MONDAY + 7 * DAY, MONDAY + 8 * DAY, "Libur")
    closed = Calendar(MAIN, (), (christmas,), frozenset(range(5)))
    assert terms(rules=(saturday,), calendar=closed).due == MONDAY + 9 * DAY


def test_the_membership_caps_the_due_date_only_where_the_house_says_so() -> None:
    member = replace(MEMBER, expires=MONDAY + 5 * DAY)
    assert terms(member=member).due == MONDAY + 7 * DAY
    caps = HouseRules(expiry_caps_due=True)
    assert terms(member=member, house=caps).due == MONDAY + 5 * DAY
    assert terms(member=member, house=caps, calendar=WEEKDAYS).due == MONDAY + 4 * DAY
    assert terms(member=replace(MEMBER, expires=None), house=caps).due == MONDAY + 7 * DAY


def test_a_loan_of_no_days_is_due_today_and_so_is_one_on_the_last_day_of_a_capped_card() -> None:
    assert terms(rules=(replace(RULE, loan_days=0),)).due == MONDAY
    last_day = replace(MEMBER, expires=MONDAY)
    assert terms(member=last_day, house=HouseRules(expiry_caps_due=True)).due == MONDAY


def test_a_membership_that_ended_and_is_overridden_caps_nothing() -> None:
    asked = lend(
        member=replace(MEMBER, expires=YESTERDAY),
        house=HouseRules(expiry_caps_due=True),
        override=Override("kartu diperpanjang besok", frozenset({Reason.MEMBER_EXPIRED})),
    )
    answer = decide_lend(asked)
    assert isinstance(answer, Terms)
    assert answer.due == MONDAY + 7 * DAY


def test_the_rule_of_the_desk_and_the_day_decides() -> None:
    van = LoanRule(uid(62), branch=VAN, loan_days=14)
    assert terms(rules=(RULE, van)).rule is RULE
    assert terms(rules=(RULE, van), branch=VAN).due == MONDAY + 14 * DAY


@pytest.mark.parametrize(
    ("changes", "reason", "facts"),
    [
        ({"member": blocked(BlockKind.MANUAL)}, Reason.MEMBER_BLOCKED, {"until": None}),
        (
            {"member": blocked(BlockKind.LOST_ITEM, MONDAY)},
            Reason.MEMBER_BLOCKED,
            {"until": MONDAY, "kind": BlockKind.LOST_ITEM, "note": "catatan", "count": 1},
        ),
        (
            {"member": blocked(BlockKind.SUSPENSION, MONDAY + DAY)},
            Reason.MEMBER_SUSPENDED,
            {"until": MONDAY + DAY},
        ),
        (
            {"member": replace(MEMBER, expires=MONDAY - 3 * DAY)},
            Reason.MEMBER_EXPIRED,
            {"expires": MONDAY - 3 * DAY, "days": 3},
        ),
        (
            {
                "open_loans": (loan(1, due=YESTERDAY), loan(2, due=MONDAY - 9 * DAY)),
                "rules": (replace(RULE, loan_limit=5),),
            },
            Reason.MEMBER_HAS_OVERDUE,
            {"count": 2, "oldest_due": MONDAY - 9 * DAY, "days": 9},
        ),
        (
            {"debt": 5_000, "house": HouseRules(block_from_debt=5_000)},
            Reason.MEMBER_OWES,
            {"debt": 5_000, "limit": 5_000},
        ),
        (
            {
                "member": replace(
                    MEMBER, birth_date=date(2014, 11, 24), guardian_name="Ibu Aminah"
                ),
                "house": HouseRules(minor_age=12),
            },
            Reason.GUARDIAN_CONSENT_MISSING,
            {"age": 11, "guardian": "Ibu Aminah"},
        ),
        (
            {"open_loans": (loan(1), loan(2))},
            Reason.LIMIT_REACHED,
            {"limit": 2, "count": 2, "kind": None},
        ),
        (
            {"rules": (replace(RULE, kind_limit=1),), "open_loans": (loan(1),)},
            Reason.LIMIT_REACHED,
            {"limit": 1, "count": 1, "kind": FICTION},
        ),
        (
            {"copy": replace(BOOK, access=Access.READING_ROOM)},
            Reason.COPY_NOT_FOR_LOAN,
            {"access": Access.READING_ROOM},
        ),
        (
            {"rules": (replace(RULE, may_lend=False),)},
            Reason.COPY_NOT_FOR_LOAN,
            {"rule": RULE.id},
        ),
        (
            {"copy": replace(BOOK, condition=Condition.DAMAGED)},
            Reason.COPY_DAMAGED,
            {"condition": Condition.DAMAGED},
        ),
        (
            {"holds": (ready(),)},
            Reason.COPY_ON_HOLD,
            {"member": BUDI, "ready": True, "pickup_until": MONDAY + 2 * DAY},
        ),
        ({"holds": (hold(),)}, Reason.COPY_ON_HOLD, {"ready": False, "waiting": 1}),
    ],
)
def test_a_refusal_tells_its_facts_and_can_be_overridden_with_a_reason(
    changes: dict[str, Any], reason: Reason, facts: dict[str, object]
) -> None:
    answer = refused(**changes)
    assert (answer.reason, answer.overridable) == (reason, True)
    assert facts.items() <= dict(answer.facts).items()
    why = Override("izin kepala", frozenset({reason}))
    assert terms(**changes, override=why).overridden == {reason}
    assert refused(**changes, override=replace(why, reason=" ")).reason is Reason.REASON_MISSING
    assert refused(**changes, override=Override("izin", frozenset())) == answer


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"copy_loan": loan(copy=COPY)}, Reason.COPY_ALREADY_YOURS),
        ({"copy_loan": loan(copy=COPY, member=BUDI)}, Reason.COPY_ON_LOAN),
        ({"copy": replace(BOOK, condition=Condition.WITHDRAWN)}, Reason.COPY_WITHDRAWN),
        ({"copy": replace(BOOK, condition=Condition.LOST)}, Reason.COPY_LOST),
        ({"copy": replace(BOOK, condition=Condition.MISSING)}, Reason.COPY_LOST),
        ({"rules": ()}, Reason.NO_RULE),
        ({"rules": (replace(RULE, category=ADULT),)}, Reason.NO_RULE),
    ],
)
def test_what_no_right_can_override(changes: dict[str, Any], reason: Reason) -> None:
    everything = Override("izin", frozenset(Reason))
    answer = refused(**changes, override=everything)
    assert (answer.reason, answer.overridable) == (reason, False)
    assert override_for(lend(**changes), "izin") is None


def test_what_does_not_stand_in_the_way() -> None:
    fine = {
        "suspension over": {"member": blocked(BlockKind.SUSPENSION, YESTERDAY)},
        "last day of membership": {"member": replace(MEMBER, expires=MONDAY)},
        "due today": {"open_loans": (loan(due=MONDAY),)},
        "overdue allowed": {
            "open_loans": (loan(due=YESTERDAY),),
            "house": HouseRules(block_when_overdue=False),
        },
        "claimed returned": {"open_loans": (loan(due=YESTERDAY, claimed_returned=True),)},
        "debt is no matter": {"debt": 900_000},
        "less debt than the limit": {"debt": 4_999, "house": HouseRules(block_from_debt=5_000)},
        "no debt where any would block": {"house": HouseRules(block_from_debt=0)},
        "kit loans do not count": {"open_loans": (loan(1, kit=uid(9)), loan(2, kit=uid(9)))},
        "ended loans do not count": {"open_loans": (loan(1, end=LoanEnd.RETURNED), loan(2))},
        "other kinds do not count for the kind": {
            "rules": (replace(RULE, kind_limit=1),),
            "open_loans": (loan(1, kind=REFERENCE),),
        },
        "consent given": {
            "member": replace(MEMBER, birth_date=date(2016, 1, 1), guardian_consent=MONDAY),
            "house": HouseRules(minor_age=17),
        },
        "birthday today": {
            "member": replace(MEMBER, birth_date=date(2009, 11, 23)),
            "house": HouseRules(minor_age=17),
        },
        "age unknown": {"house": HouseRules(minor_age=17)},
        "hold lapsed": {"holds": (hold(expires=YESTERDAY),)},
        "kept until yesterday": {"holds": (ready(pickup_until=YESTERDAY),)},
        "hold for another copy": {"holds": (hold(copy=OTHER_COPY),)},
        "another copy serves the one who waits": {"holds": (hold(),), "other_copies_free": 1},
        "the earlier loan is over": {"copy_loan": loan(copy=COPY, end=LoanEnd.RETURNED)},
    }
    for name, changes in fine.items():
        assert isinstance(decide_lend(lend(**changes)), Terms), name


def test_the_loan_fills_the_hold_the_copy_is_kept_for() -> None:
    mine, other = ready(1, member=SITI), hold(2)
    assert terms(holds=(other, mine)).fills_hold == mine.id
    waiting = hold(3, member=SITI)
    assert terms(holds=(waiting,)).fills_hold == waiting.id
    assert terms(holds=(hold(4, member=SITI, copy=OTHER_COPY),)).fills_hold is None


def test_who_waits_behind_another_is_told_so() -> None:
    holds = (hold(1, member=BUDI), hold(2, member=SITI), hold(3, member=RINA))
    answer = refused(holds=holds)
    assert answer.reason is Reason.COPY_ON_HOLD
    assert (answer.facts["member"], answer.facts["waiting"]) == (BUDI, 1)
    assert terms(holds=holds, other_copies_free=1).fills_hold == uid(2)


def test_all_refusals_come_with_the_hard_ones_first_and_one_override_covers_the_rest() -> None:
    asked = lend(
        member=replace(blocked(BlockKind.MANUAL), expires=YESTERDAY),
        copy=replace(BOOK, access=Access.READING_ROOM, condition=Condition.DAMAGED),
        open_loans=(loan(1), loan(2)),
    )
    assert [refusal.reason for refusal in all_refusals(asked)] == [
        Reason.MEMBER_BLOCKED,
        Reason.MEMBER_EXPIRED,
        Reason.LIMIT_REACHED,
        Reason.COPY_NOT_FOR_LOAN,
        Reason.COPY_DAMAGED,
    ]
    why = override_for(asked, "pameran")
    assert isinstance(decide_lend(replace(asked, override=why)), Terms)
    on_loan = replace(asked, copy_loan=loan(copy=COPY, member=BUDI))
    assert all_refusals(on_loan)[0].reason is Reason.COPY_ON_LOAN


def test_an_override_covers_only_what_it_names() -> None:
    asked = {"open_loans": (loan(1), loan(2)), "member": replace(MEMBER, expires=YESTERDAY)}
    half = Override("izin", frozenset({Reason.MEMBER_EXPIRED}))
    assert refused(**asked, override=half).reason is Reason.LIMIT_REACHED


def test_the_longest_block_is_told() -> None:
    short, longer = (Block(uid(n), BlockKind.SUSPENSION, str(n), MONDAY + n * DAY) for n in (3, 9))
    answer = refused(member=replace(MEMBER, blocks=(longer, short)))
    assert (answer.facts["until"], answer.facts["count"]) == (MONDAY + 9 * DAY, 2)


def test_the_quota_before_any_copy_is_scanned() -> None:
    magazines = LoanRule(uid(62), kind=REFERENCE, loan_limit=5)
    loans = (loan(1), loan(2, kit=uid(9)))
    quota = member_quota(MEMBER, (RULE, magazines), loans, MAIN, MONDAY)
    assert (quota.limit, quota.used, quota.left) == (2, 1, 1)
    assert member_quota(MEMBER, (magazines,), loans, MAIN, MONDAY).left == 4
    forbidden = replace(magazines, may_lend=False)
    assert member_quota(MEMBER, (forbidden,), loans, MAIN, MONDAY).limit == 0
    assert member_quota(MEMBER, (), (), MAIN, MONDAY).limit == 0


def test_reading_on_site_needs_only_a_copy_that_is_there() -> None:
    reference = replace(BOOK, access=Access.READING_ROOM, condition=Condition.DAMAGED)
    assert decide_read_on_site(ReadRequest(reference, NOW)) == ReadTerms()
    assert decide_read_on_site(ReadRequest(BOOK, NOW, holds=(hold(),))) == ReadTerms()
    away = decide_read_on_site(ReadRequest(BOOK, NOW, copy_loan=loan(copy=COPY)))
    assert isinstance(away, Refused)
    assert away.reason is Reason.COPY_ON_LOAN


def test_a_copy_kept_for_another_is_read_only_by_override() -> None:
    asked = ReadRequest(BOOK, NOW, holds=(ready(),))
    answer = decide_read_on_site(asked)
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.COPY_ON_HOLD
    assert decide_read_on_site(replace(asked, member=BUDI)) == ReadTerms()
    why = Override("sebentar saja", frozenset({Reason.COPY_ON_HOLD}))
    assert decide_read_on_site(replace(asked, override=why)) == ReadTerms(why.of)


@given(lend_requests())
def test_a_due_date_is_never_a_closed_day_and_never_before_the_plain_date(
    asked: LendRequest,
) -> None:
    uncapped = replace(asked, house=replace(asked.house, expiry_caps_due=False))
    answer = decide_lend(replace(uncapped, override=override_for(uncapped, "izin")))
    if isinstance(answer, Terms):
        plain = asked.at.date() + timedelta(days=answer.rule.loan_days)
        assert answer.due >= plain
        ahead = (plain + timedelta(days=n) for n in range(400))
        assert asked.calendar.is_open(answer.due) or not any(map(asked.calendar.is_open, ahead))


@given(lend_requests())
def test_a_capped_due_date_is_open_and_not_after_the_membership(asked: LendRequest) -> None:
    capped = replace(
        asked, house=replace(asked.house, expiry_caps_due=True), calendar=Calendar(MAIN)
    )
    answer = decide_lend(replace(capped, override=override_for(capped, "izin")))
    ends = asked.member.expires
    if isinstance(answer, Terms):
        assert answer.due >= asked.at.date()
        assert capped.calendar.is_open(answer.due)
        reachable = ends is not None and capped.calendar.last_open(ends, asked.at.date())
        assert not reachable or answer.due <= ends


@given(lend_requests())
def test_no_limit_is_passed_without_an_override(asked: LendRequest) -> None:
    answer = decide_lend(asked)
    if isinstance(answer, Terms):
        loans = counted(asked.open_loans)
        assert len(loans) + 1 <= answer.rule.loan_limit
        of_kind = [x for x in loans if x.kind == asked.copy.kind]
        assert answer.rule.kind_limit is None or len(of_kind) + 1 <= answer.rule.kind_limit
        assert answer.left == answer.rule.loan_limit - len(loans) - 1


@given(lend_requests())
def test_the_answer_is_the_first_refusal_and_the_same_every_time(asked: LendRequest) -> None:
    answer, refusals = decide_lend(asked), all_refusals(asked)
    assert decide_lend(asked) == answer
    assert answer == refusals[0] if refusals else isinstance(answer, Terms)
    hard = [refusal.overridable for refusal in refusals]
    assert hard == sorted(hard)


@given(lend_requests())
def test_one_override_covers_all_that_can_be_overridden(asked: LendRequest) -> None:
    why = override_for(asked, "izin")
    answer = decide_lend(replace(asked, override=why))
    if why is None:
        assert isinstance(answer, Refused)
        assert not answer.overridable
    else:
        assert isinstance(answer, Terms)
        assert answer.overridden == {refusal.reason for refusal in all_refusals(asked)}


@given(lend_requests())
def test_the_rule_in_the_terms_is_the_one_chosen_for_the_day(asked: LendRequest) -> None:
    answer = decide_lend(asked)
    if isinstance(answer, Terms):
        chosen = choose_rule(
            asked.rules, asked.member.category, asked.copy.kind, asked.branch, asked.at.date()
        )
        assert answer.rule is chosen


@given(lend_requests())
def test_only_the_members_own_live_hold_is_filled(asked: LendRequest) -> None:
    answer = decide_lend(replace(asked, override=override_for(asked, "izin")))
    if isinstance(answer, Terms) and answer.fills_hold is not None:
        filled = next(x for x in asked.holds if x.id == answer.fills_hold)
        assert filled.member == asked.member.id
        assert filled.copy in (None, asked.copy.id)


def test_the_hour_of_the_day_does_not_matter() -> None:
    assert decide_lend(lend(at=at(MONDAY, 0))) == decide_lend(lend(at=at(MONDAY, 23)))


def test_the_made_up_worlds_hold_both_answers() -> None:
    seen: Counter[type[Terms | Refused]] = Counter()

    @settings(max_examples=150, derandomize=True, database=None)
    @given(lend_requests())
    def look(asked: LendRequest) -> None:
        seen[type(decide_lend(asked))] += 1

    look()
    assert min(seen[Terms], seen[Refused]) > 20
