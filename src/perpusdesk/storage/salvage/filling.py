"""Putting what was read into a new file, as it was: the log, packages, and what is local."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

import apsw
import peewee

from perpusdesk.storage.meta import (
    CHAIN_ENDS,
    CHAIN_FOUND,
    CHAIN_OLD,
    CLOCK,
    DEVICE,
    EPOCH,
    LIBRARY,
    Meta,
)
from perpusdesk.storage.salvage.layouts import RECORDS, Layout
from perpusdesk.storage.salvage.reading import RECORD, Found, Reading
from perpusdesk.storage.sql import Sql

_PART: Final = 2_000
_KEPT_META: Final = frozenset({LIBRARY, DEVICE, CLOCK, CHAIN_OLD, CHAIN_FOUND, CHAIN_ENDS})


def fill(database: Sql, reading: Reading, layouts: Mapping[str, Layout], epoch: bytes) -> None:
    """Fill a new file within the caller's transaction; rows of records are left for later.

    ``epoch`` names the log of packages, which is another one than before.
    """
    filler = _Filler(database, layouts)
    filler.put(reading.log())
    filler.put(found for found in reading.others() if _is_local(found))
    Meta(database).put(EPOCH, epoch)


def _is_local(found: Found) -> bool:
    table, row = found
    if table == "meta":
        return row[0] in _KEPT_META
    return table not in RECORDS and table != RECORD


class _Filler:
    def __init__(self, database: Sql, layouts: Mapping[str, Layout]) -> None:
        self._database = database
        self._inserts = {name: _insert(layout) for name, layout in layouts.items()}

    def put(self, found: Iterable[Found]) -> None:
        waiting: dict[str, list[tuple[Any, ...]]] = {}
        for table, row in found:
            part = waiting.setdefault(table, [])
            part.append(row)
            if len(part) >= _PART:
                self._write(table, part)
                part.clear()
        for table, part in waiting.items():
            self._write(table, part)

    def _write(self, table: str, rows: list[tuple[Any, ...]]) -> None:
        """Write rows; one that the table refuses cannot have been in it, and is left out."""
        insert = self._inserts[table]
        for row in rows:
            with contextlib.suppress(apsw.ConstraintError, peewee.IntegrityError):
                self._database.cursor().execute(insert, row)


def _insert(layout: Layout) -> str:
    columns = ", ".join(f'"{name}"' for name in layout.columns)
    slots = ", ".join("?" * len(layout.columns))
    return f'insert or replace into "{layout.name}"({columns}) values ({slots})'
