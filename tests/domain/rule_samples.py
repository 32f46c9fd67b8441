"""Small worlds for the tests of the rules, and strategies that build many of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from perpusdesk.domain.calendar import Calendar
from perpusdesk.domain.circulation_requests import LendRequest, RenewRequest, ReturnRequest
from perpusdesk.domain.circulation_types import Hold, HoldState, Loan
from perpusdesk.domain.items import Access, Condition, Copy
from perpusdesk.domain.members import Block, BlockKind, Member
from perpusdesk.domain.policy_types import Closure, Hours, HouseRules, LoanRule


def uid(number: int) -> UUID:
    return UUID(int=number)


PUPIL, ADULT = uid(1), uid(2)
FICTION, REFERENCE = uid(11), uid(12)
MAIN, VAN = uid(21), uid(22)
SITI, BUDI, RINA = uid(31), uid(32), uid(33)
TITLE, COPY, OTHER_COPY = uid(41), uid(51), uid(52)
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 30)

EVERY_DAY = Calendar(default_open_weekdays=frozenset(range(7)))
WEEKDAYS = Calendar(MAIN, (), (), frozenset(range(5)))
RULE = LoanRule(uid(61), "umum", loan_days=7, loan_limit=2, renewals=1)
MEMBER = Member(SITI, "A00123", "Siti Aminah", PUPIL, MAIN, date(2027, 3, 12))
BOOK = Copy(COPY, "B000457", "00457/2026", TITLE, MAIN, FICTION, price=60_000)


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour))


def loan(number: int = 71, **changes: Any) -> Loan:
    values: dict[str, Any] = {
        "id": uid(number),
        "copy": uid(number + 1000),
        "member": SITI,
        "lent_at": at(MONDAY - timedelta(days=3)),
        "due": MONDAY + timedelta(days=4),
        "rule": RULE.id,
        "kind": FICTION,
        "branch": MAIN,
    }
    return Loan(**{**values, **changes})


def hold(number: int = 81, **changes: Any) -> Hold:
    values: dict[str, Any] = {
        "id": uid(number),
        "title": TITLE,
        "member": BUDI,
        "pickup": MAIN,
        "placed_at": at(MONDAY - timedelta(days=2)) + timedelta(minutes=number),
    }
    return Hold(**{**values, **changes})


def ready(number: int = 81, **changes: Any) -> Hold:
    values = {"state": HoldState.READY, "copy": COPY, "pickup_until": MONDAY + timedelta(days=2)}
    return hold(number, **{**values, **changes})


def lend(**changes: Any) -> LendRequest:
    values: dict[str, Any] = {
        "member": MEMBER,
        "copy": BOOK,
        "rules": (RULE,),
        "calendar": EVERY_DAY,
        "at": NOW,
        "branch": MAIN,
    }
    return LendRequest(**{**values, **changes})


def renew(**changes: Any) -> RenewRequest:
    values: dict[str, Any] = {
        "loan": loan(copy=COPY),
        "member": MEMBER,
        "copy": BOOK,
        "rules": (RULE,),
        "calendar": EVERY_DAY,
        "at": NOW,
        "branch": MAIN,
    }
    return RenewRequest(**{**values, **changes})


def give_back(**changes: Any) -> ReturnRequest:
    values: dict[str, Any] = {
        "copy": BOOK,
        "loan": loan(copy=COPY),
        "rule": RULE,
        "calendar": EVERY_DAY,
        "at": NOW,
        "branch": MAIN,
    }
    return ReturnRequest(**{**values, **changes})


ids = st.integers(1, 6).map(uid)
some_id = st.none() | ids
days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
times = st.times().map(lambda value: value.replace(microsecond=0))


@st.composite
def ranges(draw: st.DrawFn) -> tuple[date | None, date | None]:
    first, last = sorted((draw(days), draw(days)))
    return draw(st.sampled_from([(None, None), (first, None), (None, last), (first, last)]))


@st.composite
def loan_rules(draw: st.DrawFn) -> LoanRule:
    first, last = draw(ranges())
    return LoanRule(
        id=draw(st.uuids()),
        version=draw(st.integers(1, 3)),
        category=draw(st.sampled_from([None, PUPIL, ADULT])),
        kind=draw(st.sampled_from([None, FICTION, REFERENCE])),
        branch=draw(st.sampled_from([None, MAIN, VAN])),
        weekdays=draw(st.frozensets(st.integers(0, 6), max_size=3)),
        first_day=first,
        last_day=last,
        priority=draw(st.integers(-1, 2)),
        loan_days=draw(st.integers(0, 40)),
        loan_limit=draw(st.integers(0, 4)),
        kind_limit=draw(st.none() | st.integers(0, 3)),
        renewals=draw(st.integers(0, 3)),
        renewal_days=draw(st.none() | st.integers(0, 30)),
        grace_days=draw(st.integers(0, 5)),
        fine_per_day=draw(st.sampled_from([0, 300, 500])),
        fine_max=draw(st.none() | st.integers(0, 20_000)),
        skip_closed_days=draw(st.booleans()),
        suspend_days_per_late_day=draw(st.integers(0, 3)),
        suspend_days_max=draw(st.none() | st.integers(0, 60)),
        hold_limit=draw(st.integers(0, 3)),
        may_lend=draw(st.booleans()),
    )


def seldom(usual: object, *others: object) -> st.SearchStrategy[Any]:
    """Mostly the usual value, so that not every world is one of refusals."""
    return st.sampled_from([usual] * (6 * max(1, len(others))) + list(others))


rule_tables = st.lists(loan_rules(), max_size=6, unique_by=lambda rule: rule.id)
lending_tables = st.builds(
    lambda table, base: (*table, *base),
    rule_tables.map(lambda table: [replace(x, may_lend=True) for x in table]) | rule_tables,
    seldom((replace(RULE, priority=-1),), ()),
)


@st.composite
def hours_rows(draw: st.DrawFn) -> Hours:
    first, last = draw(ranges())
    opens, closes = sorted((draw(times), draw(times)))
    is_open = draw(st.booleans())
    return Hours(
        branch=draw(st.sampled_from([None, MAIN, VAN])),
        weekday=draw(st.none() | st.integers(0, 6)),
        first_day=first,
        last_day=last,
        opens=opens if is_open else None,
        closes=closes if is_open else None,
        priority=draw(st.integers(0, 2)),
    )


@st.composite
def closures(draw: st.DrawFn) -> Closure:
    first = draw(days)
    return Closure(
        first,
        first + timedelta(days=draw(st.integers(0, 12))),
        draw(st.sampled_from(["Idulfitri", "Cuti bersama", "Pindah gedung"])),
        branch=draw(st.sampled_from([None, MAIN, VAN])),
        applies=draw(st.booleans()),
    )


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    return Calendar(
        draw(st.sampled_from([MAIN, VAN])),
        tuple(draw(st.lists(hours_rows(), max_size=4))),
        tuple(draw(st.lists(closures(), max_size=5))),
        draw(st.frozensets(st.integers(0, 6))),
    )


houses = st.builds(
    HouseRules,
    block_from_debt=st.none() | st.integers(0, 50_000),
    block_when_overdue=st.booleans(),
    minor_age=st.none() | st.integers(10, 18),
    hold_pickup_days=st.integers(0, 7),
    expiry_caps_due=st.booleans(),
    renew_from_today=st.booleans(),
    renew_when_overdue=st.booleans(),
    hold_wanted_days=st.none() | st.integers(0, 90),
)

blocks = st.builds(
    Block, st.uuids(), st.sampled_from(BlockKind), st.just("catatan"), st.none() | days
)

members = st.builds(
    Member,
    id=st.sampled_from([SITI, BUDI]),
    card=st.just("A00123"),
    name=st.just("Siti Aminah"),
    category=st.sampled_from([None, PUPIL, ADULT]),
    branch=st.just(MAIN),
    expires=st.none() | days | st.dates(date(2027, 6, 1), date(2028, 6, 1)),
    birth_date=st.none() | st.dates(date(1960, 1, 1), date(2022, 12, 31)),
    guardian_consent=st.none() | days,
    blocks=seldom(False, True).flatmap(
        lambda some: st.lists(blocks, max_size=2).map(tuple) if some else st.just(())
    ),
)

copies = st.builds(
    Copy,
    id=st.sampled_from([COPY, OTHER_COPY]),
    barcode=st.just("B000457"),
    inventory=st.just("00457/2026"),
    title=st.just(TITLE),
    branch=st.sampled_from([MAIN, VAN]),
    kind=st.sampled_from([None, FICTION, REFERENCE]),
    access=seldom(Access.LOAN, Access.READING_ROOM),
    condition=seldom(Condition.GOOD, *Condition),
)


@st.composite
def loans(draw: st.DrawFn) -> Loan:
    lent = draw(days)
    return Loan(
        id=draw(st.uuids()),
        copy=draw(st.sampled_from([COPY, OTHER_COPY, uid(53)])),
        member=draw(st.sampled_from([SITI, BUDI])),
        lent_at=at(lent),
        due=lent + timedelta(days=draw(st.integers(0, 30))),
        rule=None,
        renewals=draw(st.integers(0, 3)),
        kind=draw(st.sampled_from([None, FICTION, REFERENCE])),
        claimed_returned=draw(st.booleans()),
        kit=draw(st.none() | st.just(uid(99))),
    )


@st.composite
def holds(draw: st.DrawFn) -> Hold:
    return Hold(
        id=draw(st.uuids()),
        title=TITLE,
        member=draw(st.sampled_from([SITI, BUDI, RINA])),
        pickup=draw(st.sampled_from([None, MAIN, VAN])),
        placed_at=at(draw(days), draw(st.integers(0, 2))),
        state=draw(st.sampled_from(HoldState)),
        copy=draw(st.sampled_from([None, COPY, OTHER_COPY])),
        pickup_until=draw(st.none() | days),
        expires=draw(st.none() | days),
    )


@st.composite
def lend_requests(draw: st.DrawFn) -> LendRequest:
    member = draw(members)
    mine = [x for x in draw(st.lists(loans(), max_size=3)) if x.member == member.id]
    return LendRequest(
        member=member,
        copy=draw(copies),
        rules=draw(lending_tables),
        calendar=draw(calendars()),
        at=at(draw(days)),
        branch=draw(st.sampled_from([None, MAIN, VAN])),
        house=draw(houses),
        open_loans=tuple(mine),
        debt=draw(st.integers(0, 100_000)),
        copy_loan=draw(loans()) if draw(seldom(False, True)) else None,
        holds=tuple(draw(st.lists(holds(), max_size=3))),
        other_copies_free=draw(st.integers(0, 2)),
    )


@st.composite
def renew_requests(draw: st.DrawFn) -> RenewRequest:
    asked, lent = draw(lend_requests()), draw(days)
    day = lent + timedelta(days=draw(st.integers(0, 12)))
    return RenewRequest(
        loan=replace(
            draw(loans()), lent_at=at(lent), due=lent + timedelta(days=draw(st.integers(5, 20)))
        ),
        member=asked.member,
        copy=asked.copy,
        rules=asked.rules,
        calendar=asked.calendar,
        at=at(day),
        branch=asked.branch,
        house=asked.house,
        loan_rule=draw(st.none() | loan_rules()),
        open_loans=asked.open_loans,
        debt=asked.debt,
        holds=asked.holds,
        other_copies_free=asked.other_copies_free,
    )
