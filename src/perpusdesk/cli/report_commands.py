"""Reports on the command line: packs, own reports, and what is written by itself."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, refuse
from perpusdesk.cli.schedule_commands import add_schedule
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import write_atomically
from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _
from perpusdesk.domain.figures.months import Period
from perpusdesk.domain.own_reports.report import period_of_key
from perpusdesk.domain.own_reports.schedule import Every, last_ended
from perpusdesk.domain.packs.form import Pack
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import export_list
from perpusdesk.services.figures.figures_work import freshen
from perpusdesk.services.figures.packs import packs
from perpusdesk.services.privacy.hand_out import hand_out
from perpusdesk.services.reports.own_reports import OwnReport, own_reports, preview, report_sheet
from perpusdesk.services.reports.scheduled_files import write_pack
from perpusdesk.services.transfer.export_formats import ExportFormat

_ENDINGS = (".pdf", ".xlsx")
_LIST_ENDINGS = (".pdf", ".xlsx", ".csv")


def add(app: Commands, context: Context) -> None:
    """Add the group ``report``."""
    group = Commands(help=_("Reports: packs, own reports, and what is written by itself."))
    app.add_typer(group, name="report")
    _add_list(group, context)
    _add_pack(group, context)
    _add_run(group, context)
    add_schedule(group, context)


def _add_list(group: Commands, context: Context) -> None:
    @group.command("list", help=_("List the packs and the own reports."))
    def list_() -> None:
        with context.desk(writable=False) as desk:
            forms, own = packs(desk), own_reports(desk)
        lines = [f"{one.key}  {one.name}" for one in forms]
        lines += [f"{one.id}  {one.name}" for one in own]
        document = {
            "packs": [
                {"pack": one.key, "name": one.name, "every": one.span.value} for one in forms
            ],
            "reports": [_own_line(one) for one in own],
        }
        context.show(document, *lines)


def _add_pack(group: Commands, context: Context) -> None:
    @group.command("pack", help=_("Write a pack of figures as paper or workbook."))
    def pack(
        key: str = typer.Argument(..., metavar="KEY"),
        out: Path = typer.Option(..., "--out", help=_("A file .pdf or .xlsx.")),
        period: str = typer.Option("", "--period", help=_("2026, 2026-Q3 or 2026-11.")),
    ) -> None:
        _check_ending(out, _ENDINGS)
        with counted(context) as desk:
            form = pack_named(desk, key)
            months = _period(period) or last_ended(Every(form.span.value), desk.today())
            write_pack(desk, form, months, out)
        document = {"pack": form.key, "period": months.key, "file": str(out)}
        context.show(document, _("Written: {file}").format(file=out))


def _add_run(group: Commands, context: Context) -> None:
    @group.command("run", help=_("Show an own report, or write it into a file."))
    def run(
        report: str = typer.Argument(..., metavar="NAME"),
        out: Path | None = typer.Option(None, "--out", help=_("A file .xlsx, .csv or .pdf.")),
        period: str = typer.Option("", "--period", help=_("2026, 2026-Q3 or 2026-11.")),
        reason: str = typer.Option("", "--reason", help=_("Why members' data goes out.")),
    ) -> None:
        months = _period(period)
        if out is not None:
            _check_ending(out, _LIST_ENDINGS)
        with context.desk() if reason else context.reading_people() as desk:
            own = own_named(desk, report)
            if out is None:
                _show(context, desk, own, months)
            else:
                _write(context, desk, own, months, out, reason)


@contextlib.contextmanager
def counted(context: Context) -> Iterator[Desk]:
    """Open the library with its figures counted; beside an open window, which counts them."""
    try:
        with context.desk() as desk:
            freshen(desk)
            yield desk
            return
    except KnownError as error:
        if error.fault is not Fault.ALREADY_OPEN:
            raise
    with context.desk(writable=False) as desk:
        yield desk


def pack_named(desk: Desk, key: str) -> Pack:
    """Return a pack by its key. Raises ``InputError``."""
    known = {one.key: one for one in packs(desk)}
    if key not in known:
        raise InputError(
            "unusable_input", _("Choose one of: {known}").format(known=", ".join(known))
        )
    return known[key]


def own_named(desk: Desk, text: str) -> OwnReport:
    """Return an own report by its id or name. Raises ``InputError``."""
    wanted = " ".join(text.split()).casefold()
    for one in own_reports(desk):
        if wanted in (str(one.id), one.name.casefold()):
            return one
    raise InputError("unusable_input", _("There is no report {text}.").format(text=text))


def _show(context: Context, desk: Desk, own: OwnReport, months: Period | None) -> None:
    found = refuse(desk, preview(desk, own.report, period=months))
    heads = [column.heading for column in found.columns]
    document = {
        **_own_line(own),
        "columns": heads,
        "rows": [list(row) for row in found.rows],
        "count": found.count,
    }
    lines = ["\t".join("" if cell is None else str(cell) for cell in row) for row in found.rows]
    told = _("{shown} of {all} lines")
    said = told.format(shown=number(len(found.rows)), all=number(found.count))
    context.show(document, "\t".join(heads), *lines, said)


def _write(
    context: Context, desk: Desk, own: OwnReport, months: Period | None, out: Path, reason: str
) -> None:
    sheet = refuse(desk, report_sheet(desk, own.report, own.name, months))
    if sheet.people:
        if not reason:
            message = _("Members' data goes out only with a reason: --reason WHY.")
            raise InputError("unusable_input", message)
        refuse(desk, hand_out(desk, ExportFormat.MEMBERS, reason, sheet.people, sheet.members))
    if out.suffix.lower() == ".pdf":
        from perpusdesk.printing.document import document_pages
        from perpusdesk.services.reports.own_report_papers import own_report_document

        paper = refuse(desk, own_report_document(desk, own.report, own.name, months))
        write_atomically(out, document_pages(paper))
        lines = len(sheet.ids)
    else:
        lines = export_list(desk, sheet, out).lines
    document = {**_own_line(own), "file": str(out), "lines": lines}
    context.show(document, _("Written: {file}").format(file=out))


def _period(text: str) -> Period | None:
    try:
        return period_of_key(text) if text else None
    except ValueError as error:
        message = _("{text} is no period: 2026, 2026-Q3 or 2026-11.").format(text=text)
        raise InputError("unusable_input", message) from error


def _check_ending(file: Path, endings: tuple[str, ...]) -> None:
    if file.suffix.lower() not in endings:
        told = _("The file must end with {endings}.")
        raise InputError("unusable_input", told.format(endings=", ".join(endings)))


def _own_line(one: OwnReport) -> dict[str, Any]:
    return {
        "report": str(one.id),
        "name": one.name,
        "subject": one.report.subject,
        "personal": one.report.personal,
    }
