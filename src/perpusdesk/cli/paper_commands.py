"""Paper: stickers, cards, slips and the report of a day, as PDF files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.common.files import write_atomically
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import circulation as find

_OUT = typer.Option(..., "--out", help="PDF")


def add(app: Commands, context: Context) -> None:
    """Add ``print labels``, ``print cards``, ``print receipt`` and ``print report``."""
    papers = Commands(help=_("Paper, as PDF files."))
    app.add_typer(papers, name="print")

    @papers.command("labels", help=_("Stickers of copies."))
    def labels(
        copies: list[str] = typer.Argument(..., metavar="COPY..."),
        sheet: str = typer.Option("a4-3x8", "--sheet", help=_("Name of the label sheet.")),
        start: int = typer.Option(1, "--start", min=1, help=_("First free sticker.")),
        out: Path = _OUT,
    ) -> None:
        from perpusdesk.printing.label_sheets import label_sheets
        from perpusdesk.printing.labels import LabelOptions, label_pages
        from perpusdesk.services.label_papers import label_papers

        with context.desk(writable=False) as desk:
            known = label_sheets(desk.today())
            if sheet not in known:
                message = _("There is no label sheet {name}. Known: {known}")
                raise InputError("sheet", message.format(name=sheet, known=", ".join(known)))
            data = label_papers(desk, copies)
            if isinstance(data, Refused):
                raise RefusedError(data, desk)
        pdf = label_pages(data, known[sheet], LabelOptions(start=start))
        _finish(context, out, pdf, len(data))

    @papers.command("cards", help=_("Cards of members."))
    def cards(cards: list[str] = typer.Argument(..., metavar="CARD..."), out: Path = _OUT) -> None:
        from perpusdesk.printing.cards import card_sheets
        from perpusdesk.services.papers import card_paper

        found = []
        with context.desk(writable=False) as desk:
            for card in cards:
                paper = card_paper(desk, _member(desk, card))
                if isinstance(paper, Refused):
                    raise RefusedError(paper, desk)
                found.append(paper)
        _finish(context, out, card_sheets(found), len(found))

    @papers.command("receipt", help=_("The slip of what a member did today."))
    def receipt(
        member: str = typer.Option(..., "--member", metavar="CARD"),
        width: int = typer.Option(58, "--width", help=_("58 or 80 mm.")),
        out: Path = _OUT,
    ) -> None:
        from perpusdesk.printing.slip_pdf import pdf_slip
        from perpusdesk.services.papers import visit_slip

        if width not in (58, 80):
            raise InputError("width", _("A slip is 58 or 80 mm wide."))
        with context.desk(writable=False) as desk:
            morning = datetime.combine(desk.today(), time(), desk.now().tzinfo)
            slip = visit_slip(desk, _member(desk, member), morning)
            if isinstance(slip, Refused):
                raise RefusedError(slip, desk)
        _finish(context, out, pdf_slip(slip, width), len(slip.lines))

    @papers.command("report", help=_("The report of a day."))
    def report(
        day: str = typer.Option("", "--day", metavar="YYYY-MM-DD"), out: Path = _OUT
    ) -> None:
        from perpusdesk.printing.desk_report import desk_report
        from perpusdesk.services.papers import day_report

        try:
            wanted = date.fromisoformat(day) if day else None
        except ValueError as error:
            raise InputError("date", _("This is not a date: {text}").format(text=day)) from error
        with context.desk(writable=False) as desk:
            made = day_report(desk, wanted)
        _finish(context, out, desk_report(made), len(made.rows))


def _member(desk: Desk, card: str) -> UUID:
    found = find.members_by_card(desk.library, card)
    if not found:
        raise RefusedError(Refused(Reason.MEMBER_UNKNOWN, {"card": card}), desk)
    return found[0].id


def _finish(context: Context, out: Path, pdf: bytes, rows: int) -> None:
    try:
        write_atomically(out, pdf)
    except OSError as error:
        message = _("The file {file} cannot be written here.").format(file=out)
        raise InputError("out", message) from error
    document: dict[str, Any] = {"file": str(out), "bytes": len(pdf), "rows": rows}
    context.show(document, *_said(out))


def _said(out: Path) -> Sequence[str]:
    return (_("Written: {file}").format(file=out),)
