"""Schedules of packs and own reports, as they stand in their records."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_id, sure_id


@dataclass(frozen=True, slots=True)
class KeptSchedule:
    """A schedule: of a ``pack`` or of an own ``report``, on one device."""

    id: UUID
    report: UUID | None
    pack: str
    every: str
    device: UUID | None
    folder: str
    format: str
    last_period: str


def kept_schedules(library: Library) -> list[KeptSchedule]:
    """Return all schedules in the order they were made."""
    rows = library.rows(
        "select id, report, pack, every, device, folder, format, last_period from report_schedule"
        " where deleted = 0 order by id"
    )
    return [
        KeptSchedule(
            sure_id(id_), as_id(report), pack or "", every or "", as_id(device), *_texts(rest)
        )
        for id_, report, pack, every, device, *rest in rows
    ]


def _texts(values: list[str | None]) -> tuple[str, str, str]:
    folder, format_, last = (value or "" for value in values)
    return folder, format_, last
