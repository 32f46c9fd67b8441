"""Exchanging with the library's server, now and from a script."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import FAULT, Context, print_json
from perpusdesk.cli.folder_sync import exchange_folder
from perpusdesk.common.i18n import _
from perpusdesk.services.conflicts.conflict_list import conflict_count
from perpusdesk.services.wording.exchange import say_reason
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import Library
from perpusdesk.syncing.connections import connections
from perpusdesk.syncing.first_answer import first_that_answers
from perpusdesk.syncing.http_transport import Exchanged, own_facts
from perpusdesk.syncing.identity import member_of
from perpusdesk.syncing.link_faults import LinkFault


def add(app: Commands, context: Context) -> None:
    """Add ``sync``."""

    @app.command(help=_("Exchange with the library's server or hub, or through a folder."))
    def sync(
        folder: Annotated[
            Path | None, typer.Option(help=_("A stick, or any folder, instead of the network."))
        ] = None,
        snapshot: Annotated[
            bool, typer.Option("--snapshot", help=_("Leave a snapshot there for a new device."))
        ] = False,
    ) -> None:
        with context.desk(overdue=True) as desk:
            if folder is not None:
                exchange_folder(context, desk, folder, snapshot=snapshot)
                return
            member = member_of(desk.library, system_key_store(desk.library.folder))
            chosen = [one for one in connections(desk.library) if not one.paused]
            if member is None or not chosen:
                fail(context, LinkFault.NOT_ENROLLED)
            done = first_that_answers(member, chosen, lambda: _facts(desk.library))
            document = document_of(done, conflict_count(desk.library))
        if not done.done:
            fail(context, done.reason, document)
        sent = _("Sent {sent}, received {received}.")
        context.show(document, sent.format(sent=document["sent"], received=document["received"]))


def _facts(library: Library) -> Any:
    return own_facts(library, conflicts=conflict_count(library))


def document_of(done: Exchanged, conflicts: int) -> dict[str, Any]:
    """Return the JSON of an exchange."""
    return {
        "peer": done.outcome.peer.hex() or None,
        "server": done.connection.url,
        "sent": done.outcome.sent,
        "received": done.outcome.received,
        "waiting": done.waiting,
        "conflicts": conflicts,
        "ms": done.took_ms,
        "bytes_up": done.bytes_up,
        "bytes_down": done.bytes_down,
        "clock_offset_ms": done.offset_ms,
        "server_restored": done.outcome.server_restored,
        "repaired": done.outcome.repaired,
        "standing": done.outcome.standing,
    }


def fail(context: Context, reason: str, done: Mapping[str, Any] | None = None) -> NoReturn:
    """End the call because of what stood between this device and its server: exit code 3.

    ``done`` is told too: what went over before stays.
    """
    told = str(say_reason(reason))
    if context.as_json:
        fault = {"code": str(reason), "message": told}
        print_json({**(done or {}), "fault": fault})
    sys.stderr.write(told + "\n")
    raise typer.Exit(FAULT)
