"""Loans as lists, cards and slips show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_day, as_id, as_moment, sure_id

_NO_ID: Final = UUID(int=0)
_SELECT: Final = (
    "select l.id, l.copy, c.barcode, t.id, t.title, t.author, t.call_number, l.member, m.name,"
    ' m.card, l.lent_at, l.lent_zone, l.due, l.renewals, l.claimed, l.kit, l."end", l.ended_at,'
    " l.ended_zone, l.rule from loan l left join copy c on c.id = l.copy"
    " left join title t on t.id = c.title left join member m on m.id = l.member"
)
ENDS: Final = ("open", "returned", "lost", "voided")


@dataclass(frozen=True, slots=True)
class LoanLine:
    """One loan with what a person needs to recognise it.

    ``days_late`` counts calendar days from the due date to the day asked for (open loans only).
    """

    loan: UUID
    copy: UUID
    barcode: str
    title_id: UUID
    title: str
    author: str
    call_number: str
    member: UUID
    member_name: str
    card: str
    lent_at: datetime
    due: date
    renewals: int = 0
    days_late: int = 0
    claimed: bool = False
    kit: UUID | None = None
    end: str = "open"
    returned_at: datetime | None = None
    rule: UUID | None = None


def line_of(library: Library, loan: UUID, today: date) -> LoanLine | None:
    """Return one loan."""
    rows = library.rows(f"{_SELECT} where l.id = ?", loan.bytes)
    return _line(rows[0], today) if rows else None


def open_lines_of_member(library: Library, member: UUID, today: date) -> list[LoanLine]:
    """Return a member's open loans, the most urgent first."""
    rows = library.rows(
        f'{_SELECT} where l.member = ? and l."end" = 0 order by l.due, l.lent_at', member.bytes
    )
    return [_line(row, today) for row in rows]


def history_of_member(
    library: Library, member: UUID, today: date, limit: int = 200
) -> list[LoanLine]:
    """Return a member's loans, open and ended, the latest first."""
    rows = library.rows(
        f'{_SELECT} where l.member = ? and l."end" <> 3 order by l.lent_at desc limit ?',
        member.bytes,
        limit,
    )
    return [_line(row, today) for row in rows]


def lines_of_kit(library: Library, kit: UUID, today: date) -> list[LoanLine]:
    """Return the loans of a kit, those still out first, then by barcode."""
    rows = library.rows(
        f"{_SELECT} where l.member = (select member from kit where id = ?) and l.kit = ?"
        ' and l."end" <> 3 order by l."end" <> 0, c.barcode',
        kit.bytes,
        kit.bytes,
    )
    return [_line(row, today) for row in rows]


def lines_since_moment(library: Library, member: UUID, since: int, today: date) -> list[LoanLine]:
    """Return a member's open loans and those that ended since a moment (Unix ms)."""
    rows = library.rows(
        f'{_SELECT} where l.member = ? and (l."end" = 0 or (l."end" in (1, 2)'
        " and l.ended_at >= ?)) order by l.lent_at",
        member.bytes,
        since,
    )
    return [_line(row, today) for row in rows]


def history_of_copy(library: Library, copy: UUID, today: date, limit: int = 50) -> list[LoanLine]:
    """Return the loans of a copy, the latest first."""
    rows = library.rows(
        f'{_SELECT} where l.copy = ? and l."end" <> 3 order by l.lent_at desc limit ?',
        copy.bytes,
        limit,
    )
    return [_line(row, today) for row in rows]


def open_lines_due(library: Library, until: date, today: date, limit: int = 500) -> list[LoanLine]:
    """Return open loans due on or before a day, the oldest due date first."""
    rows = library.rows(
        f'{_SELECT} where l."end" = 0 and l.due <= ? order by l.due limit ?',
        until.isoformat(),
        limit,
    )
    return [_line(row, today) for row in rows]


def open_lines_due_on(
    library: Library, branch: UUID, day: date, limit: int = 500
) -> list[LoanLine]:
    """Return the open loans of a branch that are due on one day, by the member's name."""
    rows = library.rows(
        f'{_SELECT} where l."end" = 0 and l.due = ? and l.branch = ? order by m.name limit ?',
        day.isoformat(),
        branch.bytes,
        limit,
    )
    return [_line(row, day) for row in rows]


def _line(row: tuple[Any, ...], today: date) -> LoanLine:
    (loan, copy, barcode, title_id, title, author, call_number, member, name, card) = row[:10]
    at, zone, due, renewals, claimed, kit, end, ended_at, ended_zone, rule = row[10:]
    lent_at = as_moment(at, zone)
    day = as_day(due) or lent_at.date()
    return LoanLine(
        loan=sure_id(loan),
        copy=as_id(copy) or _NO_ID,
        barcode=barcode or "",
        title_id=as_id(title_id) or _NO_ID,
        title=title or "",
        author=author or "",
        call_number=call_number or "",
        member=as_id(member) or _NO_ID,
        member_name=name or "",
        card=card or "",
        lent_at=lent_at,
        due=day,
        renewals=renewals,
        days_late=max(0, (today - day).days) if end == 0 else 0,
        claimed=bool(claimed),
        kit=as_id(kit),
        end=ENDS[end],
        returned_at=None if ended_at is None else as_moment(ended_at, ended_zone or zone),
        rule=as_id(rule),
    )
