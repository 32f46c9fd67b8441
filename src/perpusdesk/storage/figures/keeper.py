"""Keeping the facts true: which days and months are to be counted again, and writing them down.

Triggers note a day as stale with every row that changes. A stale day is counted anew as a whole,
in one short transaction, so nothing can change between counting and writing. Its month then waits
for its sums and for the counts of persons, which take longer and are made on a connection that
only reads; a month that changed meanwhile goes on waiting.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from perpusdesk.domain.figures.measures import (
    CATALOGUE,
    LAPSE_MONTHS,
    OF_PERSONS,
    Over,
    never_sinks,
)
from perpusdesk.domain.figures.months import (
    Period,
    day_number,
    day_of,
    first_day,
    last_day,
    month_of,
    moved,
)
from perpusdesk.storage.figures.days import Fact, count_day
from perpusdesk.storage.figures.sources import DAY_MS
from perpusdesk.storage.library import Library
from perpusdesk.storage.meta import Meta
from perpusdesk.storage.sql import Sql

MARK: Final = "figures"
COUNTED_BY: Final = 1
"""Raised when days are counted otherwise than before: then all are counted again."""
EVERYWHERE: Final = b"*"
"""Stands for all branches, or for a whole branch with its stops, where no sum would be right."""
SUMS: Final = "~sums"
PERSONS: Final = "~persons"
_NAMELESS: Final = "~nameless"
_DATED: Final = (
    ("visit", "at"),
    ("loan", "lent_at"),
    ("loan", "ended_at"),
    ("reading", "at"),
    ("reference", "at"),
    ("service_use", "at"),
    ("answer", "at"),
    ("transfer", "sent_at"),
    ("stop_session", "started"),
    ("op", "at"),
)
_OF_DAYS: Final = [one.id for one in CATALOGUE.values() if one.over is Over.DAYS]
_FORGET: Final = (
    "delete from local where key like 'figures/%'"
    " and not exists (select 1 from month_fact where measure = 'members')"
)
"""A salvaged file knows which registers were counted, but not what came out."""
_LATEST: Final = 100_000
"""The last day that is counted (in the year 2243): clocks that are wrong by far tell no figures."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A month that waits for something, and which change it waits because of."""

    month: str
    change: int


def begin(library: Library) -> bool:
    """Note every day with anything on it as stale, once; return whether that was needed now."""
    if Meta(library.database).get(MARK, 0) == COUNTED_BY:
        return False
    days = _busy_days(library)
    with library.local_work() as database:
        database.execute_sql("delete from day_fact")
        database.execute_sql(_FORGET)
        database.cursor().executemany(
            "insert into stale_day values (?, x'') on conflict do nothing", [(day,) for day in days]
        )
        Meta(database).put(MARK, COUNTED_BY)
    return True


def _busy_days(library: Library) -> list[int]:
    """Return the days on which anything is, by leaps through the indexes."""
    days: set[int] = set()
    for table, column in _DATED:
        only = "kind = 'loan.renewed' and " if table == "op" else ""
        query = f"select min({column}) from {table} where {only}{column} >= ?"
        since: int | None = 0
        while (since := library.value(query, since)) is not None:
            day = since // DAY_MS
            days.update((day - 1, day, day + 1))  # by the clock of its zone
            since = (day + 1) * DAY_MS
    return sorted(day for day in days if 0 <= day <= _LATEST)


def stale_days(library: Library) -> int:
    """Return how many days are to be counted anew."""
    return int(library.value("select count(distinct day) from stale_day"))


def next_stale(library: Library) -> int | None:
    """Return the latest day to be counted anew; ``None``: all are counted."""
    found = library.value("select max(day) from stale_day")
    return None if found is None else int(found)


def count_stale_day(library: Library, day: int) -> None:
    """Count one day anew, in a transaction of some milliseconds."""
    with library.local_work() as database:
        database.execute_sql("delete from stale_day where day = ?", (day,))
        if not 0 <= day <= _LATEST:
            return
        before = _facts_of(database, day)
        after = _kept(count_day(database, day), before)
        if after == before:
            return
        _replace(database, day, before, after)
        _wait_for_day(database, month_of(day_of(day)), month_of(day_of(_today(library))))


_Facts = dict[tuple[bytes, bytes, str, str], int]


def _facts_of(database: Sql, day: int) -> _Facts:
    rows = database.execute_sql(
        "select branch, stop, measure, key, value from day_fact where day = ?", (day,)
    ).fetchall()
    return {(bytes(b), bytes(s), measure, key): value for b, s, measure, key, value in rows}


