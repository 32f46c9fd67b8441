"""What the dashboard asks beside the facts of months: days, holds, titles that are waited for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.figures.months import Period
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import sure_id

_WAITING: Final = "h.state in ('waiting', 'ready')"


def day_sums(
    library: Library,
    measures: Sequence[str],
    days: tuple[int, int],
    branch: bytes | None,
    stop: bytes | None,
) -> Counter[str]:
    """Return sums of figures between two days (days since 1970, both included)."""
    query = (
        "select measure, sum(value) from day_fact where day between ? and ? and key = ''"
        f" and measure in ({','.join('?' * len(measures))})"
    )
    values: list[Any] = [*days, *measures]
    for name, wanted in (("branch", branch), ("stop", stop)):
        if wanted is not None:
            query += f" and {name} = ?"
            values.append(wanted)
    rows = library.rows(f"{query} group by measure", *values)
    return Counter({measure: int(value) for measure, value in rows})


def begins(library: Library) -> int | None:
    """Return the first day with any fact (days since 1970)."""
    found = library.value("select min(day) from day_fact")
    return None if found is None else int(found)


def stop_names(library: Library) -> dict[UUID, str]:
    """Return the names of all stops."""
    return {sure_id(id_): name or "" for id_, name in library.rows("select id, name from stop")}


def stops_of(library: Library, branch: bytes) -> list[tuple[str, UUID]]:
    """Return the stops of a van by name, those given up too: figures of the past are theirs."""
    query = "select name, id from stop where branch = ? and deleted = 0 order by position, name"
    return [(name or "", sure_id(id_)) for name, id_ in library.rows(query, branch)]


def holds_by_class(library: Library, branch: bytes | None) -> dict[str, int]:
    """Return how many holds stand, by the main class of the title."""
    here = " and h.pickup = ?" if branch is not None else ""
    rows = library.rows(
        "select main_class(t.call_number, t.classification), count(*) from hold h"
        f" join title t on t.id = h.title where {_WAITING}{here} group by 1",
        *(() if branch is None else (branch,)),
    )
    return {key: int(count) for key, count in rows}


def wanted(library: Library, branch: bytes | None, limit: int) -> list[tuple[UUID, str, int, int]]:
    """Return titles with more holds than copies can serve soon: id, name, holds, copies."""
    here = " and h.pickup = ?1" if branch is not None else " and ?1 is null"
    rows = library.rows(
        "select title, name, holds, copies from (select h.title as title, t.title as name,"
        " count(*) as holds, (select count(*) from copy c where c.title = h.title and c.deleted = 0"
        " and ifnull(c.\"condition\", 'good') not in ('withdrawn', 'lost', 'missing')) as copies"
        f" from hold h join title t on t.id = h.title where {_WAITING}{here} group by h.title)"
        " order by 1.0 * holds / max(copies, 0.5) desc, holds desc, name limit ?2",
        *(branch, limit),
    )
    return [(sure_id(id_), name or "", int(h), int(c)) for id_, name, h, c in rows]


def missed(library: Library, period: Period, limit: int) -> list[tuple[str, int]]:
    """Return what was searched in vain on this device, the most wanted first."""
    rows = library.rows(
        "select text, sum(times) from search_miss where substr(day, 1, 7) between ? and ?"
        " group by text order by 2 desc, 1 limit ?",
        *(period.first, period.last, limit),
    )
    return [(text, int(times)) for text, times in rows]
