"""``print catalogue``, ``print bibliography`` and ``print bulletin``."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import UUID

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError
from perpusdesk.cli.paper_files import finish
from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk

_OUT = typer.Option(..., "--out", help="PDF")


def add(papers: Commands, context: Context) -> None:
    """Add the papers of titles to the group ``print``."""

    @papers.command("catalogue", help=_("Catalogue cards of the titles that a search finds."))
    def catalogue(
        query: str = typer.Argument(..., metavar="QUERY"),
        kinds: str = typer.Option("author,title,subject", "--kinds", help="author,title,subject"),
        out: Path = _OUT,
    ) -> None:
        from perpusdesk.printing.catalogue_cards import CardKind, catalogue_cards
        from perpusdesk.services.cataloguing.title_papers import title_entries

        known = {kind.value: kind for kind in CardKind}
        wanted = _words(kinds, set(known), "kinds")
        with context.desk(writable=False) as desk:
            entries = title_entries(desk, _found(desk, query))
        pdf = catalogue_cards(entries, [known[kind] for kind in wanted])
        finish(context, out, pdf, len(entries))

    @papers.command("bibliography", help=_("A bibliography of the titles that a search finds."))
    def bibliography(
        query: str = typer.Argument(..., metavar="QUERY"),
        name: str = typer.Option("", "--name", help=_("What stands above it.")),
        order: str = typer.Option("class", "--by", help="class, author, subject, title"),
        out: Path = _OUT,
    ) -> None:
        from perpusdesk.printing.bibliography import bibliography as pages
        from perpusdesk.services.cataloguing.title_papers import ORDERS, bibliography_of

        (by,) = _words(order, set(ORDERS), "by")[:1]
        with context.desk(writable=False) as desk:
            heading = name or _("Bibliography: {text}").format(text=query)
            data = bibliography_of(desk, heading, _found(desk, query), by)
        count = sum(len(section.entries) for section in data.sections)
        finish(context, out, pages(data), count)

    @papers.command("bulletin", help=_("The bulletin of new titles of a period."))
    def bulletin(
        first: str = typer.Option(..., "--from", metavar="YYYY-MM-DD"),
        last: str = typer.Option("", "--to", metavar="YYYY-MM-DD"),
        here: bool = typer.Option(False, "--here", help=_("Copies of this branch only.")),
        out: Path = _OUT,
    ) -> None:
        from perpusdesk.printing.new_titles import new_titles
        from perpusdesk.services.cataloguing.title_papers import bulletin_of

        with context.desk(writable=False) as desk:
            until = _day(last) if last else desk.today()
            data = bulletin_of(desk, _day(first), until, here_only=here)
        finish(context, out, new_titles(data), sum(len(part) for _head, part in data.sections))


def _found(desk: Desk, query: str) -> tuple[UUID, ...]:
    from perpusdesk.services.searching.search import every_hit

    return every_hit(desk, query).ids


def _words(text: str, known: set[str], option: str) -> list[str]:
    wanted = [word.strip() for word in text.split(",") if word.strip()]
    strange = [word for word in wanted if word not in known]
    if strange or not wanted:
        message = _("There is no {name} here. Known: {known}")
        said = message.format(name=", ".join(strange), known=", ".join(sorted(known)))
        raise InputError(option, said)
    return wanted


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError("date", _("This is not a date: {text}").format(text=text)) from error
