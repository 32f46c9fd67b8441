"""Removing a title: it goes out of sight, is kept with its reason, and can be put back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.merge.ops import DELETE
from perpusdesk.domain.rights import CATALOGUE
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import title_history as find
from perpusdesk.storage.queries.names import staff_name, title_brief
from perpusdesk.storage.queries.title_edit import stored_title
from perpusdesk.storage.queries.values import as_moment

REMOVE: Final = "remove_title"
PUT_BACK: Final = "put_back_title"
_CHANGES: Final = frozenset({"title"})


@dataclass(frozen=True, slots=True)
class RemovedTitle:
    """A removed title: when, by whom and why; ``merged_into`` names the one that has its copies.

    ``copies`` are those that another device added meanwhile: then it is to be put back.
    """

    id: UUID
    title: str
    author: str
    year: str
    call_number: str
    at: datetime
    staff_name: str
    why: str
    merged_into: UUID | None
    merged_title: str
    copies: int = 0


@needs(CATALOGUE)
def remove_title(desk: Desk, title: UUID, why: str) -> Done[UUID] | Refused:
    """Remove a title without copies; ``why`` is kept with it.

    ``TITLE_UNKNOWN``, ``REASON_MISSING``; ``TITLE_HAS_COPIES`` title, copies (withdrawn ones do
    not count), ``TITLE_HAS_HOLDS`` title, holds.
    """
    if stored_title(desk.library, title) is None:
        return Refused(Reason.TITLE_UNKNOWN, {"title": title})
    if not why.strip():
        return Refused(Reason.REASON_MISSING)
    name = title_brief(desk.library, title).title
    if copies := find.count_copies(desk.library, title):
        return Refused(Reason.TITLE_HAS_COPIES, {"title": name, "copies": copies})
    if holds := len(find.live_holds(desk.library, title)):
        return Refused(Reason.TITLE_HAS_HOLDS, {"title": name, "holds": holds})
    action = desk.action(REMOVE)
    action.set("title", title, {"removed_why": why.strip()}, why=why.strip())
    action.delete("title", title)
    return Done(title, desk.commit(action).action, REMOVE, _CHANGES)


def removed_ids(desk: Desk) -> list[UUID]:
    """Return the titles that are out of sight, for a list of ids."""
    return find.gone_ids(desk.library)


def removed_lines(desk: Desk, ids: list[UUID]) -> list[RemovedTitle]:
    """Return these titles as lines of that list; those that are back are left out."""
    return [line for id_ in ids if (line := _line(desk, id_))]


def _line(desk: Desk, title: UUID) -> RemovedTitle | None:
    gone = find.gone_title(desk.library, title)
    removals = [op for op in desk.library.ops_of(title) if op.kind == DELETE]
    if gone is None or not removals:
        return None
    into, last = gone.merged_into, removals[-1]
    return RemovedTitle(
        id=gone.id,
        title=gone.title,
        author=gone.author,
        year=gone.year,
        call_number=gone.call_number,
        at=as_moment(last.at, last.zone),
        staff_name=staff_name(desk.library, last.staff),
        why=gone.why,
        merged_into=into,
        merged_title=title_brief(desk.library, into).title if into else "",
        copies=0 if into else find.count_copies(desk.library, title),
    )


@needs(CATALOGUE)
def put_back(desk: Desk, title: UUID) -> Done[UUID] | Refused:
    """Put a removed title back into the catalogue. ``TITLE_UNKNOWN``.

    Copies that a merge took from it stay where they are; undoing the merge gives them back.
    """
    if find.gone_title(desk.library, title) is None:
        return Refused(Reason.TITLE_UNKNOWN, {"title": title})
    action = desk.action(PUT_BACK)
    action.set("title", title, {"removed_why": None, "merged_into": None})
    return Done(title, desk.commit(action).action, PUT_BACK, _CHANGES)
