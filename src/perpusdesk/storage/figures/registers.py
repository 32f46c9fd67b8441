"""Counting what records say by dates of their own: stock, members, holds, complaints.

One look at each register gives all its months at once, past ones as far as the dates of today
tell: a copy counts for the branch that it belongs to now. Reads only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any, Final, NamedTuple

from perpusdesk.domain.figures.measures import stock_age
from perpusdesk.domain.figures.months import Period, moved
from perpusdesk.storage.figures.days import Fact
from perpusdesk.storage.figures.keeper import EVERYWHERE
from perpusdesk.storage.library import Library

Month = Counter[tuple[bytes, bytes, str, str]]
"""Of a month: branch, stop, measure and key, and how much."""
Months = dict[str, Month]

REGISTERS: Final[Mapping[str, tuple[str, ...]]] = {
    "copy": ("copies", "copies_added", "copies_withdrawn", "titles", "titles_added"),
    "member": ("members", "members_new"),
    "hold": ("holds",),
    "complaint": ("complaints",),
}
"""Per register the measures (with their parts) that it tells."""
ALSO: Final[Mapping[str, tuple[str, ...]]] = {"copy": ("title",)}
"""Registers that change what another one tells."""
ONCE: Final = frozenset({"members.valid"})
"""What later changes would falsify: a past month keeps what was counted first after its end."""

_NEVER: Final = "9999-12"
_MONTH: Final = "[12][0-9][0-9][0-9]-[01][0-9]*"
CAME: Final = (
    f"case when c.received glob '{_MONTH}' then substr(c.received, 1, 7) else made_month(c.id) end"
)
GONE: Final = (
    "case when c.\"condition\" <> 'withdrawn' or c.\"condition\" is null then '9999-12'"
    f" when c.withdrawn_on glob '{_MONTH}' then substr(c.withdrawn_on, 1, 7) else '' end"
)
_CLASS: Final = "main_class(coalesce(nullif(c.call_number, ''), t.call_number), t.classification)"
_COPIES: Final = (
    f"select ifnull(c.branch, x''), {CAME} as came, {GONE} as gone, {_CLASS} as class,"
    " lower(hex(c.kind)) as kind, case when t.year glob '[12][0-9][0-9][0-9]*'"
    " then cast(substr(t.year, 1, 4) as integer) end as published, count(*)"
    " from copy c left join title t on t.id = c.title where c.deleted = 0 group by 1, 2, 3, 4, 5, 6"
)
_TITLES: Final = (
    "select branch, came, gone, main_class(t.call_number, t.classification) as class, count(*)"
    f" from (select {{branch}} as branch, c.title as held, min({CAME}) as came,"
    f" max({GONE}) as gone from copy c where c.deleted = 0 and c.title is not null"
    " group by 1, 2) left join title t on t.id = held group by 1, 2, 3, 4"
)
_MEMBERS: Final = (
    "select ifnull(branch, x''),"
    f" case when registered glob '{_MONTH}' then substr(registered, 1, 7) else made_month(id) end,"
    " ifnull(substr(date(expires, '+1 day'), 1, 7), ''), sex, lower(hex(category)), count(*)"
    " from member where deleted = 0 and merged_into is null group by 1, 2, 3, 4, 5"
)
_HOLDS: Final = (
    "select ifnull(pickup, x''),"
    " strftime('%Y-%m', placed_at / 1000 + placed_zone * 60, 'unixepoch'), count(*) from hold"
    " where title is not null group by 1, 2"
)
_COMPLAINTS: Final = (
    "select ifnull(branch, x''), substr(received, 1, 7), kind, count(*) from complaint"
    f" where deleted = 0 and received glob '{_MONTH}' group by 1, 2, 3"
)
_MISSED: Final = "select substr(day, 1, 7), sum(times) from search_miss group by 1"


def count_register(library: Library, register: str, period: Period) -> Months:
    """Return what a register tells of each month of a period."""
    found: Months = {month: Counter() for month in period.months}
    _COUNTS[register](library, found)
    return found


def facts_of(month: Month) -> list[Fact]:
    """Return the facts of one month."""
    return [(*place, value) for place, value in month.items()]


class _Part(NamedTuple):
    measure: str
    key: str


def _add(months: Months, month: str, branch: Any, part: _Part, count: int) -> None:
    if month in months:
        months[month][(bytes(branch), b"", *part)] += count


def _copies(library: Library, months: Months) -> None:
    for branch, came, withdrawn, class_, kind, published, count in library.rows(_COPIES):
        gone = withdrawn or came
        parts = (("", ""), (".class", class_), (".kind", kind))
        for part, key in parts:
            _add(months, came, branch, _Part(f"copies_added{part}", key), count)
            _add(months, gone, branch, _Part(f"copies_withdrawn{part}", key), count)
        for month in _there(months, came, gone):
            for part, key in (*parts, (".stock_age", stock_age(int(month[:4]), published))):
                _add(months, month, branch, _Part(f"copies{part}", key), count)
    for branch in ("x'2a'", "ifnull(c.branch, x'')"):
        _titles(library, months, branch)


def _titles(library: Library, months: Months, place: str) -> None:
    for branch, came, gone, class_, count in library.rows(_TITLES.format(branch=place)):
        here = (bytes(branch), EVERYWHERE)
        if came in months:
            months[came][(*here, "titles_added", "")] += count
        for month in _there(months, came, gone):
            months[month][(*here, "titles", "")] += count
            months[month][(*here, "titles.class", class_)] += count


def _there(months: Months, came: str, gone: str) -> Iterable[str]:
    """Return the months at whose end something was there that came in one month and went."""
    return (month for month in months if came <= month < (gone or came))


def _members(library: Library, months: Months) -> None:
    for branch, registered, over, sex, category, count in library.rows(_MEMBERS):
        parts = (("", ""), (".sex", sex or ""), (".category", category or ""))
        for part, key in parts:
            _add(months, registered, branch, _Part(f"members_new{part}", key), count)
        valid_until = moved(over, -1) if over else _NEVER
        for month in months:
            if registered <= month:
                for part, key in parts:
                    _add(months, month, branch, _Part(f"members{part}", key), count)
                if month <= valid_until:
                    _add(months, month, branch, _Part("members.valid", ""), count)


def _holds(library: Library, months: Months) -> None:
    for branch, month, count in library.rows(_HOLDS):
        _add(months, month, branch, _Part("holds", ""), count)


def _complaints(library: Library, months: Months) -> None:
    for branch, month, kind, count in library.rows(_COMPLAINTS):
        _add(months, month, branch, _Part("complaints", ""), count)
        _add(months, month, branch, _Part("complaints.complaint", kind or ""), count)


_COUNTS: Final[Mapping[str, Callable[[Library, Months], None]]] = {
    "copy": _copies,
    "member": _members,
    "hold": _holds,
    "complaint": _complaints,
}


def print_of(library: Library, register: str) -> str:
    """Return what changes with every row of a register: to see whether it is to be counted anew."""
    kinds = (register, *ALSO.get(register, ()))
    rows = library.rows(
        "select type, bucket, value, rows from digest where type in"
        f" ({','.join('?' * len(kinds))}) order by type, bucket",
        *kinds,
    )
    return sha256(repr(rows).encode()).hexdigest()


def missed_searches(library: Library) -> dict[str, int]:
    """Return by month how many searches found nothing on this device."""
    return {month: int(count) for month, count in library.rows(_MISSED)}


_UNUSED: Final = (
    f"select ifnull(c.branch, x''), {_CLASS} as class, count(*) from copy c"
    " left join title t on t.id = c.title where c.deleted = 0"
    f" and {CAME} <= ?3 and {GONE} > ?3 and not exists (select 1 from loan l where l.copy = c.id"
    ' and l.lent_at >= ?1 and l.lent_at < ?2 and l."end" <> 3)'
    " and c.id not in (select r.copy from reading r where r.at >= ?1 and r.at < ?2"
    " and r.voided = 0 and r.copy is not null) group by 1, 2"
)


def count_unused(library: Library, month: str, since: int, until: int) -> list[Fact]:
    """Return the copies that nobody borrowed or read between two moments (Unix ms)."""
    facts: Month = Counter()
    for branch, class_, count in library.rows(_UNUSED, since, until, month):
        facts[bytes(branch), b"", "copies_unused", ""] += count
        facts[bytes(branch), b"", "copies_unused.class", class_] += count
    return facts_of(facts)
