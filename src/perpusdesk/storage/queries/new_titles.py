"""Titles that came in within a period, and the covers of titles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import bounds_of_day

_PART: Final = 200


def titles_come_in(
    library: Library, first: date, last: date, zone: int, branch: UUID | None = None
) -> list[UUID]:
    """Return titles with a copy that came in from ``first`` to ``last``, in shelf order of class.

    A copy came in on the day noted in it; without one, on the day it was entered (which its id
    tells, in the local time of ``zone`` minutes). ``branch`` narrows to the copies of one.
    """
    begin, end = bounds_of_day(first, zone)[0], bounds_of_day(last, zone)[1]
    rows = library.rows(
        "select t.id from title t where t.deleted = 0 and t.id in (select c.title from copy c"
        " where c.deleted = 0 and (c.branch = ? or ? is null)"
        " and ((c.received between ? and ?)"
        " or (coalesce(c.received, '') = '' and c.id >= ? and c.id < ?)))"
        " order by t.classification, t.call_number, t.title",
        branch.bytes if branch else None,
        branch.bytes if branch else None,
        str(first),
        str(last),
        _id_from(begin),
        _id_from(end),
    )
    return [UUID(bytes=bytes(id_)) for (id_,) in rows]


def covers(library: Library, titles: Sequence[UUID]) -> dict[UUID, bytes]:
    """Return the cover pictures of those titles that have one."""
    found: dict[UUID, bytes] = {}
    for start in range(0, len(titles), _PART):
        part = [title.bytes for title in titles[start : start + _PART]]
        rows = library.rows(
            "select title, image from cover where deleted = 0 and image is not null"
            f" and title in ({','.join('?' * len(part))}) order by clock",
            *part,
        )
        found.update((UUID(bytes=bytes(title)), bytes(image)) for title, image in rows)
    return found


def _id_from(unix_ms: int) -> bytes:
    """Return the smallest UUIDv7 of a moment."""
    return unix_ms.to_bytes(6, "big") + bytes(10)
