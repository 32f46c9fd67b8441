"""The rows that an import did not take, kept sealed beside the library until somebody looks."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known
from perpusdesk.common.passing import passing_folder
from perpusdesk.services.desk import Desk
from perpusdesk.storage.attached_files import opened_copy
from perpusdesk.storage.sealed_files import files_key, is_sealed, seal_file

FOLDER: Final = "imports"
_ENDINGS: Final = (".csv", ".mrc")


def place_for(desk: Desk) -> Path:
    """Return the folder in which an import writes the rows it does not take, readable for now."""
    if desk.library.key is None:
        return desk.library.folder / FOLDER
    folder = passing_folder() / FOLDER
    folder.mkdir(exist_ok=True)
    return folder


def keep(desk: Desk, table: Path) -> Path:
    """Keep what was written to ``table`` beside the library, sealed; return its place.

    Raises ``KnownError``.
    """
    key = files_key(desk.library)
    if key is None:
        return table
    target = desk.library.folder / FOLDER / table.name
    for file in _both(table):
        try:
            target.parent.mkdir(exist_ok=True)
            seal_file(key, file, target.with_suffix(file.suffix))
        except OSError as error:
            raise as_known(error, target) or KnownError(
                Fault.UNREADABLE_FILE, file=str(file), cause=str(error)
            ) from error
    return target


def readable(desk: Desk, kept: Path) -> Path:
    """Return kept rows as a file that other programs read, for this run. Raises ``KnownError``."""
    if not is_sealed(kept):
        return kept
    key, into = files_key(desk.library), place_for(desk)
    for file in _both(kept):
        opened_copy(file, key, into, file.name)
    return into / kept.name


def _both(table: Path) -> list[Path]:
    return [file for file in map(table.with_suffix, _ENDINGS) if file.exists()]
