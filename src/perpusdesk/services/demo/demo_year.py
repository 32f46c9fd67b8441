"""Playing a planned year at the demo library's desks, by the same services as at a real one."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from perpusdesk.domain.lost import Settlement
from perpusdesk.exchange.demo_dice import dice
from perpusdesk.exchange.demo_doings import Doing
from perpusdesk.exchange.demo_events import DemoEvent, EventKind
from perpusdesk.exchange.demo_plan import DemoPlan, service_data
from perpusdesk.services.circulation.holds import expire_holds, place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.lost_copies import report_lost
from perpusdesk.services.circulation.money import balance, take_payment
from perpusdesk.services.circulation.renew import renew
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.demo.demo_guests import GuestBook
from perpusdesk.services.demo.demo_service import DemoService
from perpusdesk.services.desk import Desk
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
    data = service_data()
    service = DemoService(desks, data, people.copies)
    service.furnish()
    book = GuestBook(desks, dice(plan.seed, "guests"), service.rooms, service.children)
    stage = _Stage(desks, people, book)
    today = plan.first_day
    streams: tuple[Iterable[DemoEvent | Doing], ...] = (plan.events(), plan.doings(data))
    moments = heapq.merge(*streams, key=lambda one: one.at)
    for number, event in enumerate(moments):
        if event.at.date() != today:
            book.write()
            today = event.at.date()
            set_clock(event.at)
            for desk in desks:  # each branch looks after what is kept there
                expire_holds(desk)
        set_clock(event.at)
        if isinstance(event, Doing):
            service.play(event)
        else:
            stage.play(event)
        if progress and number % _TELL_EVERY == 0:
            progress(min(number, plan.size.events), plan.size.events)
    book.write()
    if progress:
        progress(plan.size.events, plan.size.events)


class _Stage:
    """Where the numbers of an event become people and books."""

    def __init__(self, desks: Sequence[Desk], people: People, book: GuestBook) -> None:
        self._desks, self._people, self._book = desks, people, book

    def play(self, event: DemoEvent) -> None:
        """Do what the event asks for."""
        desk = self._desks[event.branch]
        member = None if event.member is None else self._people.members[event.member]
        if event.kind is EventKind.VISIT:
            self._book.note(event.branch, event.at, member)
        elif member is not None:
            self._with_member(desk, event, member)

    def _with_member(self, desk: Desk, event: DemoEvent, member: UUID) -> None:
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
