"""Paper: cards, slips and the report of a day, as PDF files; other papers have their own files."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import typer

from perpusdesk.cli import (
    card_commands,
    label_commands,
    stock_paper_commands,
    title_paper_commands,
)
from perpusdesk.cli.card_commands import member_of
from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.cli.paper_files import finish
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused

_OUT = typer.Option(..., "--out", help="PDF")


def add(app: Commands, context: Context) -> None:
    """Add the group ``print``: stickers, papers of titles, cards, receipt, report."""
    papers = Commands(help=_("Paper, as PDF files."))
    app.add_typer(papers, name="print")
    label_commands.add(papers, context)
    card_commands.add(papers, context)
    title_paper_commands.add(papers, context)
    stock_paper_commands.add(papers, context)

    @papers.command("receipt", help=_("The slip of what a member did today."))
    def receipt(
        member: str = typer.Option(..., "--member", metavar="CARD"),
        width: int = typer.Option(58, "--width", help=_("58 or 80 mm.")),
        out: Path = _OUT,
    ) -> None:
        from perpusdesk.printing.slip_pdf import pdf_slip
        from perpusdesk.services.circulation.papers import visit_slip

        if width not in (58, 80):
            raise InputError("width", _("A slip is 58 or 80 mm wide."))
        with context.reading_people() as desk:
            morning = datetime.combine(desk.today(), time(), desk.now().tzinfo)
            slip = visit_slip(desk, member_of(desk, member), morning)
            if isinstance(slip, Refused):
                raise RefusedError(slip, desk)
        finish(context, out, pdf_slip(slip, width), len(slip.lines))

    @papers.command("report", help=_("The report of a day."))
    def report(
        day: str = typer.Option("", "--day", metavar="YYYY-MM-DD"), out: Path = _OUT
    ) -> None:
        from perpusdesk.printing.desk_report import desk_report
        from perpusdesk.services.circulation.papers import day_report

        try:
            wanted = date.fromisoformat(day) if day else None
        except ValueError as error:
            raise InputError("date", _("This is not a date: {text}").format(text=day)) from error
        with context.reading_people() as desk:
            made = day_report(desk, wanted)
        finish(context, out, desk_report(made), len(made.rows))
