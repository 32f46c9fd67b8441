"""Reading the facts that were counted: sums by month, branch, stop and key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from perpusdesk.storage.figures.days import Fact
from perpusdesk.storage.figures.keeper import EVERYWHERE
from perpusdesk.storage.library import Library

Month = Counter[tuple[bytes, bytes, str, str]]


class Where(NamedTuple):
    """Which facts: of these months, of one branch or all, of one stop or all."""

    months: Sequence[str]
    branch: bytes | None = None
    stop: bytes | None = None


def sums(
    library: Library, measures: Sequence[str], where: Where, by: Collection[str]
) -> list[tuple[Any, ...]]:
    """Return measure, month, branch, stop, key (empty where not grouped ``by`` it) and the sum."""
    parts = ("month", "branch", "stop", "key")
    columns = ", ".join(name if name in by else "''" for name in parts)
    query = (
        f"select measure, {columns}, sum(value) from month_fact where month in"
        f" ({_slots(where.months)}) and measure in ({_slots(measures)}) and branch <> ?"
    )
    values: list[Any] = [*where.months, *measures, EVERYWHERE]
    for name, wanted in (("branch", where.branch), ("stop", where.stop)):
        if wanted is not None:
            query += f" and {name} = ?"
            values.append(wanted)
    return library.rows(f"{query} group by 1, 2, 3, 4, 5", *values)


def whole(
    library: Library, measures: Sequence[str], where: Where, by: Collection[str]
) -> list[tuple[Any, ...]]:
    """Return the same of what is never a sum: the fact of each branch, stop, or everywhere."""
    query = (
        "select measure, month, branch, stop, key, value from month_fact where month in"
        f" ({_slots(where.months)}) and measure in ({_slots(measures)})"
    )
    values: list[Any] = [*where.months, *measures]
    if where.branch is not None:
        query, values = f"{query} and branch = ?", [*values, where.branch]
    elif "branch" in by or where.stop is not None or "stop" in by:
        query, values = f"{query} and branch <> ?", [*values, EVERYWHERE]
    else:
        query, values = f"{query} and branch = ?", [*values, EVERYWHERE]
    if where.stop is not None:
        query, values = f"{query} and stop = ?", [*values, where.stop]
    elif "stop" in by:
        query, values = f"{query} and stop <> ?", [*values, EVERYWHERE]
    else:
        query, values = f"{query} and stop = ?", [*values, EVERYWHERE]
    rows = library.rows(query, *values)
    return [
        (
            *(measure, month if "month" in by else "", branch if "branch" in by else b""),
            *(stop if "stop" in by else b"", key, value),
        )
        for measure, month, branch, stop, key, value in rows
    ]


def chosen(facts: Iterable[Fact], where: Where, by: Collection[str]) -> list[Fact]:
    """Return of facts at hand those that ``whole`` would."""
    apart = "branch" in by or where.stop is not None or "stop" in by

    def fits(fact: Fact) -> bool:
        branch, stop = fact[0], fact[1]
        here = (branch != EVERYWHERE) == apart if where.branch is None else branch == where.branch
        halt = (stop != EVERYWHERE) == ("stop" in by) if where.stop is None else stop == where.stop
        return here and halt

    return list(filter(fits, facts))


def facts_of(library: Library, month: str, bases: Sequence[str]) -> Month:
    """Return all facts of a month of some measures and their parts."""
    like = " or ".join("measure = ? or measure like ?" for _base in bases)
    values = [text for base in bases for text in (base, f"{base}.%")]
    rows = library.rows(
        f"select branch, stop, measure, key, value from month_fact where month = ? and ({like})",
        *(month, *values),
    )
    return Counter(
        {(bytes(b), bytes(s), measure, key): value for b, s, measure, key, value in rows}
    )


def plain_months(library: Library, measure: str) -> dict[str, int]:
    """Return the sum of a measure by month."""
    query = "select month, sum(value) from month_fact where measure = ? group by month"
    return {month: int(value) for month, value in library.rows(query, measure)}


def has_any(library: Library, measures: Sequence[str], month: str) -> set[str]:
    """Return which of these measures have a fact in a month (or period)."""
    query = (
        "select distinct measure from month_fact where month = ? and measure in"
        f" ({_slots(measures)})"
    )
    return {name for (name,) in library.rows(query, month, *measures)}


def _slots(values: Sequence[Any]) -> str:
    return ",".join("?" * len(values))
