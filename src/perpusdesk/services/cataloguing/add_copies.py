"""Adding copies to a title, any number at once, as one action."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.items import Access, Source
from perpusdesk.domain.numbers import counted_on
from perpusdesk.domain.rights import CATALOGUE
from perpusdesk.services.cataloguing.copy_numbers import (
    About,
    Number,
    Proposal,
    keep,
    propose,
    taken_by,
    template_of,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries.names import TitleBrief, title_brief
from perpusdesk.storage.queries.title_records import title_facts

VERB: Final = "add_copies"
MOST: Final = 999
_LAST: Final = "copies/last_choices"
_TAKEN: Final = {
    Number.BARCODE: Reason.COPY_BARCODE_TAKEN,
    Number.INVENTORY: Reason.COPY_INVENTORY_TAKEN,
}


@dataclass(frozen=True, slots=True)
class NewCopies:
    """What is typed for new copies. ``barcode`` and ``inventory`` are the first numbers of the row.

    Empty numbers are given by the templates. ``price`` in whole rupiah.
    """

    title: UUID
    count: int = 1
    branch: UUID | None = None
    kind: UUID | None = None
    access: Access = Access.LOAN
    location: str = ""
    source: str = Source.PURCHASE
    supplier: str = ""
    price: int = 0
    received: date | None = None
    barcode: str = ""
    inventory: str = ""
    call_number: str = ""
    volume: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen last on this device, for the next form to begin with."""

    branch: UUID | None
    kind: UUID | None
    access: Access = Access.LOAN
    location: str = ""
    source: str = Source.PURCHASE
    supplier: str = ""


@dataclass(frozen=True, slots=True)
class AddedCopies:
    """The new copies in order, with their numbers."""

    title: TitleBrief
    copies: tuple[UUID, ...]
    barcodes: tuple[str, ...]
    inventories: tuple[str, ...]


@needs(CATALOGUE)
def add_copies(
    desk: Desk, new: NewCopies, *, same_number: bool = False
) -> Done[AddedCopies] | Refused:
    """Add copies to a title.

    ``TITLE_UNKNOWN``, ``COUNT_INVALID`` count, most, ``NUMBER_WITHOUT_COUNTER`` number,
    ``NUMBERS_USED_UP``; ``COPY_BARCODE_TAKEN`` and ``COPY_INVENTORY_TAKEN`` number, title,
    branch, copy, unless ``same_number`` says that it shall be so.
    """
    if title_facts(desk.library, new.title) is None:
        return Refused(Reason.TITLE_UNKNOWN, {"title": new.title})
    action = desk.action(VERB)
    put = put_copies(desk, action, new, same_number=same_number)
    if isinstance(put, Refused):
        return put
    written = desk.commit(action)
    note_given(desk, put)
    brief = title_brief(desk.library, new.title)
    value = AddedCopies(brief, put.copies, put.barcodes, put.inventories)
    return Done(value, written.action, VERB, frozenset({"copy"}))


@dataclass(frozen=True, slots=True)
class PutCopies:
    """Copies that an action will add, with their numbers."""

    new: NewCopies
    copies: tuple[UUID, ...]
    numbers: dict[Number, Proposal]

    @property
    def barcodes(self) -> tuple[str, ...]:
        """Their barcodes, in order."""
        return self.numbers[Number.BARCODE].texts

    @property
    def inventories(self) -> tuple[str, ...]:
        """Their inventory numbers, in order."""
        return self.numbers[Number.INVENTORY].texts


def put_copies(
    desk: Desk, action: Action, new: NewCopies, *, same_number: bool = False
) -> PutCopies | Refused:
    """Put new copies into an action, of a title that it may add itself.

    When it is committed, tell ``note_given``. Refused as ``add_copies`` is, but for the title.
    """
    new = _settled(desk, new)
    numbers = _numbers(desk, new)
    if isinstance(numbers, Refused):
        return numbers
    taken = None if same_number else _taken(desk, numbers)
    if taken is not None:
        return taken
    copies = []
    for barcode, inventory in zip(*(numbers[which].texts for which in Number), strict=True):
        copies.append(desk.library.new_id())
        fields = {**_fields(new), "barcode": barcode, "inventory": inventory}
        action.set("copy", copies[-1], fields, fresh=True)
    return PutCopies(new, tuple(copies), numbers)


def note_given(desk: Desk, put: PutCopies) -> None:
    """Note that these numbers were given, and what was chosen for the next form."""
    for proposal in put.numbers.values():
        keep(desk, proposal)
    _remember(desk, put.new)


