"""The demo library as a plan: branches, members, copies, and a year of intents, from a seed.

The plan writes nothing and decides nothing: ``services`` enters the members and copies and plays
the intents through the program's own rules, which may refuse some.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from perpusdesk.domain.calendar import Calendar
from perpusdesk.domain.policy_types import Closure, Hours
from perpusdesk.exchange.demo_copies import PlannedCopy, plan_copies, popularity
from perpusdesk.exchange.demo_data import BranchRow, demo_people
from perpusdesk.exchange.demo_dice import dice
from perpusdesk.exchange.demo_doings import Doing
from perpusdesk.exchange.demo_events import DemoEvent, EventKind
from perpusdesk.exchange.demo_habits import habits_of
from perpusdesk.exchange.demo_members import PlannedMember, plan_members
from perpusdesk.exchange.demo_service import ServiceSetting, service_year
from perpusdesk.exchange.demo_service_data import ServiceData, service_data
from perpusdesk.exchange.demo_year import DeskYear, Setting
from perpusdesk.exchange.rule_files import HoursRow
from perpusdesk.exchange.rule_tables import shipped_closures, shipped_hours, shipped_loan_rules
from perpusdesk.exchange.title_record import TitleRecord

__all__ = [
    "DemoEvent",
    "DemoPlan",
    "DemoSize",
    "EventKind",
    "PlannedBranch",
    "PlannedCopy",
    "PlannedMember",
    "make_plan",
    "service_data",
]

SEED: Final = 2026
DAYS: Final = 365
_VISITS: Final = 0.44
_LOANS: Final = 0.26


@dataclass(frozen=True, slots=True)
class DemoSize:
    """How large the demo library is; ``events`` are the intents of the year, about."""

    titles: int = 3_200
    copies: int = 6_500
    members: int = 900
    events: int = 25_000

    def scaled(self, factor: float) -> DemoSize:
        """Return a size ``factor`` times this one, with at least one of everything."""
        return DemoSize(
            max(1, round(self.titles * factor)),
            max(1, round(self.copies * factor)),
            max(1, round(self.members * factor)),
            max(1, round(self.events * factor)),
        )


@dataclass(frozen=True, slots=True)
class PlannedBranch:
    """A branch to open; ``hours`` are its own, to be entered with its id over the default ones."""

    name: str
    code: str
    hours: tuple[Hours, ...]


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """What to enter, and what happened since; places in the lists are the numbers in events."""

    size: DemoSize
    seed: int
    first_day: date
    until: datetime
    branches: tuple[PlannedBranch, ...]
    members: tuple[PlannedMember, ...]
    copies: tuple[PlannedCopy, ...]
    setting: Setting

    def events(self) -> Iterator[DemoEvent]:
        """Yield the year's intents in order of time, each time the same, none from ``until`` on."""
        year = DeskYear(self.setting, dice(self.seed, "year"))
        for day in year.days():
            yield from (event for event in day if event.at < self.until)

    def doings(self, data: ServiceData) -> list[Doing]:
        """Return what happens beside loans in order of time, none from ``until`` on."""
        setting = ServiceSetting(
            data,
            demo_people(),
            self.setting.calendars,
            len(self.copies),
            self.first_day,
            self.until,
            self.size.events / DemoSize().events,
            len(self.members),
        )
        return service_year(setting, self.seed)


def make_plan(
    titles: Sequence[TitleRecord],
    until: datetime,
    *,
    size: DemoSize | None = None,
    seed: int = SEED,
) -> DemoPlan:
    """Plan a demo library of these titles and the year before ``until`` (local time, no zone).

    The same titles, ``until``, size and seed give the same plan on every machine. Of ``titles`` at
    most ``size.titles`` are used; rules, hours and closures are the shipped ones.
    """
    size = size or DemoSize()
    titles = titles[: size.titles]
    last_day, people = until.date(), demo_people()
    first_day = last_day - timedelta(days=DAYS)
    members = tuple(plan_members(people, size.members, seed, last_day))
    copies = tuple(plan_copies(titles, people, size.copies, seed, last_day))
    branches = tuple(_branch(row) for row in people.branch)
    setting = Setting(
        members=members,
        copies=copies,
        weights=popularity(titles, seed),
        shares=[row.share for row in people.branch],
        calendars=_calendars(branches),
        habits=habits_of(shipped_loan_rules()),
        first_day=first_day,
        days=DAYS + 1,
        visits=round(size.events * _VISITS),
        loans=round(size.events * _LOANS),
    )
    return DemoPlan(size, seed, first_day, until, branches, members, copies, setting)


def _calendars(branches: Sequence[PlannedBranch]) -> list[Calendar]:
    hours = shipped_hours().hours
    closures: tuple[Closure, ...] = tuple(
        closure for table in shipped_closures() for closure in table.closures
    )
    return [Calendar(hours=hours + branch.hours, closures=closures) for branch in branches]


def _branch(row: BranchRow) -> PlannedBranch:
    return PlannedBranch(row.name, row.code, tuple(_hours(hours) for hours in row.hours))


def _hours(row: HoursRow) -> Hours:
    return Hours(
        weekday=row.weekday,
        first_day=row.first_day,
        last_day=row.last_day,
        opens=row.opens,
        closes=row.closes,
        break_from=row.break_from,
        break_until=row.break_until,
        priority=row.priority,
    )
