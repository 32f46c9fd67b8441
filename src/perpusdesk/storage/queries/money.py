"""A member's ledger, in whole rupiah: what is owed counts up, what is paid counts down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_id, as_moment, sure_id

_SELECT: Final = (
    "select e.id, e.at, e.zone, e.kind, e.amount, e.note, e.loan, t.title, c.barcode, s.name,"
    " b.name, e.voided from money e left join loan l on l.id = e.loan"
    " left join copy c on c.id = l.copy left join title t on t.id = c.title"
    " left join staff s on s.id = e.staff left join branch b on b.id = e.branch"
)


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One entry; ``balance`` is what was owed after it. A voided entry was taken back."""

    id: UUID
    at: datetime
    kind: str
    amount: int
    note: str
    loan: UUID | None
    title: str
    barcode: str
    staff_name: str
    branch_name: str
    voided: bool
    balance: int = 0


def entry(library: Library, id_: UUID) -> MoneyLine | None:
    """Return one entry (its ``balance`` is left at 0)."""
    row = library.row(f"{_SELECT} where e.id = ?", id_.bytes)
    return _line(row) if row else None


def ledger(library: Library, member: UUID) -> list[MoneyLine]:
    """Return all entries of a member, the latest first, each with the balance after it."""
    rows = library.rows(f"{_SELECT} where e.member = ? order by e.at, e.rid", member.bytes)
    balance, lines = 0, []
    for row in rows:
        line = _line(row)
        balance += 0 if line.voided else line.amount
        lines.append(replace(line, balance=balance))
    return lines[::-1]


def charged_for(library: Library, loan: UUID, kind: str) -> int:
    """Return what was charged for the copy of a loan under this kind."""
    return int(
        library.value(
            "select coalesce(sum(amount), 0) from money where loan = ? and kind = ? and voided = 0",
            loan.bytes,
            kind,
        )
    )


def _line(row: tuple[Any, ...]) -> MoneyLine:
    i, at, zone, kind, amount, note, loan, title, barcode, staff, branch, voided = row
    return MoneyLine(
        sure_id(i),
        as_moment(at, zone),
        kind or "",
        amount,
        note or "",
        as_id(loan),
        title or "",
        barcode or "",
        staff or "",
        branch or "",
        bool(voided),
    )
