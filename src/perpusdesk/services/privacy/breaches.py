"""Breaches (article 46): what the logs know of one, what a person adds, and the 3 x 24 hours.

The clock starts when the library noticed it. The sheet goes to the persons and to the authority.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.data_protection import Deadline, deadline
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.library.devices import DeviceLine, list_devices
from perpusdesk.services.privacy.access_log import logs_elsewhere, write_down
from perpusdesk.services.privacy.privacy_settings import refuse_privacy, rules_of
from perpusdesk.services.results import Done
from perpusdesk.storage.exchange_log import latest_exchanges
from perpusdesk.storage.queries import access_log
from perpusdesk.storage.queries import data_requests as query
from perpusdesk.storage.queries.data_requests import BreachRow
from perpusdesk.storage.queries.fleet import totals
from perpusdesk.storage.queries.values import as_moment, as_ms

OPEN: Final = "open_breach"
EDIT: Final = "edit_breach"
_CHANGED: Final = frozenset({"breach"})
_EXCHANGES: Final = 10
_LOOKED_BACK: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class BreachForm:
    """What a person writes; ``people``: how many are concerned as far as is known."""

    noticed: datetime
    happened: date | None = None
    what: str = ""
    people: int = 0
    how: str = ""
    handling: str = ""
    told: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class BreachLine:
    """A breach with its clock, which stops when persons and authority were told."""

    id: UUID
    form: BreachForm
    clock: Deadline


@dataclass(frozen=True, slots=True)
class Exchange:
    """One exchange as the sheet tells it."""

    at: datetime
    way: str
    where: str
    done: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What the logs of this device can tell; ``elsewhere`` are the devices whose looks are missing.

    ``members``: whose data a whole device holds. ``looks``: (who, how often, how many members) in
    the thirty days before it was noticed.
    """

    members: int
    open_loans: int
    devices: tuple[DeviceLine, ...]
    exchanges: tuple[Exchange, ...]
    looks: tuple[tuple[str, int, int], ...]
    staff: tuple[tuple[str, str], ...]
    groups: tuple[str, ...]
    elsewhere: tuple[str, ...]


def open_breach(desk: Desk, form: BreachForm) -> Done[UUID] | Refused:
    """Note a breach; the clock runs from ``noticed``. Anybody at the desk may.

    ``DATE_IN_FUTURE`` date.
    """
    if form.noticed > desk.now():
        return Refused(Reason.DATE_IN_FUTURE, {"date": form.noticed.date()})
    action, record = desk.action(OPEN), desk.library.new_id()
    action.set("breach", record, _fields(form), fresh=True)
    written = desk.commit(action)
    return Done(record, written.action, OPEN, _CHANGED)


def edit_breach(desk: Desk, breach: UUID, form: BreachForm) -> Done[UUID] | Refused:
    """Write what is known by now. ``RIGHT_MISSING``, ``BREACH_UNKNOWN``, ``DATE_IN_FUTURE``."""
    refusal, before = refuse_privacy(desk), query.breach_row(desk.library, breach)
    if refusal or before is None:
        return refusal or Refused(Reason.BREACH_UNKNOWN)
    for moment in (form.noticed, form.told):
        if moment is not None and moment > desk.now():
            return Refused(Reason.DATE_IN_FUTURE, {"date": moment.date()})
    old, new = _fields(_form(desk, before)), _fields(form)
    changed = {name: value for name, value in new.items() if value != old[name]}
    if not changed:
        return Done(breach, None, EDIT)
    action = desk.action(EDIT)
    action.set("breach", breach, changed)
    written = desk.commit(action)
    return Done(breach, written.action, EDIT, _CHANGED)


def breach_lines(desk: Desk) -> list[BreachLine]:
    """Return all breaches, the latest first."""
    return [_line(desk, row) for row in query.breach_rows(desk.library)]


def breach_line(desk: Desk, breach: UUID) -> BreachLine | None:
    """Return one breach, or ``None``."""
    row = query.breach_row(desk.library, breach)
    return _line(desk, row) if row else None


def known(desk: Desk, noticed: datetime) -> Known | Refused:
    """Return what the logs can tell about a breach noticed then. ``RIGHT_MISSING``."""
    if refusal := refuse_privacy(desk):
        return refusal
    write_down(desk)
    counts = totals(desk.library)
    exchanges = latest_exchanges(desk.library, _EXCHANGES)
    return Known(
        members=counts["members"],
        open_loans=counts["loans"],
        devices=tuple(list_devices(desk)),
        exchanges=tuple(
            Exchange(as_moment(one.at_ms, desk.zone), one.way, one.where, one.done)
            for one in exchanges
        ),
        looks=_looks(desk, noticed),
        staff=tuple((one.name, one.role) for one in desk.people.values()),
        groups=tuple(group.name for group in rules_of(desk).groups),
        elsewhere=logs_elsewhere(desk),
    )


def proposed_text(found: Known) -> str:
    """Return formal words about what leaked, to begin with: a whole device, as far as known."""
    groups = ", ".join(name[:1].lower() + name[1:] for name in found.groups)
    return f"Data {found.members} anggota yang tersimpan pada perangkat: {groups}."


def _looks(desk: Desk, noticed: datetime) -> tuple[tuple[str, int, int], ...]:
    since = as_ms(datetime.combine((noticed - _LOOKED_BACK).date(), time(), noticed.tzinfo))
    rows = access_log.access_rows(desk.library, since=since, limit=100_000)
    by_name: dict[str, list[UUID]] = {}
    for row in rows:
        by_name.setdefault(row.staff_name, []).append(row.member)
    told = ((name, len(seen), len(set(seen))) for name, seen in by_name.items())
    return tuple(sorted(told, key=lambda one: -one[1]))


def _line(desk: Desk, row: BreachRow) -> BreachLine:
    form = _form(desk, row)
    hours = rules_of(desk).breach_hours
    return BreachLine(row.id, form, deadline(form.noticed, hours, desk.now(), form.told))


def _form(desk: Desk, row: BreachRow) -> BreachForm:
    noticed = desk.local(row.noticed)
    assert noticed is not None
    return BreachForm(
        noticed,
        row.happened,
        row.what,
        row.people,
        row.how,
        row.handling,
        desk.local(row.told),
        row.note,
    )


def _fields(form: BreachForm) -> dict[str, Any]:
    told = form.told.replace(microsecond=0).isoformat() if form.told else None
    return {
        "noticed": form.noticed.replace(microsecond=0).isoformat(),
        "happened": form.happened,
        "what": form.what.strip(),
        "people": form.people,
        "how": form.how.strip(),
        "handling": form.handling.strip(),
        "told": told,
        "note": form.note.strip(),
    }
