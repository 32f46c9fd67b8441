"""What lies about from before, or from a run that was cut off, is put under lock or away."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from perpusdesk.common.passing import sweep
from perpusdesk.services.desk import Desk
from perpusdesk.storage.attached_files import seal_all
from perpusdesk.storage.sealed_files import files_key
from perpusdesk.ui.kit.tasks import Tasks

_FORMERLY: Final = ("papers", "slips")
"""Folders of the data folder in which PDF files for the printer were written once."""


def put_away(desk: Desk, tasks: Tasks) -> None:
    """Begin to put it away, beside the work; cheap where there is nothing."""
    folder, locked = desk.library.folder, desk.library.key is not None

    def away(key: bytes | None) -> None:
        tasks.aside(lambda: _tidy(folder, key if locked else None))

    tasks.run(lambda: files_key(desk.library), away)


def _tidy(folder: Path, key: bytes | None) -> None:
    sweep()
    if key is None:
        return
    for name in _FORMERLY:
        shutil.rmtree(folder / name, ignore_errors=True)
    seal_all(folder, key)
