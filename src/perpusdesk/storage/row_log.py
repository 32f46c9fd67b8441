"""A scratch list of rows that somebody should look at, in a temporary file: of any length."""

from __future__ import annotations

import json
import sqlite3
import threading
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

_CACHE: Final = "pragma cache_size = -8000"
_PART: Final = 500
_COLUMNS: Final = "select l.id, l.what, l.code, l.file, l.row, l.facts, l.text, l.record"
_SOURCE: Final = " from line l left join origin o on o.record = l.record"


@dataclass(frozen=True, slots=True)
class LoggedRow:
    """One row: ``what`` and ``code`` say why it is here, ``text`` is what stood in it.

    ``record`` is the record that it equals or became; when that one came out of the same files,
    ``from_file`` and ``from_row`` tell where.
    """

    id: int
    what: str
    code: str
    file: str
    row: int
    facts: Mapping[str, str]
    text: str
    record: UUID | None
    from_file: str
    from_row: int


class RowLog:
    """Rows by why they are here, then in the order they came; forgotten when closed.

    Any thread may use it.
    """

    def __init__(self, order: Sequence[str] = ()) -> None:
        """``order`` are the words of ``what``, what comes first first."""
        self._order = {what: place for place, what in enumerate(order)}
        self._lock = threading.Lock()
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for statement in (
            _CACHE,
            "pragma journal_mode = off",
            "create table line(id integer primary key, what text, code text, file text, row int,"
            " facts text, text text, record blob, place int)",
            "create table origin(record blob primary key, file text, row int) without rowid",
            "begin",
        ):
            self._database.execute(statement)

    def close(self) -> None:
        """Forget everything."""
        with self._lock:
            self._database.close()

    def __del__(self) -> None:
        self._database.close()

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        with self._lock:
            return self._database.execute(query, values).fetchall()

    def put(
        self,
        what: str,
        code: str,
        file: str,
        row: int,
        *,
        facts: Mapping[str, str] | None = None,
        text: str = "",
        record: UUID | None = None,
    ) -> None:
        """Add a row."""
        told = json.dumps(dict(facts), ensure_ascii=False) if facts else ""
        id_ = record.bytes if record else None
        self._rows(
            "insert into line(what, code, file, row, facts, text, record, place)"
            " values (?, ?, ?, ?, ?, ?, ?, ?)",
            (what, code, file, row, told, text, id_, self._order.get(what, len(self._order))),
        )

    def born(self, record: UUID, file: str, row: int) -> None:
        """Remember which row a new record comes from."""
        self._rows("insert or ignore into origin values (?, ?, ?)", (record.bytes, file, row))

    def reasons(self) -> list[tuple[str, str, int]]:
        """Return each (what, code) with how many rows it has, in the order of the list."""
        found = self._rows(
            "select what, code, count(*) from line group by what, code order by min(place), min(id)"
        )
        return [(what, code, count) for what, code, count in found]

    def ids(self, what: str = "", code: str = "") -> Sequence[int]:
        """Return the numbers of all rows, or of those that are here for one reason."""
        query, values = "select id from line", []
        if what:
            query, values = f"{query} where what = ? and code = ?", [what, code]
        rows = self._rows(f"{query} order by place, id", values)
        return array("q", (row[0] for row in rows))

    def lines(self, ids: Sequence[int]) -> list[LoggedRow]:
        """Return these rows."""
        marks = ",".join("?" * len(ids))
        query = (
            f"{_COLUMNS}, o.file, o.row {_SOURCE} where l.id in ({marks}) order by l.place, l.id"
        )
        return [_logged(row) for row in self._rows(query, list(ids))]

    def every(self, what: str = "", code: str = "") -> Iterator[LoggedRow]:
        """Yield all rows, or those that are here for one reason."""
        ids = self.ids(what, code)
        for start in range(0, len(ids), _PART):
            yield from self.lines(ids[start : start + _PART])


def _logged(row: tuple[Any, ...]) -> LoggedRow:
    id_, what, code, file, number, facts, text, record, from_file, from_row = row
    return LoggedRow(
        id=id_,
        what=what,
        code=code,
        file=file,
        row=number,
        facts=json.loads(facts) if facts else {},
        text=text,
        record=UUID(bytes=record) if record else None,
        from_file=from_file or "",
        from_row=from_row or 0,
    )
