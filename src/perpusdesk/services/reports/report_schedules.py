"""Reports that are written into a folder by themselves, whenever a period has ended."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.own_reports.schedule import Every, before, last_ended
from perpusdesk.domain.packs.form import Pack
from perpusdesk.domain.rights import FIGURES
from perpusdesk.services.desk import Desk
from perpusdesk.services.figures.packs import packs
from perpusdesk.services.needed_right import needs
from perpusdesk.services.reports.own_reports import OwnReport, own_report, own_reports
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import report_schedules as query

RECORD: Final = "report_schedule"
SCHEDULE: Final = "schedule_report"
DROP: Final = "drop_schedule"
FORMATS: Final = ("pdf", "xlsx")
_CHANGED: Final = frozenset({RECORD})


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is written: a pack or an own report. ``here``: by this device.

    ``last`` is the key of the last period that was written, or needs not be.
    """

    id: UUID
    name: str
    every: Every
    folder: Path
    format: str
    last: str
    here: bool
    pack: Pack | None = None
    own: OwnReport | None = None


def schedules(desk: Desk) -> list[Schedule]:
    """Return all schedules of what there still is, those of other devices too."""
    forms = {one.key: one for one in packs(desk)}
    own = {one.id: one for one in own_reports(desk)}
    device = UUID(bytes=desk.library.device)
    found = []
    for kept in query.kept_schedules(desk.library):
        pack = forms.get(kept.pack)
        report = own.get(kept.report) if kept.report else None
        name = pack.name if pack else report.name if report else ""
        if not name or kept.every not in tuple(Every) or kept.format not in FORMATS:
            continue
        found.append(
            Schedule(
                kept.id,
                name,
                Every(kept.every),
                Path(kept.folder),
                kept.format,
                kept.last_period,
                kept.device == device,
                pack,
                report,
            )
        )
    return found


@needs(FIGURES)
def schedule_pack(desk: Desk, key: str, folder: Path, format_: str = "pdf") -> Done[UUID] | Refused:
    """Write a pack on this device whenever its period (as its form has it) has ended.

    The one that ended last is due at once. ``RIGHT_MISSING``, ``REPORT_UNKNOWN``,
    ``FOLDER_MISSING`` folder. Raises ``ValueError`` for an unknown format.
    """
    pack = next((one for one in packs(desk) if one.key == key), None)
    if pack is None:
        return Refused(Reason.REPORT_UNKNOWN)
    return _schedule(desk, {"pack": key, "report": None}, Every(pack.span.value), folder, format_)


@needs(FIGURES)
def schedule_own(
    desk: Desk, report: UUID, every: Every, folder: Path, format_: str = "xlsx"
) -> Done[UUID] | Refused:
    """Write an own report on this device whenever a month, quarter or year has ended.

    As ``schedule_pack``; also ``REPORT_PERSONAL``: files that tell of members leave only by hand,
    with a reason.
    """
    found = own_report(desk, report)
    if found is None:
        return Refused(Reason.REPORT_UNKNOWN)
    if found.report.personal:
        return Refused(Reason.REPORT_PERSONAL, {"name": found.name})
    return _schedule(desk, {"pack": "", "report": report}, every, folder, format_)


def _schedule(
    desk: Desk, what: dict[str, object], every: Every, folder: Path, format_: str
) -> Done[UUID] | Refused:
    if format_ not in FORMATS:
        raise ValueError(f"not a format: {format_}")
    if not str(folder).strip() or not folder.is_absolute() or not folder.is_dir():
        return Refused(Reason.FOLDER_MISSING, {"folder": str(folder)})
    action, id_ = desk.action(SCHEDULE), desk.library.new_id()
    fields = {
        **what,
        "every": every.value,
        "device": UUID(bytes=desk.library.device),
        "folder": str(folder),
        "format": format_,
        "last_period": before(every, last_ended(every, desk.today())).key,
    }
    action.set(RECORD, id_, fields, fresh=True)
    written = desk.commit(action)
    return Done(id_, written.action, SCHEDULE, _CHANGED)


@needs(FIGURES)
def drop_schedule(desk: Desk, id_: UUID) -> Done[UUID] | Refused:
    """Stop writing. ``RIGHT_MISSING``, ``NOTHING_TO_UNDO``."""
    if all(one.id != id_ for one in query.kept_schedules(desk.library)):
        return Refused(Reason.NOTHING_TO_UNDO)
    action = desk.action(DROP)
    action.delete(RECORD, id_)
    written = desk.commit(action)
    return Done(id_, written.action, DROP, _CHANGED)
