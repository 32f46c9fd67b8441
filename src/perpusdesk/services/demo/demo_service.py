"""Playing what happens at the demo library beside loans, by the same services as at a real one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from perpusdesk.domain.bookings import BookingState
from perpusdesk.domain.complaints import Channel, Kind
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.improvements import ORDER, Source, Stage
from perpusdesk.domain.wishes import WishState
from perpusdesk.exchange.demo_doings import (
    Asks,
    Doing,
    GroupAsks,
    GroupComes,
    Reads,
    StayBegins,
    StayEnds,
    SurveyAnswered,
    SurveyBegins,
    SurveyEnds,
    Uses,
    Wishes,
    Writes,
)
from perpusdesk.exchange.demo_service_data import MessageRow, ServiceData
from perpusdesk.services.circulation.read_on_site import read_on_site
from perpusdesk.services.demo.demo_surveys import DemoSurveys
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback import complaints
from perpusdesk.services.feedback.improvements import (
    ImprovementForm,
    move_improvement,
    plan_improvement,
    propose_improvement,
)
from perpusdesk.services.feedback.reference_log import Question, log_question
from perpusdesk.services.feedback.wishes import WishForm, decide_wish, wish_or_vote
from perpusdesk.services.visits.bookings import BookingForm, save_booking, step_booking
from perpusdesk.services.visits.parties import arrive
from perpusdesk.services.visits.rooms import save_room
from perpusdesk.services.visits.service_use import count_use
from perpusdesk.services.visits.stops import StopForm, begin_stop, end_stop, save_stop

_TIME_TO_ACT = timedelta(days=45)


class DemoService:
    """Where the plan's numbers become rooms, stops, groups, messages and wishes."""

    def __init__(self, desks: Sequence[Desk], data: ServiceData, copies: Sequence[UUID]) -> None:
        self._desks, self._data, self._copies = desks, data, copies
        self._surveys = DemoSurveys()
        self._bookings: dict[int, UUID] = {}
        self._messages: dict[int, UUID] = {}
        self._wishes: dict[int, UUID] = {}
        self._stops: list[UUID] = []
        self.rooms: dict[int, list[tuple[UUID, int]]] = {}
        self.children: dict[int, UUID] = {}

    def furnish(self) -> None:
        """Enter the rooms, and the stops of the van."""
        for room in self._data.room:
            made = save_room(self._desks[room.branch], room.name, room.seats)
            if isinstance(made, Refused):
                continue
            if room.children:
                self.children[room.branch] = made.value
            else:
                self.rooms.setdefault(room.branch, []).append((made.value, room.seats))
        for stop in self._data.stop:
            entered = save_stop(self._desks[-1], StopForm(stop.name, stop.place, stop.kind))
            if not isinstance(entered, Refused):
                self._stops.append(entered.value)

    def play(self, doing: Doing) -> None:
        """Do it; what the rules refuse is simply not done."""
        desk = self._desks[doing.branch]
        match doing:
            case StayBegins():
                begin_stop(desk, self._stops[doing.stop], doing.odometer)
            case StayEnds():
                end_stop(desk, doing.odometer)
            case GroupAsks():
                self._group_asks(desk, doing)
            case GroupComes():
                if doing.number in self._bookings:
                    arrive(desk, self._bookings[doing.number], doing.heads)
            case Reads():
                read_on_site(desk, self._copies[doing.copy])
            case Uses():
                count_use(desk, doing.what, doing.people, doing.note)
            case Asks():
                asked = Question(
                    doing.kind, doing.minutes, doing.topic, doing.source, doing.answered
                )
                log_question(desk, asked)
            case Writes():
                self._message(desk, doing)
            case Wishes():
                self._wish(desk, doing)
            case SurveyBegins() | SurveyAnswered() | SurveyEnds():
                self._surveys.play(desk, doing)

    def _group_asks(self, desk: Desk, group: GroupAsks) -> None:
        room = self.children.get(group.branch)
        form = BookingForm(
            group.day,
            group.starts,
            group.ends,
            group.institution,
            group.people,
            group.level,
            room=room if group.level == "sd" else None,
            purpose="read",
        )
        made = save_booking(desk, form)
        if not isinstance(made, Refused):
            self._bookings[group.number] = made.value.booking
            step_booking(desk, made.value.booking, BookingState.CONFIRMED)

    def _message(self, desk: Desk, doing: Writes) -> None:
        row = self._data.message[doing.message]
        known = self._messages.get(doing.message)
        if not doing.answered:
            new = complaints.NewComplaint(
                row.text,
                Kind(row.kind),
                row.category,
                Channel(row.channel),
                service=row.service,
                ticket=row.ticket,
            )
            made = complaints.register(desk, new)
            if not isinstance(made, Refused):
                self._messages[doing.message] = made.value
        elif known is not None:
            complaints.answer(desk, known, row.answer, row.public, close=row.stage == Stage.DONE)
            if row.action:
                _act(desk, known, row)

    def _wish(self, desk: Desk, doing: Wishes) -> None:
        row = self._data.wish[doing.wish]
        if not doing.decided:
            made = wish_or_vote(desk, WishForm(row.title, row.author), "desk")
            if not isinstance(made, Refused):
                self._wishes[doing.wish] = made.value
        elif doing.wish in self._wishes:
            decide_wish(desk, self._wishes[doing.wish], WishState(row.state), row.why)


def _act(desk: Desk, message: UUID, row: MessageRow) -> None:
    """Put what follows from a message on the board, as far as it came."""
    made = propose_improvement(
        desk, Source.COMPLAINT, message, row.text, row.category, service=row.service
    )
    if not isinstance(made, Refused):
        form = ImprovementForm(row.text, row.action, desk.staff, desk.today() + _TIME_TO_ACT)
        plan_improvement(desk, made.value, form)
        for stage in ORDER[1 : ORDER.index(Stage(row.stage)) + 1]:
            move_improvement(desk, made.value, stage, row.result)
