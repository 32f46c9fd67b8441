"""Numbers of identity, apart from the members they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import sure_id


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """One number, whole: mask it before it is shown."""

    id: UUID
    kind: str
    number: str


def identities_of(library: Library, member: UUID) -> list[IdentityRow]:
    """Return a member's numbers, the latest first."""
    rows = library.rows(
        "select id, kind, number from identity where member = ? and deleted = 0"
        " and coalesce(number, '') <> '' order by rid desc",
        member.bytes,
    )
    return [IdentityRow(sure_id(id_), kind or "", number) for id_, kind, number in rows]


def same_number(library: Library, number: str, besides: UUID) -> UUID | None:
    """Return another member who has this number, if there is one."""
    value = library.value(
        "select i.member from identity i join member m on m.id = i.member"
        " where i.number = ? and i.deleted = 0 and m.deleted = 0 and i.member <> ? limit 1",
        number,
        besides.bytes,
    )
    return sure_id(value) if value else None
