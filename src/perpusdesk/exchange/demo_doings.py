"""What happens at the demo library beside loans, each at its time (local, without a zone)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

Answers = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Doing:
    """Something that is done at ``at`` in a branch (its place in the plan)."""

    at: datetime
    branch: int


@dataclass(frozen=True, slots=True)
class StayBegins(Doing):
    """The van arrives at a stop (its place in the data)."""

    stop: int
    odometer: int


@dataclass(frozen=True, slots=True)
class StayEnds(Doing):
    """The van leaves."""

    odometer: int


@dataclass(frozen=True, slots=True)
class GroupAsks(Doing):
    """A group is announced (``number`` names it) for a day and hours."""

    number: int
    day: date
    starts: time
    ends: time
    institution: str
    level: str
    people: int


@dataclass(frozen=True, slots=True)
class GroupComes(Doing):
    """The announced group is here, so many of each class."""

    number: int
    heads: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Reads(Doing):
    """A copy is read on site."""

    copy: int


@dataclass(frozen=True, slots=True)
class Uses(Doing):
    """So many use a service."""

    what: str
    people: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Asks(Doing):
    """A question at the reference desk."""

    kind: str
    minutes: int
    topic: str
    source: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Writes(Doing):
    """A message comes in, or (``answered``) is answered."""

    message: int
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Wishes(Doing):
    """Somebody wishes for a title, or votes for it; ``decided``: staff decides about it."""

    wish: int
    decided: bool = False


@dataclass(frozen=True, slots=True)
class SurveyBegins(Doing):
    """A survey named ``survey``, by a template's key, is held until ``last_day``."""

    survey: str
    template: str
    last_day: date
    population: int = 0


@dataclass(frozen=True, slots=True)
class SurveyAnswered(Doing):
    """Somebody answers a survey."""

    survey: str
    channel: str
    answers: Answers = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SurveyEnds(Doing):
    """A survey is closed, its lowest marks go to the board, and ``actions`` are planned."""

    survey: str
    actions: Sequence[str] = ()
