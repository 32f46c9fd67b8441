"""A library with a past, some of it exchanged, in the states in which damage may find it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.certified import Device, device_in, exchange
from helpers.desk_day import work
from helpers.library import SmallLibrary, build
from perpusdesk.storage.database import connect
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import FILE_NAME
from perpusdesk.storage.migrate import migrate
from perpusdesk.storage.name_card import CARD_NAME
from perpusdesk.storage.salvage.cells import kind_of, rows
from perpusdesk.storage.salvage.layouts import RECORDS, layouts
from perpusdesk.storage.salvage.pages import Pages
from perpusdesk.storage.salvage.reading import Reading

ENDINGS = ("", "-wal", "-shm")
FILES = (*(f"{FILE_NAME}{ending}" for ending in ENDINGS), CARD_NAME)
OpKey = tuple[bytes, bytes, int]
_OPS = (
    "select s.device, s.incarnation, o.seq, o.clock, o.action, o.verb, o.staff, o.branch, o.at,"
    " o.zone, o.kind, o.type, o.entity, o.payload from op o join stream s on s.number = o.stream"
)


@dataclass(slots=True)
class Original:
    """The undamaged files of one state, and what they hold."""

    name: str
    folder: Path
    key: bytes | None
    library: bytes
    device: bytes
    digest: str
    ops: dict[OpKey, tuple[Any, ...]]
    rows: dict[tuple[str, bytes], tuple[Any, ...]]
    ops_of_page: dict[int, set[OpKey]] = field(default_factory=dict)
    known_elsewhere: set[OpKey] = field(default_factory=set)

    def copy(self, target: Path) -> Path:
        """Put the files into an empty folder."""
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        for name in FILES:
            if (self.folder / name).exists():
                shutil.copyfile(self.folder / name, target / name)
        return target


def ops_in(database: Any) -> dict[OpKey, tuple[Any, ...]]:
    """Return every op of a file by its stream's name and seq, as it lies there."""
    return {tuple(row[:3]): tuple(row[3:]) for row in database.execute_sql(_OPS).fetchall()}


def rows_in(database: Any) -> dict[tuple[str, bytes], tuple[Any, ...]]:
    """Return every row of a record without its stamp."""
    found = {}
    for table in sorted(RECORDS):
        told = [row[1] for row in database.execute_sql(f'pragma table_info("{table}")').fetchall()]
        hidden = {"rid", "clock", "stream", "seq", "clocks", "mark", "extra", "tombstone"}
        names = ", ".join(f'"{name}"' for name in told if name not in hidden)
        for row in database.execute_sql(f'select {names} from "{table}"').fetchall():
            found[table, row[0]] = tuple(row[1:])
    return found


def make_originals(folder: Path, *, plain: bool = True) -> list[Original]:
    """Make a library with a server, encrypted and plain, each closed and cut off in its work."""
    found = []
    for encrypted in (True, False) if plain else (True,):
        name = "encrypted" if encrypted else "plain"
        small = build(folder / name, encrypted=encrypted)
        found += _states(folder, name, small)
    return found


def _states(folder: Path, name: str, small: SmallLibrary) -> list[Original]:
    desk = Device(small.library, 1)
    server = device_in(folder / f"{name}-server", 9, small.library, small.library.sources)
    _shelve(small, 300)
    for _ in work(small):
        pass
    exchange(desk, server)
    small.library.rest()
    elsewhere = set(ops_in(server.library.database))
    _shelve(small, 40)
    open_ = _state(folder / f"{name}-open", small, elsewhere)
    small.library.rows("pragma wal_checkpoint(truncate)")
    closed = _state(folder / f"{name}-closed", small, elsewhere)
    server.library.close()
    small.library.close()
    return [open_, closed]


def _shelve(small: SmallLibrary, count: int) -> None:
    library = small.library
    for number in range(count):
        action = Action("add_title")
        title = library.new_id()
        fields = {"title": f"Judul ke-{number} dari rak", "author": f"Penulis {number % 40}"}
        action.set("title", title, fields, fresh=True)
        copy = {"barcode": f"T{number:05}", "title": title, "branch": small.branches["pusat"]}
        action.set("copy", library.new_id(), copy, fresh=True)
        library.write(action)


def _state(folder: Path, small: SmallLibrary, elsewhere: set[OpKey]) -> Original:
    library = small.library
    folder.mkdir()
    for file_name in FILES:
        if (library.folder / file_name).exists():
            shutil.copyfile(library.folder / file_name, folder / file_name)
    database = library.database
    made = Original(
        folder.name,
        folder,
        library.key,
        library.id,
        library.device,
        library.digest(),
        ops_in(database),
        rows_in(database),
        known_elsewhere=elsewhere,
    )
    made.ops_of_page = _places(made)
    return made


def _places(original: Original) -> dict[int, set[OpKey]]:
    """Return which ops lie on which page (of the file as it is with its log)."""
    database = connect(":memory:")
    migrate(database)
    names: dict[int, tuple[bytes, bytes]] = {}
    found: dict[int, set[OpKey]] = {}
    with Pages(original.folder / FILE_NAME, original.key) as pages:
        reading = Reading(pages, layouts(database))
        names = {row[0]: (row[1], row[2]) for table, row in reading.log() if table == "stream"}
        for number, page in pages.newest():
            if reading.owner(number) == "op" and kind_of(page, number):
                told = [row for row in rows(page, number, pages.page) if row]
                found[number] = {(*names[row[1][0]], row[1][1]) for row in told}
    database.close()
    return found
