"""Going back to a backup on this device, and forth again: two files change places.

First the backup is laid ready beside the library, proven. Then the files are swapped, which a power
cut cannot leave half done; last, everything that the file put aside knows and the other does not is
taken in, so that nothing a person entered disappears. The same way leads back.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known, sync_folder, write_atomically
from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol.messages import Package
from perpusdesk.storage import op_log
from perpusdesk.storage.backup.files import put_files
from perpusdesk.storage.backup.reading import OpenBackup
from perpusdesk.storage.backup.restoring import proven, refuse_newer, restore_database
from perpusdesk.storage.backup.writing import Pace
from perpusdesk.storage.database import FileDatabase, connect, translated
from perpusdesk.storage.folder import FolderLock
from perpusdesk.storage.intake import take_in
from perpusdesk.storage.library import Library
from perpusdesk.storage.migrate import latest_step, schema_of
from perpusdesk.storage.packages import Packages
from perpusdesk.storage.stamps import Streams
from perpusdesk.storage.upgrade import FILE_NAME, remove_file

READY: Final = "library.restored.db"
ASIDE: Final = "library.before-restore.db"
UNFINISHED: Final = "library.restoring"
"""There as long as what the file put aside knows was not taken in: the next start goes on."""
_COMING: Final = "library.coming.db"
_PART: Final = 2_000
_NEWER: Final = ("local", "label_queue", "label_printed", "search_miss")
_LOGS: Final = ("access_log", "backup_log", "exchange_log")


def lay_ready(
    backup: OpenBackup, folder: Path, key: bytes | None, pace: Pace | None = None
) -> None:
    """Restore a backup beside the library of a folder, encrypted by the same key, and prove it.

    The library may be open meanwhile. Raises ``KnownError`` or ``CalledOff``; then nothing is
    ready.
    """
    refuse_newer(backup)
    coming = folder / _COMING
    restore_database(backup, coming, key, pace)
    odd = proven(backup, coming, key)
    if odd:
        remove_file(coming)
        raise KnownError(Fault.BACKUP_DAMAGED, file=backup.name, odd=odd)
    put_files(backup, folder, {})
    remove_file(coming, keep=True)
    remove_file(folder / READY)
    coming.replace(folder / READY)


def is_ready(folder: Path) -> bool:
    """Whether a backup lies ready to take the library's place."""
    return (folder / READY).is_file()


def can_go_back(folder: Path) -> bool:
    """Whether the file from before a restore is still there."""
    return (folder / ASIDE).is_file()


def swap(folder: Path, key: bytes | None) -> None:
    """Put what lies ready in the place of the library, which nobody has open.

    The former file stays as ``library.before-restore.db``. Raises ``KnownError``; then everything
    is as it was.
    """
    with _alone(folder):
        _change_places(folder, folder / READY, key)


def swap_back(folder: Path, key: bytes | None) -> None:
    """Let the library and the file from before the restore change places again.

    Raises ``KnownError``, where there is no such file too; then everything is as it was.
    """
    aside = folder / ASIDE
    with _alone(folder):
        if not aside.is_file():
            raise KnownError(Fault.UNREADABLE_FILE, file=str(aside))
        remove_file(folder / READY)
        aside.replace(folder / READY)
        _change_places(folder, folder / READY, key)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    lock = FolderLock(folder)
    try:
        yield
    except OSError as error:
        raise as_known(error, folder) or error from error
    finally:
        lock.release()


def _change_places(folder: Path, ready: Path, key: bytes | None) -> None:
    file, aside = folder / FILE_NAME, folder / ASIDE
    if not ready.is_file():
        raise KnownError(Fault.UNREADABLE_FILE, file=str(ready))
    _merge_log(file, key)
    remove_file(aside)
    for ending in ("-wal", "-shm"):  # a log that could not be merged stays with its file
        beside = file.with_name(file.name + ending)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + ending))
    if file.exists():
        try:
            os.link(file, aside)
        except OSError:  # a file system without links
            shutil.copy2(file, aside)
    write_atomically(folder / UNFINISHED, b"")
    ready.replace(file)
    sync_folder(folder)


def _merge_log(file: Path, key: bytes | None) -> None:
    """Bring what is in the log into the file; a file too damaged for that keeps its log."""
    with contextlib.suppress(KnownError):
        database = connect(file, key=key)
        try:
            with translated(file):
                database.execute_sql("pragma wal_checkpoint(truncate)").fetchall()
        finally:
            database.close()


def is_unfinished(folder: Path) -> bool:
    """Whether the power went off between a swap and what comes after it."""
    return (folder / UNFINISHED).exists()


def finish(folder: Path) -> None:
    """Say that nothing more is to be taken in."""
    (folder / UNFINISHED).unlink(missing_ok=True)
    sync_folder(folder)


def bring_over(library: Library, former: Path | None = None) -> int:
    """Take in what the file put aside knows and this library does not; return how many ops.

    Ops and signed packages of all devices, and what is of this device alone: its settings, queues
    and logs. Can be called again. Raises ``KnownError``, ``DAMAGED`` when the former file is.
    """
    file = former or library.folder / ASIDE
    database = connect(file, key=library.key)
    try:
        with translated(file):
            if schema_of(database) != latest_step():
                return _ops_over(library, database)
            count = _ops_over(library, database)
            _local_over(library, database)
            return count
    finally:
        database.close()


def _ops_over(library: Library, former: FileDatabase) -> int:
    streams, count, have = Streams(former), 0, library.have()
    for number, device, incarnation in streams.all():
        after = have.get(f"{device.hex()}/{incarnation:016x}", 0)
        for ops in _after(former, streams, number, after):
            with library.filling() as door:
                count += take_in(door, ops).new
        _packages_over(library, (device, incarnation), former, number, after)
    return count


def _after(former: FileDatabase, streams: Streams, number: int, after: int) -> Iterator[list[Op]]:
    """Yield the ops of a stream after a seq, gaps or not."""
    next_one = "select min(seq) from op where stream = ? and seq > ?"
    while True:
        ((following,),) = former.execute_sql(next_one, (number, after)).fetchall()
        if following is None:
            return
        ops = op_log.run_of(former, streams, number, following - 1, _PART)
        yield ops
        after = ops[-1].stamp.seq


def _packages_over(
    library: Library, stream: tuple[bytes, int], former: FileDatabase, number: int, after: int
) -> None:
    """Keep the signed packages too: by them others believe what is handed on."""
    query = (
        "select lane, first_seq, last_seq, body, signature, source from package"
        " where stream = ? and last_seq > ? order by lane, arrival"
    )
    rows: list[Any] = former.execute_sql(query, (number, after)).fetchall()
    if not rows:
        return
    with library.filling() as door:
        own = door.streams.number(*stream)
        there = Packages(door.database)
        known = {package.digest for _last, package in there.of_stream(own, after, 1 << 30)}
        for lane, first, last, body, signature, source in rows:
            package = Package(bytes(body), bytes(signature))
            if package.digest not in known:
                origin = bytes(source) if source is not None else None
                there.append(lane, [(package, own, first, last)], origin)


def _local_over(library: Library, former: FileDatabase) -> None:
    with library.local_work() as database:
        for table in (*_NEWER, *_LOGS):
            rows: list[Any] = former.execute_sql(f'select * from "{table}"').fetchall()
            database.execute_sql(f'delete from "{table}"')
            slots = ", ".join("?" * len(database.column_types(table)))
            database.cursor().executemany(f'insert into "{table}" values ({slots})', rows)
