"""Holds as lists, cards and the pick list show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.circulation_types import HoldState
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.merged import KEPT, OF_TITLE
from perpusdesk.storage.queries.values import as_day, as_id, as_moment, sure_id

_NO_ID: Final = UUID(int=0)
_SELECT: Final = (
    "select h.id, coalesce(t.id, h.title), t.title, t.author, t.call_number, h.member, m.name,"
    " m.card, h.pickup, p.name, h.placed_at, h.placed_zone, h.state, h.copy, c.barcode,"
    " h.pickup_until, h.expires,"
    " case when h.state <> 'waiting' then 0 else 1 + (select count(*) from hold o"
    "  where o.title = h.title and o.state in ('waiting', 'ready') and o.state = 'waiting'"
    "  and (o.placed_at, o.id) < (h.placed_at, h.id)"
    "  and (o.expires is null or o.expires >= ?)) end"
    f" from hold h left join title t on t.id = {KEPT.format('h.title')}"
    " left join member m on m.id = h.member"
    " left join branch p on p.id = h.pickup left join copy c on c.id = h.copy"
)
_LIVE: Final = "h.state in ('waiting', 'ready')"
_WANTED: Final = "(h.expires is null or h.expires >= ?)"
FREE_COPY: Final = (
    "c.deleted = 0 and coalesce(c.access, 'loan') = 'loan'"
    " and coalesce(c.\"condition\", 'good') = 'good'"
    ' and not exists (select 1 from loan l where l.copy = c.id and l."end" = 0)'
    " and not exists (select 1 from hold r where r.copy = c.id and r.state = 'ready')"
    " and not exists (select 1 from transfer x where x.copy = c.id and x.state = 'on_the_way')"
)


@dataclass(frozen=True, slots=True)
class HoldLine:
    """One hold with what a person needs to recognise it.

    ``position`` is the place in the queue from 1, and 0 when it does not wait any more.
    ``in_transit``: a copy is set aside, but still on its way to the pickup branch.
    """

    hold: UUID
    title_id: UUID
    title: str
    author: str
    call_number: str
    member: UUID
    member_name: str
    card: str
    pickup: UUID | None
    pickup_name: str
    placed_at: datetime
    state: HoldState
    copy: UUID | None
    barcode: str
    pickup_until: date | None
    expires: date | None
    position: int
    in_transit: bool


@dataclass(frozen=True, slots=True)
class ShelfCopy:
    """A copy that stands on the shelf and may be lent."""

    id: UUID
    barcode: str
    location: str


def hold_line(library: Library, hold: UUID, today: date) -> HoldLine | None:
    """Return one hold, whatever its state."""
    rows = library.rows(f"{_SELECT} where h.id = ?", today.isoformat(), hold.bytes)
    return _line(rows[0]) if rows else None


def live_lines_of_member(library: Library, member: UUID, today: date) -> list[HoldLine]:
    """Return a member's holds that still count, those to collect first."""
    return _live(library, "h.member = ?", member.bytes, today)


def live_lines_of_title(library: Library, title: UUID, today: date) -> list[HoldLine]:
    """Return the holds of a title that still count: kept copies, then the queue."""
    return _live(library, f"h.title {OF_TITLE}", title.bytes, today)


def _live(library: Library, where: str, key: bytes, today: date) -> list[HoldLine]:
    day = today.isoformat()
    rows = library.rows(
        f"{_SELECT} where {where} and ((h.state = 'waiting' and {_WANTED}) or (h.state = 'ready'"
        " and (h.pickup_until is null or h.pickup_until >= ?)))"
        " order by h.state, h.placed_at, h.id",
        day,
        key,
        day,
        day,
    )
    return [_line(row) for row in rows]


def history_of_member(
    library: Library, member: UUID, today: date, limit: int = 100
) -> list[HoldLine]:
    """Return all holds a member ever placed, the latest first."""
    rows = library.rows(
        f"{_SELECT} where h.member = ? order by h.placed_at desc limit ?",
        today.isoformat(),
        member.bytes,
        limit,
    )
    return [_line(row) for row in rows]


def ready_lines(library: Library, branch: UUID, today: date) -> list[HoldLine]:
    """Return the copies kept for somebody at a branch, and those on their way to it.

    Ordered by the last day they are kept; what is on its way comes last.
    """
    day = today.isoformat()
    rows = library.rows(
        f"{_SELECT} where {_LIVE} and h.state = 'ready' and h.pickup = ?"
        " and (h.pickup_until is null or h.pickup_until >= ?)"
        " order by h.pickup_until is null, h.pickup_until, m.name",
        day,
        branch.bytes,
        day,
    )
    return [_line(row) for row in rows]


def lapsed_lines(library: Library, branch: UUID, today: date) -> list[HoldLine]:
    """Return the holds to collect at a branch (or anywhere) whose time is over."""
    day = today.isoformat()
    rows = library.rows(
        f"{_SELECT} where {_LIVE} and (h.pickup = ? or h.pickup is null) and ("
        "(h.state = 'waiting' and h.expires < ?) or (h.state = 'ready' and h.pickup_until < ?))"
        " order by h.placed_at, h.id",
        day,
        branch.bytes,
        day,
        day,
    )
    return [_line(row) for row in rows]


def waiting_for_shelf(library: Library, branch: UUID, today: date) -> list[HoldLine]:
    """Return the waiting holds of which a copy stands free at a branch, first come first."""
    day = today.isoformat()
    rows = library.rows(
        f"{_SELECT} where {_LIVE} and h.state = 'waiting' and {_WANTED}"
        " and exists (select 1 from copy c where c.title in (h.title, t.id) and c.branch = ?"
        f" and {FREE_COPY})"
        " order by h.placed_at, h.id",
        day,
        day,
        branch.bytes,
    )
    return [_line(row) for row in rows]


def shelf_copies(library: Library, title: UUID, branch: UUID) -> list[ShelfCopy]:
    """Return the free copies of a title at a branch."""
    rows = library.rows(
        "select c.id, c.barcode, c.location from copy c"
        f" where c.title {OF_TITLE} and c.branch = ? and {FREE_COPY} order by c.barcode",
        title.bytes,
        branch.bytes,
    )
    return [ShelfCopy(sure_id(i), barcode or "", where or "") for i, barcode, where in rows]


def kinds_of_title(library: Library, title: UUID) -> tuple[UUID | None, ...]:
    """Return the collection kinds of a title's copies that are in the stock."""
    rows = library.rows(
        f"select distinct kind from copy where title {OF_TITLE} and deleted = 0"
        " and coalesce(\"condition\", 'good') <> 'withdrawn'",
        title.bytes,
    )
    return tuple(as_id(row[0]) for row in rows)


def _line(row: tuple[Any, ...]) -> HoldLine:
    i, title_id, title, author, call_number, member, name, card, pickup, pickup_name = row[:10]
    at, zone, state, copy, barcode, until, expires, position = row[10:]
    return HoldLine(
        hold=sure_id(i),
        title_id=as_id(title_id) or _NO_ID,
        title=title or "",
        author=author or "",
        call_number=call_number or "",
        member=as_id(member) or _NO_ID,
        member_name=name or "",
        card=card or "",
        pickup=as_id(pickup),
        pickup_name=pickup_name or "",
        placed_at=as_moment(at, zone),
        state=HoldState(state),
        copy=as_id(copy),
        barcode=barcode or "",
        pickup_until=as_day(until),
        expires=as_day(expires),
        position=position,
        in_transit=state == HoldState.READY and not until,
    )
