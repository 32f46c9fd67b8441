"""Moving a library in: look first, take in, list what was taken in, take it back."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any, Final
from uuid import UUID

import typer

from perpusdesk.cli.commands import Commands, Group
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.exchange.columns import FIELDS
from perpusdesk.exchange.open_files import Format
from perpusdesk.services.transfer.import_report import ImportReport
from perpusdesk.services.transfer.import_run import Progress, Wishes, plan, run
from perpusdesk.services.transfer.import_undo import UndoneRun, runs, undo_run
from perpusdesk.services.wording.import_rows import say_broken, say_note, say_row
from perpusdesk.storage.queries.imports import RunFacts
from perpusdesk.storage.queries.values import as_moment

_MAIN: Final = ("titles", "copies", "members", "loans")
_KINDS: Final = (*_MAIN, "holds", "money", "visits", "covers", "photos")
_SHOWN: Final = 20
_FILES: Final = "files"


class _Stop:
    """Ctrl+C asks the import to stop after the batch at hand; a second one breaks it off."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self) -> bool:
        return self.asked

    def hear(self, _signal: int, _frame: FrameType | None) -> None:
        """Note that somebody wants it to stop."""
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True


class _ImportGroup(Group):
    """``import undo`` and ``import list`` are commands; any other first word is a file."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the word ``files`` before the names of files."""
        words = [word for word in args if not word.startswith("-")]
        if words and words[0] not in self.commands:
            args = [_FILES, *args]
        return super().parse_args(ctx, args)


def add(app: Commands, context: Context) -> None:
    """Add ``import FILE...``, ``import list`` and ``import undo``."""
    group = Commands(help=_("Take titles, copies, members and loans in from files."))
    app.add_typer(group, name="import", cls=_ImportGroup)

    @group.command(_FILES, help=_("Take files in (the word “files” may be left out)."))
    def import_files(
        files: list[Path] = typer.Argument(..., metavar="FILE..."),
        format_: str = typer.Option("", "--as", metavar="FORMAT", help=", ".join(Format)),
        dry_run: bool = typer.Option(False, "--dry-run", help=_("Only tell what would happen.")),
        mapping: Path = typer.Option(
            None, "--map", metavar="FILE", help=_("JSON: name of a column to a field.")
        ),
        keep_text: bool = typer.Option(False, "--keep-text", help=_("Leave broken accents.")),
    ) -> None:
        wishes = Wishes(_format(format_), _columns(mapping), mend=not keep_text)
        stop = _Stop()
        before = signal.signal(signal.SIGINT, stop.hear)
        try:
            with context.desk(writable=not dry_run) as desk:
                work = plan if dry_run else run
                report = work(desk, files, wishes, progress=_tell(context), stop=stop)
                if report.refusal is not None:
                    raise RefusedError(report.refusal, desk)
        finally:
            signal.signal(signal.SIGINT, before)
        context.show(report_document(report), *_report_lines(report, dry=dry_run))

    @group.command("list", help=_("The imports of this device, the latest first."))
    def import_list() -> None:
        with context.desk(writable=False) as desk:
            found = runs(desk)
        document = {"runs": [_run_document(facts) for facts in found]}
        lines = [
            f"{one['run']}  {one['begun']:%Y-%m-%d %H:%M}  {one['state']}  {one['files']}"
            for one in document["runs"]
        ]
        context.show(document, *(lines or [_("Nothing was imported on this device.")]))

    @group.command("undo", help=_("Take a whole import back."))
    def import_undo(run_id: str = typer.Argument(..., metavar="RUN")) -> None:
        try:
            wanted = UUID(run_id)
        except ValueError as error:
            message = _("This is not the number of an import: {text}").format(text=run_id)
            raise InputError("id", message) from error
        with context.desk() as desk:
            undone = undo_run(desk, wanted)
            if isinstance(undone, Refused):
                raise RefusedError(undone, desk)
        context.show(_undone_document(undone), *_undone_lines(undone))


def report_document(report: ImportReport) -> dict[str, Any]:
    """Return a report as JSON has it."""
    return {
        "run": report.run,
        "format": report.format,
        "files": report.files,
        "read": report.read,
        "added": _counts(report.added),
        "updated": _counts(report.updated),
        "duplicates": report.duplicates,
        "merged": report.merged,
        "refused": [
            {
                "file": row.file,
                "row": row.row,
                "code": row.code,
                "message": say_row(row.code, row.facts),
            }
            for row in report.refused
        ],
        "refused_rows": report.refused_rows,
        "duplicate_rows": [
            {"file": row.file, "row": row.row, "kind": row.kind, "id": row.id, "text": row.text}
            for row in report.doubles
        ],
        "notes": dict(report.notes),
        "columns": report.columns,
        "set_aside": report.set_aside,
        "broken": [
            {"file": one.file, "rows": one.rows, "code": one.fault, "message": say_broken(one)}
            for one in report.broken
        ],
        "stopped": report.stopped,
        "seconds": report.seconds,
        "library": _counts(report.library),
    }


