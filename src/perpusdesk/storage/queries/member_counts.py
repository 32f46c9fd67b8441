"""How many members there are of each sort, what lists show besides, and who may be whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.members import STANDINGS, Standing, narrowed
from perpusdesk.storage.queries.values import as_id, sure_id

_CHUNK: Final = 500


def count_members(library: Library, text: str = "") -> int:
    """Return how many members match a text (no text: all)."""
    where, values = _where(text)
    return int(library.value(f"select count(*) from member m where {where}", *values))


def count_categories(library: Library, text: str = "") -> dict[UUID | None, int]:
    """Return how many of the members that match a text are of each category."""
    where, values = _where(text)
    rows = library.rows(
        f"select m.category, count(*) from member m where {where} group by m.category", *values
    )
    return {as_id(category): count for category, count in rows}


def count_standings(library: Library, today: date, text: str = "") -> dict[Standing, int]:
    """Return how many of the members that match a text stand how; some stand in several ways."""
    where, values = _where(text)
    found = {}
    for standing, condition in STANDINGS.items():
        days = [today.isoformat()] * condition.count(":today")
        asked = condition.replace(":today", "?")
        found[standing] = int(
            library.value(
                f"select count(*) from member m where {where} and {asked}", *values, *days
            )
        )
    return found


def overdue_of(library: Library, members: Sequence[UUID], today: date) -> dict[UUID, int]:
    """Return how many loans of these members are overdue (and not claimed returned)."""
    found: dict[UUID, int] = {}
    for start in range(0, len(members), _CHUNK):
        part = [member.bytes for member in members[start : start + _CHUNK]]
        rows = library.rows(
            f"select member, count(*) from loan where member in ({','.join('?' * len(part))})"
            ' and "end" = 0 and due < ? and claimed = 0 group by member',
            *part,
            today.isoformat(),
        )
        found.update((sure_id(member), count) for member, count in rows)
    return found


def same_person(library: Library, name: str, birth_date: date | None, limit: int = 5) -> list[UUID]:
    """Return the members of this name, whatever its case; of this birth date too, if it is given.

    A record without a birth date may be anybody's of the name.
    """
    born = birth_date.isoformat() if birth_date else ""
    words = '"' + name.replace('"', " ").strip().lower() + '"'
    if words == '""':
        return []
    rows = library.rows(
        "select m.id from member m where m.deleted = 0 and lower(m.name) = lower(?)"
        " and (? = '' or m.birth_date is null or m.birth_date in ('', ?))"
        " and m.rid in (select rowid from member_search where member_search match ?) limit ?",
        name.strip(),
        born,
        born,
        words,
        limit,
    )
    return [sure_id(row[0]) for row in rows]


def _where(text: str) -> tuple[str, list[Any]]:
    if not text.strip():
        return "m.deleted = 0", []
    condition, values = narrowed(text)
    return f"m.deleted = 0 and {condition}", values
