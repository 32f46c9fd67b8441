"""Titles and copies at the desk's reach: add by hand, look up, search."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.name_headings import heading_of
from perpusdesk.domain.rights import CATALOGUE
from perpusdesk.services.cataloguing.add_copies import NewCopies
from perpusdesk.services.cataloguing.copy_numbers import Number, keep, propose
from perpusdesk.services.cataloguing.save_title import save_title
from perpusdesk.services.cataloguing.title_form import blank_form, set_short
from perpusdesk.services.cataloguing.title_proposals import call_number_of
from perpusdesk.services.circulation.moves import way_of
from perpusdesk.services.desk import Desk
from perpusdesk.services.looks import How
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.services.searching.search import search, spread
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries import lookup
from perpusdesk.storage.queries.loans import line_of
from perpusdesk.storage.queries.lookup import TitleHit
from perpusdesk.storage.queries.names import title_brief
from perpusdesk.storage.queries.title_narrow import EVERYTHING, Narrowing

_NO_TITLE: Final = UUID(int=0)


@dataclass(frozen=True, slots=True)
class NewTitle:
    """What is typed for a title; all but ``title`` may stay empty."""

    title: str
    author: str = ""
    isbn: str = ""
    year: str = ""
    classification: str = ""


@dataclass(frozen=True, slots=True)
class AddedTitle:
    """The title that was added, and the barcodes of its copies."""

    title: UUID
    barcodes: tuple[str, ...]


@needs(CATALOGUE)
def add_title(desk: Desk, new: NewTitle, copies: int) -> Done[AddedTitle] | Refused:
    """Add a book with so many copies at this branch, as one action.

    Its main entry and call number are those that are proposed. ``NAME_MISSING``; else
    refused as ``save_title`` is.
    """
    if not new.title.strip():
        return Refused(Reason.NAME_MISSING)
    form = blank_form(desk)
    values = {**asdict(new), "author": heading_of(new.author), "isbn": (new.isbn,)}
    for name, value in values.items():
        form = set_short(form, name, value)
    form = set_short(form, "call_number", call_number_of(form))
    done = save_title(desk, form, copies=NewCopies(_NO_TITLE, copies) if copies else None)
    if isinstance(done, Refused):
        return done
    added = AddedTitle(done.value.title, done.value.barcodes)
    return Done(added, done.action, done.verb, done.changes)


def next_barcodes(desk: Desk, count: int) -> tuple[str, ...] | Refused:
    """Return the next free barcodes by this branch's template, and go on after them next time.

    ``NUMBERS_USED_UP``.
    """
    found = propose(desk, Number.BARCODE, count)
    if isinstance(found, Refused):
        return found
    keep(desk, found)
    return found.texts


def search_document(
    desk: Desk, text: str, limit: int = 20, narrowing: Narrowing = EVERYTHING
) -> dict[str, Any]:
    """Return what a search finds as the command line's JSON has it, all but the time it took."""
    found = search(desk, text, limit, narrowing)
    hits = (lookup.title_by_id(desk.library, id_) for id_ in found.ids)
    return {
        "query": text,
        "total": found.total,
        "did_you_mean": found.did_you_mean,
        "nearly": found.nearly,
        "titles": [hit_document(desk, hit) for hit in hits if hit is not None],
    }


def facets_document(desk: Desk, text: str, narrowing: Narrowing = EVERYTHING) -> dict[str, Any]:
    """Return how what is found spreads, as JSON; branches by name."""
    found = asdict(spread(desk, text, narrowing))
    names = {id_.hex: branch.name for id_, branch in desk.branches.items()}
    found["branches"] = {names.get(id_, id_): count for id_, count in found["branches"].items()}
    return found


def hit_document(desk: Desk, hit: TitleHit) -> dict[str, Any]:
    """Return a found title as the command line's JSON has it."""
    isbn = desk.library.value("select isbn from title where id = ?", hit.id.bytes) or ""
    return {
        "id": hit.id,
        "title": hit.title,
        "authors": [hit.author] if hit.author else [],
        "year": hit.year,
        "isbn": isbn.split(),
        "call_number": hit.call_number,
        "copies": hit.copies,
        "available": hit.available,
    }


def title_document(desk: Desk, title: UUID) -> dict[str, Any] | None:
    """Return one title as the command line's JSON has it, or ``None``."""
    hit = lookup.title_by_id(desk.library, title)
    if hit is None:
        return None
    copies = find.copies_of_title(desk.library, title)
    return {**hit_document(desk, hit), "barcodes": [copy.barcode for copy in copies]}


def copy_document(desk: Desk, code: str) -> dict[str, Any] | None:
    """Return a copy and where it is, or ``None``; the member who has it is noted as seen."""
    found = find.copies_by_code(desk.library, code)
    if not found:
        return None
    copy = found[0]
    loan = find.open_loan_of_copy(desk.library, copy.id)
    line = line_of(desk.library, loan.id, desk.today()) if loan else None
    if line:
        desk.saw(line.member, How.RECORD)
    branch = desk.branches.get(copy.branch) if copy.branch else None
    brief = title_brief(desk.library, copy.title)
    status = "on_loan" if line else _status(desk, copy.id, copy.condition.value)
    on_loan = {"loan": line.loan, "member": line.card, "due": line.due} if line else None
    return {
        "copy": copy.barcode,
        "inventory": copy.inventory,
        "title": {"id": brief.id, "title": brief.title},
        "branch": branch.name if branch else None,
        "status": status,
        "loan": on_loan,
    }


def _status(desk: Desk, copy: UUID, condition: str) -> str:
    if condition != "good":
        return condition
    if way_of(desk, copy) is not None:
        return "in_transit"
    kept = desk.library.rows(
        "select pickup_until from hold where copy = ? and state = 'ready'", copy.bytes
    )
    if not kept:
        return "available"
    return "on_hold" if kept[0][0] else "in_transit"