def _kept(counted: Iterable[Fact], before: _Facts) -> _Facts:
    """Return the new facts; those that look at persons do not sink where persons were taken out."""
    facts = {(b, s, measure, key): value for b, s, measure, key, value in counted}
    if any(measure == _NAMELESS for _b, _s, measure, _key in facts):
        for fact, value in before.items():
            if fact[2] in OF_PERSONS:
                facts[fact] = never_sinks(facts.get(fact, 0), value, nameless=True)
    return facts


def _replace(database: Sql, day: int, before: _Facts, after: _Facts) -> None:
    cursor = database.cursor()
    cursor.executemany(
        "delete from day_fact where day = ? and branch = ? and stop = ? and measure = ?"
        " and key = ?",
        [(day, *fact) for fact in before if fact not in after],
    )
    cursor.executemany(
        "insert into day_fact values (?, ?, ?, ?, ?, ?)"
        " on conflict(day, branch, stop, measure, key) do update set value = excluded.value",
        [(day, *fact, value) for fact, value in after.items() if before.get(fact) != value],
    )


def _today(library: Library) -> int:
    return library.latest_ms() // DAY_MS


def _wait_for_day(database: Sql, month: str, today: str) -> None:
    """Let all wait that a changed day changes: sums, and persons of the months that look back."""
    _wait(database, SUMS, [month])
    later = [moved(month, step) for step in range(1, LAPSE_MONTHS + 1)]
    year = int(month[:4])
    quarter = Period.quarter(year, (int(month[5:]) + 2) // 3)
    longer = [quarter.key, Period.year(year).key]
    _wait(database, PERSONS, [month, *(one for one in later if one <= today), *longer])


def period_of(key: str) -> Period:
    """Return the period that counts are kept by such a key for (see ``Period.key``)."""
    year, _, part = key.partition("-")
    if not part:
        return Period.year(int(year))
    if part.startswith("Q"):
        return Period.quarter(int(year), int(part[1:]))
    return Period(key, key)


def _wait(database: Sql, kind: str, months: Sequence[str]) -> None:
    database.cursor().executemany(
        "insert into month_fact values (?, x'', x'', ?, '', 1)"
        " on conflict(month, branch, stop, measure, key) do update set value = value + 1",
        [(month, kind) for month in months],
    )


def waiting(library: Library, kind: str) -> list[Waiting]:
    """Return the months that wait for their ``SUMS`` or ``PERSONS``, the latest first."""
    rows = library.rows(
        "select month, value from month_fact where branch = x'' and stop = x'' and measure = ?"
        " order by month desc",
        kind,
    )
    return [Waiting(month, int(value)) for month, value in rows]


def sum_month(library: Library, month: str) -> None:
    """Sum the days of a month, in one short transaction."""
    first, last = day_number(first_day(month)), day_number(last_day(month))
    with library.local_work() as database:
        database.execute_sql(
            f"delete from month_fact where month = ? and measure in ({_slots(_OF_DAYS)})",
            (month, *_OF_DAYS),
        )
        database.execute_sql(
            "insert into month_fact select ?, branch, stop, measure, key, sum(value) from day_fact"
            " where day between ? and ? and measure <> ? group by branch, stop, measure, key",
            (month, first, last, _NAMELESS),
        )
        _done(database, SUMS, month)


def _done(database: Sql, kind: str, month: str, change: int | None = None) -> None:
    """A month waits no more, unless it changed since ``change``."""
    database.execute_sql(
        "delete from month_fact where month = ?1 and branch = x'' and stop = x'' and measure = ?2"
        " and (?3 is null or value = ?3)",
        (month, kind, change),
    )


def keep_month(
    library: Library,
    period: str,
    facts: Iterable[Fact],
    measures: Iterable[str],
    done: Waiting | None = None,
) -> None:
    """Write down what was counted of a month or year, in the place of what there was.

    ``done``: the waiting that this ends, if the month did not change since.
    """
    names = list(measures)
    rows: list[tuple[Any, ...]] = [(period, *fact) for fact in facts]
    with library.local_work() as database:
        database.execute_sql(
            f"delete from month_fact where month = ? and measure in ({_slots(names)})",
            (period, *names),
        )
        database.cursor().executemany(
            "insert into month_fact values (?, ?, ?, ?, ?, ?)", [row for row in rows if row[-1]]
        )
        if done is not None:
            _done(database, PERSONS, done.month, done.change)


def _slots(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))
