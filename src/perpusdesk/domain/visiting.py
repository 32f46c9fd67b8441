"""Who comes: what a visitor may say of himself, and when a second scan is the same visit.

Nothing of a profile must be answered; the count alone always stands. The lists are data (see
``resources/visits/profile.toml``); here is only how they are used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

LISTS: Final = ("age", "sex", "occupation", "education", "purpose")
"""The fields of a visit that a visitor may fill in, in the order in which they are asked."""

MOST_PEOPLE: Final = 5_000
"""Heads in one count: more is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: ``code`` is kept for ever, ``name`` is what people read."""

    code: str
    name: str
    english: str = ""
    since: int = 0
    """For an age: the years of life from which on it holds."""

    def said(self, language: str) -> str:
        """Return its name in a language."""
        return self.english if language == "en" and self.english else self.name


@dataclass(frozen=True, slots=True)
class HeadClass:
    """A kind of visitors that are counted without asking, and what is known of them by that.

    ``key`` counts one of them; ``of_level``: age and occupation follow the level of the group.
    """

    code: str
    name: str
    english: str = ""
    key: str = ""
    age: str = ""
    sex: str = ""
    occupation: str = ""
    of_level: bool = False

    def said(self, language: str) -> str:
        """Return its name in a language."""
        return self.english if language == "en" and self.english else self.name


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a group (a kind of school), and what it tells of those who learn there."""

    code: str
    name: str
    english: str = ""
    age: str = ""
    occupation: str = ""

    def said(self, language: str) -> str:
        """Return its name in a language."""
        return self.english if language == "en" and self.english else self.name


@dataclass(frozen=True, slots=True)
class ProfileLists:
    """All lists that hold from a day on; ``options`` are by the names in ``LISTS``."""

    valid_from: date
    source: str
    options: Mapping[str, tuple[Option, ...]]
    levels: tuple[Level, ...] = ()
    quick: tuple[HeadClass, ...] = ()
    party: tuple[HeadClass, ...] = ()

    def knows(self, name: str, code: str) -> bool:
        """Whether ``code`` is one of the answers of a list."""
        return any(one.code == code for one in self.options.get(name, ()))

    def level(self, code: str) -> Level | None:
        """Return the level with this code."""
        return next((one for one in self.levels if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a visitor; every text may be empty."""

    age: str = ""
    sex: str = ""
    occupation: str = ""
    education: str = ""
    purpose: str = ""

    def fields(self) -> dict[str, str | None]:
        """Return what is known as a visit keeps it; what is not known is left out."""
        return {name: getattr(self, name) or None for name in LISTS}


@dataclass(frozen=True, slots=True)
class Count:
    """So many visitors of one kind."""

    people: int
    profile: Profile = field(default_factory=Profile)


def in_force(sets: Iterable[ProfileLists], day: date) -> ProfileLists:
    """Return the lists that hold on a day: the latest that have come, else the first.

    Raises ``ValueError`` when there are none at all.
    """
    ordered = sorted(sets, key=lambda one: one.valid_from)
    if not ordered:
        raise ValueError("no lists of visitors")
    come = [one for one in ordered if one.valid_from <= day]
    return come[-1] if come else ordered[0]


def age_on(born: date, day: date) -> int:
    """Return the full years of life on a day; never negative."""
    before = (day.month, day.day) < (born.month, born.day)
    return max(0, day.year - born.year - before)


def age_band(bands: Sequence[Option], born: date | None, day: date) -> str:
    """Return the code of the age band of somebody on a day; empty when it is not known."""
    if born is None or born > day:
        return ""
    age = age_on(born, day)
    fitting = [band for band in bands if band.since <= age]
    return max(fitting, key=lambda band: band.since).code if fitting else ""


def known_profile(lists: ProfileLists, profile: Profile) -> Profile:
    """Return the profile with only the answers that are in the lists."""
    said = ((name, getattr(profile, name)) for name in LISTS)
    kept = {name: code for name, code in said if lists.knows(name, code)}
    return Profile(**kept)


def class_profile(head: HeadClass, level: Level | None = None) -> Profile:
    """Return what counting somebody of a class tells of him, in a group of this level."""
    if head.of_level and level is not None:
        return Profile(age=level.age, sex=head.sex, occupation=level.occupation)
    return Profile(age=head.age, sex=head.sex, occupation=head.occupation)


def is_same_visit(last: datetime | None, now: datetime, minutes: int) -> bool:
    """Whether a card that comes again belongs to the visit that was counted at ``last``.

    A clock that was set back makes no visit twice; 0 minutes counts every scan.
    """
    return last is not None and minutes > 0 and now - last < timedelta(minutes=minutes)
