"""Becoming a newer version, and going back, without a screen."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from perpusdesk import __version__
from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, refuse
from perpusdesk.cli.exchange_commands import fail
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import _
from perpusdesk.domain.rights import UPDATES
from perpusdesk.protocol.update import UpdateError
from perpusdesk.services.safety.installing import start_installer
from perpusdesk.services.safety.safety_jobs import install_update, refused_for
from perpusdesk.services.safety.updating import (
    Offer,
    Progress,
    former,
    from_files,
    go_back,
    offer,
)
from perpusdesk.services.wording.updating import say_update_fault
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import FILE_NAME
from perpusdesk.storage.update_store import UpdateStore, publisher_keys
from perpusdesk.syncing.connections import Connection, connections
from perpusdesk.syncing.http_link import HttpLink
from perpusdesk.syncing.identity import Member, member_of
from perpusdesk.syncing.link_faults import LinkError, LinkFault
from perpusdesk.syncing.updates import ask_server, fetch_piece


def add(app: Commands, context: Context) -> None:
    """Add ``update check``, ``update install`` and ``update back``."""
    group = Commands(help=_("Newer versions of this program."))

    @group.command(help=_("Look for a newer version at the library's server, or on a stick."))
    def check(
        folder: Annotated[
            Path | None,
            typer.Option(help=_("A stick or folder with a release, instead of the server.")),
        ] = None,
    ) -> None:
        store = _store(context)
        with _refusals():
            if folder is not None:
                nothing = _("There is no release of PerpusDesk in {folder}.").format(folder=folder)
                if not folder.exists():
                    raise InputError("folder", nothing)
                if from_files(store, [folder, folder / "PerpusDesk"]) is None:
                    sys.stderr.write(nothing + "\n")
            else:
                _from_server(context, store)
        _show(context, store)

    @group.command("install", help=_("Install the version that is ready; no window may be open."))
    def install_() -> None:
        store = _store(context)
        found = offer(store)
        if found is None or found.progress is not Progress.READY:
            raise InputError("no_update", _("No newer version is ready to be installed."))
        with context.desk(overdue=True) as desk, _refusals():  # nobody else has it open
            refuse(desk, install_update(desk, store, found, start_installer))
        version = found.manifest.version
        message = _("The installer of version {version} was started.")
        context.show({"version": version, "started": True}, message.format(version=version))

    @group.command(help=_("Go back to the version before; everything written since stays."))
    def back() -> None:
        store = _store(context)
        with context.desk(overdue=True) as desk:
            refuse(desk, refused_for(desk, UPDATES))
            key = desk.library.key
        with _refusals():
            before = go_back(context.data, store, start_installer, key)
        message = _("The library is that of version {version} again; its installer was started.")
        context.show(
            {"version": before.version, "schema": before.schema, "started": True},
            message.format(version=before.version),
        )

    app.add_typer(group, name="update")


def _store(context: Context) -> UpdateStore:
    if not (context.data / FILE_NAME).is_file():
        raise KnownError(Fault.NOT_A_LIBRARY, file=str(context.data), missing=True)
    return UpdateStore(context.data, publisher_keys())


@contextlib.contextmanager
def _refusals() -> Iterator[None]:
    """Tell what is wrong with a release as unusable input."""
    try:
        yield
    except UpdateError as error:
        raise InputError(error.fault.value, say_update_fault(error.fault)) from error


def _from_server(context: Context, store: UpdateStore) -> None:
    """Let the newest release of the first server that answers come whole."""
    with context.desk() as desk:
        member = member_of(desk.library, system_key_store(desk.library.folder))
        chosen = [one for one in connections(desk.library) if not one.paused]
    if member is None or not chosen:
        fail(context, LinkFault.NOT_ENROLLED)
    reason = ""
    for one in chosen:
        try:
            _fetch(member, one, store)
        except LinkError as error:
            reason = error.reason
        else:
            return
    fail(context, reason)


def _fetch(member: Member, connection: Connection, store: UpdateStore) -> None:
    link = HttpLink(connection, member.identity)
    try:
        if ask_server(link, store) is None:
            return
        found = offer(store)
        while found is not None and not fetch_piece(link, store, found.package):
            continue
    finally:
        link.close()


def _show(context: Context, store: UpdateStore) -> None:
    found, before = offer(store), former(store)
    document: dict[str, Any] = {
        "version": __version__,
        "newer": None if found is None else _document(context, found),
        "back": before.version if before else None,
    }
    if found is None:
        line = _("This is the newest version: {version}").format(version=__version__)
    elif found.progress is Progress.READY:
        line = _("Version {version} is ready to be installed.")
        line = line.format(version=found.manifest.version)
    else:
        line = _("Version {version} is there; {share} % of it has come.")
        share = 100 * found.come // found.package.size
        line = line.format(version=found.manifest.version, share=share)
    context.show(document, line)


def _document(context: Context, found: Offer) -> dict[str, Any]:
    return {
        "version": found.manifest.version,
        "notes": found.notes(context.language or "id"),
        "ready": found.progress is Progress.READY,
        "bytes": found.package.size,
        "come": found.come,
    }
