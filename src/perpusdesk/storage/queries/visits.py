"""Who came: visits of a day at a branch, and the last one of a member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_day, as_id, as_moment, sure_id


@dataclass(frozen=True, slots=True)
class VisitorRow:
    """What a count takes of a member's record."""

    name: str
    sex: str
    born: date | None
    category: UUID | None


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One counted visit; ``member_name`` is empty for who has no card."""

    id: UUID
    at: datetime
    people: int
    member: UUID | None
    member_name: str
    sex: str
    age: str
    occupation: str
    education: str
    purpose: str
    institution: str
    room: UUID | None
    room_name: str
    party: UUID | None


_LINE: Final = (
    "select v.id, v.at, v.zone, v.people, v.member, m.name, v.sex, v.age, v.occupation,"
    " v.education, v.purpose, v.institution, v.room, r.name, v.party from visit v"
    " left join member m on m.id = v.member and m.deleted = 0 left join room r on r.id = v.room"
)


def visitor(library: Library, member: UUID) -> VisitorRow | None:
    """Return what is known of a member who comes."""
    row = library.row(
        "select name, sex, birth_date, category from member where id = ? and deleted = 0",
        member.bytes,
    )
    if row is None:
        return None
    name, sex, born, category = row
    return VisitorRow(name or "", sex or "", as_day(born), as_id(category))


def last_visit(library: Library, member: UUID, branch: UUID) -> tuple[int, int] | None:
    """Return when a member's last visit to a branch was counted: Unix ms and zone."""
    row = library.row(
        "select at, zone from visit where member = ? and branch = ? and voided = 0"
        " order by at desc limit 1",
        member.bytes,
        branch.bytes,
    )
    return (row[0], row[1]) if row else None


def people_between(library: Library, branch: UUID, first: int, after: int) -> int:
    """Return how many people came to a branch from ``first`` until before ``after`` (Unix ms)."""
    return int(
        library.value(
            "select coalesce(sum(people), 0) from visit where at >= ? and at < ? and branch = ?"
            " and voided = 0",
            first,
            after,
            branch.bytes,
        )
    )


def by_hour(library: Library, branch: UUID, first: int, after: int) -> dict[int, int]:
    """Return people by the hour of the day from ``first`` (a local midnight) on."""
    rows = library.rows(
        "select (at - ?) / 3600000, sum(people) from visit where at >= ? and at < ?"
        " and branch = ? and voided = 0 group by 1",
        first,
        first,
        after,
        branch.bytes,
    )
    return {int(hour): int(people) for hour, people in rows}


def by_room(library: Library, branch: UUID, first: int, after: int) -> dict[UUID | None, int]:
    """Return people by room; ``None``: no room was said."""
    rows = library.rows(
        "select room, sum(people) from visit where at >= ? and at < ? and branch = ?"
        " and voided = 0 group by room",
        first,
        after,
        branch.bytes,
    )
    return {as_id(room): int(people) for room, people in rows}


def last_lines(
    library: Library, branch: UUID, first: int, after: int, limit: int
) -> Sequence[VisitLine]:
    """Return the last visits of a span, newest first."""
    rows = library.rows(
        f"{_LINE} where v.at >= ? and v.at < ? and v.branch = ? and v.voided = 0"
        " order by v.at desc, v.rid desc limit ?",
        first,
        after,
        branch.bytes,
        limit,
    )
    return [_line(row) for row in rows]


def _line(row: Sequence[Any]) -> VisitLine:
    id_, at, zone, people, member, name, *told = row
    sex, age, occupation, education, purpose, institution, room, room_name, party = told
    return VisitLine(
        sure_id(id_),
        as_moment(at, zone),
        people,
        as_id(member),
        name or "",
        sex or "",
        age or "",
        occupation or "",
        education or "",
        purpose or "",
        institution or "",
        as_id(room),
        room_name or "",
        as_id(party),
    )
