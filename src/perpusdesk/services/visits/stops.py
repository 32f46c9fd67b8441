"""A van at its stops: a stay begins and ends, and what is counted meanwhile is the stop's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.rights import RULES
from perpusdesk.domain.stopping import LOOKS_BACK, Stood, likely_stop
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import stops as query
from perpusdesk.storage.queries.stops import StayFigures, StayRow, StopRow
from perpusdesk.storage.queries.values import as_ms, bounds_of_day

VAN: Final = "van"
SAVE: Final = "save_stop"
RETIRE: Final = "retire_stop"
BEGIN: Final = "begin_stop"
END: Final = "end_stop"
LONGEST: Final = 120
KINDS: Final = ("school", "village", "office", "market", "event", "other")
_STOPS: Final = frozenset({"stop"})
_STAYS: Final = frozenset({"stop_session"})


@dataclass(frozen=True, slots=True)
class StopForm:
    """What is entered for a stop."""

    name: str
    place: str = ""
    kind: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class VanNow:
    """Where the van stands (``stay``), what was counted there, and where it most likely stands."""

    stops: tuple[StopRow, ...]
    stay: StayRow | None
    figures: StayFigures | None
    likely: UUID | None
    odometer: int | None


def is_van(desk: Desk, branch: UUID | None = None) -> bool:
    """Whether a branch (default: this one) is a van."""
    found = desk.branches.get(branch or desk.branch)
    return found is not None and found.kind == VAN


def stops(desk: Desk, *, retired: bool = False) -> list[StopRow]:
    """Return the stops of this van, in order."""
    rows = query.stops_of(desk.library, desk.branch)
    return [row for row in rows if retired or not row.retired]


@needs(RULES)
def save_stop(desk: Desk, form: StopForm, stop: UUID | None = None) -> Done[UUID] | Refused:
    """Add a stop to this van, or change one. ``RIGHT_MISSING``, ``NAME_MISSING``."""
    if not form.name.strip():
        return Refused(Reason.NAME_MISSING)
    action, id_ = desk.action(SAVE), stop or desk.library.new_id()
    fields: dict[str, object] = {
        "name": form.name.strip()[:LONGEST],
        "place": form.place.strip()[:LONGEST],
        "kind": form.kind,
        "note": form.note.strip(),
    }
    if stop is None:
        fields |= {"branch": desk.branch, "position": len(stops(desk, retired=True))}
    action.set("stop", id_, fields, fresh=stop is None)
    return Done(id_, desk.commit(action).action, SAVE, _STOPS)


@needs(RULES)
def retire_stop(desk: Desk, stop: UUID) -> Done[UUID] | Refused:
    """Offer a stop no more; its stays keep it. ``RIGHT_MISSING``."""
    action = desk.action(RETIRE)
    action.set("stop", stop, {"retired": desk.today()})
    return Done(stop, desk.commit(action).action, RETIRE, _STOPS)


def begin_stop(desk: Desk, stop: UUID, odometer: int | None = None) -> Done[StayRow] | Refused:
    """Begin a stay: from now on all that this van does belongs to the stop.

    ``STOP_UNKNOWN``; ``STOP_BEGUN`` stop, at: another stay is not ended; ``ODOMETER_BACKWARDS``.
    """
    if stop not in {one.id for one in stops(desk)}:
        return Refused(Reason.STOP_UNKNOWN)
    standing = query.open_stay(desk.library, desk.branch)
    if standing is not None:
        facts = {"stop": standing.stop_name, "at": standing.started}
        return Refused(Reason.STOP_BEGUN, facts)
    last = query.last_odometer(desk.library, desk.branch)
    if refusal := _refuse_odometer(odometer, last):
        return refusal
    action, id_ = desk.action(BEGIN), desk.library.new_id()
    fields = {
        "stop": stop,
        "branch": desk.branch,
        "started": desk.library.now_ms(),
        "zone": desk.zone,
        "odometer_from": odometer,
    }
    action.set("stop_session", id_, fields, fresh=True)
    return _stay(desk, id_, desk.commit(action).action, BEGIN)


def end_stop(desk: Desk, odometer: int | None = None, note: str = "") -> Done[StayRow] | Refused:
    """End the stay. One that was forgotten on an earlier day ended with its last work that day.

    ``STOP_NOT_BEGUN``, ``ODOMETER_BACKWARDS``.
    """
    standing = query.open_stay(desk.library, desk.branch)
    if standing is None:
        return Refused(Reason.STOP_NOT_BEGUN)
    if refusal := _refuse_odometer(odometer, standing.odometer_from):
        return refusal
    action = desk.action(END)
    fields = {"ended": _ends(desk, standing), "odometer_until": odometer, "note": note.strip()}
    action.set("stop_session", standing.id, fields)
    return _stay(desk, standing.id, desk.commit(action).action, END)


def van_now(desk: Desk) -> VanNow | None:
    """Return how this van stands; ``None``: this branch is none."""
    if not is_van(desk):
        return None
    known, stay = stops(desk), query.open_stay(desk.library, desk.branch)
    counted = figures_of(desk, stay) if stay else None
    since = as_ms(desk.now() - LOOKS_BACK - timedelta(days=1))
    before = query.stays_between(desk.library, desk.branch, since, desk.library.now_ms() + 1)
    stood = [Stood(row.stop, row.started) for row in before if row.stop is not None]
    likely = likely_stop(desk.now(), stood, [one.id for one in known])
    return VanNow(
        tuple(known), stay, counted, likely, query.last_odometer(desk.library, desk.branch)
    )


def stays(desk: Desk, first: date, last: date) -> list[tuple[StayRow, StayFigures]]:
    """Return the stays of this van from one day to another, newest first, with their figures."""
    start, after = bounds_of_day(first, desk.zone)[0], bounds_of_day(last, desk.zone)[1]
    rows = query.stays_between(desk.library, desk.branch, start, after)
    return [(row, figures_of(desk, row)) for row in rows]


def figures_of(desk: Desk, stay: StayRow) -> StayFigures:
    """Return what was counted during a stay, up to now if it goes on."""
    first, after = span_of(desk, stay)
    return query.figures(desk.library, stay.branch or desk.branch, first, after)


def span_of(desk: Desk, stay: StayRow) -> tuple[int, int]:
    """Return from when until before when (Unix ms) a stay lasted."""
    end = desk.library.now_ms() if stay.ended is None else as_ms(stay.ended)
    return as_ms(stay.started), end + 1


def _ends(desk: Desk, stay: StayRow) -> int:
    started = desk.local(stay.started) or stay.started
    if started.date() >= desk.today():
        return max(desk.library.now_ms(), as_ms(stay.started))
    first, after = as_ms(stay.started), bounds_of_day(started.date(), desk.zone)[1]
    return query.last_work(desk.library, desk.branch, first, after) or first


def _refuse_odometer(odometer: int | None, last: int | None) -> Refused | None:
    if odometer is None or last is None or odometer >= last:
        return None
    return Refused(Reason.ODOMETER_BACKWARDS, {"last": last})


def _stay(desk: Desk, stay: UUID, action: UUID, verb: str) -> Done[StayRow]:
    row = query.stay_by_id(desk.library, stay)
    assert row is not None
    return Done(row, action, verb, _STAYS)
