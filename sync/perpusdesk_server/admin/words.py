"""The sentences of the administration page that depend on figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from perpusdesk.common.formats import date_and_time, number, time_ago
from perpusdesk.common.i18n import N_, _, language, ngettext
from perpusdesk.domain.fleet import MINUTE_MS, Concern, Noticed, Press
from perpusdesk.storage.queries.values import as_moment

_ZONES: Final = {420: "WIB", 480: "WITA", 540: "WIT"}
_ROLES: Final = {
    "desk": N_("Desk"),
    "van": N_("Library van"),
    "hub": N_("Branch server (hub)"),
    "server": N_("Server"),
    "admin": N_("Desk of an administrator"),
    "reader": N_("Reads only"),
}
_ROLE_HELP: Final = {
    "desk": N_("Lends, catalogues, registers members at a branch."),
    "van": N_("A laptop that travels: it may be away for a week before anybody worries."),
    "hub": N_("Other devices of the branch exchange with it, also without internet."),
    "admin": N_("A desk where devices may also be admitted and shut out."),
    "reader": N_("Receives everything, but what it writes is not taken in."),
}


def role_name(role: str) -> str:
    """Return what a device is, in words; an unknown role as it is."""
    return _(_ROLES[role]) if role in _ROLES else role


def role_help(role: str) -> str:
    """Return what a device of this role does."""
    return _(_ROLE_HELP[role])


def enrolled_roles() -> tuple[str, ...]:
    """Return the roles that a code can give, the usual one first."""
    return tuple(_ROLE_HELP)


def ago(at_ms: int, now_ms: int) -> str:
    """Return how long something is past, in the largest unit that fits."""
    return time_ago((now_ms - at_ms) // 1000)


def span(amount_ms: int) -> str:
    """Return a length of time in the two largest units: ``2 hours 5 minutes``."""
    minutes = abs(amount_ms) // MINUTE_MS
    if minutes >= 2 * 24 * 60:
        return _days(minutes // (24 * 60))
    hours, left = divmod(minutes, 60)
    parts = [_hours(hours)] if hours else []
    if left and hours < 24:
        parts.append(ngettext("{count} minute", "{count} minutes", left).format(count=left))
    if not parts:
        seconds = abs(amount_ms) // 1000
        return ngettext("{count} second", "{count} seconds", seconds).format(count=seconds)
    return " ".join(parts)


def _days(count: int) -> str:
    return ngettext("{count} day", "{count} days", count).format(count=number(count))


def _hours(count: int) -> str:
    return ngettext("{count} hour", "{count} hours", count).format(count=count)


def moment(at_ms: int, zone: int) -> str:
    """Return a moment as the library's clocks show it: ``07-12-2026 14.05``."""
    return date_and_time(as_moment(at_ms, zone))


def zone_name(zone: int) -> str:
    """Return the name of a zone of Indonesia, or its distance from UTC."""
    sign, minutes = ("+" if zone >= 0 else "-"), abs(zone)
    rest = f".{minutes % 60:02d}" if minutes % 60 else ""
    return _ZONES.get(zone, f"UTC{sign}{minutes // 60}{rest}")


def size(count: int) -> str:
    """Return bytes as people read them: ``1,4 GB``."""
    for unit, bytes_ in (("TB", 10**12), ("GB", 10**9), ("MB", 10**6)):
        if count >= bytes_:
            text = f"{count / bytes_:.1f}"
            return f"{text if language() == 'en' else text.replace('.', ',')} {unit}"
    return f"{number(-(-count // 1000))} kB"


@dataclass(frozen=True, slots=True)
class Told:
    """A concern in words: what is so, in short for a table, and what to do."""

    what: str
    short: str
    todo: str
    press: Press
    icon: str


_ICONS: Final = {
    Concern.CLOCK: "clock",
    Concern.CLOCK_SUSPECT: "clock",
    Concern.QUARANTINE: "blocked",
    Concern.HELD: "renew",
    Concern.OLD_PROGRAM: "renew",
    Concern.BACKUP: "saved",
    Concern.NO_BACKUP: "saved",
}


def concern(one: Noticed, said_program: str, program: str) -> Told:
    """Return a concern of a device in words."""
    what, short, todo = _concern(one, said_program, program)
    return Told(what, short, todo, one.press, _ICONS.get(one.concern, "exchange"))


def _concern(one: Noticed, said_program: str, program: str) -> tuple[str, str, str]:
    match one.concern:
        case Concern.CLOCK | Concern.CLOCK_SUSPECT:
            return _clock(one)
        case Concern.SILENT | Concern.NEVER_CAME:
            return _absence(one)
        case Concern.BACKUP | Concern.NO_BACKUP:
            return _backup(one)
        case Concern.QUARANTINE:
            count = number(one.amount)
            return (
                _("It was shut out and sent {count} records afterwards.").format(count=count),
                _("{count} in quarantine").format(count=count),
                _("Look at them, and decide whether they count."),
            )
        case Concern.HELD:
            return (
                _("Its program does not understand some of what others write."),
                _("Program too old"),
                _("Update PerpusDesk there; nothing is lost until then."),
            )
        case Concern.OLD_PROGRAM:
            said = _("It runs PerpusDesk {version}; this server runs {server}.")
            return (
                said.format(version=said_program, server=program),
                _("Older program"),
                _("Update it when it suits the branch."),
            )


def _clock(one: Noticed) -> tuple[str, str, str]:
    todo = _("Set date and time on that computer. What it wrote is safe and in order.")
    if one.concern is Concern.CLOCK_SUSPECT:
        return _("It does not trust its own clock."), _("Clock doubtful"), todo
    length = span(one.amount)
    if one.amount > 0:
        what = _("Its clock is {time} fast.").format(time=length)
        return what, _("Clock wrong"), todo
    what = _("Its clock is {time} slow.").format(time=length)
    return what, _("Clock wrong"), todo


def _absence(one: Noticed) -> tuple[str, str, str]:
    days = _days(one.amount)
    if one.concern is Concern.NEVER_CAME:
        return (
            _("It was admitted {days} ago and has not exchanged yet.").format(days=days),
            _("Has not exchanged yet"),
            _("Open the Exchange page there and test the connection."),
        )
    return (
        _("It has not exchanged for {days}.").format(days=days),
        _("Silent for {days}").format(days=days),
        _("Check its network, or carry its data on a stick."),
    )


def _backup(one: Noticed) -> tuple[str, str, str]:
    todo = _("Make a backup there, and let it make one every day.")
    if one.concern is Concern.NO_BACKUP:
        return _("It has no backup yet."), _("No backup"), todo
    days = _days(one.amount)
    what = _("Its last backup is {days} old.").format(days=days)
    return what, _("Backup {days} old").format(days=days), todo
