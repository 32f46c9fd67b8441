"""The catalogue of measures: what each counts, in which unit, and whether days add up to months.

Where definitions come from: ISO 2789 and the Indonesian PAKPI as libraries compute them (loans
and renewals apart, visits as people who come in), Perpusnas Regulation 7/2025 article 15 (items
borrowed, read on site, or lent between branches), the visitor fields of INLISLite.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LAPSE_MONTHS: Final = 6
"""Who did not borrow for so many months has stopped; the history of loans is kept longer."""
UNUSED_MONTHS: Final = 12
"""A copy without a loan or a reading for so many months does not move."""
AGE_BANDS: Final = ((5, "0-5"), (10, "6-10"), (20, "11-20"))
OLDEST: Final = "21+"
UNKNOWN: Final = ""


class Over(StrEnum):
    """How a figure of a period comes from those of its months."""

    DAYS = "days"
    """Summed from days: every row belongs to one day, one branch, one stop."""
    DATED = "dated"
    """Summed from months: records with a date of their own."""
    PEOPLE = "people"
    """Different persons; of a period of its own, never a sum of months or branches."""
    END = "end"
    """What there is at the end of the period."""
    CALENDAR = "calendar"
    """Told by the opening hours alone."""


class Unit(StrEnum):
    """What is counted."""

    PEOPLE = "people"
    GROUPS = "groups"
    LOANS = "loans"
    COPIES = "copies"
    TITLES = "titles"
    MEMBERS = "members"
    TIMES = "times"
    MINUTES = "minutes"
    DAYS = "days"


class Keys(StrEnum):
    """What the parts of a figure are told apart by."""

    NONE = ""
    SEX = "sex"
    AGE = "age"
    OCCUPATION = "occupation"
    EDUCATION = "education"
    PURPOSE = "purpose"
    LEVEL = "level"
    ROOM = "room"
    HOUR = "hour"
    """Weekday (0 is Monday) and hour: ``0-08``."""
    CLASS = "class"
    """The main class: a digit."""
    KIND = "kind"
    """The id of a kind of collection."""
    CATEGORY = "category"
    """The id of a category of members."""
    STOCK_AGE = "stock_age"
    """Years since a title came out."""
    SERVICE = "service"
    SURVEY = "survey"
    QUESTION = "question"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure. ``of``: the measure that its parts add up to (with those of no known key)."""

    id: str
    unit: Unit
    over: Over
    keys: Keys = Keys.NONE
    of: str = ""
    stops: bool = True
    """Whether it is told apart by the stops of a van."""


def _parts(base: str, unit: Unit, over: Over, keys: Iterable[Keys], stops: bool) -> list[Measure]:
    return [Measure(f"{base}.{key}", unit, over, key, base, stops) for key in keys]


def _days(id_: str, unit: Unit, *keys: Keys) -> list[Measure]:
    return [Measure(id_, unit, Over.DAYS), *_parts(id_, unit, Over.DAYS, keys, True)]


def _records(id_: str, unit: Unit, over: Over, *keys: Keys) -> list[Measure]:
    plain = Measure(id_, unit, over, stops=False)
    return [plain, *_parts(id_, unit, over, keys, False)]


_PROFILE: Final = (Keys.SEX, Keys.AGE, Keys.OCCUPATION, Keys.EDUCATION, Keys.PURPOSE)

_ALL: Final = [
    *_days("visits", Unit.PEOPLE, *_PROFILE, Keys.ROOM, Keys.HOUR, Keys.CATEGORY),
    Measure("visits.members", Unit.PEOPLE, Over.DAYS, of="visits"),
    *_days("groups", Unit.GROUPS, Keys.LEVEL),
    Measure("groups.people", Unit.PEOPLE, Over.DAYS, of="visits"),
    *_days("loans", Unit.LOANS, Keys.CLASS, Keys.KIND, Keys.CATEGORY, Keys.SEX, Keys.HOUR),
    *_days("renewals", Unit.LOANS),
    *_days("returns", Unit.LOANS),
    *_days("lost", Unit.LOANS),
    *_days("readings", Unit.COPIES, Keys.CLASS, Keys.KIND),
    *_days("transfers", Unit.COPIES),
    *_days("questions", Unit.TIMES, Keys.QUESTION),
    Measure("questions.answered", Unit.TIMES, Over.DAYS, of="questions"),
    Measure("questions.minutes", Unit.MINUTES, Over.DAYS),
    *_days("services", Unit.PEOPLE, Keys.SERVICE),
    *_days("answers", Unit.TIMES, Keys.SURVEY),
    *_days("stops", Unit.TIMES),
    Measure("stops.minutes", Unit.MINUTES, Over.DAYS),
    Measure("borrowers", Unit.MEMBERS, Over.PEOPLE),
    Measure("visitors", Unit.MEMBERS, Over.PEOPLE),
    Measure("borrowers.returning", Unit.MEMBERS, Over.PEOPLE, of="borrowers", stops=False),
    Measure("borrowers.lapsed", Unit.MEMBERS, Over.DATED, stops=False),
    *_records("copies", Unit.COPIES, Over.END, Keys.CLASS, Keys.KIND, Keys.STOCK_AGE),
    *_records("copies_unused", Unit.COPIES, Over.END, Keys.CLASS),
    *_records("copies_added", Unit.COPIES, Over.DATED, Keys.CLASS, Keys.KIND),
    *_records("copies_withdrawn", Unit.COPIES, Over.DATED, Keys.CLASS, Keys.KIND),
    *_records("titles", Unit.TITLES, Over.END, Keys.CLASS),
    *_records("titles_added", Unit.TITLES, Over.DATED),
    *_records("members", Unit.MEMBERS, Over.END, Keys.SEX, Keys.CATEGORY),
    Measure("members.valid", Unit.MEMBERS, Over.END, of="members", stops=False),
    *_records("members_new", Unit.MEMBERS, Over.DATED, Keys.SEX, Keys.CATEGORY),
    *_records("holds", Unit.TIMES, Over.DATED),
    *_records("complaints", Unit.TIMES, Over.DATED, Keys.COMPLAINT),
    Measure("searches_missed", Unit.TIMES, Over.DATED, stops=False),
    Measure("open_days", Unit.DAYS, Over.CALENDAR, stops=False),
    Measure("open_minutes", Unit.MINUTES, Over.CALENDAR, stops=False),
]

CATALOGUE: Final = {measure.id: measure for measure in _ALL}

OF_PERSONS: Final = frozenset({"loans.category", "loans.sex"})
"""Day figures that look at the member: they do not sink when a cut takes the members away."""


def stock_age(year: int, published: int | None) -> str:
    """Return the band of age that a title of a year of publication has in another year.

    A year to come counts as new; without a year of publication ``""``.
    """
    if published is None:
        return UNKNOWN
    age = max(0, year - published)
    return next((name for most, name in AGE_BANDS if age <= most), OLDEST)


def never_sinks(counted: int, before: int, *, nameless: bool) -> int:
    """Return how many persons a count comes to, given what was counted before.

    As long as every row still has its person, the new count holds. Once some have lost theirs (the
    history was cut, a person erased), the number never sinks again.
    """
    return max(counted, before) if nameless else counted
