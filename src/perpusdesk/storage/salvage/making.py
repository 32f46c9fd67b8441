"""A whole library file out of a damaged one, in a folder beside it."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.ids import uuid7
from perpusdesk.domain.merge.ops import Op
from perpusdesk.storage import op_log
from perpusdesk.storage.chain import Chain
from perpusdesk.storage.chain_check import Kind, verify
from perpusdesk.storage.database import Engine, FileDatabase, connect, transaction, translated
from perpusdesk.storage.door import Door
from perpusdesk.storage.folder import FolderLock
from perpusdesk.storage.library import Library
from perpusdesk.storage.meta import DEVICE, LIBRARY, Meta
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.salvage import folding
from perpusdesk.storage.salvage.filling import fill
from perpusdesk.storage.salvage.layouts import layouts
from perpusdesk.storage.salvage.leftovers import leftovers
from perpusdesk.storage.salvage.packages import (
    count_anew,
    drop_unproven,
    ops_as_signed,
    ops_of_packages,
)
from perpusdesk.storage.salvage.pages import Pages
from perpusdesk.storage.salvage.reading import Reading
from perpusdesk.storage.salvage.reentering import reenter
from perpusdesk.storage.salvage.report import Report
from perpusdesk.storage.salvage.streams import Stream, name_streams
from perpusdesk.storage.salvage.writing_anew import ops_of
from perpusdesk.storage.stamps import Streams
from perpusdesk.storage.timekeeping import Sources
from perpusdesk.storage.upgrade import FILE_NAME, make_file

_PART: Final = 5_000
_READ, _PUT, _FOLD, _REST = range(4)
STEPS: Final = 4
_OTHERWISE: Final = frozenset({Kind.CHANGED, Kind.ADDED})

Progress = Callable[[float], None]
"""Told how far it is, from 0 to 1."""


@dataclass(slots=True)
class Aids:
    """What helps beside the file itself.

    ``identity``: library and device, where the file tells no more. ``streams``: names (device,
    incarnation) that streams may have, by the name card and backups. ``backups``: ops that copies
    have, in any order.
    """

    identity: tuple[bytes, bytes] | None = None
    streams: Iterable[Stream] = ()
    backups: Iterable[Op] = ()
    sources: Sources = field(default_factory=Sources)
    engine: Engine = Engine.APSW


def make(
    pages: Pages,
    folder: Path,
    key: bytes | None,
    aids: Aids,
    progress: Progress = lambda _done: None,
) -> Report:
    """Make a library file in an empty folder from what is readable; nothing else is touched.

    Raises ``KnownError`` (DAMAGED with ``nothing``: no op is readable); then the folder is gone.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        making = _Making(pages, folder, key, aids, progress)
        making.fill()
        return making.finish()
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


