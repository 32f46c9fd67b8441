"""A believable year at the desks: who comes on which day, by opening hours and habit.

Readers and titles are asked for by Zipf-like weights, closed days are kept, about one loan in
eight comes back late, a few books are lost or never return.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

from perpusdesk.domain.calendar import Calendar
from perpusdesk.exchange.demo_copies import PlannedCopy
from perpusdesk.exchange.demo_dice import Dice
from perpusdesk.exchange.demo_events import DemoEvent, EventKind, Session, stay
from perpusdesk.exchange.demo_habits import Errand, LoanHabits, only
from perpusdesk.exchange.demo_members import PlannedMember
from perpusdesk.exchange.demo_shelves import Shelves
from perpusdesk.exchange.demo_visits import Desk

_BOOKS_A_VISIT: Final = 1.45
_RETURNERS_WHO_BORROW: Final = 0.55
_BY_TELEPHONE: Final = 0.4
_WITHOUT_CARD: Final = 0.4
_FROM_ELSEWHERE: Final = 0.04
_TRIES: Final = 6
_WEEKDAY: Final = (1.1, 1.0, 1.0, 1.0, 0.7, 1.2, 0.8)


@dataclass(frozen=True, slots=True)
class Setting:
    """All that a year needs; places in these lists are the numbers in the events.

    ``shares`` are the branches' parts of the work, ``visits`` and ``loans`` the year's totals.
    """

    members: Sequence[PlannedMember]
    copies: Sequence[PlannedCopy]
    weights: Sequence[float]
    shares: Sequence[int]
    calendars: Sequence[Calendar]
    habits: Mapping[str, LoanHabits]
    first_day: date
    days: int
    visits: int
    loans: int


@dataclass(slots=True)
class _Quota:
    """How many loans and visits a branch should have had by today, and how many it has had."""

    loans: float = 0
    visits: float = 0
    lent: int = 0
    visited: int = 0

    def count(self, events: Sequence[DemoEvent]) -> None:
        """Count what was planned for a day."""
        self.lent += sum(event.kind is EventKind.LEND for event in events)
        self.visited += sum(event.kind is EventKind.VISIT for event in events)


class DeskYear:
    """One year played through in memory."""

    def __init__(self, setting: Setting, rng: Dice) -> None:
        self._all, self._rng = setting, rng
        self._desk = Desk(
            setting.members,
            setting.copies,
            Shelves(setting.copies, setting.weights, rng),
            setting.calendars,
            habits=setting.habits,
            rng=rng,
        )
        self._quotas = [_Quota() for _branch in setting.shares]
        self._residents = [self._members_of(branch) for branch in range(len(setting.shares))]
        self._eagerness = [
            list(accumulate(1 / (rank + 8) ** 0.7 for rank in range(len(residents))))
            for residents in self._residents
        ]
        self._parts = [self._day_parts(branch) for branch in range(len(setting.shares))]

    def days(self) -> Iterator[list[DemoEvent]]:
        """Yield the intents of each day in order of time; days without any are left out."""
        for day in self._dates():
            self._desk.begin_day()
            events: list[DemoEvent] = []
            for branch, calendar in enumerate(self._all.calendars):
                if sessions := calendar.sessions(day):
                    events += self._branch_day(branch, day, sessions)
            if events:
                yield sorted(events, key=lambda event: event.at)

    def _branch_day(self, branch: int, day: date, sessions: tuple[Session, ...]) -> list[DemoEvent]:
        quota, part = self._quotas[branch], self._parts[branch].get(day, 0)
        quota.loans += self._all.loans * part
        quota.visits += self._all.visits * part
        errands = self._desk.diary.take(branch, day)
        calling = {member: None for member in errands if self._only_calls(errands[member])}
        coming = [member for member in errands if member not in calling]
        coming += self._borrowers(branch, day, coming)
        events = [
            event
            for member in calling
            for event in self._desk.by_telephone(
                branch, stay(day, sessions, self._rng).arrives, errands[member]
            )
        ]
        stays = [(stay(day, sessions, self._rng), member) for member in coming]
        for when, member in sorted(stays, key=lambda pair: pair[0].arrives):
            events += self._desk.visit(branch, when, member, errands.get(member, []))
        quota.count(events)
        others = self._other_visits(branch, day, sessions)
        quota.count(others)
        return events + others

    def _only_calls(self, errands: Sequence[Errand]) -> bool:
        return only(EventKind.RENEW, errands) and self._rng.random() < _BY_TELEPHONE

    def _borrowers(self, branch: int, day: date, coming: Sequence[int]) -> list[int]:
        """Return members who come to borrow, so many that the year's loans are reached."""
        quota = self._quotas[branch]
        expected = len(coming) * _RETURNERS_WHO_BORROW
        wanted = round((quota.loans - quota.lent) / _BOOKS_A_VISIT - expected)
        known, found = set(coming), dict[int, None]()
        for _try in range(max(0, wanted) * 2):
            if len(found) == wanted:
                break
            member = self._some_member(branch, day)
            if member is not None and member not in known:
                found[member] = None
        return list(found)

    def _other_visits(
        self, branch: int, day: date, sessions: tuple[Session, ...]
    ) -> list[DemoEvent]:
        """Return visits of those who only read: members, and guests without a card."""
        quota = self._quotas[branch]
        visits = []
        for _visit in range(max(0, round(quota.visits) - quota.visited)):
            guest = self._rng.random() < _WITHOUT_CARD
            member = None if guest else self._some_member(branch, day)
            at = stay(day, sessions, self._rng).arrives
            visits.append(DemoEvent(at, branch, EventKind.VISIT, member))
        return visits

    def _some_member(self, branch: int, day: date) -> int | None:
        """Return a member with a valid card, the eager ones more often."""
        rng = self._rng
        for _try in range(_TRIES):
            place = branch
            if rng.random() < _FROM_ELSEWHERE:
                place = rng.randrange(len(self._residents))
            residents = self._residents[place]
            if not residents:
                continue
            member = rng.choices(residents, cum_weights=self._eagerness[place])[0]
            planned = self._all.members[member]
            if planned.joined <= day <= planned.expires:
                return member
        return None

    def _members_of(self, branch: int) -> list[int]:
        """Return the branch's members, the most eager first."""
        members = enumerate(self._all.members)
        residents = [place for place, member in members if member.branch == branch]
        self._rng.shuffle(residents)
        return residents

    def _day_parts(self, branch: int) -> dict[date, float]:
        """Return which part of the year's work falls on each open day of the branch."""
        calendar = self._all.calendars[branch]
        weights = {day: _day_weight(calendar, day) for day in self._dates()}
        share = self._all.shares[branch] / sum(self._all.shares)
        total = sum(weights.values()) or 1
        return {day: share * weight / total for day, weight in weights.items() if weight}

    def _dates(self) -> Iterator[date]:
        return (self._all.first_day + timedelta(days=n) for n in range(self._all.days))


def _day_weight(calendar: Calendar, day: date) -> float:
    hours = sum(
        (closes.hour - opens.hour) + (closes.minute - opens.minute) / 60
        for opens, closes in calendar.sessions(day)
    )
    return hours * _WEEKDAY[day.weekday()]
