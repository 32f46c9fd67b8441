"""One member's whole record: what the form holds, the photo, the blocks, the kits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.members import BlockKind
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_day, as_id, sure_id

DATES: Final = (
    "registered",
    "expires",
    "birth_date",
    "guardian_consent",
    "photo_consent",
    "restricted",
)
IDS: Final = ("category", "branch")
TEXTS: Final = (
    "card",
    "name",
    "sex",
    "phone",
    "email",
    "address",
    "institution",
    "guardian_name",
    "guardian_relation",
    "guardian_phone",
    "note",
)


def fields_of(library: Library, member: UUID) -> dict[str, Any] | None:
    """Return the fields of a member: texts (never ``None``), dates and ids; ``None``: no such."""
    names = (*TEXTS, *DATES, *IDS)
    row = library.row(
        f"select {', '.join(names)} from member where id = ? and deleted = 0", member.bytes
    )
    if row is None:
        return None
    values = dict(zip(names, row, strict=True))
    return {
        name: as_day(value) if name in DATES else as_id(value) if name in IDS else value or ""
        for name, value in values.items()
    }


def photo_of(library: Library, member: UUID) -> bytes | None:
    """Return the JPEG of a member's photo, if there is one."""
    value = library.value(
        "select image from photo where member = ? and deleted = 0 and image is not null"
        " order by clock desc limit 1",
        member.bytes,
    )
    return bytes(value) if value else None


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A block that nobody lifted; ``active`` when it counts today. ``title`` is the lost copy's."""

    id: UUID
    kind: BlockKind
    reason: str
    since: date | None
    until: date | None
    active: bool
    loan: UUID | None
    title: str


def block_lines(library: Library, member: UUID, today: date) -> list[BlockLine]:
    """Return a member's blocks that nobody lifted, the latest first."""
    rows = library.rows(
        "select b.id, b.kind, b.reason, b.since, b.until, b.loan, t.title from block b"
        " left join loan l on l.id = b.loan left join copy c on c.id = l.copy"
        " left join title t on t.id = c.title"
        " where b.member = ? and b.deleted = 0 and coalesce(b.lifted, 0) = 0"
        " order by b.since desc, b.rid desc",
        member.bytes,
    )
    return [_block(row, today) for row in rows]


def _block(row: tuple[Any, ...], today: date) -> BlockLine:
    i, kind, reason, since, until, loan, title = row
    last = as_day(until)
    return BlockLine(
        sure_id(i),
        BlockKind(kind or "manual"),
        reason or "",
        as_day(since),
        last,
        last is None or today <= last,
        as_id(loan),
        title or "",
    )


def block_of_loan(library: Library, loan: UUID) -> UUID | None:
    """Return the block until a lost copy is replaced that stands for this loan."""
    return as_id(
        library.value(
            "select id from block where loan = ? and kind = 'lost_item' and deleted = 0"
            " and coalesce(lifted, 0) = 0",
            loan.bytes,
        )
    )


@dataclass(frozen=True, slots=True)
class KitLine:
    """A block loan; ``total`` copies went out, ``still_out`` are not back yet."""

    kit: UUID
    name: str
    member: UUID
    due: date | None
    note: str
    total: int
    still_out: int


_KIT: Final = (
    "select k.id, k.name, k.member, k.due, k.note,"
    ' (select count(*) from loan l where l.member = k.member and l.kit = k.id and l."end" <> 3),'
    ' (select count(*) from loan l where l.member = k.member and l.kit = k.id and l."end" = 0)'
    " from kit k where k.deleted = 0 and "
)


def kit_line(library: Library, kit: UUID) -> KitLine | None:
    """Return one kit, or ``None``."""
    row = library.row(f"{_KIT} k.id = ?", kit.bytes)
    return _kit(row) if row else None


def kits_of(library: Library, member: UUID) -> list[KitLine]:
    """Return a member's kits, the latest first."""
    rows = library.rows(f"{_KIT} k.member = ? order by k.rid desc", member.bytes)
    return [_kit(row) for row in rows]


def _kit(row: tuple[Any, ...]) -> KitLine:
    i, name, member, due, note, total, out = row
    owner = as_id(member) or UUID(int=0)
    return KitLine(sure_id(i), name or "", owner, as_day(due), note or "", total, out)