class _Making:
    def __init__(
        self, pages: Pages, folder: Path, key: bytes | None, aids: Aids, progress: Progress
    ) -> None:
        self._pages, self._folder, self._key = pages, folder, key
        self._aids, self._progress = aids, progress
        self._report = Report(pages=pages.count, bad_frames=pages.log.bad)
        self._dropped = 0

    def _note(self, **facts: Any) -> None:
        self._report = msgspec.structs.replace(self._report, **facts)

    def _step(self, step: int, part: float = 0.0) -> None:
        self._progress((step + part) / STEPS)

    def fill(self) -> None:
        """Put what is readable into a new file, still without rows of records."""
        self._step(_READ)
        make_file(self._folder, self._aids.engine, {}, self._key)
        with translated(self._folder), self._open() as database:
            self._layouts = layouts(database)
            self._reading = Reading(self._pages, self._layouts)
            with transaction(database):
                self._step(_PUT)
                fill(database, self._reading, self._layouts, self._aids.sources.random(8))
                self._identify(database)
                device = Meta(database).identity(DEVICE)
                self._name_streams(database, device)
                back = self._from_packages(database, device)
                count_anew(database)
        toll = self._reading.toll
        self._note(
            bad_pages=toll.pages,
            lost=dict(toll.rows),
            from_packages=back,
        )

    def _name_streams(self, database: FileDatabase, device: bytes) -> None:
        """Name the streams; what nothing names, this device enters again."""
        unnamed = name_streams(database, device, self._aids.streams)
        entered, left = reenter(database, unnamed, device, self._aids.sources.random(8))
        self._note(unnamed_streams=len(unnamed), reentered=entered, left_out=left)

    def _from_packages(self, database: FileDatabase, device: bytes) -> int:
        """Put back what packages have; in a plain file, what they prove is right besides."""
        streams = Streams(database)
        if self._key is None:
            self._dropped = drop_unproven(database, Meta(database).identity(LIBRARY))
            ops_as_signed(database, streams, device)
        return ops_of_packages(database, streams, device)

    @contextlib.contextmanager
    def _open(self) -> Iterator[FileDatabase]:
        database = connect(self._folder / FILE_NAME, self._aids.engine, self._key)
        try:
            yield database
        finally:
            database.close()

    def _identify(self, database: FileDatabase) -> None:
        """Say which library and device this is; where nobody knows, it is a new one."""
        rows = database.execute_sql("select key, value from meta").fetchall()
        known = {name: bytes(value) for name, value in rows if name in (LIBRARY, DEVICE)}
        if len(known) == 2:
            return
        sources = self._aids.sources
        new = tuple(uuid7(sources.wall_ms(), sources.random(10)).bytes for _ in range(2))
        self._note(new_identity=self._aids.identity is None)
        for name, value in zip((LIBRARY, DEVICE), self._aids.identity or new, strict=True):
            if name not in known:
                query = "insert or replace into meta values (?, ?)"
                database.execute_sql(query, (name, value))

    def finish(self) -> Report:
        """Fold the log into rows, put back what backups have, and close the file."""
        aids = self._aids
        lock = FolderLock(self._folder)
        try:
            with contextlib.closing(
                Library(self._folder, aids.engine, aids.sources, lock, self._key)
            ) as library:
                self._fold(library)
                self._check(library)
        finally:
            lock.release()
        self._progress(1.0)
        return self._report

    def _fold(self, library: Library) -> None:
        with library.filling() as door:
            self._note(spoilt=folding.drop_unreadable(door))
            back = self._put_back(door)
            self._step(_FOLD)
            folding.fold_all(door, lambda done, of: self._step(_FOLD, done / of))
            self._step(_REST)
            report = self._report
            lost = report.bad_pages or report.bad_frames or report.lost or self._dropped
            folding.tell_truth(door, packages_lost=bool(lost))
        left = leftovers(door, self._reading.others(), self._layouts)
        ops = ops_of(left, library.device, self._aids.sources.random(8), library.now_ms())
        for part in in_parts(ops, _PART):
            library.ingest(part)
        changed = _mend_chains(library)
        ((count,),) = library.rows("select count(*) from op")
        if not count:
            raise KnownError(Fault.DAMAGED, file=str(self._folder), nothing=True)
        self._note(from_backups=back, written_anew=len(ops), ops=count)
        self._note(gaps=_gaps(library), changed=changed)

    def _put_back(self, door: Door) -> int:
        before = door.database.total_changes()
        for part in in_parts(self._aids.backups, _PART):
            op_log.append(door.database, door.streams, part, own=False)
        return door.database.total_changes() - before

    def _check(self, library: Library) -> None:
        if library.rows("pragma quick_check") != [("ok",)]:
            raise KnownError(Fault.DAMAGED, file=str(self._folder))


def _mend_chains(library: Library) -> int:
    """Keep the hash chains where they still close over all ops; else begin them anew.

    Returns in how many places ops are there that are not as they were written.
    """
    found = verify(library)
    if not found:
        return 0
    with library.filling() as door:
        kept = door.database.execute_sql("select * from chain_kept").fetchall()
        Chain(door.database, door.streams).begin_anew()
        insert = "insert into chain_kept values (?, ?, ?)"
        door.database.cursor().executemany(insert, [tuple(row) for row in kept])
        door.chain.forget()
    return sum(one.kind in _OTHERWISE for one in found)


def _gaps(library: Library) -> int:
    """Return how many ops are missing before the last known one of each stream."""
    query = "select coalesce(sum(top - there), 0) from (select max(seq) top, count(*) there"
    return int(library.value(f"{query} from op group by stream) s"))
