"""Copies on their way from branch to branch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_id, as_moment, sure_id

_NO_ID: Final = UUID(int=0)
_SELECT: Final = (
    "select x.id, x.copy, c.barcode, c.inventory, t.id, t.title, t.author,"
    " coalesce(nullif(c.call_number, ''), t.call_number), x.from_branch, f.name, x.to_branch,"
    " d.name, x.why, x.paper, x.sent_at, x.sent_zone, x.state, x.ended_at, x.ended_zone"
    " from transfer x left join copy c on c.id = x.copy left join title t on t.id = c.title"
    " left join branch f on f.id = x.from_branch left join branch d on d.id = x.to_branch"
)


@dataclass(frozen=True, slots=True)
class TransferLine:
    """One copy's way with what a person needs to recognise it; ``paper`` is the delivery note."""

    transfer: UUID
    copy: UUID
    barcode: str
    inventory: str
    title_id: UUID
    title: str
    author: str
    call_number: str
    from_branch: UUID | None
    from_name: str
    to_branch: UUID | None
    to_name: str
    why: str
    paper: str
    sent_at: datetime
    state: str
    ended_at: datetime | None


def open_of_copy(library: Library, copy: UUID) -> TransferLine | None:
    """Return the way that a copy is on; of several (after an exchange) the latest."""
    found = _lines(
        library,
        "x.copy = ? and x.state = 'on_the_way' order by x.sent_at desc, x.clock desc limit 1",
        copy.bytes,
    )
    return found[0] if found else None


def transfer_by_id(library: Library, transfer: UUID) -> TransferLine | None:
    """Return one way, or ``None``."""
    found = _lines(library, "x.id = ?", transfer.bytes)
    return found[0] if found else None


def on_the_way(library: Library, branch: UUID | None = None) -> list[TransferLine]:
    """Return what is on its way to or from a branch (default: any), the longest under way first."""
    if branch is None:
        return _lines(library, "x.state = 'on_the_way' order by x.sent_at, x.rid")
    return _lines(
        library,
        "x.state = 'on_the_way' and (x.to_branch = ?1 or x.from_branch = ?1)"
        " order by x.sent_at, x.rid",
        branch.bytes,
    )


def of_paper(library: Library, paper: str) -> list[TransferLine]:
    """Return everything sent with a delivery note that was not cancelled, in order."""
    return _lines(
        library, "x.paper = ? and x.state <> 'cancelled' order by x.sent_at, x.rid", paper
    )


def of_copy(library: Library, copy: UUID) -> list[TransferLine]:
    """Return all ways of a copy, the latest first."""
    return _lines(library, "x.copy = ? order by x.sent_at desc, x.rid desc", copy.bytes)


def last_papers(library: Library, beginning: str) -> list[str]:
    """Return the delivery notes whose number begins so."""
    rows = library.rows(
        "select distinct paper from transfer where substr(paper, 1, ?) = ?",
        len(beginning),
        beginning,
    )
    return [row[0] for row in rows]


def _lines(library: Library, where: str, *values: Any) -> list[TransferLine]:
    return [_line(row) for row in library.rows(f"{_SELECT} where {where}", *values)]


def _line(row: tuple[Any, ...]) -> TransferLine:
    i, copy, barcode, inventory, title_id, title, author, call = row[:8]
    from_, from_name, to, to_name, why, paper, sent, zone, state, ended, ended_zone = row[8:]
    return TransferLine(
        transfer=sure_id(i),
        copy=as_id(copy) or _NO_ID,
        barcode=barcode or "",
        inventory=inventory or "",
        title_id=as_id(title_id) or _NO_ID,
        title=title or "",
        author=author or "",
        call_number=call or "",
        from_branch=as_id(from_),
        from_name=from_name or "",
        to_branch=as_id(to),
        to_name=to_name or "",
        why=why or "",
        paper=paper or "",
        sent_at=as_moment(sent, zone),
        state=state,
        ended_at=None if ended is None else as_moment(ended, ended_zone or zone),
    )
