"""Stops of a van, and what happened while it stood there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_day, as_id, as_moment, sure_id


@dataclass(frozen=True, slots=True)
class StopRow:
    """A place where a van stands; ``kind`` says what it is (school, village, ...)."""

    id: UUID
    branch: UUID | None
    name: str
    place: str
    kind: str
    note: str
    retired: bool


@dataclass(frozen=True, slots=True)
class StayRow:
    """One stay at a stop; ``ended`` ``None``: it still stands there. Odometer in kilometres."""

    id: UUID
    stop: UUID | None
    stop_name: str
    place: str
    branch: UUID | None
    started: datetime
    ended: datetime | None
    odometer_from: int | None
    odometer_until: int | None
    note: str


@dataclass(frozen=True, slots=True)
class StayFigures:
    """What was counted during a stay."""

    visitors: int
    lent: int
    returned: int
    read: int


_STAY: Final = (
    "select s.id, s.stop, p.name, p.place, s.branch, s.started, s.ended, s.zone,"
    " s.odometer_from, s.odometer_until, s.note from stop_session s"
    " left join stop p on p.id = s.stop where s.deleted = 0"
)


def stops_of(library: Library, branch: UUID) -> list[StopRow]:
    """Return the stops of a van in order, retired ones too."""
    rows = library.rows(
        "select id, branch, name, place, kind, note, retired from stop"
        " where deleted = 0 and branch = ? order by position, name",
        branch.bytes,
    )
    return [
        StopRow(
            sure_id(id_),
            as_id(van),
            name or "",
            place or "",
            kind or "",
            note or "",
            as_day(retired) is not None,
        )
        for id_, van, name, place, kind, note, retired in rows
    ]


def open_stay(library: Library, branch: UUID) -> StayRow | None:
    """Return where a van stands now, or ``None``."""
    row = library.row(
        f"{_STAY} and s.branch = ? and s.ended is null order by s.started desc limit 1",
        branch.bytes,
    )
    return _stay(row) if row else None


def stays_between(library: Library, branch: UUID, first: int, after: int) -> list[StayRow]:
    """Return the stays of a van that began in a span (Unix ms), newest first."""
    rows = library.rows(
        f"{_STAY} and s.branch = ? and s.started >= ? and s.started < ? order by s.started desc",
        branch.bytes,
        first,
        after,
    )
    return [_stay(row) for row in rows]


def stay_by_id(library: Library, stay: UUID) -> StayRow | None:
    """Return one stay, or ``None``."""
    row = library.row(f"{_STAY} and s.id = ?", stay.bytes)
    return _stay(row) if row else None


def last_odometer(library: Library, branch: UUID) -> int | None:
    """Return the highest figure that a van's odometer ever showed."""
    value = library.value(
        "select max(max(ifnull(odometer_from, 0), ifnull(odometer_until, 0))) from stop_session"
        " where branch = ? and deleted = 0",
        branch.bytes,
    )
    return int(value) if value else None


def last_work(library: Library, branch: UUID, first: int, after: int) -> int | None:
    """Return when a branch last counted, lent or took back in a span (Unix ms)."""
    span = (branch.bytes, first, after)
    value = library.value(
        "select max(at) from (select max(at) at from visit where branch = ? and at >= ? and at < ?"
        " union all select max(at) from reading where branch = ? and at >= ? and at < ?"
        " union all select max(lent_at) from loan where branch = ? and lent_at >= ? and lent_at < ?"
        ") as work",
        *span,
        *span,
        *span,
    )
    return None if value is None else int(value)


def figures(library: Library, branch: UUID, first: int, after: int) -> StayFigures:
    """Count what happened at a branch from ``first`` until before ``after`` (Unix ms)."""
    span = (branch.bytes, first, after)
    count = library.value
    return StayFigures(
        visitors=count(
            "select coalesce(sum(people), 0) from visit"
            " where branch = ? and at >= ? and at < ? and voided = 0",
            *span,
        ),
        lent=count(
            "select count(*) from loan where branch = ? and lent_at >= ? and lent_at < ?"
            ' and "end" <> 3',
            *span,
        ),
        returned=count(
            "select count(*) from loan where branch = ? and ended_at >= ? and ended_at < ?"
            ' and "end" = 1',
            *span,
        ),
        read=count(
            "select count(*) from reading where branch = ? and at >= ? and at < ? and voided = 0",
            *span,
        ),
    )


def _stay(row: Sequence[Any]) -> StayRow:
    id_, stop, name, place, branch, started, ended, zone, begun, until, note = row
    return StayRow(
        sure_id(id_),
        as_id(stop),
        name or "",
        place or "",
        as_id(branch),
        as_moment(started or 0, zone or 0),
        None if ended is None else as_moment(ended, zone or 0),
        begun,
        until,
        note or "",
    )
