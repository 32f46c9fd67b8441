"""Figures of a city's year: the first full count, and a dashboard of warm facts with a stale day.

The plain SQL of the same figures runs beside it, over the rows themselves.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from perpusdesk.domain.merge import facts, loans
from perpusdesk.services.bench.bench_desk import machine
from perpusdesk.services.bench.bench_library import ensure_bench_library
from perpusdesk.services.desk import Desk
from perpusdesk.services.figures.dashboard import Scope, dashboard
from perpusdesk.services.figures.figures import figures, this_month
from perpusdesk.services.figures.figures_work import LongCounts, count_some, keep_page
from perpusdesk.services.set_up import open_desk
from perpusdesk.storage.figures.sources import DAY_MS
from perpusdesk.storage.library import FILE_NAME, Library

VISITS_PER_COPY: Final = 8
_PLAIN: Final = {
    "visits": "select sum(people) from visit where voided = 0 and {at}",
    "loans": 'select count(*) from loan where "end" <> 3 and {lent_at}',
    "borrowers": 'select count(distinct member) from loan where "end" <> 3 and {lent_at}',
    "visits by hour": "select strftime('%w %H', at / 1000 + zone * 60, 'unixepoch'), sum(people)"
    " from visit where voided = 0 and {at} group by 1",
    "loans by class": "select substr(t.classification, 1, 1), count(*) from loan l"
    " join copy c on c.id = l.copy join title t on t.id = c.title"
    ' where l."end" <> 3 and l.{lent_at} group by 1',
    "visits by month": "select strftime('%Y-%m', at / 1000 + zone * 60, 'unixepoch'), sum(people)"
    " from visit where voided = 0 group by 1",
    "loans by month": "select strftime('%Y-%m', lent_at / 1000 + lent_zone * 60, 'unixepoch'),"
    ' count(*) from loan where "end" <> 3 group by 1',
}


def bench_facts(folder: Path, size: int) -> dict[str, Any]:
    """Measure; ``size`` is copies: 4 loans and 8 visits to each of them within one year."""
    made, seconds = _timed(lambda: _library(folder, size))
    with Library.open(made) as library:
        desk = open_desk(library)
        counted = _full_count(desk)
        warm = [_warm(desk, turn) for turn in range(5)]
        plain = _plain(desk)
        return {
            "bench": "figures",
            "size": size,
            "machine": machine(),
            "library": {
                "seconds_to_make": round(seconds / 1000, 1),
                "loans": library.value("select count(*) from loan"),
                "visits": library.value("select count(*) from visit"),
                "members": library.value("select count(*) from member"),
            },
            "figures": {"first_count": counted, "dashboard_ms": _best_and_worst(warm)},
            "baseline": {"plain_sql_ms": plain},
        }


def _best_and_worst(runs: list[dict[str, float]]) -> dict[str, dict[str, float]]:
    return {
        name: {
            "median": sorted(run[name] for run in runs)[len(runs) // 2],
            "worst": max(run[name] for run in runs),
        }
        for name in runs[0]
    }


def _full_count(desk: Desk) -> dict[str, float | str]:
    """Count all for the first time: seconds, and the longest that a scan would have to wait."""
    pieces: list[tuple[float, str]] = []
    began = time.perf_counter()
    left = 1
    while left > 0:
        left, spent = _timed(lambda: count_some(desk))
        pieces.append((spent, "day or month" if pieces else "finding all days"))
    days = time.perf_counter() - began
    long = LongCounts(patient=False)
    while (counted := long.next(desk)) is not None:
        more = True
        while more:
            more, spent = _timed(lambda: keep_page(desk, counted))
            pieces.append((spent, "persons or stock"))
    return {
        "days_and_months_s": round(days, 2),
        "all_s": round(time.perf_counter() - began, 2),
        "longest_piece_ms": round(max(pieces)[0], 1),
        "longest_piece": max(pieces)[1],
        "median_piece_ms": round(sorted(pieces)[len(pieces) // 2][0], 1),
        "pieces": len(pieces),
    }


def _warm(desk: Desk, turn: int) -> dict[str, float]:
    """Make today stale as a desk at work does, and open the dashboard."""
    action = desk.action("lend")
    copy, member = desk.library.rows(
        "select (select id from copy limit 1 offset ?1), (select id from member limit 1 offset ?1)",
        turn,
    )[0]
    new = desk.library.new_id()
    action.event(
        *(loans.OPENED, "loan", new), fresh=True, copy=copy, member=member, due=str(desk.today())
    )
    visit = desk.library.new_id()
    action.event(facts.VISITED, "visit", visit, fresh=True, member=member, people=1)
    desk.commit(action)
    left, day = 1, 0.0
    while left > 0:
        left, spent = _timed(lambda: count_some(desk))
        day += spent
    long = LongCounts(patient=False)
    counted, persons = _timed(lambda: long.next(desk))
    if counted is not None:
        persons += _timed(lambda: keep_page(desk, counted))[1]
    _board, read = _timed(lambda: dashboard(desk, Scope(this_month(desk))))
    return {
        "stale_day": round(day, 1),
        "persons_of_the_month": round(persons, 1),
        "reading": round(read, 1),
        "ready": round(day + read, 1),
        "with_persons": round(day + persons + read, 1),
    }


def _plain(desk: Desk) -> dict[str, float]:
    """Return how long the same figures take by SQL over the rows; sums must agree."""
    first = date.fromisoformat(f"{this_month(desk)}-01")
    since = (first - date(1970, 1, 1)).days * DAY_MS - desk.zone * 60_000
    times = {}
    for name, query in _PLAIN.items():
        said = query.format(at=f"at >= {since}", lent_at=f"lent_at >= {since}")
        rows, spent = _timed(partial(desk.library.rows, said))
        times[name] = round(spent, 1)
        if name in {"visits", "loans", "borrowers"}:
            month = this_month(desk)
            counted = figures(desk, [name], month, month).value(name)
            if counted != rows[0][0]:
                raise AssertionError(f"{name}: {counted} is not {rows[0][0]}")
    return {**times, "all": round(sum(times.values()), 1)}


def _library(folder: Path, size: int) -> Path:
    """Return a library with a year of visits and loans; made once, of the one for the desk."""
    made = folder / f"{size}-year"
    if (made / FILE_NAME).exists():
        return made
    plain = ensure_bench_library(folder / str(size), size)
    building = folder / f"{size}-year.building"
    shutil.rmtree(building, ignore_errors=True)
    shutil.copytree(plain, building)
    with Library.open(building) as library:
        _fill_year(library, open_desk(library), size)
    building.rename(made)
    return made


_SPREAD: Final = "{now} - (364 - {place} * 365 / {count}) * 86400000 - abs(random() % 36000000)"
"""One after the other through the year, as they are written; at any moment of ten hours."""


def _fill_year(library: Library, desk: Desk, size: int) -> None:
    """Bring all loans into one year and add visits, as rows alone: by SQL, some minutes."""
    library.database.execute_sql("pragma synchronous = off").fetchall()
    now = (library.now_ms() // DAY_MS) * DAY_MS - desk.zone * 60_000 + DAY_MS * 3 // 4
    visits = size * VISITS_PER_COPY
    loans = int(library.value("select max(rid) from loan")) + 1
    with library.local_work() as database:
        database.execute_sql("delete from stale_day")
        spread = _SPREAD.format(now=now, place="rid", count=loans)
        database.execute_sql(f"update loan set lent_at = {spread}")
        at = _SPREAD.format(now=now, place="(i - 1)", count=visits)
        week = "update loan set ended_at = lent_at + 604800000 where ended_at is not null"
        database.execute_sql(week)
        database.execute_sql(
            "with recursive n(i) as (select 1 union all select i + 1 from n where i < ?1)"
            " insert into visit(id, member, people, sex, age, purpose, branch, at, zone, voided,"
            " clock, stream, seq, mark) select randomblob(16), case when i % 3 = 0 then"
            " (select id from member where rid = 1 + abs(random()) % ?2) end, 1,"
            " case i % 2 when 0 then 'L' else 'P' end,"
            " case i % 4 when 0 then '0-12' when 1 then '13-18' else '19-59' end,"
            f" case i % 3 when 0 then 'read' else 'study' end, ?3, {at}, ?4, 0, i, 1, i, i"
            " from n",
            (visits, max(1, size // 5), desk.branch.bytes, desk.zone),
        )
        database.tidy()
    library.database.execute_sql("pragma synchronous = full").fetchall()


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    result = work()
    return result, (time.perf_counter() - began) * 1000
