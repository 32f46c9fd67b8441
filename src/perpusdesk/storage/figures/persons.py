"""Counting different persons of a period: they are never a sum of months, branches or stops.

Reads only; long enough (a year of a city: seconds) to be done on a connection of its own.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from perpusdesk.domain.figures.measures import LAPSE_MONTHS, never_sinks
from perpusdesk.domain.figures.months import Period, day_number, first_day, moved
from perpusdesk.storage.figures.days import Fact
from perpusdesk.storage.figures.keeper import EVERYWHERE
from perpusdesk.storage.figures.sources import AHEAD, BEHIND, DAY_MS, Source, source_of
from perpusdesk.storage.library import Library

PERSONS: Final = ("borrowers", "visitors")
MONTHLY: Final = (*PERSONS, "borrowers.returning", "borrowers.lapsed")
"""What is counted of a month; of longer periods only ``PERSONS``."""

_HEX: Final = re.compile(r"([0-9a-f]{32})?")
_NAMELESS: Final = {
    "borrowers": ("loans", "r.member is null"),
    "visitors": ("visits", "r.member is null and r.category is not null"),
}
"""Per measure where it comes from, and how a row looks that lost its person."""


def _bounds(period: Period) -> tuple[int, int]:
    """Return the first day of a period, and the first after it, as numbers."""
    return day_number(period.begins), day_number(first_day(moved(period.last, 1)))


def count_persons(library: Library, period: Period) -> list[Fact]:
    """Return different borrowers and visitors, by branch and stop and all together.

    Those of a period that was counted before do not sink once rows have lost their persons.
    """
    facts: list[Fact] = []
    stops = bool(library.value("select exists(select 1 from stop_session where deleted = 0)"))
    for measure, (base, nameless) in _NAMELESS.items():
        source = source_of(base)
        stop = source.stop if stops else "null"
        rows = library.rows(
            f"select distinct {source.place}, {stop}, r.member from {_table(source)}"
            f" where {_within(source)} and {source.counts}"
            f" and (r.member is not null or ({nameless}))",
            *_bounds(period),
        )
        found = _by_place(row for row in rows if row[-1] is not None)
        lost = any(row[-1] is None for row in rows)
        facts += _not_sinking(library, period.key, measure, found, lost=lost)
    return facts


def _table(source: Source) -> str:
    """Return the table alone, without what is joined for the parts of a figure."""
    return source.table.split(" left join ")[0]


def _within(source: Source) -> str:
    """Whether a row is between the local days ``?1`` and ``?2`` (the first one after)."""
    return source.say(
        f"r.{{at}} >= ?1 * {DAY_MS} - {AHEAD} and r.{{at}} < ?2 * {DAY_MS} + {BEHIND}"
        f" and {source.local_day} >= ?1 and {source.local_day} < ?2"
    )


def _by_place(rows: Iterable[tuple[Any, ...]]) -> dict[tuple[bytes, bytes], int]:
    """Return how many different persons there are at each stop and branch, and everywhere."""
    places: dict[tuple[bytes, bytes], set[bytes]] = {}
    for branch, stop, member in rows:
        if stop:
            places.setdefault((branch, stop), set()).add(member)
        places.setdefault((branch, EVERYWHERE), set()).add(member)
        places.setdefault((EVERYWHERE, EVERYWHERE), set()).add(member)
    return {place: len(members) for place, members in places.items()}


def _not_sinking(
    library: Library,
    period: str,
    measure: str,
    found: Mapping[tuple[bytes, bytes], int],
    *,
    lost: bool,
) -> list[Fact]:
    rows = library.rows(
        "select branch, stop, value from month_fact where month = ? and measure = ? and key = ''",
        *(period, measure),
    )
    before = {(bytes(branch), bytes(stop)): int(value) for branch, stop, value in rows}
    if lost:
        for place, value in _closed(library, period, measure).items():
            before[place] = max(value, before.get(place, 0))
    places = {*found, *before} if lost else {*found}
    return [
        (
            *(branch, stop, measure, ""),
            never_sinks(found.get((branch, stop), 0), before.get((branch, stop), 0), nameless=lost),
        )
        for branch, stop in sorted(places)
    ]


def _closed(library: Library, month: str, measure: str) -> dict[tuple[bytes, bytes], int]:
    """Return what was told when a month was closed, by a device that still knew the persons."""
    told = library.value(
        "select figures from month_close where month = ? and voided = 0 order by at limit 1", month
    )
    found: dict[tuple[bytes, bytes], int] = {}
    for place, figures in _read(told).items():
        value = figures.get(measure) if isinstance(figures, dict) else None
        if isinstance(value, int):
            found[bytes.fromhex(place) or EVERYWHERE, EVERYWHERE] = value
    return found


def _read(told: str | None) -> dict[str, Any]:
    """Return the figures of a closed month; what another program wrote otherwise tells nothing."""
    try:
        read = json.loads(told or "{}")
    except ValueError:
        return {}
    places = read if isinstance(read, dict) else {}
    return {place: told for place, told in places.items() if _HEX.fullmatch(place)}


_LOANS: Final = source_of("loans")
_LENT: Final = 'l.member = m.member and l."end" <> 3 and l.copy is not null'
_LENT_ON: Final = "(l.lent_at + l.lent_zone * 60000) / 86400000"


def _lent_between(first: str, after: str) -> str:
    """Whether a loan ``l`` is between two local days; its moment bounds it by the index too."""
    return (
        f"{_LENT} and l.lent_at >= {first} * {DAY_MS} - {AHEAD}"
        f" and l.lent_at < {after} * {DAY_MS} + {BEHIND}"
        f" and {_LENT_ON} >= {first} and {_LENT_ON} < {after}"
    )


_BORROWERS: Final = (
    f"with m as materialized (select distinct {_LOANS.place} as branch, r.member as member"
    f" from {_table(_LOANS)} where {_within(_LOANS)} and {_LOANS.counts} and r.member is not null)"
)
_RETURNING: Final = (
    f"{_BORROWERS} select branch, null, member from m where exists (select 1 from loan l where"
    f" {_lent_between('?3', '?1')})"
)
_LAPSED: Final = (
    f"{_BORROWERS} select distinct ifnull(p.branch, x''), m.member from m"
    " join member p on p.id = m.member where p.deleted = 0 and not exists"
    f" (select 1 from loan l where {_lent_between('?2', '?3')})"
)


def count_faithful(library: Library, month: str) -> list[Fact]:
    """Return who borrowed again, and who has stopped (by home branch) in a month.

    Again: with a loan in the six months before. Stopped: the last loan is six months ago.
    """
    first, after = _bounds(Period(month, month))
    earlier, _after = _bounds(Period.up_to(moved(month, -1), LAPSE_MONTHS))
    found = _by_place(library.rows(_RETURNING, first, after, earlier))
    facts = _not_sinking(library, month, "borrowers.returning", found, lost=_cut(library))
    long_ago = moved(month, -LAPSE_MONTHS)
    begun, over = _bounds(Period(long_ago, long_ago))
    lapsed = Counter(bytes(branch) for branch, _member in library.rows(_LAPSED, begun, over, after))
    stopped = {(branch, b""): count for branch, count in lapsed.items()}
    return facts + _not_sinking(library, month, "borrowers.lapsed", stopped, lost=_cut(library))


def _cut(library: Library) -> bool:
    """Whether loans may have lost their members: the history was cut, or a person erased."""
    query = "select exists(select 1 from history_cut) or exists(select 1 from erasure)"
    return bool(library.value(query))


def persons_behind(
    library: Library, measure: str, period: Period, branch: bytes | None, stop: bytes | None
) -> list[bytes]:
    """Return the members that a count is of, as far as their names are still known."""
    if measure == "borrowers.returning":
        first, after = _bounds(period)
        earlier, _after = _bounds(Period.up_to(moved(period.first, -1), LAPSE_MONTHS))
        rows = library.rows(_RETURNING, first, after, earlier)
        return list({member for here, _none, member in rows if branch in {None, here}})
    if measure == "borrowers.lapsed":
        return _lapsed(library, period, branch)
    source = source_of(_NAMELESS[measure][0])
    rows = library.rows(
        f"select distinct r.member, {source.place}, {'null' if stop is None else source.stop}"
        f" from {_table(source)} where {_within(source)} and {source.counts}"
        " and r.member is not null",
        *_bounds(period),
    )
    return list({m for m, here, halt in rows if branch in {None, here} and stop in {None, halt}})


def _lapsed(library: Library, period: Period, branch: bytes | None) -> list[bytes]:
    found: list[bytes] = []
    for month in period.months:
        long_ago = moved(month, -LAPSE_MONTHS)
        begun, over = _bounds(Period(long_ago, long_ago))
        _first, after = _bounds(Period(month, month))
        rows = library.rows(_LAPSED, begun, over, after)
        found += [member for here, member in rows if branch in {None, here}]
    return found
