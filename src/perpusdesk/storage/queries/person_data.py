"""What the library holds of a person beside the member's own record."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_moment

_READINGS: Final = (
    "select r.at, r.zone, t.title, b.name from reading r left join title t on t.id = r.title"
    " left join branch b on b.id = r.branch where r.member = ? and r.voided = 0 order by r.at desc"
)
_VISITS: Final = (
    "select v.at, v.zone, v.purpose, v.institution, v.education, v.occupation, b.name from visit v"
    " left join branch b on b.id = v.branch where v.member = ? and v.voided = 0 order by v.at desc"
)
_SEEN_MEMBERS: Final = (
    "select m.id, m.card, m.name, m.phone, m.address, m.guardian_name, m.guardian_phone"
    " from member m where m.deleted = 0 and coalesce(m.name, '') <> '' order by m.name, m.rid"
)


def readings_of(library: Library, member: UUID) -> list[tuple[datetime, str, str]]:
    """Return what a member read on site: when, the title, the branch; the latest first."""
    return [
        (as_moment(at, zone), title or "", branch or "")
        for at, zone, title, branch in library.rows(_READINGS, member.bytes)
    ]


def visits_of(library: Library, member: UUID) -> list[dict[str, Any]]:
    """Return a member's counted visits, the latest first."""
    names = ("purpose", "institution", "education", "occupation", "branch")
    return [
        {
            "at": as_moment(at, zone),
            **{name: text or "" for name, text in zip(names, said, strict=True)},
        }
        for at, zone, *said in library.rows(_VISITS, member.bytes)
    ]


def people_to_tell(library: Library) -> list[tuple[Any, ...]]:
    """Return id, card, name, phone, address, guardian and guardian's phone of every member."""
    return library.rows(_SEEN_MEMBERS)
