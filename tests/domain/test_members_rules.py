"""Membership: extension, minors, registering, bebas pustaka; and the NIK's plausibility."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_samples import MEMBER, MONDAY, days, hold, loan, ready, uid

from perpusdesk.domain.circulation_types import LoanEnd
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.eligibility import age_on
from perpusdesk.domain.members import Block, BlockKind
from perpusdesk.domain.members_rules import (
    decide_clearance,
    decide_extension,
    is_expired,
    is_minor,
    register_refusals,
)
from perpusdesk.domain.nik import NikDoubt, nik_doubts
from perpusdesk.domain.policy_types import HouseRules

DAY = timedelta(days=1)
MINORS = HouseRules(minor_age=17)


def test_the_last_day_still_counts() -> None:
    assert not is_expired(replace(MEMBER, expires=MONDAY), MONDAY)
    assert is_expired(replace(MEMBER, expires=MONDAY - DAY), MONDAY)
    assert not is_expired(replace(MEMBER, expires=None), MONDAY)


def test_an_extension_counts_from_the_later_of_today_and_the_old_end() -> None:
    assert decide_extension(MONDAY + 10 * DAY, MONDAY, 365) == MONDAY + 375 * DAY
    assert decide_extension(MONDAY - 10 * DAY, MONDAY, 365) == MONDAY + 365 * DAY
    assert decide_extension(None, MONDAY, 365) == MONDAY + 365 * DAY
    assert decide_extension(None, MONDAY, 0) == Refused(Reason.AMOUNT_INVALID, {"amount": 0})


@given(st.none() | days, days, st.integers(1, 3_650))
def test_an_extension_never_shortens(expires: date | None, today: date, length: int) -> None:
    answer = decide_extension(expires, today, length)
    assert isinstance(answer, date)
    assert answer > today
    assert expires is None or answer > expires


def test_an_extension_ends_where_dates_end() -> None:
    assert decide_extension(date(9999, 12, 31), date(2026, 11, 2), 365) == date.max


def test_minors_by_birth_date() -> None:
    assert is_minor(date(2009, 11, 24), MONDAY, MINORS)
    assert not is_minor(date(2009, 11, 23), MONDAY, MINORS)
    assert not is_minor(None, MONDAY, MINORS)
    assert not is_minor(date(2020, 1, 1), MONDAY, HouseRules())


def test_age_of_those_born_on_leap_day() -> None:
    assert age_on(date(2012, 2, 29), date(2026, 2, 28)) == 13
    assert age_on(date(2012, 2, 29), date(2026, 3, 1)) == 14


def test_registering() -> None:
    assert register_refusals(MEMBER, MONDAY, MINORS) == ()
    assert register_refusals(MEMBER, MONDAY, MINORS, MEMBER) == ()
    child = replace(MEMBER, name=" ", birth_date=date(2016, 5, 1))
    other = replace(MEMBER, id=uid(32), name="Budi")
    refusals = register_refusals(child, MONDAY, MINORS, other)
    assert [(x.reason, x.overridable) for x in refusals] == [
        (Reason.NAME_MISSING, False),
        (Reason.MEMBER_CARD_TAKEN, False),
        (Reason.GUARDIAN_CONSENT_MISSING, True),
    ]
    assert refusals[1].facts == {"card": "A00123", "member": uid(32), "name": "Budi"}
    promised = replace(child, guardian_consent=MONDAY + DAY)
    assert register_refusals(promised, MONDAY, MINORS)[-1].reason is (
        Reason.GUARDIAN_CONSENT_MISSING
    )


def test_clearance_lists_all_that_is_owed() -> None:
    assert decide_clearance((), 0) is None
    done = (loan(1, end=LoanEnd.RETURNED),)
    suspended = (Block(uid(9), BlockKind.SUSPENSION, ""),)
    assert decide_clearance(done, -500, (hold(),), suspended) is None
    lost = Block(uid(8), BlockKind.LOST_ITEM, "")
    loans = (loan(2), loan(1, due=MONDAY - DAY, claimed_returned=True))
    answer = decide_clearance(loans, 2_500, (ready(5), hold(6)), (lost,))
    assert answer == Refused(
        Reason.MEMBER_HAS_OBLIGATIONS,
        {
            "loans": (uid(1), uid(2)),
            "debt": 2_500,
            "ready": (uid(5),),
            "replacements": (uid(8),),
        },
    )
    for one in [((loan(),), 0, (), ()), ((), 1, (), ()), ((), 0, (ready(),), ())]:
        assert decide_clearance(*one) is not None
    assert decide_clearance((), 0, (), (lost,)) is not None


@pytest.mark.parametrize(
    ("nik", "doubts"),
    [
        ("1872011203990001", ()),
        ("1872 0152 0399 0001", (NikDoubt.SEX_DIFFERS,)),
        ("187201120399000", (NikDoubt.NOT_SIXTEEN_DIGITS,)),
        ("18720112039900O1", (NikDoubt.NOT_SIXTEEN_DIGITS,)),
        ("١٨٧٢٠١١٢٠٣٩٩٠٠٠١", (NikDoubt.NOT_SIXTEEN_DIGITS,)),
        ("", (NikDoubt.NOT_SIXTEEN_DIGITS,)),
        ("1101011203990001", ()),
        ("9901011203990001", ()),
        ("1001011203990001", (NikDoubt.REGION_IMPOSSIBLE,)),
        ("0172011203990001", (NikDoubt.REGION_IMPOSSIBLE,)),
        ("1800011203990001", (NikDoubt.REGION_IMPOSSIBLE,)),
        ("1872011213990001", (NikDoubt.BIRTH_DATE_IMPOSSIBLE, NikDoubt.BIRTH_DATE_DIFFERS)),
        ("1872013203990001", (NikDoubt.BIRTH_DATE_IMPOSSIBLE, NikDoubt.BIRTH_DATE_DIFFERS)),
        ("1872011303990001", (NikDoubt.BIRTH_DATE_DIFFERS,)),
        ("1872011203990000", (NikDoubt.NUMBER_IMPOSSIBLE,)),
    ],
)
def test_a_nik_is_only_doubted(nik: str, doubts: tuple[NikDoubt, ...]) -> None:
    assert nik_doubts(nik, date(1999, 3, 12), woman=False) == doubts


def test_leap_day_exists_in_one_century_at_least() -> None:
    assert nik_doubts("1872012902000001") == ()
    assert nik_doubts("1872012902010001") == (NikDoubt.BIRTH_DATE_IMPOSSIBLE,)


@given(st.dates(date(1930, 1, 1), date(2025, 12, 31)), st.booleans(), st.integers(1, 9_999))
def test_a_nik_made_from_a_birth_date_is_plausible(born: date, woman: bool, number: int) -> None:
    day = born.day + (40 if woman else 0)
    nik = f"187201{day:02d}{born.month:02d}{born.year % 100:02d}{number:04d}"
    assert nik_doubts(nik, born, woman) == ()
    assert nik_doubts(nik, born, not woman) == (NikDoubt.SEX_DIFFERS,)
    assert NikDoubt.BIRTH_DATE_DIFFERS in nik_doubts(nik, born + DAY, woman)


@given(st.text())
def test_any_text_is_borne(text: str) -> None:
    assert nik_doubts(text)
