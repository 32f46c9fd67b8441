"""What people want at the desks of the demo library, as a stream of intents.

An intent is what somebody asks for; the program's own rules may refuse it when it is played.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from perpusdesk.exchange.demo_dice import Dice

Session = tuple[time, time]


class EventKind(StrEnum):
    """What somebody wants."""

    VISIT = "visit"
    LEND = "lend"
    RETURN = "return"
    RENEW = "renew"
    HOLD = "hold"
    LOST = "lost"
    PAY = "pay"


@dataclass(frozen=True, slots=True)
class DemoEvent:
    """One intent at local time ``at``; numbers are places in the plan's lists.

    ``member`` is ``None`` for a visitor without a card. ``copy`` is set for LEND, RETURN, RENEW
    and LOST, ``title`` for HOLD (pickup at ``branch``). PAY settles all that the member owes. When
    an earlier intent was refused, a RETURN, RENEW or LOST may name a copy the member does not have:
    then there is nothing to do.
    """

    at: datetime
    branch: int
    kind: EventKind
    member: int | None = None
    copy: int | None = None
    title: int | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """When a reader comes, and when books are chosen: both within one opening session."""

    arrives: datetime
    chooses: datetime

    def at_counter(self, nth: int) -> datetime:
        """Return when the ``nth`` book brought along is handed in."""
        return self.arrives + timedelta(seconds=20 + 15 * nth)

    def leaving(self, nth: int) -> datetime:
        """Return when the ``nth`` book chosen is scanned."""
        return self.chooses + timedelta(seconds=12 * nth)


def stay(day: date, sessions: tuple[Session, ...], rng: Dice) -> Stay:
    """Return a stay in one of the day's sessions, the afternoon busier than the morning."""
    lengths = [_minutes(session) * (1.25 if session[0].hour >= 12 else 1) for session in sessions]
    opens, closes = rng.choices(sessions, lengths)[0]
    minutes = _minutes((opens, closes))
    arrives = datetime.combine(day, opens) + timedelta(seconds=rng.uniform(0, minutes - 8) * 60)
    last = datetime.combine(day, closes) - timedelta(minutes=2)
    chooses = min(last, arrives + timedelta(minutes=rng.triangular(4, 50, 12)))
    return Stay(arrives.replace(microsecond=0), chooses.replace(microsecond=0))


def _minutes(session: Session) -> int:
    opens, closes = session
    return (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
