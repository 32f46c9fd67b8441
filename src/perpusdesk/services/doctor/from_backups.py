"""Single files and pictures that are damaged here, looked up in the backups that can be reached."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final, Literal

from perpusdesk.common.errors import KnownError
from perpusdesk.services.safety.restore import known_stores
from perpusdesk.storage.attached_files import FOLDER
from perpusdesk.storage.backup.manifest import KeptFile
from perpusdesk.storage.backup.reading import OpenBackup
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.doctor import image_of

_MOST: Final = 12
"""So many backups of each place are looked into, the newest first."""
Picture = Literal["photo", "cover"]


def backups_of(library: Library, keys: KeyStore) -> Iterator[OpenBackup]:
    """Yield the readable backups of this device, the newest of each place first."""
    for store in known_stores(library, keys):
        names: list[str] = []
        with contextlib.suppress(KnownError):
            names = store.backups()[:_MOST]
        for name in names:
            with contextlib.suppress(KnownError, OSError):
                yield OpenBackup(store, name)


def files_in(backup: OpenBackup, sums: Iterable[str]) -> dict[str, KeptFile]:
    """Return the attached files of a backup that have some of these SHA-256 sums."""
    wanted = set(sums)
    kept = {PurePosixPath(one.path): one for one in backup.manifest.files}
    return {
        path.stem: one
        for path, one in kept.items()
        if path.parts[:1] == (FOLDER,) and path.stem in wanted
    }


def place_in(folder: Path, kept: KeptFile) -> Path:
    """Return where an attached file of a backup belongs; its path is ``files/xx/name``."""
    return folder / FOLDER / PurePosixPath(kept.path).parent.name / PurePosixPath(kept.path).name


def picture_in(backup: OpenBackup, table: Picture, entity: bytes) -> bytes | None:
    """Return a picture as a backup has it; ``None`` where it has none or cannot be read."""
    with contextlib.suppress(KnownError), backup.database() as connection:
        return image_of(connection, table, entity)
    return None
