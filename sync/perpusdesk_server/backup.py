"""Backups of the server's library, in the format of all devices, while it goes on working."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.services.safety.backups import Job, job_of, write_to
from perpusdesk.services.safety.restore import find_stores, unlock
from perpusdesk.services.set_up import NAME_SETTING
from perpusdesk.storage.backup.dumping import DumpPieces, write_dump
from perpusdesk.storage.backup.finding import own_store
from perpusdesk.storage.backup.reading import OpenBackup
from perpusdesk.storage.backup.restoring import restore_folder
from perpusdesk.storage.backup.rotating import rotate
from perpusdesk.storage.backup.store import Store, keep_key
from perpusdesk.storage.backup.verifying import verify_backup
from perpusdesk.storage.backup.writing import Written
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk_server.config import ServerConfig
from perpusdesk_server.opening import open_library

_BRANCH: Final = "Server"
_DUMP_FILE: Final = "library.dump"


def back_up(folder: Path, config: ServerConfig, out: Path) -> dict[str, Any]:
    """Write a backup into the store under ``out``, prove it, and tell of it.

    The server may be running. It is sealed by a key in the server's key store and for the
    library's recovery code; secrets are not in it. Raises ``KnownError``; then there is no new
    backup, and older ones are as they were.
    """
    if not config.database and not (folder / FILE_NAME).is_file():
        raise KnownError(Fault.NOT_A_LIBRARY, file=str(folder), missing=True)
    keys = system_key_store(folder)
    with open_library(folder, writable=False) as library:
        job = job_of(library, _name(library), _BRANCH)
        if config.database:
            store = own_store(out, job.lock, keys, job.recovery)
            with store.place.alone():
                written = _dumped(config, store, job, library)
                rotate(store, job.zone)
        else:
            done = write_to(job, keys, out)
            if done.written is None or done.store is None:
                raise KnownError(Fault.BACKUP_DAMAGED, file=str(out))
            written, store = done.written, done.store
    return {
        "file": str(Path(store.place.where) / written.name),
        "bytes": written.bytes,
        "new_bytes": written.new_bytes,
        "sha256": written.sha256,
        "rows": written.manifest.rows.get("op", 0),
    }


def restore(root: Path, out: Path, private: bytes | None, folder: Path) -> dict[str, Any]:
    """Restore the newest backup under ``root`` into ``out``, a folder that has no library.

    A backup of PostgreSQL becomes a file there for ``pg_restore``. The store is opened by the key
    store of the server in ``folder``, or by the private recovery key. Raises ``KnownError``.
    """
    found = find_stores(root)
    if not found:
        raise KnownError(Fault.PLACE_GONE, file=str(root))
    store = unlock(found[0], system_key_store(folder), private)
    backup = OpenBackup(store, store.backups()[0])
    keys = system_key_store(out)
    if backup.manifest.dump:
        write_dump(backup, out / _DUMP_FILE)
    else:
        restore_folder(backup, out, keys)
    keep_key(store, keys)
    made = out / (_DUMP_FILE if backup.manifest.dump else FILE_NAME)
    return {"file": str(made), "backup": backup.name, "rows": backup.manifest.rows.get("op", 0)}


def _name(library: Library) -> str:
    query = "select value from setting where name = ? and deleted = 0"
    return str(library.value(query, NAME_SETTING) or "").strip('"')


def _dumped(config: ServerConfig, store: Store, job: Job, library: Library) -> Written:
    """Let PostgreSQL's own program write the schema of the library, and seal what it says."""
    program = shutil.which("pg_dump")
    if program is None:
        raise KnownError(Fault.UNUSABLE_INPUT, cause="pg_dump")
    command = [program, "--format=custom", "--compress=0", f"--schema={config.schema}"]
    pieces = DumpPieces(store)
    with subprocess.Popen(  # noqa: S603 (our own words, no shell)
        [*command, f"--dbname={config.database}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        pieces.take(process.stdout)
        why = process.stderr.read().decode("utf-8", "replace")
    if process.returncode:
        raise KnownError(Fault.UNREACHABLE, server="PostgreSQL", why=why.strip()[-300:])
    written = pieces.finish(job.source, library)
    proof = verify_backup(store, written.name, Path(store.place.where))
    if not proof.whole:
        raise KnownError(Fault.BACKUP_DAMAGED, file=store.place.where)
    return written
