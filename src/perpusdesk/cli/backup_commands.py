"""Backups: make one, list them, check them, restore one beside the library or in its place."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

from perpusdesk.cli.backup_server import (
    SERVER,
    create_at_server,
    create_everywhere,
    lines_at_server,
    replace_from_server,
)
from perpusdesk.cli.backup_status import backup_document
from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, lines_of, refuse
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import _
from perpusdesk.common.paths import settings_file
from perpusdesk.domain.rights import BACKUP
from perpusdesk.services.desk import Desk
from perpusdesk.services.safety.backup_places import private_key
from perpusdesk.services.safety.backups import Outcome, note, prepare, write_to
from perpusdesk.services.safety.restore import (
    BackupLine,
    find_stores,
    known_stores,
    list_backups,
    rehearse,
    unlock,
)
from perpusdesk.services.safety.safety_jobs import refused_for, restore_beside, restore_in_place
from perpusdesk.services.set_up import open_desk
from perpusdesk.storage.backup.difference import Difference, difference
from perpusdesk.storage.backup.reading import OpenBackup
from perpusdesk.storage.backup.swapping import bring_over, can_go_back, swap, swap_back
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import FILE_NAME, Library


def _where() -> Any:
    return typer.Option(None, "--from", help=_("Stick, folder or server (default: this device's)."))


def _code() -> Any:
    return typer.Option("", "--code", help=_("Recovery code of the library's sheet."))


def _which() -> Any:
    return typer.Argument("", help=_("Name of the backup (default: the newest)."))


def add(app: Commands, context: Context) -> None:
    """Add the group ``backup``."""
    group = Commands(help=_("Make, list, check and restore backups."))
    app.add_typer(group, name="backup")
    _add_create(group, context)
    _add_list(group, context)
    _add_verify(group, context)
    _add_restore(group, context)


def _add_create(group: Commands, context: Context) -> None:
    @group.command("create", help=_("Make a backup now, and check it."))
    def create(
        to: Path | None = typer.Option(
            None, "--to", help=_("Folder or server (default: this device's places).")
        ),
    ) -> None:
        settings = {"settings.toml": settings_file()}
        with _library(context) as library:
            job = prepare(open_desk(library), settings)
            keys = system_key_store(library.folder)
            left_out: list[str] = []
            if to is None:
                done, left_out = create_everywhere(library, job, keys)
            elif to == SERVER:
                done = create_at_server(library, job, keys)
            else:
                done = write_to(job, keys, to)
            if library.writable:
                note(library, done)
        document = {**_created(done), "left_out": left_out}
        left = (_("{server} did not answer and was left out.").format(server=x) for x in left_out)
        context.show(document, document["file"], *left)


def _created(done: Outcome) -> dict[str, Any]:
    """Return the document of a backup; raises ``KnownError`` when there is none."""
    written, store = done.written, done.store
    if written is None or store is None:
        entry = next(iter(done.entries), None)
        where = entry.where if entry else ""
        raise KnownError(Fault(entry.reason) if entry else Fault.PLACE_GONE, file=where)
    return {
        "file": str(Path(store.place.where) / written.name),
        "bytes": written.bytes,
        "new_bytes": written.new_bytes,
        "sha256": written.sha256,
        "rows": written.manifest.total_rows,
        "places": [backup_document(entry) for entry in done.entries],
    }


def _library(context: Context) -> Library:
    """Open the library; only to read when the window has it open."""
    try:
        return Library.open(context.data)
    except KnownError as error:
        if error.fault is not Fault.ALREADY_OPEN:
            raise
        return Library.open(context.data, writable=False)


def _add_list(group: Commands, context: Context) -> None:
    place = _where()

    @group.command("list", help=_("The backups, the newest first."))
    def list_(where: Path | None = place, code: str = _code()) -> None:
        with contextlib.ExitStack() as opened:
            found = [
                {"name": line.name, "at": line.at.isoformat(timespec="seconds"), **_size(line)}
                for line in _lines(context, where, code, opened)
            ]
        document = {"backups": found}
        lines = [f"{one['name']}  {one['at']}  {one['where']}" for one in document["backups"]]
        context.show(document, *lines)


def _size(line: BackupLine) -> dict[str, Any]:
    try:
        made = line.store.manifest(line.name)
    except KnownError:
        return {"where": line.where, "damaged": True}
    rows, plain = made.total_rows, made.plain_bytes
    return {"where": line.where, "rows": rows, "bytes": plain, "schema": made.schema}


def _lines(
    context: Context, where: Path | None, code: str, line: contextlib.ExitStack
) -> list[BackupLine]:
    """Return the backups of a place; those of the server can be read until ``line`` is closed."""
    keys = system_key_store(context.data)
    if where == SERVER:
        return lines_at_server(context.data, keys, line)
    if where is None:
        with Library.open(context.data, writable=False) as library:
            return list_backups(known_stores(library, keys))
    private = _private(code)
    found = find_stores(where)
    if not found:
        raise InputError("no_backup", _("There is no backup in {folder}.").format(folder=where))
    return list_backups([unlock(one, keys, private) for one in found])


def _private(code: str) -> bytes | None:
    found = private_key(code) if code else None
    if found is not None and not isinstance(found, bytes):
        message = _("This is no recovery code; look at it once more.")
        raise InputError("recovery_code", message)
    return found


def _chosen(lines: list[BackupLine], name: str) -> BackupLine:
    for line in lines:
        if not name or line.name.startswith(name):
            return line
    raise InputError("no_backup", _("There is no backup {name}.").format(name=name or "-"))


def _add_verify(group: Commands, context: Context) -> None:
    place = _where()

    @group.command("verify", help=_("Restore a backup into a side copy, check it, compare it."))
    def verify(name: str = _which(), where: Path | None = place, code: str = _code()) -> None:
        with contextlib.ExitStack() as opened:
            line = _chosen(_lines(context, where, code, opened), name)
            library = opened.enter_context(Library.open(context.data, writable=False))
            done = rehearse(library, line.store, line.name)
        document = {
            "name": done.name,
            "whole": not done.odd,
            "odd": list(done.odd),
            "rows": done.manifest.total_rows,
            "ms": done.took_ms,
            "lacks": _lacks(done.difference),
        }
        if done.odd:
            context.done = document
            raise KnownError(Fault.BACKUP_DAMAGED, file=line.where)
        context.show(document, _("The backup is whole: {rows} rows").format(rows=document["rows"]))


def _lacks(found: Difference) -> dict[str, int]:
    return {span.verb: span.actions for span in found.lacks}


def _add_restore(group: Commands, context: Context) -> None:
    place = _where()

    @group.command("restore", help=_("Restore a backup; without --to or --in-place only report."))
    def restore(
        name: str = _which(),
        where: Path | None = place,
        code: str = _code(),
        to: Path | None = typer.Option(None, "--to", help=_("New data folder to restore into.")),
        in_place: bool = typer.Option(False, "--in-place", help=_("Take the library's place.")),
        server: str = typer.Option(
            "", "--server", metavar="CODE", help=_("New computer: the server's code for it.")
        ),
        allow_plain: bool = typer.Option(
            False, "--allow-plain", help=_("Also without TLS, in a network that you trust.")
        ),
    ) -> None:
        if server:
            document = _on_new_computer(context, server, code, to, allow_plain=allow_plain)
            context.show(document, *lines_of(document))
            return
        with contextlib.ExitStack() as opened:
            line = _chosen(_lines(context, where, code, opened), name)
            if to is not None or not (context.data / FILE_NAME).exists():
                document = _into_folder(context, line, to or context.data)
            else:
                document = _on_this_device(context, line, in_place=in_place)
        context.show(document, *lines_of(document))

    @group.command("undo", help=_("Go back to the library from before the restore."))
    def undo() -> None:
        with Library.open(context.data) as library:
            desk = _seated(context, library)
            refuse(desk, refused_for(desk, BACKUP))
            key = library.key
        if not can_go_back(context.data):
            message = _("Nothing was restored here, so there is nothing to go back to.")
            raise InputError("no_backup", message)
        swap_back(context.data, key)
        with Library.open(context.data) as library:
            count = bring_over(library)
            document = {"digest": library.digest(), "brought_over": count}
        context.show(document, _("The former library is back."))


def _on_new_computer(
    context: Context, server: str, code: str, to: Path | None, *, allow_plain: bool
) -> dict[str, Any]:
    private = _private(code)
    if private is None:
        raise InputError("recovery_code", _("The recovery code of the sheet is needed too: --code"))
    return replace_from_server(server, private, to or context.data, allow_plain=allow_plain)


def _seated(context: Context, library: Library) -> Desk:
    desk = open_desk(library)
    context.seat(desk)
    return desk


def _into_folder(context: Context, line: BackupLine, folder: Path) -> dict[str, Any]:
    with contextlib.ExitStack() as opened:
        desk = None
        with contextlib.suppress(KnownError):  # not here, or damaged: it cannot know its staff
            desk = open_desk(opened.enter_context(_library(context)))
        if desk is not None:
            if desk.pins_in_use and not desk.library.writable:  # signing in is noted
                raise KnownError(Fault.ALREADY_OPEN, file=str(context.data))
            context.seat(desk)
            refuse(desk, restore_beside(desk, line.store, line.name, folder))
        else:
            restore_beside(None, line.store, line.name, folder)
    with Library.open(folder) as library:
        digest = library.digest()
    return {"folder": str(folder), "backup": line.name, "digest": digest, "at": _now()}


def _on_this_device(context: Context, line: BackupLine, *, in_place: bool) -> dict[str, Any]:
    with Library.open(context.data, writable=in_place) as library:
        key, made = library.key, OpenBackup(line.store, line.name).manifest
        report = _lacks(difference(library, made.have, made.rows))
        document = {"backup": line.name, "lacks": report, "restored": in_place}
        if not in_place:
            return document
        desk = _seated(context, library)
        refuse(desk, restore_in_place(desk, line.store, line.name))
    swap(context.data, key)
    with Library.open(context.data) as library:
        return {**document, "brought_over": bring_over(library), "digest": library.digest()}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
