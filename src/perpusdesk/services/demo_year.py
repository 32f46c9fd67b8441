"""Playing a planned year at the demo library's desks, by the same services as at a real one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from perpusdesk.domain.lost import Settlement
from perpusdesk.exchange.demo_events import DemoEvent, EventKind
from perpusdesk.exchange.demo_plan import DemoPlan
from perpusdesk.services.desk import Desk
from perpusdesk.services.holds import expire_holds, place_hold
from perpusdesk.services.lend import lend
from perpusdesk.services.lost_copies import report_lost
from perpusdesk.services.money import balance, take_payment
from perpusdesk.services.renew import renew
from perpusdesk.services.take_back import take_back
from perpusdesk.storage.queries import circulation as find

_TELL_EVERY = 200


@dataclass(frozen=True, slots=True)
class People:
    """The ids behind the plan's numbers: members, copies, titles."""

    members: Sequence[UUID]
    copies: Sequence[UUID]
    titles: Sequence[UUID]


def play_year(
    desks: Sequence[Desk],
    plan: DemoPlan,
    set_clock: Callable[[datetime], object],
    people: People,
    progress: Callable[[int, int], object] | None = None,
) -> None:
    """Play every intent at its time; what the rules refuse is simply not done."""
    stage = _Stage(desks, people)
    today = plan.first_day
    for number, event in enumerate(plan.events()):
        set_clock(event.at)
        if event.at.date() != today:
            today = event.at.date()
            expire_holds(desks[0])
        stage.play(event)
        if progress and number % _TELL_EVERY == 0:
            progress(min(number, plan.size.events), plan.size.events)
    if progress:
        progress(plan.size.events, plan.size.events)


class _Stage:
    """Where the numbers of an event become people and books."""

    def __init__(self, desks: Sequence[Desk], people: People) -> None:
        self._desks, self._people = desks, people

    def play(self, event: DemoEvent) -> None:
        """Do what the event asks for."""
        desk = self._desks[event.branch]
        if event.member is None:
            return
        member = self._people.members[event.member]
        if event.kind is EventKind.PAY:
            owed = balance(desk, member)
            if owed > 0:
                take_payment(desk, member, owed)
        elif event.kind is EventKind.HOLD and event.title is not None:
            place_hold(desk, member, self._people.titles[event.title])
        elif event.copy is not None:
            self._with_copy(desk, event.kind, member, self._people.copies[event.copy])

    def _with_copy(self, desk: Desk, kind: EventKind, member: UUID, copy: UUID) -> None:
        if kind is EventKind.LEND:
            lend(desk, member, copy)
            return
        loan = find.open_loan_of_copy(desk.library, copy)
        if loan is None or loan.member != member:
            return
        if kind is EventKind.RETURN:
            take_back(desk, copy)
        elif kind is EventKind.RENEW:
            renew(desk, loan.id)
        elif kind is EventKind.LOST:
            report_lost(desk, copy, Settlement.PRICE)
