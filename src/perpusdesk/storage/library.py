"""A library file: its identity, its one door for writing, and plain reading."""

from __future__ import annotations

import contextlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.clock import COUNTER_BITS
from perpusdesk.domain.ids import uuid7
from perpusdesk.domain.merge.ops import Op, Stamp
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.storage import cutting, intake, marks, op_log
from perpusdesk.storage import folder as place
from perpusdesk.storage.database import (
    Engine,
    FileDatabase,
    as_damage,
    connect,
    guard,
    translated,
)
from perpusdesk.storage.door import Door
from perpusdesk.storage.drafts import Action, Written
from perpusdesk.storage.event_rows import KINDS
from perpusdesk.storage.exchange_store import ExchangeStore
from perpusdesk.storage.intake import Ingested
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.lock_up import is_locked, is_plain, key_for, lock_up
from perpusdesk.storage.log_look import look_at_log
from perpusdesk.storage.meta import DEVICE, LIBRARY
from perpusdesk.storage.migrate import latest_step, schema_of
from perpusdesk.storage.name_card import keep_card
from perpusdesk.storage.redaction import WORDS
from perpusdesk.storage.salvage.swapping import finish_swap
from perpusdesk.storage.sql import Sql
from perpusdesk.storage.timekeeping import Sources
from perpusdesk.storage.title_index import TitleIndex
from perpusdesk.storage.upgrade import FILE_NAME, Stage, Told, make_file, tell_nobody, upgrade_file
from perpusdesk.storage.vault import follow_recovery, new_vault, read_vault, write_vault

__all__ = ["FILE_NAME", "Library", "Row", "Sources"]

Row = tuple[Any, ...]
RECOVERY_SETTING: Final = "recovery_key"
"""The library's setting with its public recovery key, in hex."""


