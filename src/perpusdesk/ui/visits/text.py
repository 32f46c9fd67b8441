"""The sentences of the screen of visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from perpusdesk.common.formats import clock_time, long_date, number, short_date, weekday_name
from perpusdesk.common.i18n import _, language, ngettext
from perpusdesk.domain.bookings import BookingState, Doubt, Objection
from perpusdesk.domain.visiting import LISTS, Option, ProfileLists
from perpusdesk.services.visits.bookings import BookingLine
from perpusdesk.services.visits.guest_book import Counted
from perpusdesk.services.visits.guest_day import GuestDay
from perpusdesk.services.visits.parties import PartyCounted
from perpusdesk.storage.queries.groups import PartyRow
from perpusdesk.storage.queries.stops import StayFigures, StayRow, StopRow
from perpusdesk.storage.queries.visits import VisitLine
from perpusdesk.ui.kit.record_list import RowWords
from perpusdesk.ui.kit.theme import Tone


@dataclass(frozen=True, slots=True)
class Names:
    """The names of answers and levels, read with the lists."""

    answers: Mapping[tuple[str, str], str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str, code: str) -> str:
        """Return the name of an answer; the code of one that is on no list."""
        return self.answers.get((name, code), code)


def names_of(lists: ProfileLists, older: ProfileLists) -> Names:
    """Return all names, those of answers that were taken off the lists too."""
    found = {
        (name, one.code): one.said(language())
        for known in (older, lists)
        for name in LISTS
        for one in known.options[name]
    }
    return Names(found, {one.code: one.said(language()) for one in lists.levels})


def list_name(name: str) -> str:
    """Return what a list is called."""
    return {
        "age": _("Age"),
        "sex": _("Sex"),
        "occupation": _("Occupation"),
        "education": _("Education"),
        "purpose": _("Purpose"),
    }[name]


def options(lists: ProfileLists, name: str) -> list[tuple[str, str]]:
    """Return the answers of a list as a choice that may stay empty."""
    known: Sequence[Option] = lists.options[name]
    return [("–", ""), *((one.said(language()), one.code) for one in known)]


# --- the guest book --------------------------------------------------------------------------


def visitors(people: int) -> str:
    """Return how many came."""
    return ngettext("{n} visitor", "{n} visitors", people).format(n=number(people))


def today_line(day: GuestDay) -> str:
    """Return what stands below the figure of today."""
    parts = [ngettext("visitor today", "visitors today", day.people)]
    if day.read_on_site:
        read = ngettext("{n} read on site", "{n} read on site", day.read_on_site)
        parts.append(read.format(n=number(day.read_on_site)))
    return " · ".join(parts)


def closed_line(day: GuestDay) -> str:
    """Return what is said outside the opening hours; nothing within them."""
    if day.open:
        return ""
    if day.closed_for:
        names = ", ".join(day.closed_for)
        return _("Closed today: {names}. Visitors count all the same.").format(names=names)
    return _("Outside opening hours. Visitors count all the same.")


def visit_row(line: VisitLine, names: Names) -> RowWords:
    """Return one entry as a row."""
    who = line.member_name or line.institution or _("Visitor")
    told = [
        names.of(name, code)
        for name in ("age", "sex", "occupation", "education", "purpose")
        if (code := getattr(line, name))
    ]
    if line.room_name:
        told.append(line.room_name)
    state = "" if line.people == 1 else visitors(line.people)
    under = " · ".join(told) or _("No details")
    return RowWords(f"{clock_time(line.at)}  {who}", under, state)


def counted(value: Counted) -> str:
    """Return what is said when somebody was counted."""
    who = value.name or visitors(value.people)
    said = _("{who} counted, {total} today.").format(who=who, total=number(value.today))
    return said if value.open else f"{said} {_('It is outside opening hours.')}"


def party_counted(value: PartyCounted) -> str:
    """Return what is said when a group was counted."""
    return _("A group of {people} counted, {total} today.").format(
        people=number(value.people), total=number(value.today)
    )


def hour_range(hour: int) -> str:
    """Return an hour of the day as a span: ``08–09``."""
    return f"{hour:02d}–{(hour + 1) % 24:02d}"


def hours_spoken(hours: Sequence[tuple[int, int]]) -> str:
    """Return the hours of today as a screen reader says them."""
    said = [f"{hour_range(hour)}: {number(people)}" for hour, people in hours if people]
    return ", ".join(said) or _("Nobody came yet today.")


# --- groups ----------------------------------------------------------------------------------

_ICONS: dict[BookingState, tuple[str, Tone]] = {
    BookingState.ASKED: ("clock", "warn"),
    BookingState.CONFIRMED: ("check", "accent"),
    BookingState.CAME: ("check", "ok"),
    BookingState.ABSENT: ("blocked", "muted"),
    BookingState.CANCELLED: ("close", "muted"),
}


def state_name(state: BookingState) -> str:
    """Return the word for how far a booking has come."""
    return {
        BookingState.ASKED: _("Asked"),
        BookingState.CONFIRMED: _("Confirmed"),
        BookingState.CAME: _("Came"),
        BookingState.ABSENT: _("Did not come"),
        BookingState.CANCELLED: _("Cancelled"),
    }[state]


def span(starts: time, ends: time) -> str:
    """Return hours as ``09.00–10.30``."""
    return f"{clock_time(starts)}–{clock_time(ends)}"


def booking_row(line: BookingLine, names: Names) -> RowWords:
    """Return a booking as a row."""
    row = line.row
    told = [visitors(row.people), names.levels.get(row.level, row.level), row.room_name]
    told += [line.contact.name]
    icon, tone = _ICONS[row.state]
    doubts = ", ".join(dict.fromkeys(doubt_word(one) for one in line.doubts))
    return RowWords(
        f"{short_day(row.day)}  {span(row.starts, row.ends)}  {row.institution}",
        " · ".join(part for part in told if part),
        state_name(row.state),
        doubts,
        "warning" if doubts else icon,
        "warn" if doubts else tone,
        faded=row.state in (BookingState.ABSENT, BookingState.CANCELLED),
    )


def expected_line(line: BookingLine) -> str:
    """Return a group that is expected today."""
    row = line.row
    told = (span(row.starts, row.ends), row.institution, visitors(row.people), row.room_name)
    return " · ".join(part for part in told if part)


def doubt_word(doubt: Doubt) -> str:
    """Return in a few words what speaks against an hour."""
    return {
        Objection.CLOSED: _("closed"),
        Objection.OUTSIDE_HOURS: _("outside opening hours"),
        Objection.CLASH: _("another group"),
        Objection.TOO_MANY: _("too few seats"),
    }[doubt.what]


def doubt_line(doubt: Doubt) -> str:
    """Return what speaks against an hour as a sentence."""
    if doubt.what is Objection.CLOSED:
        names = ", ".join(doubt.closed_for)
        closed = _("The library is closed that day")
        return f"{closed}: {names}." if names else f"{closed}."
    if doubt.what is Objection.OUTSIDE_HOURS:
        return _("These hours are outside the opening hours.")
    if doubt.what is Objection.CLASH:
        return _("At the same time: {groups}.").format(groups=", ".join(doubt.with_))
    return _("{people} people for {seats} seats.").format(
        people=number(doubt.people), seats=number(doubt.seats)
    )


def week_title(first: date, last: date) -> str:
    """Return the name of a week: ``2–8 November 2026``."""
    if first.month == last.month:
        return f"{first.day}–{long_date(last)}"
    return f"{long_date(first)} – {long_date(last)}"


def short_day(day: date) -> str:
    """Return a day of the week shown: ``Sen 2``."""
    return f"{weekday_name(day)[:3]} {day.day}"


def party_row(row: PartyRow, names: Names) -> RowWords:
    """Return a group that came as a row."""
    level = names.levels.get(row.level, row.level)
    told = [f"{short_date(row.at)} {clock_time(row.at)}", level, row.room_name, row.note]
    return RowWords(
        row.institution, " · ".join(part for part in told if part), visitors(row.people)
    )


# --- stops -----------------------------------------------------------------------------------


def stop_kind(kind: str) -> str:
    """Return what kind of place a stop is."""
    return {
        "school": _("School"),
        "village": _("Village"),
        "office": _("Office"),
        "market": _("Market"),
        "event": _("Event"),
        "other": _("Other place"),
    }.get(kind, kind)


def stop_name(stop: StopRow) -> str:
    """Return a stop in one line."""
    return f"{stop.name} · {stop.place}" if stop.place else stop.name


def stay_line(stay: StayRow, figures: StayFigures | None) -> str:
    """Return where the van stands and what was counted there."""
    told = _("At {stop} since {at}").format(stop=stay.stop_name, at=clock_time(stay.started))
    return f"{told} · {figures_line(figures)}" if figures else told


def figures_line(figures: StayFigures) -> str:
    """Return the figures of a stay."""
    lent = ngettext("{n} loan", "{n} loans", figures.lent).format(n=number(figures.lent))
    read = ngettext("{n} read on site", "{n} read on site", figures.read)
    return " · ".join((visitors(figures.visitors), lent, read.format(n=number(figures.read))))


def stay_row(pair: tuple[StayRow, StayFigures]) -> RowWords:
    """Return a stay as a row."""
    stay, figures = pair
    ended = clock_time(stay.ended) if stay.ended else _("now")
    when = f"{short_date(stay.started)} {clock_time(stay.started)}–{ended}"
    driven = ""
    if stay.odometer_from is not None and stay.odometer_until is not None:
        driven = _("{km} km").format(km=number(stay.odometer_until - stay.odometer_from))
    return RowWords(stay.stop_name, when, figures_line(figures), driven)
