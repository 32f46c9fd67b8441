"""The sentences of the exchange's screen."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from perpusdesk.common.formats import clock_time, long_date, number, short_date, time_ago
from perpusdesk.common.i18n import N_, _, ngettext
from perpusdesk.services.library.devices import DeviceLine
from perpusdesk.services.wording.actions import action_name
from perpusdesk.services.wording.exchange import say_reason
from perpusdesk.storage.exchange_log import ExchangeEntry
from perpusdesk.storage.queries.exchange_news import Passing
from perpusdesk.syncing.status import Standing
from perpusdesk.ui.kit.record_list import RowWords

if TYPE_CHECKING:
    from perpusdesk.syncing.folder import FolderOutcome

_MINUTE: Final = 60
_KB: Final = 1_000
_ROLES: Final = {
    "desk": N_("Desk"),
    "van": N_("Van"),
    "hub": N_("Hub of the branch"),
    "server": N_("Server"),
    "admin": N_("Administrator's desk"),
    "reader": N_("Only reads"),
}


def title() -> str:
    """Return the word in the rail."""
    return _("Exchange")


def joined(*parts: str) -> str:
    """Return the parts that are not empty, with dots between."""
    return " · ".join(part for part in parts if part)


# --- time and size ---------------------------------------------------------------------------


def local(at_ms: int, like: datetime) -> datetime:
    """Return a time as the clocks here show it."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).astimezone(like.tzinfo)


def when(at: datetime, now: datetime) -> str:
    """Return the clock time, with the day unless it is today."""
    days = (now.date() - at.date()).days
    if days == 0:
        return _("today {time}").format(time=clock_time(at))
    if days == 1:
        return _("yesterday {time}").format(time=clock_time(at))
    return f"{short_date(at.date())} {clock_time(at)}"


def ago(at: datetime, now: datetime) -> str:
    """Return how long ago something was."""
    return time_ago(round((now - at).total_seconds()))


