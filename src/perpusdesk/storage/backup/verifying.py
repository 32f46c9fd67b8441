"""Is a backup whole? It is opened as a library, checked, counted; every piece is unsealed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage.backup.reading import OpenBackup
from perpusdesk.storage.backup.restoring import proven, restore_database
from perpusdesk.storage.backup.store import Store
from perpusdesk.storage.backup.writing import Pace
from perpusdesk.storage.upgrade import remove_file

SIDE: Final = "library.proof.db"
_KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a check; ``odd`` names what is not as it was counted, best nothing."""

    name: str
    odd: tuple[str, ...]
    took_ms: int

    @property
    def whole(self) -> bool:
        """Whether the backup can be relied on."""
        return not self.odd


def verify_backup(store: Store, name: str, folder: Path, pace: Pace | None = None) -> Verdict:
    """Check a backup to the last byte, on a copy in ``folder`` that goes away again.

    The copy is encrypted by a key that is kept nowhere. Raises ``KnownError`` when the place or
    the disk refuses; damage is a verdict.
    """
    began, side, key = time.monotonic(), folder / SIDE, os.urandom(_KEY_BYTES)
    try:
        odd = list(_looked_at(OpenBackup(store, name), side, key, pace or Pace()))
    except KnownError as error:
        if error.fault is not Fault.BACKUP_DAMAGED:
            raise
        odd = [str(error.facts.get("pack") or "manifest")]
    finally:
        remove_file(side)
    return Verdict(name, tuple(odd), int((time.monotonic() - began) * 1000))


def _looked_at(backup: OpenBackup, side: Path, key: bytes, pace: Pace) -> Iterator[str]:
    if backup.manifest.pages and not backup.manifest.dump:
        restore_database(backup, side, key, pace)
        yield from proven(backup, side, key)
    for number in range(backup.manifest.pieces):
        if number not in backup.seen:
            backup.piece(number)
