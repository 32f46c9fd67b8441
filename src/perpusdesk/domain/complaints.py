"""What visitors say: complaints, suggestions, praise; by when it is answered, and how fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Final


class Kind(StrEnum):
    """What a message is."""

    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    PRAISE = "praise"


class Channel(StrEnum):
    """How it came; ``LAPOR``: SP4N-LAPOR!, with the number of its ticket.

    ``PHONE`` is a call; ``MOBILE`` was typed by a visitor on a phone over the branch's Wi-Fi.
    """

    DESK = "desk"
    BOX = "box"
    PHONE = "phone"
    WHATSAPP = "whatsapp"
    LAPOR = "lapor"
    KIOSK = "kiosk"
    MOBILE = "mobile"


class State(StrEnum):
    """How far it is."""

    NEW = "new"
    WORK = "work"
    ANSWERED = "answered"
    CLOSED = "closed"


WAITING: Final = frozenset({State.NEW, State.WORK})
"""States in which somebody waits for an answer."""


def kind_of(text: str) -> Kind:
    """Return the kind that is stored; one that is not known here is a complaint."""
    return Kind(text) if text in set(Kind) else Kind.COMPLAINT


def channel_of(text: str) -> Channel:
    """Return the channel that is stored; one that is not known here is the desk."""
    return Channel(text) if text in set(Channel) else Channel.DESK


def state_of(text: str) -> State:
    """Return the state that is stored; one that is not known here is new."""
    return State(text) if text in set(State) else State.NEW


def due_day(kind: Kind, received: date, days: int) -> date | None:
    """Return until when it is to be answered; praise need not be."""
    return None if kind is Kind.PRAISE else received + timedelta(days=days)


def is_overdue(state: State, due: date | None, today: date) -> bool:
    """Whether somebody still waits though the day has passed; on the day itself it is in time."""
    return state in WAITING and due is not None and due < today


@dataclass(frozen=True, slots=True)
class Case:
    """One message as far as times go; ``answered`` is ``None`` while nobody has answered."""

    received: datetime
    answered: datetime | None = None
    due: date | None = None


@dataclass(frozen=True, slots=True)
class ResponseTimes:
    """How fast messages were answered: how many came and were answered, how many in time.

    ``in_time`` counts answered ones up to the end of their day (of those that had one: ``dued``);
    ``mean_hours`` and ``median_hours`` are exact, ``None`` where nothing was answered.
    """

    received: int
    answered: int
    dued: int
    in_time: int
    mean_hours: Fraction | None
    median_hours: Fraction | None


def response_times(cases: Sequence[Case]) -> ResponseTimes:
    """Return the times of some messages; an answer dated before the message took no time."""
    taken = sorted(_hours(case) for case in cases if case.answered is not None)
    with_day = [case for case in cases if case.answered is not None and case.due is not None]
    in_time = sum(1 for case in with_day if _in_time(case))
    count = len(taken)
    middle = (taken[(count - 1) // 2] + taken[count // 2]) / 2 if taken else None
    mean = sum(taken, Fraction(0)) / count if taken else None
    return ResponseTimes(len(cases), count, len(with_day), in_time, mean, middle)


def _hours(case: Case) -> Fraction:
    assert case.answered is not None
    span = max(case.answered - case.received, timedelta(0))
    return Fraction(span // timedelta(seconds=1), 3600)


def _in_time(case: Case) -> bool:
    assert case.answered is not None and case.due is not None
    return case.answered.date() <= case.due


def public_text(said: str, done: str) -> str:
    """Return what the public may read as one text: the first line is theirs, the rest is ours."""
    theirs, ours = " ".join(said.split()), done.strip()
    return f"{theirs}\n{ours}" if theirs or ours else ""


def public_parts(text: str) -> tuple[str, str]:
    """Return what visitors said and what the library did, out of such a text."""
    theirs, _end, ours = text.partition("\n")
    return theirs.strip(), ours.strip()
