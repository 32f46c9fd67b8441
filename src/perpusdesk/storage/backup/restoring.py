"""Bringing a backup back: its database as a new file, its files beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import make_folder, sync_folder
from perpusdesk.storage import marks
from perpusdesk.storage.backup.files import put_files
from perpusdesk.storage.backup.page_file import PageFile
from perpusdesk.storage.backup.reading import OpenBackup
from perpusdesk.storage.backup.writing import Pace, count_rows
from perpusdesk.storage.database import connect, translated
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.migrate import latest_step
from perpusdesk.storage.upgrade import FILE_NAME, remove_file
from perpusdesk.storage.vault import new_vault, write_vault

_COMING = "library.coming.db"


def restore_database(
    backup: OpenBackup, file: Path, key: bytes | None, pace: Pace | None = None
) -> None:
    """Write the database of a backup as a new file, encrypted by ``key``.

    Raises ``KnownError`` or ``CalledOff``; then there is no such file.
    """
    pace = pace or Pace()
    total = max(1, len(backup.manifest.pages))
    sink = PageFile(file, key if backup.manifest.encrypted else None)
    try:
        start = 0
        for number, pages in enumerate(backup.database_pieces()):
            pace.step(number / total)
            sink.write(start, pages)
            start += len(pages)
        sink.close()
        if start != backup.manifest.page_count * backup.manifest.page_size:
            raise KnownError(Fault.BACKUP_DAMAGED, file=backup.name)
    except BaseException:
        sink.abandon()
        remove_file(file)
        raise


def proven(backup: OpenBackup, file: Path, key: bytes | None) -> list[str]:
    """Return what a restored file has otherwise than the manifest says; nothing is best.

    Opens it, checks its structure, counts its rows, compares its digest.
    """
    made = backup.manifest
    database = connect(file, key=key if made.encrypted else None)
    try:
        with translated(file):
            if database.execute_sql("pragma quick_check").fetchall() != [("ok",)]:
                return ["structure"]
            counted = count_rows(database)
            odd = [name for name in made.rows if counted.get(name) != made.rows[name]]
            return odd + (["digest"] if marks.digest(database) != made.digest else [])
    finally:
        database.close()


def refuse_newer(backup: OpenBackup) -> None:
    """Raise ``KnownError(NEWER_LIBRARY)`` for a backup of a newer program."""
    schema = backup.manifest.schema
    if schema > latest_step():
        raise KnownError(Fault.NEWER_LIBRARY, library=schema, program=latest_step())


def restore_folder(
    backup: OpenBackup,
    folder: Path,
    keys: KeyStore,
    *,
    device_files: Mapping[str, Path] | None = None,
    pace: Pace | None = None,
) -> None:
    """Make a data folder from a backup, with a new key of its own; no library is there before.

    The key is sealed for the recovery key of the store. A power cut leaves no library. Raises
    ``KnownError`` or ``CalledOff``.
    """
    refuse_newer(backup)
    if (folder / FILE_NAME).exists():
        raise KnownError(Fault.ALREADY_OPEN, file=str(folder), exists=True)
    make_folder(folder)
    key = None
    if backup.manifest.encrypted:
        vault, key = new_vault(keys, backup.store.lock.recovery)
        write_vault(folder, vault)
    coming = folder / _COMING
    restore_database(backup, coming, key, pace)
    put_files(backup, folder, device_files or {})
    odd = proven(backup, coming, key)
    if odd:
        remove_file(coming)
        raise KnownError(Fault.BACKUP_DAMAGED, file=backup.name, odd=odd)
    remove_file(coming, keep=True)
    coming.replace(folder / FILE_NAME)
    sync_folder(folder)
