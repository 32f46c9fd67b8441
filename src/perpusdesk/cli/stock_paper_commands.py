"""Papers of the stock: the accession register, delivery notes, weeding lists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.cli.copy_names import branch_of, day_of
from perpusdesk.cli.paper_files import finish
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.cataloguing.register import Part
from perpusdesk.services.desk import Desk

_OUT = typer.Option(..., "--out", help="PDF, XLSX")


def add(papers: Commands, context: Context) -> None:
    """Add ``print register``, ``print note`` and ``print weeding``."""

    @papers.command("register", help=_("The accession register, by dates or by numbers."))
    def register(
        first_day: str = typer.Option("", "--from", metavar="YYYY-MM-DD"),
        last_day: str = typer.Option("", "--to", metavar="YYYY-MM-DD"),
        first: str = typer.Option("", "--first", help=_("The first inventory number.")),
        last: str = typer.Option("", "--last", help=_("The last inventory number.")),
        branch: str = typer.Option("", "--branch", help=_("Name or code; without one all.")),
        out: Path = _OUT,
    ) -> None:
        from perpusdesk.printing.register import register_pages
        from perpusdesk.services.cataloguing.register_papers import register_paper, register_sheet

        if not (first_day or first):
            raise InputError("part", _("Name a part: --from and --to, or --first and --last."))
        with context.desk(writable=False) as desk:
            days = (day_of(first_day), day_of(last_day) or desk.today())
            part = Part(days[0], days[1] if days[0] else None, first, last, branch_of(desk, branch))
            if _is_sheet(out):
                _sheet(context, desk, out, lambda path: register_sheet(desk, part, path))
                return
            data = register_paper(desk, part)
            if isinstance(data, Refused):
                raise RefusedError(data, desk)
        finish(context, out, register_pages(data), len(data.rows))

    @papers.command("note", help=_("A delivery note of copies that were sent."))
    def note(paper: str = typer.Argument(..., metavar="NUMBER"), out: Path = _OUT) -> None:
        from perpusdesk.printing.delivery_note import delivery_note
        from perpusdesk.services.circulation.move_papers import note_paper

        with context.desk(writable=False) as desk:
            data = note_paper(desk, paper)
            if isinstance(data, Refused):
                raise RefusedError(data, desk)
        finish(context, out, delivery_note(data), len(data.rows))

    @papers.command("weeding", help=_("The weeding proposal, or the report of a decision."))
    def weeding(
        decree: str = typer.Option("", "--decree", help=_("Number of the decision.")),
        out: Path = _OUT,
    ) -> None:
        from perpusdesk.printing.weeding_report import weeding_report
        from perpusdesk.services.collection.weeding_papers import weeding_paper, weeding_sheet

        with context.desk(writable=False) as desk:
            if _is_sheet(out):
                _sheet(context, desk, out, lambda path: weeding_sheet(desk, path, decree))
                return
            data = weeding_paper(desk, decree)
            if isinstance(data, Refused):
                raise RefusedError(data, desk)
        finish(context, out, weeding_report(data), len(data.rows))


def _is_sheet(out: Path) -> bool:
    return out.suffix.lower() == ".xlsx"


def _sheet(context: Context, desk: Desk, out: Path, write: Callable[[Path], int | Refused]) -> None:
    rows = write(out)
    if isinstance(rows, Refused):
        raise RefusedError(rows, desk)
    document = {"file": str(out), "bytes": out.stat().st_size, "rows": rows}
    context.show(document, _("Written: {file}").format(file=out))