class Library:
    """One open library file.

    ``write`` and ``ingest`` are the only ways into the synced tables: they append the ops and
    change the rows in one transaction. Reading is plain SQL returning tuples. One thread at a
    time may use it. One program at a time may have a folder open for writing.
    """

    key: bytes | None = None
    """What the file is encrypted by."""

    _carded: int | None = None

    def __init__(
        self,
        folder: Path,
        engine: Engine,
        sources: Sources,
        lock: place.FolderLock | None,
        key: bytes | None = None,
        *,
        told: Told = tell_nobody,
    ) -> None:
        """Open what is there; ``create`` and ``open`` are the ways to get here."""
        self.folder = folder
        self.sources = sources
        self.key = key
        self._engine = engine
        self._lock = lock
        database = _connected(folder, engine, key, told, locked=lock is not None)
        self._begin(database, writable=lock is not None)

    def _begin(self, database: Sql, *, writable: bool) -> None:
        """Begin to work with a database of this program's schema."""
        self.database: Sql = database
        try:
            with translated(self.folder):
                self._door = Door(self.database, self.sources, writable=writable)
                if writable:
                    if database.has_search and TitleIndex(self.database).stale():
                        self.rebuild_search()
                    intake.after_upgrade(self._door)
                    self.keep_recoverable()
                self.id = self._door.meta.identity(LIBRARY)
        except BaseException:
            self.database.close()
            raise
        self.device = self._door.device
        self._streams = self._door.streams
        self.exchange = ExchangeStore(self._door, self.id)

    # -- opening and closing --------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        engine: Engine = Engine.APSW,
        sources: Sources | None = None,
        library: bytes | None = None,
        device: bytes | None = None,
        encrypted: bool = False,
    ) -> Library:
        """Make an empty library file in ``folder``; raises ``KnownError`` if one is there.

        ``library`` is the id of a library that other devices have already (default: a new one),
        ``device`` the one by which this device was admitted to it. ``encrypted``: by a key of its
        own in the key store. A power cut in the middle leaves no library, never half of one.
        """
        sources = sources or Sources()
        place.make(folder)
        lock = place.FolderLock(folder)
        try:
            if (folder / FILE_NAME).exists():
                raise KnownError(Fault.ALREADY_OPEN, file=str(folder), exists=True)
            new, own = (uuid7(sources.wall_ms(), sources.random(10)).bytes for _ in range(2))
            key = _lock_up(folder) if encrypted else None
            make_file(folder, engine, {LIBRARY: library or new, DEVICE: device or own}, key)
            made = cls(folder, engine, sources, lock, key)
            made._keep_card()
            return made
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        engine: Engine = Engine.APSW,
        sources: Sources | None = None,
        writable: bool = True,
        encrypted: bool = False,
        told: Told = tell_nobody,
    ) -> Library:
        """Open the library in ``folder``, brought to this program's schema.

        ``writable=False`` opens it for reading, beside a program that has it open for writing.
        The key of an encrypted one is taken from the key store; ``encrypted``: one that is not
        yet is brought over first; ``told`` hears what that, or an upgrade, is doing. Raises
        ``KnownError``: no library there, already open, unsafe place, newer, damaged, key missing.
        """
        if not (folder / FILE_NAME).is_file():
            raise KnownError(Fault.NOT_A_LIBRARY, file=str(folder), missing=True)
        if not writable:
            return cls(folder, engine, sources or Sources(), None, _key_of(folder))
        place.refuse_unsafe(folder)
        lock = place.FolderLock(folder)
        try:
            finish_swap(folder)
            if encrypted and is_plain(folder / FILE_NAME):
                told(Stage.ENCRYPTING)
            key = lock_up(folder, system_key_store(folder)) if encrypted else _key_of(folder)
            if lock.unchecked:
                look_at_log(folder, key)
            with as_damage(folder):
                library = cls(folder, engine, sources or Sources(), lock, key, told=told)
            library._keep_card()
            return library
        except BaseException:
            lock.release()
            raise

    def beside(self) -> Library:
        """Open the same file once more, for reading alone, so that another thread may look at it.

        It sees what is committed; the caller closes it.
        """
        return Library(self.folder, self._engine, self.sources, None, self.key)

    def _keep_card(self) -> None:
        """Note beside the file which runs of this device wrote to it, with the one of now."""
        keep_card(self.folder, self.id, self.device, self._door.runs())
        self._carded = self._door.run

    def call_off(self) -> None:
        """End the query under way on this connection by a ``CalledOffError``; from any thread."""
        self.database.interrupt()

    def close(self) -> None:
        """Close the file; nothing is pending, every write was committed."""
        if not self.database.is_closed():
            self.database.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- how it is ------------------------------------------------------------------------------

    @property
    def writable(self) -> bool:
        """Whether this program may write to the file."""
        return self._lock is not None

    @property
    def unchecked(self) -> bool:
        """Whether the program ended without closing this file, and nobody checked it since.

        Then run ``check.quick_check`` beside the work and tell ``note_checked`` that it is whole.
        """
        return self._lock is not None and self._lock.unchecked

    def note_checked(self) -> None:
        """Take note that the file was checked and is whole."""
        if self._lock is not None:
            self._lock.unchecked = False

    def now_ms(self) -> int:
        """The believed time in Unix ms: the wall clock, unless it makes no sense."""
        return self._door.time.now_ms()

    def latest_ms(self) -> int:
        """The latest Unix ms that this library has seen, whatever the computer's clock says now."""
        return max(self.now_ms(), self._door.time.last >> COUNTER_BITS)

    @property
    def clock_suspect(self) -> bool:
        """Whether the computer's clock is not believed at the moment."""
        return self._door.time.suspect

    def believe_clock(self) -> None:
        """Take the computer's clock as right from now on, because a person says so."""
        self._door.time.believe()
        with self._door.transaction():
            self._door.keep_clock()

    @property
    def clock_offset_ms(self) -> int:
        """A server's time less this computer's, as last measured in this run; 0 until then."""
        return self._door.time.offset_ms

    def set_clock_offset(self, offset_ms: int) -> None:
        """Go by a trusted server's time until the library is closed."""
        self._door.time.set_offset(offset_ms)

    @property
    def versions(self) -> Counter[str]:
        """How often each entity type was written since opening: for those who keep copies."""
        return self._door.versions

    def new_id(self) -> UUID:
        """Return a new record id (UUIDv7 of the believed time)."""
        return self._door.new_id()

    def keep_recoverable(self) -> None:
        """Seal the key of this folder for the library's recovery key, when that is a new one.

        To be called now and then: the setting may come from another device.
        """
        if self.key is None:
            return
        query = "select value from setting where name = ? and deleted = 0"
        rows = self.database.execute_sql(query, (RECOVERY_SETTING,)).fetchall()
        if rows:
            with contextlib.suppress(ValueError):
                follow_recovery(self.folder, self.key, bytes.fromhex(str(rows[0][0]).strip('"')))

    # -- reading --------------------------------------------------------------------------------

    def rows(self, query: str, *values: Any) -> list[Row]:
        """Return all rows of a query as tuples."""
        with translated(self.folder):
            rows: list[Row] = self.database.execute_sql(query, values).fetchall()
        return rows

    def row(self, query: str, *values: Any) -> Row | None:
        """Return the first row, or ``None``."""
        rows = self.rows(query, *values)
        return rows[0] if rows else None

    def value(self, query: str, *values: Any) -> Any:
        """Return the first value of the first row, or ``None``."""
        row = self.row(query, *values)
        return row[0] if row else None

    def numbers(self, query: str, *values: Any) -> array[int]:
        """Return a column of whole numbers, eight bytes each: for lists of a million."""
        with translated(self.folder):
            rows = self.database.execute_sql(query, values)
            return array("q", (row[0] for row in rows))

    def ops_of_action(self, action: UUID) -> list[Op]:
        """Return what an action wrote, in order."""
        with translated(self.folder):
            return op_log.of_action(self.database, self._streams, action)

    def ops_of(self, entity: UUID) -> list[Op]:
        """Return everything that is known of one record, oldest first."""
        with translated(self.folder):
            found = op_log.of_entities(self.database, self._streams, [entity.bytes])
        return sorted(found.get(entity.bytes, []), key=lambda op: op.stamp)

    def all_ops(self) -> Iterator[Op]:
        """Yield every op of the log, stream by stream."""
        with translated(self.folder):
            yield from op_log.everything(self.database, self._streams)

    def clocks_of(self, entity_type: str, entity: UUID) -> dict[str, Stamp]:
        """Return the stamp of each field of a record: what somebody who reads it now has seen."""
        with translated(self.folder):
            return self._door.rows.records.clocks(entity_type, entity)

    def digest(self) -> str:
        """Return the digest: equal on devices that hold the same ops."""
        with translated(self.folder):
            return marks.digest(self.database)

    def have(self) -> dict[str, int]:
        """Return the have-map: stream (device/incarnation in hex) to the seq known without gap."""
        with translated(self.folder):
            known = intake.have(self._door)
        return {f"{device.hex()}/{number:016x}": seq for (device, number), seq in known.items()}

    # -- local, never exchanged -----------------------------------------------------------------

    def local(self, key: str) -> Any:
        """Return a value that belongs to this device alone, or ``None``."""
        return self.value("select value from local where key = ?", key)

    def put_local(self, key: str, value: Any) -> None:
        """Keep a value that belongs to this device alone (``None`` forgets it)."""
        with self._door.transaction():
            self.keep_local(key, value)

    def keep_local(self, key: str, value: Any) -> None:
        """Do as ``put_local``, within ``local_work`` or ``noting``."""
        if value is None:
            self.database.execute_sql("delete from local where key = ?", (key,))
        else:
            self.database.execute_sql(
                "insert into local values (?, ?)"
                " on conflict(key) do update set value = excluded.value",
                (key, value),
            )

    @contextlib.contextmanager
    def local_work(self) -> Iterator[Sql]:
        """Write several rows of this device's own tables, never of a synced one; all or nothing."""
        with self._door.transaction():
            yield self.database

    @contextlib.contextmanager
    def noting(self) -> Iterator[Sql]:
        """Write to this device's own tables what no program remembers; all or nothing.

        Who looked, tries of a PIN: also where this program only reads beside one that writes.
        """
        if self.writable:
            with self.local_work() as database:
                yield database
        else:
            with translated(self.folder), self.database.writing():
                yield self.database

    @contextlib.contextmanager
    def filling(self) -> Iterator[Door]:
        """Fill all tables anew in one transaction (``snapshot.put_in``); all or nothing."""
        with self._door.transaction():
            yield self._door
        self._door.versions.update((*FIELD_RECORDS, *KINDS))

    def note_search_miss(self, text: str, day: str) -> None:
        """Count a search that found nothing, by its words and day alone: who asked is not kept."""
        with self._door.transaction():
            self.database.execute_sql(
                "insert into search_miss values (?, ?, 1)"
                " on conflict(day, text) do update set times = times + 1",
                (day, text),
            )

    def rebuild_search(self) -> None:
        """Make the search index of titles anew (other words by a newer program; ``doctor``)."""
        with self._door.transaction():
            TitleIndex(self.database).build()

    # -- what persons may ask for ---------------------------------------------------------------

    @property
    def cut_waits(self) -> bool:
        """Whether a cut of the history is not in effect yet everywhere in this file."""
        return cutting.waits(self._door)

    def cut_step(self) -> bool:
        """Put a small piece of a cut into effect; return whether there may be more to do.

        Some hundredths of a second, in a transaction of its own; may be broken off anywhere.
        """
        return cutting.step(self._door)

    def forget_words(self) -> bool:
        """Tidy the search for members after erasures, so that its index keeps no old words.

        Returns whether there may be more to do.
        """
        if not self.database.has_search or not self._door.meta.get(WORDS, 0):
            return False
        with self._door.transaction():
            self.database.execute_sql("insert into member_search(member_search) values('optimize')")
            self._door.meta.put(WORDS, 0)
        return False

    # -- the door -------------------------------------------------------------------------------

    def write(self, action: Action) -> Written:
        """Commit one action: its ops and the rows they come to, all or nothing.

        Raises ``KnownError`` (disk full, read only, damaged, or this device was shut out, so that
        nothing it writes would count); then nothing of it was written.
        """
        return self.write_many([action])[0]

    def write_many(self, actions: Iterable[Action]) -> list[Written]:
        """Commit several actions in one transaction, as ``write`` does one (imports, a kit)."""
        if self.device in self._streams.judgement.cuts:
            raise KnownError(Fault.SHUT_OUT)
        return self._door.write(actions)

    def ingest(self, ops: Iterable[Op]) -> Ingested:
        """Take in ops of other devices, in any order, any number of times; all or nothing.

        What this program does not understand is kept, and folded after an upgrade.
        """
        return intake.ingest(self._door, ops)

    def rest(self) -> None:
        """Do what can wait, so that no later write has to; for moments when nobody waits."""
        if self._carded not in (None, self._door.run):  # a failed write began another run
            self._keep_card()
        with translated(self.folder):
            self.database.rest()

    def tidy(self) -> None:
        """Bring the statistics of the query planner up to date (after an import); cheap."""
        with translated(self.folder), self._door.transaction():
            self.database.tidy()


