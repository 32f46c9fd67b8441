"""The rows behind a figure, and how each is read for a list: plain tuples in the order of columns.

Names and cards of members come in the last two columns of what tells of persons.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from perpusdesk.domain.figures.months import Period, day_number, first_day, moved
from perpusdesk.storage.figures.persons import persons_behind
from perpusdesk.storage.figures.registers import CAME, GONE
from perpusdesk.storage.figures.sources import AHEAD, BEHIND, DAY_MS, source_of
from perpusdesk.storage.library import Library
from perpusdesk.storage.parts import in_parts

_CHUNK: Final = 500
_PERSON: Final = (
    " case when ifnull(m.restricted, '') = '' then m.card end,"
    " case when ifnull(m.restricted, '') = '' then m.name end"
)
_WHAT: Final = " left join copy c on c.id = r.copy left join title t on t.id = "
_SHELF: Final = "coalesce(nullif(c.call_number, ''), t.call_number)"
_BRANCH: Final = " left join branch b on b.id = r."


def _read(columns: str, tables: str, number: str = "r.rid") -> str:
    return f"select {number}, {columns} from {tables} where {number} in ({{slots}})"


_MEMBER: Final = " left join member m on m.id = r.member"
_READS: Final = {
    "visit": _read(
        "r.at, r.zone, b.name, (select name from room where id = r.room), r.people, r.sex, r.age,"
        " r.occupation, r.education, r.purpose,"
        " coalesce(nullif(r.institution, ''), (select institution from party where id = r.party)),"
        f"{_PERSON}",
        f"visit r{_BRANCH}branch{_MEMBER}",
    ),
    "loan": _read(
        f"r.lent_at, r.lent_zone, b.name, c.barcode, t.title, t.author, {_SHELF}, r.due,"
        f" r.ended_at, r.ended_zone, r.renewals,{_PERSON}",
        f"loan r{_WHAT} c.title{_BRANCH}branch{_MEMBER}",
    ),
    "reading": _read(
        f"r.at, r.zone, b.name, c.barcode, t.title, t.author, {_SHELF},{_PERSON}",
        f"reading r{_WHAT} coalesce(r.title, c.title){_BRANCH}branch{_MEMBER}",
    ),
    "transfer": _read(
        "r.sent_at, r.sent_zone, b.name, (select name from branch where id = r.to_branch),"
        " c.barcode, t.title, r.paper",
        f"transfer r{_WHAT} c.title{_BRANCH}from_branch",
    ),
    "reference": _read(
        "r.at, r.zone, b.name, r.kind, r.topic, r.minutes, r.answered, r.source",
        f"reference r{_BRANCH}branch",
    ),
    "service_use": _read(
        "r.at, r.zone, b.name, r.what, r.people, r.note", f"service_use r{_BRANCH}branch"
    ),
    "answer": _read(
        "r.at, r.zone, b.name, (select name from survey where id = r.survey), r.channel",
        f"answer r{_BRANCH}branch",
    ),
    "stop_session": _read(
        "r.started, r.zone, b.name, (select name from stop where id = r.stop), r.ended, r.zone,"
        " r.note",
        f"stop_session r{_BRANCH}branch",
    ),
    "member": _read(
        "(select name from member_category where id = m.category), b.name, m.registered,"
        f" m.expires,{_PERSON}",
        "member m left join branch b on b.id = m.branch",
        "m.rid",
    ),
    "copy": _read(
        "c.barcode, c.inventory, t.title, t.author, t.year,"
        f" {_SHELF}, b.name, c.received, c.withdrawn_on",
        "copy c left join title t on t.id = c.title left join branch b on b.id = c.branch",
        "c.rid",
    ),
    "title": _read(
        "t.title, t.author, t.year, t.call_number,"
        " (select count(*) from copy where title = t.id and deleted = 0)",
        "title t",
        "t.rid",
    ),
    "hold": _read(
        "r.placed_at, r.placed_zone, b.name, t.title, t.author, r.state",
        f"hold r left join title t on t.id = r.title{_BRANCH}pickup",
    ),
    "complaint": _read(
        "r.received, b.name, r.kind, r.category, r.channel, r.state, r.answered",
        f"complaint r{_BRANCH}branch",
    ),
}


def read_rows(library: Library, family: str, ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """Return the rows of these numbers."""
    found: dict[int, tuple[Any, ...]] = {}
    for part in in_parts(ids, _CHUNK):
        query = _READS[family].format(slots=",".join("?" * len(part)))
        found.update((row[0], row[1:]) for row in library.rows(query, *part))
    return found


class Where:
    """Which rows: of a period, of a branch and a stop (``None``: all), of a key (``""``: all)."""

    def __init__(
        self, period: Period, branch: bytes | None, stop: bytes | None, key: str | None
    ) -> None:
        self.period, self.branch, self.stop, self.key = period, branch, stop, key
        self.first = day_number(period.begins)
        self.after = day_number(first_day(moved(period.last, 1)))


_ONLY: Final = {
    "visits.members": "(r.member is not null or r.category is not null)",
    "questions.answered": "r.answered = 1",
    "questions.minutes": "ifnull(r.minutes, 0) <> 0",
    "returns": 'r."end" = 1',
    "lost": 'r."end" = 2',
}


def rows_of_days(library: Library, measure: str, where: Where) -> Sequence[int]:
    """Return the numbers of the rows that a figure of days was summed from, the latest first."""
    source = source_of(measure)
    query = (
        f"select {'l.rid' if measure == 'renewals' else 'r.rid'} from {source.table}"
        f" where {source.within} and {source.local_day} >= ?3 and {source.local_day} < ?4"
        f" and {source.counts} and {_ONLY.get(measure, 'true')}"
    )
    bounds = (where.first * DAY_MS - AHEAD, where.after * DAY_MS + BEHIND, where.first, where.after)
    values: list[Any] = [*bounds]
    conditions: list[tuple[str, bytes | str | None]] = [
        (source.place, where.branch),
        (source.stop, where.stop),
    ]
    key = source.measures[measure][0]
    if key and where.key is not None:
        conditions.append((f"ifnull({source.column(key)}, '')", where.key))
    for column, wanted in conditions:
        if wanted is not None:
            values.append(wanted)
            query += f" and {column} = ?{len(values)}"
    return library.numbers(f"{query} order by {source.say('r.{at}')} desc", *values)


_AGE: Final = "?1 - cast(substr(t.year, 1, 4) as integer)"
_STOCK_AGE: Final = (
    "(case when t.year not glob '[12][0-9][0-9][0-9]*' or t.year is null then ''"
    f" when {_AGE} <= 5 then '0-5' when {_AGE} <= 10 then '6-10' when {_AGE} <= 20 then '11-20'"
    " else '21+' end)"
)
_CLASS: Final = f"main_class({_SHELF}, t.classification)"
_COPY_KEYS: Final = {
    "class": _CLASS,
    "kind": "ifnull(lower(hex(c.kind)), '')",
    "stock_age": _STOCK_AGE,
}
_HELD: Final = "strftime('%Y-%m', placed_at / 1000 + placed_zone * 60, 'unixepoch')"
_UNUSED: Final = (
    "not exists (select 1 from loan l where l.copy = c.id and l.lent_at >= ?4 and l.lent_at < ?5"
    ' and l."end" <> 3) and c.id not in (select r.copy from reading r where r.at >= ?4'
    " and r.at < ?5 and r.voided = 0 and r.copy is not null)"
)
_COPY_CONDITIONS: Final = {
    "copies": f"{CAME} <= ?3 and coalesce(nullif({GONE}, ''), {CAME}) > ?3",
    "copies_unused": f"{CAME} <= ?3 and coalesce(nullif({GONE}, ''), {CAME}) > ?3 and {_UNUSED}",
    "copies_added": f"{CAME} between ?2 and ?3",
    "copies_withdrawn": f"coalesce(nullif({GONE}, ''), {CAME}) between ?2 and ?3",
}


def copies_of(library: Library, measure: str, where: Where, span: tuple[int, int]) -> Sequence[int]:
    """Return the copies behind a figure of the stock, by call number.

    ``span``: for those that do not move the moments (Unix ms) between which nobody used them.
    """
    base, _dot, part = measure.partition(".")
    values: list[Any] = [int(where.period.last[:4]), where.period.first, where.period.last, *span]
    query = (
        "select c.rid from copy c left join title t on t.id = c.title"
        f" where c.deleted = 0 and ?1 > 0 and ?2 <> '' and ?4 <= ?5 and {_COPY_CONDITIONS[base]}"
    )
    if where.branch is not None:
        values.append(where.branch)
        query += f" and ifnull(c.branch, x'') = ?{len(values)}"
    if part and where.key is not None:
        values.append(where.key)
        query += f" and {_COPY_KEYS[part]} = ?{len(values)}"
    return library.numbers(f"{query} order by shelf_key({_SHELF}), c.rid", *values)


def titles_of(library: Library, measure: str, where: Where) -> Sequence[int]:
    """Return the titles behind a figure, by name."""
    base, _dot, part = measure.partition(".")
    values: list[Any] = [where.period.first, where.period.last]
    here = ""
    if where.branch is not None:
        values.append(where.branch)
        here = " and ifnull(c.branch, x'') = ?3"
    came = {
        "titles": "min(came) <= ?2 and max(gone) > ?2",
        "titles_added": "min(came) between ?1 and ?2",
    }
    query = (
        "select t.rid from title t join (select c.title as held,"
        f" {CAME} as came, coalesce(nullif({GONE}, ''), {CAME}) as gone"
        f" from copy c where c.deleted = 0 and c.title is not null and ?1 <= ?2{here})"
        f" on held = t.id group by t.rid having {came[base]}"
    )
    if part and where.key is not None:
        values.append(where.key)
        query += f" and main_class(t.call_number, t.classification) = ?{len(values)}"
    return library.numbers(f"{query} order by t.title", *values)


_REGISTERED: Final = (
    "case when m.registered glob '[12][0-9][0-9][0-9]-[01][0-9]*' then substr(m.registered, 1, 7)"
    " else made_month(m.id) end"
)
_MEMBER_CONDITIONS: Final = {
    "members": f"{_REGISTERED} <= ?2",
    "members.valid": f"{_REGISTERED} <= ?2 and (ifnull(m.expires, '') = '' or"
    " substr(date(m.expires, '+1 day'), 1, 7) > ?2)",
    "members_new": f"{_REGISTERED} between ?1 and ?2",
}
_MEMBER_KEYS: Final = {"sex": "ifnull(m.sex, '')", "category": "ifnull(lower(hex(m.category)), '')"}


def members_of(library: Library, measure: str, where: Where) -> Sequence[int]:
    """Return the members behind a figure of the register, by card."""
    base, _dot, part = measure.partition(".")
    name = measure if measure in _MEMBER_CONDITIONS else base
    values: list[Any] = [where.period.first, where.period.last]
    query = (
        "select m.rid from member m where m.deleted = 0 and m.merged_into is null and ?1 <= ?2"
        f" and {_MEMBER_CONDITIONS[name]}"
    )
    if where.branch is not None:
        values.append(where.branch)
        query += f" and ifnull(m.branch, x'') = ?{len(values)}"
    if part in _MEMBER_KEYS and where.key is not None:
        values.append(where.key)
        query += f" and {_MEMBER_KEYS[part]} = ?{len(values)}"
    return library.numbers(f"{query} order by m.card", *values)


def persons_of(library: Library, measure: str, where: Where) -> Sequence[int]:
    """Return the members behind a count of different persons, by card.

    Who lost their names since (history cut, erased) are counted and not listed.
    """
    found = persons_behind(library, measure, where.period, where.branch, where.stop)
    rows: list[tuple[str, int]] = []
    for part in in_parts(found, _CHUNK):
        query = (
            f"select ifnull(card, ''), rid from member where id in ({','.join('?' * len(part))})"
        )
        rows += library.rows(query, *part)
    return [rid for _card, rid in sorted(rows)]


def records_of(library: Library, measure: str, where: Where) -> Sequence[int]:
    """Return the holds or complaints of a period."""
    values: list[Any] = [where.period.first, where.period.last]
    if measure == "holds":
        month, branch, query = _HELD, "pickup", "select rid from hold where title is not null"
    else:
        month, branch = "substr(received, 1, 7)", "branch"
        query = "select rid from complaint where deleted = 0"
    query += f" and {month} between ?1 and ?2"
    if where.branch is not None:
        values.append(where.branch)
        query += f" and ifnull({branch}, x'') = ?3"
    if "." in measure and where.key is not None:
        values.append(where.key)
        query += f" and ifnull(kind, '') = ?{len(values)}"
    return library.numbers(f"{query} order by {month} desc, rid desc", *values)


def missed_of(library: Library, where: Where) -> list[tuple[str, int]]:
    """Return what was searched in vain in a period, and how often, the most wanted first."""
    rows = library.rows(
        "select text, sum(times) from search_miss where substr(day, 1, 7) between ? and ?"
        " group by text order by 2 desc, 1",
        *(where.period.first, where.period.last),
    )
    return [(text, int(times)) for text, times in rows]
