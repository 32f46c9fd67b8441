"""Restoring, repairing and becoming another version: rights asked of who is here, or is named.

Where nobody has a PIN everybody may, as in the whole program; so may who runs the server itself. A
library that cannot be opened cannot know its staff: there the system's user decides, for the files
are theirs in any case.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.rights import BACKUP, REPAIR, UPDATES
from perpusdesk.services.desk import Desk
from perpusdesk.services.doctor.examine import mend
from perpusdesk.services.doctor.parts import Finding
from perpusdesk.services.safety.updating import Offer, Start, install
from perpusdesk.storage.backup.reading import OpenBackup
from perpusdesk.storage.backup.restoring import restore_folder
from perpusdesk.storage.backup.store import Store, keep_key
from perpusdesk.storage.backup.swapping import lay_ready
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.update_store import UpdateStore


def refused_for(desk: Desk, right: str) -> Refused | None:
    """Return ``RIGHT_MISSING`` where people sign in and nobody here has the right."""
    if desk.may(right) or not desk.pins_in_use or (desk.staff is None and desk.is_server):
        return None
    return Refused(Reason.RIGHT_MISSING, {"right": right})


def restore_in_place(desk: Desk, store: Store, name: str) -> Refused | None:
    """Lay a backup ready to take the library's place (``swap``, once it is closed).

    Raises ``KnownError``; then nothing lies ready.
    """
    if refused := refused_for(desk, BACKUP):
        return refused
    lay_ready(OpenBackup(store, name), desk.library.folder, desk.library.key)
    return None


def restore_beside(desk: Desk | None, store: Store, name: str, folder: Path) -> Refused | None:
    """Restore a backup into an empty folder, and keep its key there; without a library for all.

    Raises ``KnownError``; then the folder holds no library.
    """
    if desk is not None and (refused := refused_for(desk, BACKUP)):
        return refused
    keys = system_key_store(folder)
    restore_folder(OpenBackup(store, name), folder, keys, device_files={})
    keep_key(store, keys)
    return None


def install_update(desk: Desk, store: UpdateStore, wanted: Offer, start: Start) -> Refused | None:
    """Install a newer program: ``updating.install``. Raises ``UpdateError``, ``KnownError``."""
    if refused := refused_for(desk, UPDATES):
        return refused
    install(store, wanted, start)
    return None


def mend_library(desk: Desk, findings: Iterable[Finding]) -> list[tuple[Finding, bool]] | Refused:
    """Put right what can be, as ``doctor.examine.mend`` tells it."""
    return refused_for(desk, REPAIR) or mend(desk.library, findings)
