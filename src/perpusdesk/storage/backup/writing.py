"""Making one backup: the database at one moment, the files beside it, and the manifest last."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from perpusdesk.storage import marks
from perpusdesk.storage.backup import manifest as manifests
from perpusdesk.storage.backup.files import pack_files
from perpusdesk.storage.backup.manifest import Manifest, Newest
from perpusdesk.storage.backup.moment import Moment
from perpusdesk.storage.backup.packing import Packer
from perpusdesk.storage.backup.store import Store, name_at
from perpusdesk.storage.database import FileDatabase
from perpusdesk.storage.migrate import schema_of
from perpusdesk.storage.sql import Sql
from perpusdesk.storage.upgrade import FILE_NAME

PIECE_PAGES: Final = 16
_SHADOW: Final = ("_data", "_idx", "_content", "_docsize", "_config")
_EVERY: Final = 8  # pieces between two looks at whether somebody wants to go first


class CalledOff(Exception):  # noqa: N818 (no failure: somebody wanted it to end)
    """The work was called off; what is there before stays as it is."""


@dataclass(frozen=True, slots=True)
class Source:
    """The library that is backed up, in plain values, for any thread.

    ``device_files`` are this device's own, by name: its settings.
    """

    folder: Path
    key: bytes | None
    library: bytes
    device: bytes
    name: str
    branch: str
    program: str
    at_ms: int
    chain: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    device_files: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pace:
    """How a long piece of work goes along with the rest.

    ``pause`` is called often and may wait; ``told`` hears the share that is done (0 to 1);
    ``stop`` tells that nobody wants it any more.
    """

    pause: Callable[[], object] = lambda: None
    told: Callable[[float], object] = lambda _share: None
    stop: Callable[[], bool] = lambda: False

    def step(self, share: float) -> None:
        """Take note of a step. Raises ``CalledOff``."""
        self.check()
        self.pause()
        self.told(share)

    def check(self) -> None:
        """Raise ``CalledOff`` when nobody wants the work any more."""
        if self.stop():
            raise CalledOff


@dataclass(frozen=True, slots=True)
class Written:
    """A backup that was written: its manifest's file, and what had to be written anew."""

    name: str
    manifest: Manifest
    sha256: str
    new_bytes: int
    bytes: int


def write_backup(source: Source, store: Store, pace: Pace | None = None) -> Written:
    """Write a backup into a store; others go on writing to the library meanwhile.

    The caller has the store alone. Raises ``KnownError`` or ``CalledOff``; then there is no new
    backup, and all older ones are as they were.
    """
    pace = pace or Pace()
    packer = Packer(store)
    with Moment(source.folder / FILE_NAME, source.key) as moment:
        facts = _facts(moment.database)
        pages = _pack_pages(moment, packer, pace)
        shape = {"page_size": moment.page_size, "page_count": moment.page_count}
    files = pack_files(packer, source.folder, source.device_files, packer.before)
    packer.flush()
    made = Manifest(
        library=source.library,
        device=source.device,
        name=source.name,
        branch=source.branch,
        program=source.program,
        at_ms=source.at_ms,
        chain=dict(source.chain),
        encrypted=source.key is not None,
        piece_pages=PIECE_PAGES,
        pages=pages,
        files=files,
        packs=packer.pieces.packs,
        names=packer.pieces.names(),
        where=packer.pieces.where(),
        **shape,
        **facts,
    )
    return put_manifest(store, made, packer.new_bytes)


def put_manifest(store: Store, made: Manifest, new_bytes: int) -> Written:
    """Write the manifest of pieces that are all there: now it is a backup."""
    name = name_at(made.at_ms)
    content = manifests.sealed(made, name, store.keys)
    store.place.write(name, content)
    whole = sum(made.piece(number)[3] for number in range(made.pieces)) + len(content)
    sha256 = hashlib.sha256(content).hexdigest()
    return Written(name, made, sha256, new_bytes + len(content), whole)


def _pack_pages(moment: Moment, packer: Packer, pace: Pace) -> list[int]:
    found = []
    for number, page in enumerate(range(0, moment.page_count, PIECE_PAGES)):
        if number % _EVERY == 0:
            pace.step(page / moment.page_count)
        count = min(PIECE_PAGES, moment.page_count - page)
        found.append(packer.add(moment.read(page, count)))
    return found


def _facts(database: FileDatabase) -> dict[str, Any]:
    """Count and name what the moment holds."""
    (clock,) = database.execute_sql("select coalesce(max(clock), 0) from op").fetchall()[0]
    last = database.execute_sql(
        "select at, verb from op where stream = (select stream from op order by clock desc limit 1)"
        " order by seq desc limit 1"
    ).fetchall()
    return {
        "schema": schema_of(database),
        "digest": marks.digest(database),
        "clock": int(clock),
        "rows": count_rows(database),
        "have": _reach(database),
        "newest": Newest(int(last[0][0]), str(last[0][1])) if last else None,
    }


def count_rows(database: Sql) -> dict[str, int]:
    """Return the number of rows of each table, the search index left out."""
    query = (
        "select name from sqlite_master where type = 'table' and name not like 'sqlite!_%'"
        " escape '!' and sql not like 'create virtual%' order by name"
    )
    names = [str(row[0]) for row in database.execute_sql(query).fetchall()]
    return {
        name: int(database.execute_sql(f'select count(*) from "{name}"').fetchall()[0][0])
        for name in names
        if not name.endswith(_SHADOW)
    }


def _reach(database: Sql) -> dict[str, int]:
    """Return the highest seq of each stream (device/incarnation in hex)."""
    query = (
        "select device, incarnation, (select coalesce(max(seq), 0) from op"
        " where stream = number) from stream"
    )
    return {
        f"{bytes(device).hex()}/{bytes(incarnation).hex()}": int(seq)
        for device, incarnation, seq in database.execute_sql(query).fetchall()
    }
