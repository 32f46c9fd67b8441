"""Titles and copies: look up, add by hand, search."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

import typer

from perpusdesk.cli import copy_commands, title_commands
from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError, lines_of
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.cataloguing import catalogue
from perpusdesk.services.cataloguing.narrowing_words import (
    NarrowingWords,
    UnclearError,
    read_narrowing,
)


def add(app: Commands, context: Context) -> None:
    """Add ``title add/show``, ``copy show`` and ``search``."""
    titles = Commands(help=_("Titles."))
    copies = Commands(help=_("Copies."))
    app.add_typer(titles, name="title")
    app.add_typer(copies, name="copy")
    title_commands.add(titles, context)
    copy_commands.add(copies, context)

    @titles.command("add", help=_("Add a title with copies."))
    def title_add(
        title: str = typer.Option(..., "--title"),
        author: str = typer.Option("", "--author"),
        isbn: str = typer.Option("", "--isbn"),
        year: str = typer.Option("", "--year"),
        classification: str = typer.Option("", "--class"),
        number: int = typer.Option(1, "--copies", min=0, max=999),
    ) -> None:
        with context.desk() as desk:
            new = catalogue.NewTitle(title, author, isbn, year, classification)
            done = catalogue.add_title(desk, new, number)
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
            document: dict[str, Any] = {
                "title": catalogue.title_document(desk, done.value.title),
                "copies": list(done.value.barcodes),
            }
        context.show(document, f"{title}: {', '.join(document['copies'])}")

    @titles.command("show", help=_("Show a title."))
    def title_show(title: str = typer.Argument(..., metavar="ID")) -> None:
        try:
            wanted = UUID(title)
        except ValueError as error:
            raise InputError(
                "id", _("This is not the number of a title: {text}").format(text=title)
            ) from error
        with context.desk(writable=False) as desk:
            document = catalogue.title_document(desk, wanted)
            if document is None:
                raise RefusedError(Refused(Reason.TITLE_UNKNOWN, {"title": title}), desk)
        context.show({"title": document}, *lines_of(document))

    @copies.command("show", help=_("Show a copy and where it is."))
    def copy_show(barcode: str = typer.Argument(..., metavar="BARCODE")) -> None:
        with context.reading_people() as desk:
            document = catalogue.copy_document(desk, barcode)
            if document is None:
                raise RefusedError(Refused(Reason.COPY_UNKNOWN, {"barcode": barcode}), desk)
        context.show(document, *lines_of(document))

    @app.command(help=_("Search titles as the desktop's box does."))
    def search(
        query: str = typer.Argument(..., metavar="QUERY"),
        limit: int = typer.Option(20, "--limit", min=1, max=1000),
        facets: bool = typer.Option(
            False, "--facets", help=_("Count by kind, branch, language, year and class too.")
        ),
        kind: str = typer.Option("", "--kind", help=_("Only this kind of material (book, map …).")),
        branch: str = typer.Option("", "--branch", help=_("Only with a copy at this branch.")),
        language: str = typer.Option("", "--language", help=_("Only this language (ind, jav …).")),
        year: str = typer.Option("", "--year", help=_("Only of 1998, or of 1990-1999.")),
        classification: str = typer.Option("", "--class", help=_("Only this main class (800).")),
        available: bool = typer.Option(False, "--available", help=_("Only what is on the shelf.")),
    ) -> None:
        words = NarrowingWords(kind, branch, language, year, classification, available)
        with context.desk(writable=False) as desk:
            began = time.perf_counter()
            try:
                narrowing = read_narrowing(desk, words)
            except UnclearError as error:
                told = _("“{text}” is no {field}.").format(text=error.text, field=error.what)
                raise InputError(error.what, told) from error
            document = catalogue.search_document(desk, query, limit, narrowing)
            if facets:
                document["facets"] = catalogue.facets_document(desk, query, narrowing)
            document["ms"] = round((time.perf_counter() - began) * 1000, 2)
        context.show(document, *map(_hit_line, document["titles"]))


def _hit_line(hit: dict[str, Any]) -> str:
    return " / ".join(part for part in (hit["title"], "; ".join(hit["authors"])) if part)
