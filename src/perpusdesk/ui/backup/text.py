"""The sentences of the tab of backups."""

from __future__ import annotations

from datetime import UTC, datetime

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.formats import clock_time, number, short_date
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.domain.backup_age import BackupAge
from perpusdesk.services.safety.backup_places import BackupPlace
from perpusdesk.services.safety.backup_view import BackupRow, PlaceView, Standing
from perpusdesk.services.safety.restore import Rehearsal
from perpusdesk.services.wording.actions import action_name
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.storage.backup.difference import Difference
from perpusdesk.storage.backup.log import BackupEntry
from perpusdesk.ui.kit.record_list import RowWords
from perpusdesk.ui.kit.theme import Tone

_MOST_KINDS = 6
_UNITS = ("B", "kB", "MB", "GB", "TB")
_STEP = 1000


def size(count: int) -> str:
    """Return bytes as people say them: ``231 MB``."""
    value, unit = float(count), 0
    while value >= _STEP and unit < len(_UNITS) - 1:
        value, unit = value / _STEP, unit + 1
    return f"{number(round(value))} {_UNITS[unit]}"


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


def place_name(place: BackupPlace) -> str:
    """Return what a place is called in a sentence."""
    if place.kind == "stick":
        return _("stick {name}").format(name=place.name or place.where)
    if place.kind == "server":
        return _("the server")
    return place.name or _("this computer")


def state(now: Standing) -> tuple[str, str, Tone]:
    """Return the icon, the one big sentence, and its tone."""
    newest = now.newest
    if newest is None:
        alarm: Tone = "bad" if now.age is BackupAge.RED else "warn"
        return "warning", _("There is no backup yet"), alarm
    at = local(newest.at_ms, now.now)
    names = [
        place_name(one.place)
        for one in now.states
        if one.newest is not None and one.newest.name == newest.name
    ]
    said = _("Last backup: {when} · on {places}").format(
        when=when(at, now.now), places=_(" and ").join(names)
    )
    tones: dict[BackupAge, Tone] = {
        BackupAge.FRESH: "ok",
        BackupAge.YELLOW: "warn",
        BackupAge.RED: "bad",
    }
    return "check" if now.age is BackupAge.FRESH else "warning", said, tones[now.age]


def todo(now: Standing) -> str:
    """Return what should be done, nothing when all is well."""
    late = [one for one in now.states if one.age is not BackupAge.FRESH]
    sticks = [place_name(one.place) for one in late if one.place.kind == "stick"]
    if now.failure is not None:
        return failure(now.failure, now.now)
    if sticks:
        text = _("Plug in {stick}: the backup goes there by itself.")
        return text.format(stick=_(" and ").join(sticks))
    if late:
        return _("Back up now, and see that it comes to its end.")
    if not now.sheet:
        return _("Print the recovery sheet: without its code no other computer can open a backup.")
    if len(now.states) == 1 and now.states[0].place.kind == "disk":
        return _(
            "The backup lies in this computer alone. Add a stick that you keep in another building."
        )
    return ""


def failure(entry: BackupEntry, now: datetime) -> str:
    """Return why the last backup to a place failed."""
    told = say_fault(KnownError(Fault(entry.reason), file=entry.where))
    at = when(local(entry.at_ms, now), now)
    return _("Not backed up {when}: {what} {todo}").format(when=at, what=told.what, todo=told.todo)


def progress(share: float) -> str:
    """Return how far the work is."""
    return _("{percent} %").format(percent=round(share * 100))


def place_row(view: PlaceView, now: datetime) -> RowWords:
    """Return a place as a row."""
    entry, place = view.state.newest, view.state.place
    kinds = {"disk": _("Disk"), "stick": _("Stick"), "server": _("Server")}
    kind = "" if place.kind == "server" else kinds[place.kind]
    under = " · ".join(
        part for part in (kind, place.where, size(view.bytes) if view.bytes else "") if part
    )
    last = when(local(entry.at_ms, now), now) if entry else ""
    tones: dict[BackupAge, Tone] = {
        BackupAge.FRESH: "ok",
        BackupAge.YELLOW: "warn",
        BackupAge.RED: "bad",
    }
    words = {
        BackupAge.FRESH: _("up to date"),
        BackupAge.YELLOW: _("older than 3 days"),
        BackupAge.RED: _("older than 7 days"),
    }
    age = view.state.age
    state_ = words[age] if entry else _("waits for the first one")
    unnamed = {"disk": _("This computer"), "stick": place.where, "server": _("Server")}
    name = place.name or unnamed[place.kind]
    if not view.here and place.kind == "stick":
        last = " · ".join(part for part in (last, _("not plugged in")) if part)
    icon = "check" if age is BackupAge.FRESH else "warning"
    return RowWords(name, under, state_, last, icon=icon, tone=tones[age])


def backup_row(row: BackupRow, now: datetime) -> RowWords:
    """Return a backup as a row."""
    at = when(row.line.at.astimezone(now.tzinfo), now)
    if not row.rows:
        return RowWords(at, row.line.where, _("damaged"), "", icon="blocked", tone="bad")
    what = ngettext("{n} row", "{n} rows", row.rows).format(n=number(row.rows))
    where = ngettext("in {n} place", "in {n} places", row.copies).format(n=row.copies)
    return RowWords(at, f"{what} · {size(row.bytes)}", where, "")


def lacks(found: Difference) -> str:
    """Return what a backup does not know of what was done since."""
    if not found.lacks:
        return _("It holds everything that this computer holds now.")
    kinds = [
        f"{action_name(span.verb)}: {number(span.actions)}" for span in found.lacks[:_MOST_KINDS]
    ]
    if len(found.lacks) > _MOST_KINDS:
        rest = sum(span.actions for span in found.lacks[_MOST_KINDS:])
        kinds.append(_("other: {n}").format(n=number(rest)))
    count = ngettext("{n} action", "{n} actions", found.actions)
    said = _("It does not know {actions} done since then ({kinds}).")
    return said.format(actions=count.format(n=number(found.actions)), kinds=", ".join(kinds))


def rehearsed(done: Rehearsal, now: datetime) -> tuple[str, Tone]:
    """Return what a rehearsal showed."""
    seconds = max(1, round(done.took_ms / 1000))
    took = ngettext("{n} second", "{n} seconds", seconds).format(n=number(seconds))
    at = when(local(done.manifest.at_ms, now), now)
    if done.odd:
        text = _("The backup of {when} is damaged. Make a new one now; the older ones are kept.")
        return text.format(when=at), "bad"
    newest = done.manifest.newest
    last = when(local(newest.at_ms, now), now) if newest else "-"
    text = _(
        "The backup of {when} was restored into a side copy in {took}, opened and counted:"
        " {rows} rows, last action {last}."
    )
    rows = number(done.manifest.total_rows)
    said = text.format(when=at, took=took, rows=rows, last=last)
    return f"{said} {lacks(done.difference)}", "ok"


def restore_why(found: Difference) -> str:
    """Return what going back to a backup means."""
    safe = _(
        "Nothing is lost: what was entered since then is taken in again, and one click leads back."
    )
    return f"{lacks(found)} {safe}"
