"""``sync --folder``: exchange through a stick or any folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from perpusdesk import __version__
from perpusdesk.cli.context import Context
from perpusdesk.common.i18n import _
from perpusdesk.services.conflicts.conflict_list import conflict_count
from perpusdesk.services.desk import Desk
from perpusdesk.services.wording.folder import folder_warnings, say_folder
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import Library
from perpusdesk.syncing.folder import FolderOutcome
from perpusdesk.syncing.folder_sync import (
    folder_exchange,
    run_noted,
    snapshot_to_stick,
    start_from_stick,
)


def exchange_folder(context: Context, desk: Desk, folder: Path, *, snapshot: bool) -> None:
    """Read what is new in a folder and add what it lacks; a new device starts from its snapshot.

    ``snapshot``: leave one there, to start a new device from.
    """
    library = desk.library
    keys = system_key_store(library.folder)
    started = False
    for _part in start_from_stick(library, keys, folder) or ():
        started = True
    exchange = folder_exchange(library, keys, folder)
    for told in run_noted(library, exchange, folder):
        context.done = _document(library, told, folder)
    left = snapshot_to_stick(library, keys, folder, __version__) if snapshot else None
    document = {
        **_document(library, exchange.outcome, folder),
        "started_from_snapshot": started,
        "snapshot": None if left is None else str(left),
    }
    for warning in folder_warnings(exchange.outcome):
        sys.stderr.write(warning + "\n")
    words = say_folder(exchange.outcome)
    if started:
        words = _("Started from the snapshot on the stick. {rest}").format(rest=words)
    context.show(document, words)


def _document(library: Library, told: FolderOutcome, folder: Path) -> dict[str, Any]:
    return {
        "peer": str(folder),
        "sent": told.sent,
        "received": told.received,
        "waiting": told.left,
        "conflicts": conflict_count(library),
        "bytes_up": told.bytes_written,
        "bytes_down": told.bytes_read,
        "full": told.full,
        "incomplete": told.half,
        "newer": told.too_new,
        "unopened": told.sealed_otherwise,
        "other_library": told.other_library,
        "refused": told.refused,
    }
