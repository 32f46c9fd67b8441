"""The accession register: one line for each copy that ever came, withdrawn ones too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.items import Condition
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_day, sure_id


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A copy as the register has it; ``price`` in whole rupiah (0: not known)."""

    id: UUID
    received: date | None
    inventory: str
    barcode: str
    author: str
    title: str
    publisher: str
    place: str
    year: str
    source: str
    supplier: str
    price: int
    condition: Condition
    withdrawn_on: date | None
    withdrawn_paper: str
    note: str


_SELECT: Final = (
    "select c.id, c.received, c.inventory, c.barcode, t.author, t.title, t.subtitle, t.publisher,"
    ' t.place, t.year, c.source, c.supplier, c.price, c."condition", c.withdrawn_on,'
    " c.withdrawn_paper, c.note from copy c left join title t on t.id = c.title"
    " where c.deleted = 0"
)


def received_between(
    library: Library, first: date, last: date, branch: UUID | None = None
) -> list[RegisterLine]:
    """Return what came on these days, both included."""
    here, values = _at(branch)
    rows = library.rows(
        f"{_SELECT} and c.received between ? and ?{here} order by c.received, c.rid",
        first.isoformat(),
        last.isoformat(),
        *values,
    )
    return [_line(row) for row in rows]


def without_day(library: Library, branch: UUID | None = None) -> int:
    """Return how many copies have no day on which they came."""
    here, values = _at(branch)
    query = (
        f"select count(*) from copy c where c.deleted = 0 and coalesce(c.received, '') = ''{here}"
    )
    return int(library.value(query, *values))


def inventory_numbers(library: Library, branch: UUID | None = None) -> list[tuple[UUID, str]]:
    """Return all inventory numbers with their copies."""
    here, values = _at(branch)
    rows = library.rows(
        f"select c.id, c.inventory from copy c where c.deleted = 0 and c.inventory <> ''{here}",
        *values,
    )
    return [(sure_id(id_), number) for id_, number in rows]


def lines_of(library: Library, ids: list[UUID]) -> list[RegisterLine]:
    """Return these copies, in this order; those that are no more are left out."""
    found: dict[UUID, RegisterLine] = {}
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        marks = ",".join("?" * len(part))
        rows = library.rows(f"{_SELECT} and c.id in ({marks})", *(one.bytes for one in part))
        found.update((line.id, line) for line in map(_line, rows))
    return [found[one] for one in ids if one in found]


def _at(branch: UUID | None) -> tuple[str, tuple[bytes, ...]]:
    return (" and c.branch = ?", (branch.bytes,)) if branch else ("", ())


def _line(row: tuple[Any, ...]) -> RegisterLine:
    i, received, inventory, barcode, author, title, subtitle, publisher, place, year = row[:10]
    source, supplier, price, condition, withdrawn_on, paper, note = row[10:]
    return RegisterLine(
        id=sure_id(i),
        received=as_day(received),
        inventory=inventory or "",
        barcode=barcode or "",
        author=author or "",
        title=": ".join(part for part in (title, subtitle) if part),
        publisher=publisher or "",
        place=place or "",
        year=year or "",
        source=source or "",
        supplier=supplier or "",
        price=price or 0,
        condition=Condition(condition or "good"),
        withdrawn_on=as_day(withdrawn_on),
        withdrawn_paper=paper or "",
        note=note or "",
    )