def _lock_up(folder: Path) -> bytes:
    """Put a lock on the folder of a library that is about to be made; return its key."""
    vault, key = new_vault(system_key_store(folder))
    write_vault(folder, vault)
    return key


def _key_of(folder: Path) -> bytes | None:
    """Return the key of an encrypted library; the key store is only asked for that."""
    if is_locked(folder / FILE_NAME) or read_vault(folder):
        return key_for(folder, system_key_store(folder))
    return None


def _connected(
    folder: Path, engine: Engine, key: bytes | None, told: Told, *, locked: bool
) -> FileDatabase:
    """Return a guarded connection to a file of this program's schema."""
    database = connect(folder / FILE_NAME, engine, key)
    try:
        with translated(folder):
            schema = schema_of(database)
            if schema == 0:
                raise KnownError(Fault.NOT_A_LIBRARY, file=str(folder), empty=True)
            if schema < latest_step():
                database.close()
                _upgrade(folder, engine, key, told, locked=locked)
                database = connect(folder / FILE_NAME, engine, key)
            guard(database)
    except BaseException:
        database.close()
        raise
    return database


def _upgrade(folder: Path, engine: Engine, key: bytes | None, told: Told, *, locked: bool) -> None:
    lock = None if locked else place.FolderLock(folder)
    try:
        upgrade_file(folder, engine, key=key, told=told)
    finally:
        if lock is not None:
            lock.release()
