"""A title's record and its copies with what is true of each just now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.items import Access, Condition
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.merged import OF_TITLE
from perpusdesk.storage.queries.values import as_day, as_id, sure_id

_FIELDS: Final = (
    "title",
    "subtitle",
    "author",
    "responsibility",
    "other_authors",
    "isbn",
    "publisher",
    "place",
    "year",
    "language",
    "classification",
    "call_number",
    "edition",
    "extent",
    "series",
    "subjects",
)


class CopyState(StrEnum):
    """What is true of a copy now; the first that fits."""

    ON_LOAN = "on_loan"
    KEPT = "kept"
    IN_TRANSIT = "in_transit"
    AVAILABLE = "available"
    READING_ROOM = "reading_room"
    DAMAGED = "damaged"
    LOST = "lost"
    MISSING = "missing"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """The fields of a title as text; empty where nothing is known."""

    id: UUID
    title: str
    subtitle: str
    author: str
    responsibility: str
    other_authors: str
    isbn: str
    publisher: str
    place: str
    year: str
    language: str
    classification: str
    call_number: str
    edition: str
    extent: str
    series: str
    subjects: str


@dataclass(frozen=True, slots=True)
class CopyLine:
    """A copy and where it is: ``member`` has it on loan or it is kept for; ``until`` that day.

    ``sent_to`` is the branch that it is on its way to.
    """

    id: UUID
    barcode: str
    inventory: str
    branch: str
    location: str
    kind: str
    condition: Condition
    state: CopyState
    loan: UUID | None
    member: UUID | None
    member_name: str
    until: date | None
    late: bool
    sent_to: str = ""


_COPIES: Final = (
    'select c.id, c.barcode, c.inventory, b.name, c.location, k.name, c.access, c."condition",'
    " l.id, l.member, lm.name, l.due, h.member, hm.name, h.pickup_until,"
    " w.to_branch, wb.name from copy c"
    " left join branch b on b.id = c.branch left join collection_kind k on k.id = c.kind"
    ' left join loan l on l.id = (select o.id from loan o where o.copy = c.id and o."end" = 0'
    "  order by o.lent_at desc limit 1)"
    " left join member lm on lm.id = l.member"
    " left join hold h on h.id = (select r.id from hold r where r.copy = c.id"
    "  and r.title = c.title and r.state = 'ready' limit 1)"
    " left join member hm on hm.id = h.member"
    " left join transfer w on w.id = (select x.id from transfer x where x.copy = c.id"
    "  and x.state = 'on_the_way' order by x.sent_at desc limit 1)"
    " left join branch wb on wb.id = w.to_branch"
    f" where c.title {OF_TITLE} and c.deleted = 0 order by c.barcode, c.rid"
)


def title_facts(library: Library, title: UUID) -> TitleFacts | None:
    """Return a title's record, or ``None``."""
    row = library.row(
        f"select {', '.join(_FIELDS)} from title where id = ? and deleted = 0", title.bytes
    )
    return TitleFacts(title, *(str(value or "") for value in row)) if row else None


def copy_lines(library: Library, title: UUID, today: date) -> list[CopyLine]:
    """Return all copies of a title, by barcode."""
    return [_line(row, today) for row in library.rows(_COPIES, title.bytes)]


def title_of_copy(library: Library, copy: UUID) -> UUID | None:
    """Return the title of a copy."""
    return as_id(library.value("select title from copy where id = ? and deleted = 0", copy.bytes))


def _line(row: tuple[Any, ...], today: date) -> CopyLine:
    i, barcode, inventory, branch, location, kind, access, condition = row[:8]
    loan, borrower, borrower_name, due, keeper, keeper_name, kept_until = row[8:15]
    sent, sent_to = row[15:]
    what = Condition(condition or "good")
    until = as_day(due if loan else kept_until)
    return CopyLine(
        id=sure_id(i),
        barcode=barcode or "",
        inventory=inventory or "",
        branch=branch or "",
        location=location or "",
        kind=kind or "",
        condition=what,
        state=_state(loan, keeper, what, access, sent),
        loan=as_id(loan),
        member=as_id(borrower if loan else keeper),
        member_name=(borrower_name if loan else keeper_name) or "",
        until=until,
        late=bool(loan and until and until < today),
        sent_to=sent_to or "",
    )


def _state(loan: Any, keeper: Any, condition: Condition, access: Any, sent: Any) -> CopyState:
    if loan:
        return CopyState.ON_LOAN
    if condition is not Condition.GOOD:
        return CopyState(condition.value)
    if sent:
        return CopyState.IN_TRANSIT
    if keeper:
        return CopyState.KEPT
    reading = access == Access.READING_ROOM
    return CopyState.READING_ROOM if reading else CopyState.AVAILABLE
