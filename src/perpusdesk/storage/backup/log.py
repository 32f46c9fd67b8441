"""What this device's backups came to, by place; for its people, never exchanged."""

from __future__ import annotations

from typing import Final

import msgspec

from perpusdesk.storage.library import Library

KEPT: Final = 400


class BackupEntry(msgspec.Struct, frozen=True, array_like=True):
    """One backup to one place, whole or not (``reason``, a code of ``Fault``).

    ``place`` is the place's id; ``where`` what it is called; ``bytes`` the whole backup,
    ``new_bytes`` what had to be written.
    """

    at_ms: int
    place: str
    where: str
    name: str = ""
    reason: str = ""
    bytes: int = 0
    new_bytes: int = 0
    rows: int = 0
    took_ms: int = 0
    proof_ms: int = 0

    @property
    def whole(self) -> bool:
        """Whether it was written, opened, checked and counted."""
        return not self.reason


def note_backup(library: Library, entry: BackupEntry) -> None:
    """Keep one more; a failure like the last one of its place takes that one's place."""
    last = next((one for one in latest_backups(library, KEPT) if one.place == entry.place), None)
    again = last is not None and bool(entry.reason) and last.reason == entry.reason
    with library.local_work() as database:
        if again and last is not None:
            database.execute_sql("delete from backup_log where at = ?", (last.at_ms,))
        database.execute_sql(
            "insert into backup_log(at, value) values (?, ?)",
            (entry.at_ms, msgspec.msgpack.encode(entry)),
        )
        database.execute_sql(
            "delete from backup_log where number <= (select max(number) from backup_log) - ?",
            (KEPT,),
        )


def latest_backups(library: Library, count: int = 50) -> list[BackupEntry]:
    """Return the last ones, the newest first."""
    query = "select value from backup_log order by number desc limit ?"
    return [
        msgspec.msgpack.decode(bytes(value), type=BackupEntry)
        for (value,) in library.rows(query, count)
    ]


def newest_whole(library: Library) -> dict[str, BackupEntry]:
    """Return by place the newest backup that was whole."""
    found: dict[str, BackupEntry] = {}
    for entry in latest_backups(library, KEPT):
        if entry.whole:
            found.setdefault(entry.place, entry)
    return found
