"""Counting one local day: all that happened on it, by branch and stop.

A day is days since 1970 by the clock of each event's own zone. What happened at a branch during a
stop of it belongs to that stop, on the days on which the stop began and ended; a stop that nobody
ended lasts until midnight or the next one.
"""

from __future__ import annotations

from typing import Any, Final

from perpusdesk.storage.figures.sources import AHEAD, BEHIND, DAY_MS, SOURCES, Source
from perpusdesk.storage.sql import Sql

Fact = tuple[bytes, bytes, str, str, int]
"""Branch (empty: unknown), stop (empty: none), measure, key, value."""


def _query(source: Source) -> str:
    columns = "".join(f", {source.column(name)} as {name}" for name in source.columns)
    parts = " union all ".join(
        f"select branch, stop, '{measure}', {key or chr(39) * 2} as key, {value} as value from d"
        + (f" where ifnull({key}, '') <> ''" if key else "")
        + " group by 1, 2, 4 having value <> 0"
        for measure, (key, value) in source.measures.items()
    )
    return (
        f"with d as materialized (select {source.place} as branch, {source.stop} as stop{columns}"
        f" from {source.table} where {source.within} and {source.local_day} = ?3"
        f" and {source.counts}) {parts}"
    )


QUERIES: Final = tuple(map(_query, SOURCES))


def count_day(database: Sql, day: int) -> list[Fact]:
    """Return all that is to be counted of a day; ``~nameless`` are loans that lost their member."""
    bounds = (day * DAY_MS - AHEAD, (day + 1) * DAY_MS + BEHIND, day)
    facts: list[Fact] = []
    for query in QUERIES:
        rows: list[Any] = database.execute_sql(query, bounds).fetchall()
        facts += [
            (bytes(branch), bytes(stop), measure, key, int(value))
            for branch, stop, measure, key, value in rows
        ]
    return facts
