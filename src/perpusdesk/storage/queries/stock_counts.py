"""Stock-takes as they were begun, and what a single scan needs to know."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.items import Condition
from perpusdesk.domain.shelf_order import ShelfRange
from perpusdesk.domain.stock_take import Figures, Scope, Seen, StockCount
from perpusdesk.protocol import payload as wire
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_id, as_moment, sure_id

_LOG: Final = logging.getLogger(__name__)
CALL_NUMBER: Final = "coalesce(nullif(c.call_number, ''), t.call_number, '')"
"""The call number on the spine of copy ``c`` of title ``t``."""
_COUNT: Final = (
    "select id, name, branch, scope, started, ended, note, figures from stock_count"
    " where deleted = 0 and started <> ''"
)
_FIGURES: Final = frozenset(field.name for field in fields(Figures))


def encoded_scope(scope: Scope) -> bytes:
    """Return what a scope is stored as; the branch has a column of its own."""
    return wire.encode(
        {
            "first": scope.shelves.first,
            "last": scope.shelves.last,
            "kinds": sorted(kind.bytes for kind in scope.kinds),
            "locations": sorted(scope.locations),
        }
    )


def encoded_figures(figures: Figures) -> bytes:
    """Return what the figures of an ended count are stored as."""
    return wire.encode(asdict(figures))


def stock_counts(library: Library, branch: UUID | None = None) -> list[StockCount]:
    """Return all counts (of a branch), the newest first."""
    where, values = (" and branch = ?", [branch.bytes]) if branch else ("", [])
    rows = library.rows(f"{_COUNT}{where} order by started desc, id desc", *values)
    return [count for row in rows if (count := _count(row)) is not None]


def stock_count(library: Library, id_: UUID) -> StockCount | None:
    """Return one count, or ``None``."""
    row = library.row(f"{_COUNT} and id = ?", id_.bytes)
    return _count(row) if row else None


def _count(row: tuple[Any, ...]) -> StockCount | None:
    """Return a count, or ``None`` for a row that makes no sense (of a newer program)."""
    id_, name, branch, scope, started, ended, note, figures = row
    try:
        return StockCount(
            sure_id(id_),
            name or "",
            _scope(as_id(branch) or UUID(int=0), scope),
            datetime.fromisoformat(started),
            datetime.fromisoformat(ended) if ended else None,
            note or "",
            _read_figures(figures),
        )
    except (ValueError, TypeError, AttributeError) as error:
        _LOG.warning("passed over: %s", error)
        return None


def _scope(branch: UUID, stored: Any) -> Scope:
    kept: Mapping[str, Any] = wire.decode(stored) if stored else {}
    return Scope(
        branch,
        ShelfRange(kept.get("first", ""), kept.get("last", "")),
        frozenset(UUID(bytes=bytes(kind)) for kind in kept.get("kinds", ())),
        frozenset(kept.get("locations", ())),
    )


def _read_figures(stored: Any) -> Figures | None:
    if not stored:
        return None
    kept = {name: value for name, value in wire.decode(stored).items() if name in _FIGURES}
    return Figures(**kept)


def locations(library: Library, branch: UUID) -> list[str]:
    """Return the locations that copies of a branch have, by name."""
    rows = library.rows(
        "select distinct trim(location) from copy where deleted = 0 and branch = ?"
        " and trim(location) <> '' order by 1",
        branch.bytes,
    )
    return [row[0] for row in rows]


# -- one scan -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier scan of the same copy or code in the same count, on whichever device."""

    scan: UUID
    at: datetime
    device: str
    staff: str
    own: bool
    place: str


def seen_copy(library: Library, copy: UUID | None) -> Seen:
    """Return a copy (``None``: of a code that nobody knows) as a scan sees it just now."""
    row = copy and library.row(
        f"select c.branch, c.kind, trim(coalesce(c.location, '')), {CALL_NUMBER},"
        " coalesce(c.\"condition\", 'good'),"
        ' exists (select 1 from loan l where l.copy = c.id and l."end" = 0),'
        " exists (select 1 from transfer r where r.copy = c.id and r.state = 'on_the_way')"
        " from copy c left join title t on t.id = c.title where c.id = ? and c.deleted = 0",
        copy.bytes,
    )
    if not row:
        return Seen(known=False)
    branch, kind, location, call_number, condition, on_loan, on_its_way = row
    return Seen(
        as_id(branch),
        as_id(kind),
        location,
        call_number,
        Condition(condition),
        bool(on_loan),
        bool(on_its_way),
    )


def scan_before(library: Library, count: UUID, copy: UUID | None, code: str) -> Before | None:
    """Return the first standing scan of a copy (``None``: of an unknown code) in a count."""
    which, value = ("s.copy = ?", copy.bytes) if copy else ("s.copy is null and s.code = ?", code)
    row = library.row(
        "select s.id, s.at, s.zone, d.name, p.name, m.device, s.place from stock_scan s"
        " join stream m on m.number = s.stream left join device d on d.id = m.device"
        f" left join staff p on p.id = s.staff where s.stock_count = ? and {which}"
        " and s.voided = 0 order by s.id limit 1",
        count.bytes,
        value,
    )
    if row is None:
        return None
    id_, at, zone, device, staff, of, place = row
    own = bytes(of) == library.device
    return Before(sure_id(id_), as_moment(at, zone), device or "", staff or "", own, place or "")


def counted_already(library: Library, count: UUID, copies: Iterable[UUID]) -> set[UUID]:
    """Return those of some copies that were scanned in a count."""
    found = set()
    for copy in copies:
        row = library.row(
            "select 1 from stock_scan where stock_count = ? and copy = ? and voided = 0 limit 1",
            count.bytes,
            copy.bytes,
        )
        if row:
            found.add(copy)
    return found