def _counts(counts: Mapping[str, int]) -> dict[str, int]:
    return {kind: counts.get(kind, 0) for kind in _KINDS}


def _format(text: str) -> Format | None:
    if not text:
        return None
    try:
        return Format(text.lower())
    except ValueError as error:
        message = _("There is no format {text}; known are: {known}.")
        raise InputError("format", message.format(text=text, known=", ".join(Format))) from error


def _columns(path: Path | None) -> Mapping[str, str] | None:
    if path is None:
        return None
    try:
        said = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        message = _("The mapping file cannot be read: {file}").format(file=path)
        raise InputError("mapping", message) from error
    fields = {field for names in FIELDS.values() for field in names} | {""}
    if not isinstance(said, dict) or not all(isinstance(one, str) for one in said.values()):
        raise InputError("mapping", _("A mapping file is a JSON object of texts."))
    if unknown := sorted(set(said.values()) - fields):
        message = _("These are no fields: {names}. Known are: {known}.")
        known = ", ".join(sorted(fields - {""}))
        raise InputError("mapping", message.format(names=", ".join(unknown), known=known))
    return {str(name): str(field) for name, field in said.items()}


def _tell(context: Context) -> Any:
    """Return what shows on a terminal how far it is; nothing where nobody looks."""
    if context.as_json or not sys.stderr.isatty():
        return None

    def tell(progress: Progress) -> None:
        left = "" if progress.seconds_left is None else f"{progress.seconds_left:.0f} s"
        text = _("{done} of about {of} rows, {left} left")
        said = text.format(done=progress.done, of=progress.of, left=left or "?")
        sys.stderr.write(f"\r{said:<60}")
        sys.stderr.flush()

    return tell


def _report_lines(report: ImportReport, *, dry: bool) -> list[str]:
    lines = [
        _("Would be added: {what}") if dry else _("Added: {what}"),
        _("Filled in: {what}"),
        _("In the library now: {what}"),
    ]
    counts = (report.added, report.updated, report.library)
    said = [text.format(what=_say_counts(some)) for text, some in zip(lines, counts, strict=True)]
    said.append(
        _(
            "Read: {read}. There already: {same}. Copies for such titles: {merged}."
            " Not taken: {no}."
        ).format(
            read=report.read,
            same=report.duplicates,
            merged=report.merged,
            no=report.refused_rows,
        )
    )
    said += [f"  {count} {say_note(note)}" for note, count in sorted(report.notes.items())]
    said += [
        f"  {row.file}:{row.row}  {say_row(row.code, row.facts)}" for row in report.refused[:_SHOWN]
    ]
    if report.set_aside:
        said.append(_("All rows that were not taken: {file}").format(file=report.set_aside))
    said += [say_broken(one) for one in report.broken]
    if report.stopped:
        said.append(_("Stopped. What is in stays; repeat the import to go on, or undo it."))
    if report.run:
        said.append(_("To take it back: perpusdesk import undo {run}").format(run=report.run))
    return said


def _say_counts(counts: Mapping[str, int]) -> str:
    names = {
        "titles": _("titles"),
        "copies": _("copies"),
        "members": _("members"),
        "loans": _("loans"),
        "holds": _("holds"),
        "money": _("fines and payments"),
        "visits": _("visits"),
        "covers": _("covers"),
        "photos": _("photos"),
    }
    told = [kind for kind in _KINDS if kind in _MAIN or counts.get(kind)]
    return ", ".join(f"{counts.get(kind, 0)} {names[kind]}" for kind in told)


def _run_document(facts: RunFacts) -> dict[str, Any]:
    def moment(at: int | None) -> datetime | None:
        return None if at is None else as_moment(at, facts.zone)

    state = "undone" if facts.undone else "done" if facts.ended else "unfinished"
    return {
        "run": facts.run,
        "format": facts.format,
        "files": facts.files,
        "begun": as_moment(facts.begun, facts.zone),
        "ended": moment(facts.ended),
        "undone": moment(facts.undone),
        "state": state,
    }


def _undone_document(undone: UndoneRun) -> dict[str, Any]:
    return {
        "undone": {
            "run": undone.run,
            "removed": dict(undone.removed),
            "restored": dict(undone.restored),
            "kept": dict(undone.kept),
        }
    }


def _undone_lines(undone: UndoneRun) -> list[str]:
    lines = [_("Taken back: {what}").format(what=_say_counts(undone.removed))]
    if undone.kept:
        text = _("Used or changed since, so it stays: {what}")
        lines.append(text.format(what=_say_counts(undone.kept)))
    return lines
