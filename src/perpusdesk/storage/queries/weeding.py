"""What weeding needs to know of the stock, what is proposed, and what was withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.items import Condition
from perpusdesk.domain.weeding import StockCopy
from perpusdesk.storage.library import Library
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.queries.values import as_day, as_id, as_moment, sure_id

_CHUNK: Final = 500
_NO_ID: Final = UUID(int=0)
_IN_THE_HOUSE: Final = (
    " c.deleted = 0 and coalesce(c.\"condition\", 'good') <> 'withdrawn'"
    ' and not exists (select 1 from loan o where o.copy = c.id and o."end" = 0)'
    " and not exists (select 1 from hold h where h.copy = c.id and h.state = 'ready')"
    " and not exists (select 1 from transfer x where x.copy = c.id and x.state = 'on_the_way')"
)


@dataclass(frozen=True, slots=True)
class WeedingLine:
    """A copy as the lists of weeding show it."""

    id: UUID
    barcode: str
    inventory: str
    title_id: UUID
    title: str
    author: str
    year: str
    call_number: str
    location: str
    price: int
    reason: str
    withdrawn_on: date | None
    paper: str


@dataclass(frozen=True, slots=True)
class Decree:
    """A decision by which copies were withdrawn."""

    paper: str
    day: date | None
    copies: int


def first_loan_ms(library: Library) -> int | None:
    """Return when the first loan was that is known here (Unix ms)."""
    found = library.value("select min(lent_at) from loan")
    return int(found) if found is not None else None


def stock(
    library: Library, branch: UUID | None, kind: UUID | None, zone: int, history_from: date
) -> Iterator[StockCopy]:
    """Yield the copies in the house that are not withdrawn and not proposed yet, by title.

    ``history_from``: the first day of which loans are known. ``zone`` in minutes east of UTC.
    """
    where, values = "", []
    for column, wanted in (("branch", branch), ("kind", kind)):
        if wanted is not None:
            where += f" and c.{column} = ?"
            values.append(wanted.bytes)
    rows = library.rows(
        'select c.id, c.title, c."condition", t.year, c.received,'
        ' (select max(l.lent_at) from loan l where l.copy = c.id and l."end" <> 3),'
        ' (select count(*) from loan l where l.copy = c.id and l."end" <> 3)'
        f" from copy c left join title t on t.id = c.title where {_IN_THE_HOUSE}"
        f" and coalesce(c.withdrawn_why, '') = ''{where} order by c.title, c.rid",
        *values,
    )
    for i, title, condition, year, received, lent, loans in rows:
        id_ = sure_id(i)
        known = as_day(received) or _entered(id_, zone)
        yield StockCopy(
            id_,
            as_id(title) or _NO_ID,
            Condition(condition or "good"),
            _year(year),
            max(known, history_from),
            as_moment(lent, zone).date() if lent is not None else None,
            int(loans),
        )


def loan_spans(
    library: Library, branch: UUID | None, since_ms: int
) -> Iterator[tuple[UUID, list[tuple[int, int | None]]]]:
    """Yield per title with several copies the loans that lasted since then: from, until."""
    here = " and c.branch = ?" if branch else ""
    values = (branch.bytes,) if branch else ()
    rows = library.rows(
        "select c.title, l.lent_at, l.ended_at from loan l join copy c on c.id = l.copy"
        f' where l."end" <> 3 and (l.ended_at is null or l.ended_at >= ?){here}'
        " and c.title in (select title from copy where deleted = 0 group by title"
        "  having count(*) > 1)"
        " order by c.title",
        since_ms,
        *values,
    )
    title: bytes | None = None
    spans: list[tuple[int, int | None]] = []
    for found, lent, ended in rows:
        if found != title:
            if title is not None and spans:
                yield sure_id(title), spans
            title, spans = found, []
        spans.append((lent, ended))
    if title is not None and spans:
        yield sure_id(title), spans


_LINE: Final = (
    "select c.id, c.barcode, c.inventory, c.title, t.title, t.author, t.year,"
    " coalesce(nullif(c.call_number, ''), t.call_number), c.location, c.price, c.withdrawn_why,"
    " c.withdrawn_on, c.withdrawn_paper from copy c left join title t on t.id = c.title"
)


def lines(library: Library, ids: Sequence[UUID]) -> dict[UUID, WeedingLine]:
    """Return these copies by id."""
    found: dict[UUID, WeedingLine] = {}
    for part in in_parts(ids, _CHUNK):
        marks = ",".join("?" * len(part))
        query = f"{_LINE} where c.id in ({marks})"
        for row in library.rows(query, *(one.bytes for one in part)):
            line = _line(row)
            found[line.id] = line
    return found


def proposed(library: Library, branch: UUID | None) -> list[WeedingLine]:
    """Return what is proposed at a branch (``None``: anywhere) and not decided, by call number."""
    here = " and c.branch = ?" if branch else ""
    rows = library.rows(
        f"{_LINE} where c.deleted = 0 and c.withdrawn_why <> ''"
        f" and coalesce(c.\"condition\", 'good') <> 'withdrawn'{here}"
        " order by 8, t.title, c.rid",
        *((branch.bytes,) if branch else ()),
    )
    return [_line(row) for row in rows]


def withdrawn_by(library: Library, paper: str) -> list[WeedingLine]:
    """Return what a decision withdrew, by call number."""
    rows = library.rows(
        f"{_LINE} where c.deleted = 0 and c.withdrawn_paper = ?"
        " and c.\"condition\" = 'withdrawn' order by 8, t.title, c.rid",
        paper,
    )
    return [_line(row) for row in rows]


def decrees(library: Library) -> list[Decree]:
    """Return the decisions by which copies were withdrawn, the latest first."""
    rows = library.rows(
        "select withdrawn_paper, max(withdrawn_on), count(*) from copy where deleted = 0"
        " and withdrawn_paper <> '' and \"condition\" = 'withdrawn'"
        " group by withdrawn_paper order by 2 desc, 1"
    )
    return [Decree(paper, as_day(day), int(count)) for paper, day, count in rows]


def _line(row: tuple[Any, ...]) -> WeedingLine:
    i, barcode, inventory, title_id, title, author, year, call, location, price = row[:10]
    why, on, paper = row[10:]
    return WeedingLine(
        id=sure_id(i),
        barcode=barcode or "",
        inventory=inventory or "",
        title_id=as_id(title_id) or _NO_ID,
        title=title or "",
        author=author or "",
        year=year or "",
        call_number=call or "",
        location=location or "",
        price=price or 0,
        reason=why or "",
        withdrawn_on=as_day(on),
        paper=paper or "",
    )


def _entered(id_: UUID, zone: int) -> date:
    """Return the day a record was made; its id begins with the Unix ms."""
    return as_moment(id_.int >> 80, zone).date()


def _year(text: Any) -> int | None:
    digits = "".join(letter for letter in str(text or "") if letter.isdigit())[:4]
    return int(digits) if len(digits) == 4 else None
