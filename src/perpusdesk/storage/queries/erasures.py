"""Who was erased, and what the history of reading was cut by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_id, as_moment, sure_id


@dataclass(frozen=True, slots=True)
class Erasure:
    """One erasure that stands; ``carried_out``: since when it is final."""

    id: UUID
    member: UUID
    reason: str
    at: datetime
    staff: UUID | None
    carried_out: datetime | None


def erasures(library: Library) -> list[Erasure]:
    """Return all that were not taken back, the latest first."""
    rows = library.rows(
        "select id, member, reason, at, zone, staff, carried from erasure"
        " where (voided = 0 or carried is not null) and member is not null order by at desc, id"
    )
    return [
        Erasure(
            sure_id(id_),
            sure_id(member),
            reason or "",
            as_moment(at, zone),
            as_id(staff),
            None if carried is None else as_moment(carried, zone),
        )
        for id_, member, reason, at, zone, staff, carried in rows
    ]


def merged_into(library: Library, member: UUID) -> tuple[UUID, ...]:
    """Return the records that were merged into a member, and into those, and so on."""
    found: dict[bytes, None] = {}
    waiting = [member.bytes]
    while waiting:
        query = "select id from member where deleted = 1 and merged_into = ? order by id"
        rows = library.rows(query, waiting.pop())
        new = [bytes(row[0]) for row in rows if bytes(row[0]) not in (*found, member.bytes)]
        found.update(dict.fromkeys(new))
        waiting += new
    return tuple(sure_id(one) for one in found)


def last_cut(library: Library) -> int | None:
    """Return before which moment (Unix ms) ended loans have lost their member; ``None``: never."""
    value = library.value("select max(before) from history_cut")
    return int(value) if value is not None else None
