"""What decisions on the collection rest on: holds and loans by title, stock and use by class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final
from uuid import UUID

from perpusdesk.domain.class_colours import main_class
from perpusdesk.domain.collection.buying import TitleUse
from perpusdesk.storage.library import Library
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.queries.values import sure_id

_CHUNK: Final = 500
_LENT: Final = 'l."end" <> 3'
_GONE: Final = "('withdrawn', 'lost', 'missing')"
_STANDS: Final = f"c.deleted = 0 and coalesce(c.\"condition\", 'good') not in {_GONE}"


@dataclass(frozen=True, slots=True)
class TitleLine:
    """A title as the list of what to buy shows it; ``price``: the latest known, in rupiah."""

    id: UUID
    title: str
    author: str
    publisher: str
    year: str
    isbn: str
    call_number: str
    price: int


def title_uses(library: Library, branch: UUID | None, first: int, last: int) -> Iterator[TitleUse]:
    """Yield each title that was lent in a period (Unix ms), or that somebody waits for."""
    here, values = _at(branch, "c")
    loans = library.rows(
        "select c.title, l.lent_at, l.ended_at from loan l join copy c on c.id = l.copy"
        f" where {_LENT} and l.lent_at < ? and coalesce(l.ended_at, ?) > ? and c.title is not null"
        f"{here} order by c.title",
        *(last, last, first, *values),
    )
    spans = {
        bytes(title): tuple((int(lent), ended) for _, lent, ended in some)
        for title, some in groupby(loans, itemgetter(0))
    }
    holds = _holds(library, branch)
    stock = _stock(library, branch)
    for title in sorted(spans.keys() | holds.keys()):
        copies, lost = stock.get(title, (0, 0))
        yield TitleUse(sure_id(title), copies, holds.get(title, 0), lost, spans.get(title, ()))


def _holds(library: Library, branch: UUID | None) -> dict[bytes, int]:
    here = " and pickup = ?" if branch else ""
    values = (branch.bytes,) if branch else ()
    query = f"select title, count(*) from hold where state = 'waiting'{here} group by title"
    return {bytes(title): int(count) for title, count in library.rows(query, *values) if title}


def _stock(library: Library, branch: UUID | None) -> dict[bytes, tuple[int, int]]:
    here, values = _at(branch, "c")
    query = (
        f"select c.title, sum({_STANDS}), sum(coalesce(c.\"condition\", 'good') in"
        " ('lost', 'missing')) from copy c where c.deleted = 0 and c.title is not null"
        f"{here} group by c.title"
    )
    rows = library.rows(query, *values)
    return {bytes(title): (int(stands), int(lost)) for title, stands, lost in rows}


def title_lines(library: Library, ids: Sequence[UUID]) -> dict[UUID, TitleLine]:
    """Return these titles by id."""
    found: dict[UUID, TitleLine] = {}
    for part in in_parts(ids, _CHUNK):
        marks = ",".join("?" * len(part))
        query = (
            "select id, title, author, publisher, year, isbn, call_number,"
            " (select price from copy c where c.title = title.id and c.price > 0"
            "  order by c.rid desc limit 1)"
            f" from title where id in ({marks})"
        )
        for id_, title, author, publisher, year, isbn, call_number, price in library.rows(
            query, *(one.bytes for one in part)
        ):
            found[sure_id(id_)] = TitleLine(
                sure_id(id_),
                title or "",
                author or "",
                publisher or "",
                str(year or ""),
                isbn or "",
                call_number or "",
                int(price or 0),
            )
    return found


def stock_by_class(library: Library, branch: UUID | None) -> dict[str, dict[int | None, int]]:
    """Return by main class (``""``: none) how many standing copies are of each year."""
    here, values = _at(branch, "c")
    query = (
        "select coalesce(nullif(c.call_number, ''), t.call_number, ''),"
        " coalesce(t.classification, ''), t.year, count(*)"
        " from copy c left join title t on t.id = c.title"
        f" where {_STANDS}{here} group by 1, 2, 3"
    )
    found: dict[str, dict[int | None, int]] = {}
    for call_number, classification, year, count in library.rows(query, *values):
        of_class = found.setdefault(main_class(call_number, classification), {})
        known = _year(year)
        of_class[known] = of_class.get(known, 0) + int(count)
    return found


def loans_by_class(library: Library, branch: UUID | None, first: int, last: int) -> dict[str, int]:
    """Return by main class how often copies were lent from ``first`` to before ``last``."""
    here, values = _at(branch, "l")
    query = (
        "select coalesce(nullif(c.call_number, ''), t.call_number, ''),"
        " coalesce(t.classification, ''), sum(n) from (select copy, count(*) as n from loan l"
        f" where {_LENT} and l.lent_at >= ? and l.lent_at < ?{here} group by copy) as lent"
        " join copy c on c.id = lent.copy left join title t on t.id = c.title group by 1, 2"
    )
    found: dict[str, int] = {}
    for call_number, classification, count in library.rows(query, first, last, *values):
        name = main_class(call_number, classification)
        found[name] = found.get(name, 0) + int(count)
    return found


def class_of_titles(library: Library, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the main class of these titles."""
    found: dict[UUID, str] = {}
    for part in in_parts(ids, _CHUNK):
        marks = ",".join("?" * len(part))
        query = f"select id, call_number, classification from title where id in ({marks})"
        for id_, call_number, classification in library.rows(query, *(one.bytes for one in part)):
            found[sure_id(id_)] = main_class(call_number or "", classification or "")
    return found


def mean_prices(library: Library) -> dict[str, int]:
    """Return by main class what a copy cost on average (rupiah), of copies with a price."""
    query = (
        "select coalesce(nullif(c.call_number, ''), t.call_number, ''),"
        " coalesce(t.classification, ''), sum(c.price), count(*)"
        " from copy c left join title t on t.id = c.title"
        " where c.deleted = 0 and c.price > 0 group by 1, 2"
    )
    sums: dict[str, tuple[int, int]] = {}
    for call_number, classification, price, count in library.rows(query):
        name = main_class(call_number, classification)
        so_far, copies = sums.get(name, (0, 0))
        sums[name] = so_far + int(price), copies + int(count)
    return {name: price // copies for name, (price, copies) in sums.items()}


def _at(branch: UUID | None, table: str) -> tuple[str, tuple[bytes, ...]]:
    return (f" and {table}.branch = ?", (branch.bytes,)) if branch else ("", ())


def _year(text: object) -> int | None:
    digits = "".join(letter for letter in str(text or "") if letter.isdigit())[:4]
    return int(digits) if len(digits) == 4 else None


def budgets(library: Library, year: str, branch: UUID | None) -> dict[str, int]:
    """Return by main class the amount (rupiah) set aside for a year; without those taken back."""
    here = "branch = ?" if branch else "branch is null"
    values = (branch.bytes,) if branch else ()
    query = f"select scope, amount from budget where deleted = 0 and year = ? and {here}"
    rows = library.rows(query, year, *values)
    return {str(scope): int(amount) for scope, amount in rows if amount}
