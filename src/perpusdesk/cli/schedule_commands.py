"""Scheduled reports on the command line: the list, new ones, and writing what is due."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, refuse
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.own_reports.schedule import Every
from perpusdesk.services.desk import Desk
from perpusdesk.services.figures.figures_work import freshen
from perpusdesk.services.figures.packs import packs
from perpusdesk.services.reports.own_reports import own_reports
from perpusdesk.services.reports.report_schedules import (
    FORMATS,
    Schedule,
    drop_schedule,
    schedule_own,
    schedule_pack,
    schedules,
)
from perpusdesk.services.reports.scheduled_files import due_files, note_written, write_file
from perpusdesk.services.results import Done


def add_schedule(group: Commands, context: Context) -> None:
    """Add the group ``report schedule``."""
    planned = Commands(help=_("What is written into a folder by itself."))
    group.add_typer(planned, name="schedule")
    _add_list(planned, context)
    _add_new(planned, context)
    _add_remove(planned, context)
    _add_write(planned, context)


def _add_list(planned: Commands, context: Context) -> None:
    @planned.command("list", help=_("List what is written into a folder by itself."))
    def list_() -> None:
        with context.desk(writable=False) as desk:
            found = schedules(desk)
        lines = [f"{one.id}  {one.name} · {one.every.value} · {one.folder}" for one in found]
        told = lines or [_("Nothing is scheduled.")]
        context.show({"schedules": [_line(one) for one in found]}, *told)


def _add_new(planned: Commands, context: Context) -> None:
    @planned.command("add", help=_("Write a pack or own report after each period."))
    def add(
        name: str = typer.Argument(..., metavar="NAME"),
        folder: Path = typer.Argument(..., metavar="FOLDER"),
        every: str = typer.Option("month", "--every", help="month, quarter, year"),
        format_: str = typer.Option("pdf", "--format", help=", ".join(FORMATS)),
    ) -> None:
        if every not in tuple(Every) or format_ not in FORMATS:
            known = ", ".join((*Every, *FORMATS))
            raise InputError("unusable_input", _("Choose one of: {known}").format(known=known))
        with context.desk() as desk:
            done = refuse(desk, _new(desk, name, Every(every), folder.absolute(), format_))
            line = next(one for one in schedules(desk) if one.id == done.value)
        context.show(_line(line), f"{line.name} → {line.folder}")


def _new(desk: Desk, name: str, every: Every, folder: Path, format_: str) -> Done[UUID] | Refused:
    if any(one.key == name for one in packs(desk)):
        return schedule_pack(desk, name, folder, format_)
    wanted = " ".join(name.split()).casefold()
    for one in own_reports(desk):
        if wanted in (str(one.id), one.name.casefold()):
            return schedule_own(desk, one.id, every, folder, format_)
    raise InputError("unusable_input", _("There is no report {text}.").format(text=name))


def _add_remove(planned: Commands, context: Context) -> None:
    @planned.command("remove", help=_("Stop writing."))
    def remove(schedule: str = typer.Argument(..., metavar="ID")) -> None:
        try:
            id_ = UUID(schedule)
        except ValueError as error:
            told = _("There is no schedule {text}.").format(text=schedule)
            raise InputError("unusable_input", told) from error
        with context.desk() as desk:
            refuse(desk, drop_schedule(desk, id_))
        context.show({"schedule": str(id_), "removed": True}, str(id_))


def _add_write(planned: Commands, context: Context) -> None:
    @planned.command("write", help=_("Write now what is due on this device."))
    def write() -> None:
        files = []
        with context.desk() as desk:
            waiting = due_files(desk)
            if waiting:
                freshen(desk)
            for one in waiting:
                files.append(str(write_file(desk, one)))
                note_written(desk, one)
                context.done["files"] = files
        context.show({"files": files}, *(files or [_("Nothing is due.")]))


def _line(one: Schedule) -> dict[str, Any]:
    return {
        "schedule": str(one.id),
        "name": one.name,
        "pack": one.pack.key if one.pack else None,
        "report": str(one.own.id) if one.own else None,
        "every": one.every.value,
        "folder": str(one.folder),
        "format": one.format,
        "last_period": one.last,
        "here": one.here,
    }
