"""The demo year beside loans as a plan: stops, groups, readings, questions, messages, surveys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from perpusdesk.domain.calendar import Calendar
from perpusdesk.exchange.demo_answers import answers_to
from perpusdesk.exchange.demo_data import People
from perpusdesk.exchange.demo_dice import Dice, dice
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
from perpusdesk.exchange.demo_events import stay
from perpusdesk.exchange.demo_service_data import ServiceData
from perpusdesk.exchange.survey_templates import templates

_MAIN, _EAST, _VAN = 0, 1, 2
_USES: Final = {"ict": 60, "digital": 25, "online": 10, "interloan": 5}
_QUESTIONS: Final = {
    "search": 40, "direction": 22, "service": 14, "research": 9, "technical": 9, "literacy": 4,
    "other": 2,
}  # fmt: skip
_TOOLS: Final = ("catalogue", "shelf", "reference", "web", "own")
_SKM: Final = "skm"
_GROUP_HOUR: Final = time(9)
_ASKED_BEFORE: Final = timedelta(days=9)


@dataclass(frozen=True, slots=True)
class ServiceSetting:
    """All that the year needs; ``part`` scales how much happens (1: the whole demo library)."""

    data: ServiceData
    people: People
    calendars: Sequence[Calendar]
    copies: int
    first_day: date
    until: datetime
    part: float
    members: int


def service_year(setting: ServiceSetting, seed: int) -> list[Doing]:
    """Return what happens in order of time, nothing from ``until`` on."""
    year = _Year(setting, seed)
    doings = (*year.stays(), *year.groups(), *year.counted(), *year.voices(), *year.surveys())
    return sorted((one for one in doings if one.at < setting.until), key=lambda one: one.at)


class _Year:
    def __init__(self, setting: ServiceSetting, seed: int) -> None:
        self._all, self._seed = setting, seed
        self._days = (setting.until.date() - setting.first_day).days

    def stays(self) -> Iterator[Doing]:
        """Two stops on each morning of the van."""
        rng, odometer = dice(self._seed, "stays"), 41_200
        if len(self._all.calendars) <= _VAN:
            return
        for day in self._open_days(_VAN):
            opens, closes = self._all.calendars[_VAN].sessions(day)[0]
            begins, ends = datetime.combine(day, opens), datetime.combine(day, closes)
            half = begins + (ends - begins) / 2
            for stop, (arrives, leaves) in enumerate(((begins, half), (half, ends))):
                yield StayBegins(arrives + timedelta(minutes=5 * stop), _VAN, stop, odometer)
                odometer += rng.randint(4, 11)
                yield StayEnds(leaves - timedelta(minutes=1), _VAN, odometer)

    def groups(self) -> Iterator[Doing]:
        """Classes that ask and come; the last ones are still to come."""
        rng = dice(self._seed, "groups")
        schools = [(one, "sd") for one in self._all.people.primary_schools]
        schools += [(one, "smp") for one in self._all.people.middle_schools]
        for number in range(self._many(30)):
            day = self._some_day(rng, _MAIN, over=21)
            school, level = rng.choice(schools)
            people = rng.randint(18, 38)
            came = datetime.combine(day, _GROUP_HOUR) + timedelta(minutes=rng.randint(0, 12))
            asks = came - _ASKED_BEFORE
            ends = time(11)
            yield GroupAsks(asks, _MAIN, number, day, _GROUP_HOUR, ends, school, level, people)
            girls = rng.randint(people // 3, 2 * people // 3)
            heads = {"pupils_f": girls, "pupils_m": people - girls, "companions_f": 2}
            yield GroupComes(came, _MAIN, number, heads)

    def counted(self) -> Iterator[Doing]:
        """Readings on site, services used, questions asked."""
        rng, data = dice(self._seed, "counted"), self._all.data
        for _reading in range(self._many(450)):
            branch = _MAIN if rng.random() < 0.8 else _EAST
            yield Reads(self._moment(rng, branch), branch, rng.randrange(self._all.copies))
        for _use in range(self._many(160)):
            what = rng.choices(list(_USES), list(_USES.values()))[0]
            yield Uses(self._moment(rng, _MAIN), _MAIN, what, rng.randint(1, 3))
        for number in range(self._many(24)):
            programme = data.programmes[number % len(data.programmes)]
            yield Uses(self._moment(rng, _MAIN), _MAIN, "literacy", rng.randint(8, 35), programme)
        for _question in range(self._many(170)):
            kind = rng.choices(list(_QUESTIONS), list(_QUESTIONS.values()))[0]
            minutes = rng.choices((1, 5, 15, 30), (5, 6, 2, 1))[0]
            topic = rng.choice(data.topics) if kind != "direction" else ""
            tool, answered = rng.choice(_TOOLS), rng.random() < 0.93
            yield Asks(self._moment(rng, _MAIN), _MAIN, kind, minutes, topic, tool, answered)

    def voices(self) -> Iterator[Doing]:
        """Messages with their answers, wishes with their votes."""
        rng = dice(self._seed, "voices")
        for number, message in enumerate(self._all.data.message):
            at = self._on(message.day)
            yield Writes(at, _MAIN, number)
            if message.answer:
                yield Writes(at + timedelta(days=message.takes), _MAIN, number, answered=True)
        for number, wish in enumerate(self._all.data.wish):
            moments = sorted(self._moment(rng, _MAIN) for _vote in range(wish.votes))
            yield from (Wishes(at, _MAIN, number) for at in moments)
            if wish.state:
                last = moments[-1] + timedelta(minutes=7)
                yield Wishes(last, _MAIN, number, decided=True)

    def surveys(self) -> Iterator[Doing]:
        """A closed survey at the beginning of the year, one that runs, and two workshops."""
        first, today = self._all.first_day, self._all.until.date()
        yield from self._survey(_SKM, _quarter(first), first + timedelta(days=8), 30, 130)
        yield from self._survey(
            _SKM, _quarter(today), today - timedelta(days=34), 60, 150, better=True
        )
        for place, name in enumerate(self._all.data.workshops, 1):
            day = first + timedelta(days=self._days * place // 3)
            yield from self._survey("workshop", name, day, 3, 22, better=place > 1)

    def _survey(
        self, template: str, name: str, first: date, days: int, many: int, *, better: bool = False
    ) -> Iterator[Doing]:
        rng, last = dice(self._seed, name), first + timedelta(days=days)
        form = next(one.form for one in templates(first) if one.key == template)
        begins = datetime.combine(first, time(7))
        population = self._all.members if template == _SKM else 0
        yield SurveyBegins(begins, _MAIN, name, template, last, population)
        final = min(last, self._all.until.date() - timedelta(days=1))
        for _answer in range(self._many(many)):
            at = self._between(rng, first, max(first, final))
            channel = rng.choices(("kiosk", "phone", "keypad"), (5, 3, 4))[0]
            answers = answers_to(form, self._all.data.remarks, rng, better=better)
            yield SurveyAnswered(at, _MAIN, name, channel, answers)
        actions = self._all.data.actions if template == _SKM else ()
        yield SurveyEnds(datetime.combine(last, time(23)), _MAIN, name, actions)

    def _many(self, whole: int) -> int:
        return max(1, round(whole * self._all.part))

    def _open_days(self, branch: int) -> list[date]:
        calendar = self._all.calendars[branch]
        days = (self._all.first_day + timedelta(days=n) for n in range(self._days))
        return [day for day in days if calendar.sessions(day)]

    def _some_day(self, rng: Dice, branch: int, over: int = 0) -> date:
        """Return an open day of the year, or of the ``over`` days after it."""
        calendar = self._all.calendars[branch]
        while True:
            day = self._all.first_day + timedelta(days=rng.randint(10, self._days + over))
            if calendar.sessions(day):
                return day

    def _moment(self, rng: Dice, branch: int) -> datetime:
        day = self._some_day(rng, branch)
        return stay(day, self._all.calendars[branch].sessions(day), rng).arrives

    def _between(self, rng: Dice, first: date, last: date) -> datetime:
        day = first + timedelta(days=rng.randint(0, (last - first).days))
        sessions = self._all.calendars[_MAIN].sessions(day) or ((time(9), time(15)),)
        return stay(day, sessions, rng).arrives

    def _on(self, part: int) -> datetime:
        day = self._all.first_day + timedelta(days=self._days * part // 1_000)
        return datetime.combine(day, time(10, part % 60))


def _quarter(day: date) -> str:
    roman = ("I", "II", "III", "IV")[(day.month - 1) // 3]
    return f"SKM triwulan {roman} {day.year}"
