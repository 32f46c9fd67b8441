"""Moving a library out: in the formats that other programs take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.privacy.hand_out import hand_out, holds_people
from perpusdesk.services.searching.search import search
from perpusdesk.services.transfer.export_formats import ExportFormat

if TYPE_CHECKING:
    from perpusdesk.services.transfer.export_run import Exported

_MOST: Final = 1_000_000


def add(app: Commands, context: Context) -> None:
    """Add ``export``."""

    @app.command("export", help=_("Write titles, copies and members for other programs."))
    def export_file(
        file: Path = typer.Argument(..., metavar="FILE"),
        format_: str = typer.Option(..., "--as", metavar="FORMAT", help=", ".join(ExportFormat)),
        query: str = typer.Option("", "--query", help=_("Only the titles that this finds.")),
        reason: str = typer.Option("", "--reason", help=_("Why members' data goes out.")),
        without: bool = typer.Option(
            False, "--without-members", help=_("Titles and copies alone.")
        ),
    ) -> None:
        from perpusdesk.services.transfer.export_run import export

        wanted = _format(format_)
        whole = wanted is ExportFormat.MEMBERS or not (query or without)
        people = holds_people(wanted) and whole
        if people and not reason.strip():
            message = _("Members' data goes out only with a reason: --reason WHY.")
            raise InputError("reason", message)
        with context.desk(writable=people) as desk:
            if people:
                noted = hand_out(desk, wanted, reason)
                if isinstance(noted, Refused):
                    raise RefusedError(noted, desk)
            only = _found(desk, query) if query else None
            exported = export(desk, file, wanted, only, people=people)
        context.show(_document(exported), *_lines(exported))


def _format(text: str) -> ExportFormat:
    try:
        return ExportFormat(text.lower())
    except ValueError as error:
        message = _("There is no format {text}; known are: {known}.")
        known = ", ".join(ExportFormat)
        raise InputError("format", message.format(text=text, known=known)) from error


def _found(desk: Desk, query: str) -> Sequence[UUID]:
    return search(desk, query, _MOST).ids


def _document(exported: Exported) -> dict[str, Any]:
    return {
        "format": exported.format,
        "files": exported.files,
        "titles": exported.titles,
        "copies": exported.copies,
        "members": exported.members,
        "refused": [{"id": id_, "code": "too_long"} for id_ in exported.refused],
    }


def _lines(exported: Exported) -> list[str]:
    text = _("Written: {titles} titles, {copies} copies, {members} members.")
    counts = {
        "titles": exported.titles,
        "copies": exported.copies,
        "members": exported.members,
    }
    lines = [text.format(**counts), *(str(path) for path in exported.files)]
    if exported.refused:
        text = _("Left out, too long for this format: {count}")
        lines.append(text.format(count=len(exported.refused)))
    return lines
