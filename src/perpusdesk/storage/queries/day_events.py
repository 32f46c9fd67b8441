"""What happened to loans on one day at one branch, told by the ops of all devices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from perpusdesk.domain.clock import COUNTER_BITS
from perpusdesk.domain.merge import loans as events
from perpusdesk.domain.merge.ops import VOID
from perpusdesk.protocol import payload as wire
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_moment, sure_id

KINDS = (events.OPENED, events.RENEWED, events.RETURNED)


@dataclass(frozen=True, slots=True)
class DayEvent:
    """One loan, renewal or return (``kind``) with who did it; ``due`` as it was set then."""

    at: datetime
    kind: str
    due: str
    staff_name: str
    title: str
    barcode: str
    member_name: str
    card: str


def events_of_day(library: Library, first: int, after: int, branch: UUID) -> list[DayEvent]:
    """Return what was lent, renewed and taken back from ``first`` until before ``after`` (Unix ms).

    In order of time; what was undone since is left out.
    """
    found: list[tuple[Any, ...]] = []
    undone: set[tuple[bytes, int, int]] = set()
    for stream, device, incarnation in library.rows(
        "select number, device, incarnation from stream"
    ):
        since = _last_before(library, stream, first)
        undone |= _voided(library, stream, since)
        key = (bytes(device), int.from_bytes(incarnation, "big"))
        rows = library.rows(
            "select o.seq, o.at, o.zone, o.kind, o.payload, o.entity, s.name from op o"
            " left join staff s on s.id = o.staff where o.stream = ? and o.seq > ?"
            " and o.type = 'loan' and o.kind in (?, ?, ?) and o.at >= ? and o.at < ?"
            " and o.branch = ?",
            stream,
            since,
            *KINDS,
            first,
            after,
            branch.bytes,
        )
        found += [(*key, *row) for row in rows]
    kept = [row for row in found if (row[0], row[1], row[2]) not in undone]
    return [_event(library, row[3:]) for row in sorted(kept, key=lambda row: (row[3], row[:3]))]


def _last_before(library: Library, stream: int, first: int) -> int:
    """Return the last seq of a stream that was written before a time (its clock only rises)."""
    return int(
        library.value(
            "select seq from op where stream = ? and clock < ? order by seq desc limit 1",
            stream,
            first << COUNTER_BITS,
        )
        or 0
    )


def _voided(library: Library, stream: int, since: int) -> set[tuple[bytes, int, int]]:
    rows = library.rows(
        "select payload from op where stream = ? and seq > ? and kind = ? and type = 'loan'",
        stream,
        since,
        VOID,
    )
    stamps = [stamp for (data,) in rows for stamp in wire.decode(data).get("of", ())]
    return {(bytes(stamp[1]), stamp[2], stamp[3]) for stamp in stamps}


def _event(library: Library, row: tuple[Any, ...]) -> DayEvent:
    at, zone, kind, data, entity, staff = row
    names = library.row(
        "select t.title, c.barcode, m.name, m.card from loan l left join copy c on c.id = l.copy"
        " left join title t on t.id = c.title left join member m on m.id = l.member"
        " where l.id = ?",
        sure_id(entity).bytes,
    ) or ("", "", "", "")
    title, barcode, member, card = (text or "" for text in names)
    due = str(wire.decode(data).get("due") or "")
    return DayEvent(as_moment(at, zone), kind, due, staff or "", title, barcode, member, card)
