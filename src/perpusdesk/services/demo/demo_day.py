"""Whom and what the demo's desk day is played with: found in the library as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from perpusdesk.services.circulation.lend import lend_objections
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import circulation as find

_TRIED = 400


@dataclass(frozen=True, slots=True)
class Prop:
    """A code to hold into the camera, and the words on its label."""

    code: str
    heading: str
    title: str


@dataclass(frozen=True, slots=True)
class Props:
    """A member who may borrow, three copies on the shelf, one on loan, one for reading here."""

    member: UUID
    card: Prop
    books: tuple[Prop, ...]
    on_loan: Prop | None
    reading_room: Prop | None


def find_props(desk: Desk, library: str) -> Props | None:
    """Return what a day can be played with, or ``None`` in a library without it."""
    shelf = _copies(desk, "on_shelf")
    for member in _members(desk):
        fit = [copy for copy in shelf[:40] if not lend_objections(desk, member, copy)]
        quota = _first_books(desk, member, fit)
        if quota:
            known = find.member_by_id(desk.library, member)
            assert known is not None
            return Props(
                member,
                Prop(known.card, library, known.name),
                tuple(_prop(desk, copy, library) for copy in quota),
                _one(desk, "on_loan", library),
                _one(desk, "reading_room", library),
            )
    return None


def _first_books(desk: Desk, member: UUID, copies: list[UUID]) -> list[UUID]:
    loans = find.open_loans_of_member(desk.library, member)
    return copies[:3] if len(copies) >= 3 and not loans else []


def _members(desk: Desk) -> list[UUID]:
    rows = desk.library.rows(
        "select m.id from member m where m.deleted = 0 and m.expires > ? and not exists"
        ' (select 1 from loan l where l.member = m.id and l."end" = 0) order by m.card limit ?',
        desk.today().isoformat(),
        _TRIED,
    )
    return [UUID(bytes=bytes(row[0])) for row in rows]


_WHERE = {
    "on_shelf": "coalesce(c.access, 'loan') = 'loan' and not exists"
    ' (select 1 from loan l where l.copy = c.id and l."end" = 0)',
    "on_loan": 'exists (select 1 from loan l where l.copy = c.id and l."end" = 0)',
    "reading_room": "c.access = 'reading_room'",
}


def _copies(desk: Desk, which: str) -> list[UUID]:
    rows = desk.library.rows(
        "select c.id from copy c join title t on t.id = c.title where c.deleted = 0"
        " and coalesce(c.\"condition\", 'good') = 'good' and c.branch = ? and length(t.title) < 60"
        f" and t.language = 'ind' and {_WHERE[which]} order by c.barcode limit ?",
        desk.branch.bytes,
        _TRIED,
    )
    return [UUID(bytes=bytes(row[0])) for row in rows]


def _one(desk: Desk, which: str, library: str) -> Prop | None:
    found = _copies(desk, which)
    return _prop(desk, found[0], library) if found else None


def _prop(desk: Desk, copy: UUID, library: str) -> Prop:
    row = desk.library.row(
        "select c.barcode, t.title, t.call_number from copy c join title t on t.id = c.title"
        " where c.id = ?",
        copy.bytes,
    )
    assert row is not None
    return Prop(row[0], f"{library} · {row[2] or ''}", row[1] or "")
