"""The list of headings: import names and subjects, list them, take an import back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from uuid import UUID

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.headings import KINDS
from perpusdesk.services.cataloguing.apply_heading import undo_heading_run
from perpusdesk.services.cataloguing.headings import heading_ids, heading_lines
from perpusdesk.services.transfer.import_headings import import_headings, preview_headings


def add(app: Commands, context: Context) -> None:
    """Add ``heading import``, ``heading list`` and ``heading undo``."""
    headings = Commands(help=_("Headings: names and subjects."))
    app.add_typer(headings, name="heading")

    @headings.command("import", help=_("Import headings from a table, MARC authorities or SLiMS."))
    def heading_import(
        file: Path = typer.Argument(..., metavar="FILE"),
        kind: str = typer.Option("topic", "--kind", help=" | ".join(KINDS)),
        dry_run: bool = typer.Option(False, "--dry-run"),
    ) -> None:
        if kind not in KINDS:
            raise InputError("kind", _("No such kind: {kind}").format(kind=kind))
        with context.desk(writable=not dry_run) as desk:
            if dry_run:
                report = preview_headings(desk, file, kind)
            else:
                done = import_headings(desk, file, kind)
                if isinstance(done, Refused):
                    raise RefusedError(done, desk)
                report = done.value
        document = {
            "run": report.run,
            "read": report.read,
            "added": report.new,
            "updated": report.filled,
            "known": report.known,
            "refused": report.refused,
            "kinds": report.by_kind,
        }
        said = _("{read} read: {added} new, {updated} filled, {known} known already.")
        context.show(document, said.format(**document))

    @headings.command("list", help=_("The headings in which a text stands."))
    def heading_list(
        text: str = typer.Argument("", metavar="[TEXT]"), kind: str = typer.Option("", "--kind")
    ) -> None:
        with context.desk(writable=False) as desk:
            lines = heading_lines(desk, heading_ids(desk, kind, text))
        found = [{"id": id_, **asdict(heading)} for id_, heading in lines]
        context.show({"headings": found}, *(heading.heading for _id, heading in lines))

    @headings.command("undo", help=_("Take an import of headings back."))
    def heading_undo(run: str = typer.Argument(..., metavar="RUN")) -> None:
        try:
            wanted = UUID(run)
        except ValueError as error:
            message = _("This is not the number of an import: {text}").format(text=run)
            raise InputError("id", message) from error
        with context.desk() as desk:
            done = undo_heading_run(desk, wanted)
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
        undone = {"run": done.run, "removed": done.removed, "kept": done.kept}
        context.show({"undone": undone}, str(dict(done.removed)))