def size(count: int) -> str:
    """Return bytes in kB or MB."""
    if count < _KB * _KB:
        return _("{n} kB").format(n=number(-(-count // _KB)))
    return _("{n} MB").format(n=number(-(-count // (_KB * _KB))))


def milliseconds(count: int) -> str:
    """Return a short time."""
    return _("{n} ms").format(n=number(count))


def clock_off(offset_ms: int) -> str:
    """Return how far this computer's clock is off; ``offset_ms`` is the server's less ours."""
    minutes = max(1, round(abs(offset_ms) / 1000 / _MINUTE))
    behind = ngettext("{n} minute behind", "{n} minutes behind", minutes)
    ahead = ngettext("{n} minute ahead", "{n} minutes ahead", minutes)
    return (behind if offset_ms > 0 else ahead).format(n=number(minutes))


# --- how it stands ---------------------------------------------------------------------------


def host(url: str) -> str:
    """Return the part of an address that people know."""
    return urlsplit(url).netloc or url


def waiting(count: int) -> str:
    """Return how many entries wait."""
    words = ngettext("{n} entry waits to be sent", "{n} entries wait to be sent", count)
    return words.format(n=number(count))


def state(now: Standing, *, running: bool) -> str:
    """Return the sentence that stands first."""
    if running:
        return _("Exchanging …")
    if now.waiting:
        return waiting(now.waiting)
    if now.last is None:
        return _("Not yet exchanged")
    return _("Everything is sent")


def last(now: Standing, moment: datetime) -> str:
    """Return when the last exchange was, with whom, and what went over."""
    one = now.last
    if one is None:
        return _("Everything is saved on this computer.")
    told = _("Last exchange with {peer}: {when}")
    head = told.format(peer=place(one), when=when(local(one.at_ms, moment), moment))
    return joined(head, moved(one))


def moved(one: ExchangeEntry) -> str:
    """Return what went over."""
    if not one.sent and not one.received:
        return _("nothing new")
    return _("{sent} sent, {received} received").format(
        sent=number(one.sent), received=number(one.received)
    )


def trouble(now: Standing) -> str:
    """Return why the last attempt did not work, calmly; empty when it did."""
    if now.failed is None or now.failed.reason == "stopped":
        return ""
    told = say_reason(now.failed.reason)
    return " ".join(part for part in (told.what, told.safe, told.todo) if part)


def place(one: ExchangeEntry) -> str:
    """Return with whom an exchange was."""
    if one.way == "folder":
        return _("stick {name}").format(name=PurePath(one.where).name or one.where)
    return host(one.where)


def passing_row(one: Passing, moment: datetime) -> RowWords:
    """Return so many actions of one kind."""
    count = ngettext("{n} time", "{n} times", one.actions).format(n=number(one.actions))
    since = _("since {when}").format(when=when(local(one.oldest_ms, moment), moment))
    return RowWords(action_name(one.verb), since, count)


def history_row(one: ExchangeEntry, moment: datetime) -> RowWords:
    """Return an exchange of the past."""
    at = when(local(one.at_ms, moment), moment)
    took = _("{n} s").format(n=number(max(1, round(one.took_ms / 1000))))
    data = size(one.bytes_up + one.bytes_down) if one.bytes_up + one.bytes_down else ""
    if not one.done:
        return RowWords(place(one), say_reason(one.reason).what, _("not done"), at, "clock")
    told = joined(moved(one), data, took)
    if one.differs:
        return RowWords(place(one), told, _("differs"), at, "warning", "warn")
    return RowWords(place(one), told, _("done"), at, "check", "ok")


def use(today: int, month: int) -> str:
    """Return how much data was used."""
    told = _("Data used: {today} today, {month} this month")
    return told.format(today=size(today), month=size(month))


# --- devices ---------------------------------------------------------------------------------


def role(code: str) -> str:
    """Return what a device is."""
    return _(_ROLES[code]) if code in _ROLES else ""


def device_row(one: DeviceLine, moment: datetime) -> RowWords:
    """Return a device of the library."""
    name = one.name or _("Device {n}").format(n=one.number)
    number_ = _("number {n}").format(n=one.number) if one.number else ""
    under = joined(one.branch_name, role(one.role), number_)
    if one.revoked:
        return RowWords(name, under, _("shut out"), "", "blocked", "bad")
    if one.own:
        return RowWords(name, under, _("this computer"), "", "check", "ok")
    if one.last_contact is None:
        return RowWords(name, under)
    return RowWords(name, under, ago(one.last_contact, moment), "", "clock")


def certificate(expires_ms: int, moment: datetime) -> str:
    """Return until when this device is let in."""
    return long_date(local(expires_ms, moment).date()) if expires_ms else "–"


def to_decide(count: int) -> str:
    """Return how many questions are open."""
    words = ngettext("{n} question to decide", "{n} questions to decide", count)
    return words.format(n=number(count))


# --- sticks ----------------------------------------------------------------------------------


def stick_said(told: FolderOutcome) -> str:
    """Return what an exchange through a stick came to."""
    came = ngettext("{n} new entry came", "{n} new entries came", told.received)
    went = ngettext("{n} entry was written", "{n} entries were written", told.sent)
    return joined(
        came.format(n=number(told.received)),
        went.format(n=number(told.sent)),
        _("The stick may be pulled out."),
    )


def stick_under_way(told: FolderOutcome) -> str:
    """Return how far an exchange through a stick is."""
    return _("Reading and writing the stick: {came} in, {went} out. Leave it in.").format(
        came=number(told.received), went=number(told.sent)
    )


def stick_odd(told: FolderOutcome) -> str:
    """Return what was odd on the stick; empty when nothing was."""
    found = []
    if told.full:
        left = ngettext("{n} entry had no room", "{n} entries had no room", told.left)
        found.append(left.format(n=number(told.left)))
    if told.half:
        files = ngettext("{n} file is damaged", "{n} files are damaged", len(told.half))
        found.append(files.format(n=number(len(told.half))))
    if told.other_library:
        found.append(_("files of another library were left alone"))
    if told.sealed_otherwise:
        found.append(_("some files are sealed with another key"))
    if told.too_new:
        found.append(_("some files are from a newer program"))
    if told.refused:
        found.append(_("some files were signed by nobody we know"))
    return joined(*found)