def preview(desk: Desk, new: NewCopies) -> tuple[tuple[str, str], ...] | Refused:
    """Return barcode and inventory number of each copy that ``add_copies`` would make now."""
    numbers = _numbers(desk, _settled(desk, new))
    if isinstance(numbers, Refused):
        return numbers
    return tuple(zip(*(numbers[which].texts for which in Number), strict=True))


def last_choices(desk: Desk) -> Choices:
    """Return what the next form begins with; at first this branch and the first kind."""
    usual = Choices(desk.branch, next(iter(desk.kinds), None))
    kept = desk.library.local(_LAST)
    try:
        values: dict[str, Any] = json.loads(kept) if kept else {}
        branch = UUID(values["branch"]) if values.get("branch") else usual.branch
        kind = UUID(values["kind"]) if values.get("kind") else usual.kind
        return Choices(
            branch if branch in desk.branches else usual.branch,
            kind if kind in desk.kinds else usual.kind,
            Access(values.get("access", usual.access)),
            *(str(values.get(name, getattr(usual, name))) for name in _TEXTS),
        )
    except (ValueError, TypeError, AttributeError):
        return usual


_TEXTS: Final = ("location", "source", "supplier")


def _remember(desk: Desk, new: NewCopies) -> None:
    values = {name: str(getattr(new, name)) for name in ("access", *_TEXTS)}
    ids = {name: getattr(new, name).hex for name in ("branch", "kind") if getattr(new, name)}
    desk.library.put_local(_LAST, json.dumps({**values, **ids}, ensure_ascii=False))


def _settled(desk: Desk, new: NewCopies) -> NewCopies:
    texts: dict[str, Any] = {
        name: " ".join(value.split())
        for name, value in asdict(new).items()
        if isinstance(value, str) and name != "access"
    }
    return replace(new, **texts, branch=new.branch or desk.branch)


def _numbers(desk: Desk, new: NewCopies) -> dict[Number, Proposal] | Refused:
    """Return as many numbers of each sort as there are copies, or why that cannot be."""
    if not 1 <= new.count <= MOST:
        return Refused(Reason.COUNT_INVALID, {"count": new.count, "most": MOST})
    barcodes = _row(desk, Number.BARCODE, new.barcode, new)
    if isinstance(barcodes, Refused):
        return barcodes
    same = all(
        (
            not new.inventory,
            template_of(desk, Number.BARCODE, new.branch)
            == template_of(desk, Number.INVENTORY, new.branch),
        )
    )
    inventories = barcodes if same else _row(desk, Number.INVENTORY, new.inventory, new)
    if isinstance(inventories, Refused):
        return inventories
    return {Number.BARCODE: barcodes, Number.INVENTORY: inventories}


def _row(desk: Desk, which: Number, first: str, new: NewCopies) -> Proposal | Refused:
    if not first:
        return propose(desk, which, new.count, About(new.branch, new.kind, new.source))
    texts = counted_on(first, new.count)
    return texts if isinstance(texts, Refused) else Proposal(texts, "", None)


def _taken(desk: Desk, numbers: dict[Number, Proposal]) -> Refused | None:
    for which, proposal in numbers.items():
        refusal = number_refusal(desk, which, proposal.texts)
        if refusal is not None:
            return refusal
    return None


def number_refusal(
    desk: Desk, which: Number, numbers: Iterable[str], besides: frozenset[UUID] = frozenset()
) -> Refused | None:
    """Return what speaks against giving these numbers: a copy (but for some) that has one."""
    for number in numbers:
        owner = taken_by(desk, number, besides)
        copy = find.copy_by_id(desk.library, owner) if owner else None
        if copy is not None:
            branch = desk.branches.get(copy.branch) if copy.branch else None
            facts = {
                "number": number,
                "title": title_brief(desk.library, copy.title).title,
                "branch": branch.name if branch else "",
                "copy": copy.id,
            }
            return Refused(_TAKEN[which], facts, overridable=True)
    return None


def _fields(new: NewCopies) -> dict[str, Any]:
    return {
        "title": new.title,
        "branch": new.branch,
        "kind": new.kind,
        "access": new.access,
        "location": new.location,
        "source": new.source,
        "supplier": new.supplier,
        "price": new.price or None,
        "received": new.received,
        "call_number": new.call_number,
        "volume": new.volume,
        "note": new.note,
    }
