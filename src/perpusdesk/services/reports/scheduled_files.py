"""Writing what is scheduled: what is due, the files themselves, and noting that they are there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import write_atomically
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.figures.months import Period
from perpusdesk.domain.own_reports.schedule import due
from perpusdesk.domain.packs.form import Pack
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import export_list
from perpusdesk.services.figures.packs import fill_pack
from perpusdesk.services.reports.own_reports import OwnReport, report_sheet
from perpusdesk.services.reports.report_schedules import RECORD, Schedule, schedules

VERB: Final = "write_scheduled"
_UNUSABLE: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class Due:
    """A file that is to be written: of a schedule, for a period."""

    schedule: Schedule
    period: Period

    @property
    def file(self) -> Path:
        """Where it goes; the same each time, so that it is never written twice."""
        name = " ".join(_UNUSABLE.sub(" ", self.schedule.name).split())[:_LONGEST_NAME]
        return self.schedule.folder / f"{name} {self.period.key}.{self.schedule.format}"


def due_files(desk: Desk) -> list[Due]:
    """Return what this device has to write today, the earliest period of each schedule first."""
    today = desk.today()
    return [
        Due(one, period)
        for one in schedules(desk)
        if one.here and not (one.own and one.own.report.personal)
        for period in due(one.every, one.last, today)
    ]


def write_file(desk: Desk, one: Due) -> Path:
    """Write a file, whole or not at all; what is there already stays. Reads the library only.

    Count the figures before (``figures_work.freshen``). Raises ``KnownError``: disk,
    ``FOLDER_GONE`` file.
    """
    folder, file = one.schedule.folder, one.file
    try:
        if not folder.is_dir():
            raise KnownError(Fault.FOLDER_GONE, file=str(folder))
        if file.exists():
            return file
        if one.schedule.pack is not None:
            write_pack(desk, one.schedule.pack, one.period, file)
        elif one.schedule.own is not None:
            _write_own(desk, one.schedule.own, one.period, file)
    except OSError as error:
        raise KnownError(Fault.FOLDER_GONE, file=str(folder)) from error
    return file


def note_written(desk: Desk, one: Due) -> None:
    """Remember that a period was written. Raises ``KnownError`` (disk, nobody signed in)."""
    action = desk.action(VERB)
    action.set(RECORD, one.schedule.id, {"last_period": one.period.key})
    desk.commit(action)


def write_pack(desk: Desk, pack: Pack, period: Period, file: Path) -> None:
    """Write a pack as PDF or workbook by the file's ending. Raises ``KnownError``, ``OSError``."""
    from perpusdesk.services.figures.pack_table import pack_table

    table = pack_table(desk, fill_pack(desk, pack, period))
    if file.suffix.lower() == ".pdf":
        from perpusdesk.printing.document import document_pages
        from perpusdesk.services.figures.pack_papers import pack_document

        write_atomically(file, document_pages(pack_document(desk, table)))
        return
    from perpusdesk.services.figures.pack_sheets import save_pack

    save_pack(desk, table, file)


def _write_own(desk: Desk, own: OwnReport, period: Period, file: Path) -> None:
    if file.suffix.lower() == ".pdf":
        from perpusdesk.printing.document import document_pages
        from perpusdesk.services.reports.own_report_papers import own_report_document

        paper = own_report_document(desk, own.report, own.name, period)
        assert not isinstance(paper, Refused), "reports with members' data are not scheduled"
        write_atomically(file, document_pages(paper))
        return
    sheet = report_sheet(desk, own.report, own.name, period)
    assert not isinstance(sheet, Refused), "reports with members' data are not scheduled"
    export_list(desk, sheet, file)
