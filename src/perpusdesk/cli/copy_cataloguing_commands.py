"""``lookup`` and ``isbn``: records made elsewhere, with and without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError
from perpusdesk.common.i18n import _
from perpusdesk.services.cataloguing.copy_cataloguing import Answer, Proposal, ask_servers, look_up
from perpusdesk.services.cataloguing.copy_server_list import copy_servers
from perpusdesk.services.cataloguing.fill_isbn_index import fill_isbn_index
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.storage.isbn_index import IsbnIndex


def add(app: Commands, context: Context) -> None:
    """Add ``lookup`` and ``isbn add/list/remove``."""
    index = Commands(help=_("Records of other catalogues by ISBN, for cataloguing offline."))
    app.add_typer(index, name="isbn")

    @app.command(help=_("Find a record for a book by its ISBN (or words, with --online)."))
    def lookup(
        wanted: str = typer.Argument(..., metavar="ISBN"),
        online: bool = typer.Option(False, "--online", help=_("Ask catalogues on the network.")),
    ) -> None:
        with context.desk(writable=False) as desk:
            found = look_up(desk, wanted)
            servers = copy_servers(desk)
        answers = list(ask_servers(servers, wanted)) if online else []
        found += [proposal for answer in answers for proposal in answer.proposals]
        document = {
            "query": wanted,
            "proposals": [_document(proposal) for proposal in found],
            "servers": [_answer(answer) for answer in answers],
        }
        silent = [str(say_fault(answer.failed)) for answer in answers if answer.failed]
        lines = [_line(proposal) for proposal in found]
        context.show(document, *(lines or [_("Nothing was found.")]), *silent)

    @index.command("add", help=_("Put the records of a MARC file into the index."))
    def index_add(file: Path = typer.Argument(..., metavar="FILE")) -> None:
        with context.desk() as desk:
            filled = fill_isbn_index(desk, file)
        document = {
            "source": filled.source,
            "read": filled.read,
            "added": filled.added,
            "without_isbn": filled.without_isbn,
            "unreadable": filled.unreadable,
        }
        said = _("{added} of {read} records can be found by ISBN now.")
        context.show(document, said.format(added=filled.added, read=filled.read))

    @index.command("list", help=_("List what is in the index."))
    def index_list() -> None:
        with context.desk(writable=False) as desk, IsbnIndex(desk.library.folder) as opened:
            sources = opened.sources()
        rows: list[dict[str, Any]] = [
            {"source": one.name, "added": one.added, "records": one.records, "whole": one.whole}
            for one in sources
        ]
        context.show({"sources": rows}, *(f"{one.name}: {one.records}" for one in sources))

    @index.command("remove", help=_("Take a file's records out of the index."))
    def index_remove(source: str = typer.Argument(..., metavar="SOURCE")) -> None:
        with context.desk() as desk, IsbnIndex(desk.library.folder) as opened:
            if not opened.remove(source):
                raise InputError(
                    "source", _("The index has no such file: {name}").format(name=source)
                )
        context.show({"removed": source}, _("Done."))


def _document(proposal: Proposal) -> dict[str, Any]:
    record = proposal.record
    said = {"where": proposal.where.value, "source": proposal.source, "id": proposal.title}
    if record is None:
        return {**said, "title": proposal.source}
    return {
        **said,
        "title": record.title,
        "author": record.author,
        "publisher": record.publisher,
        "year": record.year,
        "isbn": list(record.isbn),
        "classification": record.classification,
    }


def _answer(answer: Answer) -> dict[str, Any]:
    cause = str(answer.failed.facts.get("cause")) if answer.failed else None
    return {"name": answer.server.name, "found": len(answer.proposals), "failed": cause}


def _line(proposal: Proposal) -> str:
    record = proposal.record
    if record is None:
        return _("In this library: {title}").format(title=proposal.source)
    parts = (record.title, record.author, record.publisher, str(record.year or ""))
    return f"{' / '.join(part for part in parts if part)} ({proposal.source})"
