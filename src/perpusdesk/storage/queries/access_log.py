"""The log of who looked at whose data; of this device alone, never exchanged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_id, sure_id

_LINE: Final = (
    "select a.at, a.staff, s.name, a.member, m.name, m.card, a.how from access_log a"
    " left join staff s on s.id = a.staff left join member m on m.id = a.member"
)


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One look: Unix ms, who, at whom, how. Names are empty where nobody has them any more."""

    at: int
    staff: UUID | None
    staff_name: str
    member: UUID
    member_name: str
    card: str
    how: str


def write_looks(
    library: Library, looks: Iterable[tuple[int, UUID | None, UUID, str]], before: int | None = None
) -> None:
    """Write looks down in one transaction; those before a moment (Unix ms) are dropped."""
    rows = [(at, who.bytes if who else None, whom.bytes, how) for at, who, whom, how in looks]
    with library.noting() as database:
        database.cursor().executemany(
            "insert into access_log(at, staff, member, how) values (?, ?, ?, ?)", rows
        )
        if before is not None:
            database.execute_sql("delete from access_log where at < ?", (before,))


def write_look_at_all(library: Library, at: int, staff: UUID | None, how: str) -> None:
    """Write down a look at every member whose data is not restricted."""
    with library.noting() as database:
        database.execute_sql(
            "insert into access_log(at, staff, member, how) select ?, ?, id, ? from member"
            " where deleted = 0 and coalesce(restricted, '') = ''",
            (at, staff.bytes if staff else None, how),
        )


def access_rows(
    library: Library,
    *,
    member: UUID | None = None,
    staff: UUID | None = None,
    text: str = "",
    since: int | None = None,
    limit: int = 500,
) -> list[AccessRow]:
    """Return the last looks that fit, the newest first.

    ``text`` is part of the name of who looked or of the member, or the beginning of a card.
    """
    where, values = _where(member, staff, text, since)
    found = library.rows(f"{_LINE} where {where} order by a.number desc limit ?", *values, limit)
    return [_row(row) for row in found]


def count_by_how(library: Library, member: UUID) -> list[tuple[str, int, int, int]]:
    """Return for each way how often a member's data was seen, and when first and last."""
    return [
        (how, count, first, last)
        for how, count, first, last in library.rows(
            "select how, count(*), min(at), max(at) from access_log where member = ?"
            " group by how order by how",
            member.bytes,
        )
    ]


def _where(
    member: UUID | None, staff: UUID | None, text: str, since: int | None
) -> tuple[str, list[Any]]:
    parts, values = ["1 = 1"], list[Any]()
    for column, id_ in (("a.member", member), ("a.staff", staff)):
        if id_ is not None:
            parts.append(f"{column} = ?")
            values.append(id_.bytes)
    if since is not None:
        parts.append("a.at >= ?")
        values.append(since)
    for word in text.split():
        parts.append(
            "(instr(lower(coalesce(s.name, '')), ?) > 0"
            " or instr(lower(coalesce(m.name, '')), ?) > 0"
            " or instr(lower(coalesce(m.card, '')), ?) = 1)"
        )
        values += [word.lower()] * 3
    return " and ".join(parts), values


def _row(row: tuple[Any, ...]) -> AccessRow:
    at, staff, staff_name, member, name, card, how = row
    return AccessRow(
        at, as_id(staff), staff_name or "", sure_id(member), name or "", card or "", how
    )
