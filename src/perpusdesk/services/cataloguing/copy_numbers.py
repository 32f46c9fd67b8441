"""Barcodes and inventory numbers: the next free ones by the branch's templates.

Each device draws from its own blocks, so that two vans without a network never give the same one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.items import source_code
from perpusdesk.domain.numbers import (
    NumberFacts,
    Row,
    device_blocks,
    next_row,
    series,
    template_faults,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import put_setting
from perpusdesk.storage.queries import copies as query
from perpusdesk.storage.queries.devices import own_number

VERB: Final = "set_number_template"
RIGHT: Final = "rules"
BARCODES: Final = "B{999999}"
INVENTORY: Final = "{99999}/{source}/{YYYY}"


class Number(StrEnum):
    """The two numbers of a copy."""

    BARCODE = "barcode"
    INVENTORY = "inventory"


_USUAL: Final = {Number.BARCODE: BARCODES, Number.INVENTORY: INVENTORY}
_BLOCKS: Final = {Number.BARCODE: 100_000, Number.INVENTORY: 10_000}
_COUNTED_APART: Final = frozenset({"loc", "dev"})
"""Codes with counters of their own; those of sources and kinds share one (00123/H, 00124/P)."""


@dataclass(frozen=True, slots=True)
class About:
    """What a number may speak of; ``branch`` ``None`` is the desk's own."""

    branch: UUID | None = None
    kind: UUID | None = None
    source: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Numbers that are free now; ``keep`` notes that they were given."""

    texts: tuple[str, ...]
    place: str
    following: int | None


def own_template(desk: Desk, which: Number, branch: UUID | None) -> str:
    """Return what was set for a branch, or (``None``) for all; empty when nothing was."""
    return str(desk.settings.get(_setting(which, branch)) or "")


def template_of(desk: Desk, which: Number, branch: UUID | None = None) -> str:
    """Return a branch's template (default: this branch's); a faulty one gives way to the usual."""
    own = own_template(desk, which, branch or desk.branch)
    wanted = own or own_template(desk, which, None) or _USUAL[which]
    return _USUAL[which] if template_faults(wanted) else wanted


def set_template(
    desk: Desk, which: Number, template: str, branch: UUID | None = None
) -> Done[str] | Refused:
    """Keep a template for one branch, or (``None``) for all that have none of their own.

    An empty template takes the branch's own away. ``TEMPLATE_UNUSABLE`` template, faults;
    ``RIGHT_MISSING``.
    """
    if not desk.may(RIGHT):
        return Refused(Reason.RIGHT_MISSING, {"right": RIGHT})
    wanted = template.strip()
    if wanted and (faults := template_faults(wanted)):
        return Refused(Reason.TEMPLATE_UNUSABLE, {"template": wanted, "faults": faults})
    action = desk.action(VERB)
    put_setting(action, _setting(which, branch), wanted)
    written = desk.commit(action)
    return Done(template_of(desk, which, branch), written.action, VERB, frozenset({"setting"}))


def propose(
    desk: Desk,
    which: Number,
    count: int,
    about: About | None = None,
    *,
    template: str = "",
) -> Proposal | Refused:
    """Return the next free numbers; nothing is written and nothing set apart.

    ``template`` is one that is being typed. ``NUMBERS_USED_UP`` first, last;
    ``TEMPLATE_UNUSABLE`` template, faults.
    """
    known = about or About()
    branch = known.branch or desk.branch
    wanted = template or template_of(desk, which, branch)
    if faults := template_faults(wanted):
        return Refused(Reason.TEMPLATE_UNUSABLE, {"template": wanted, "faults": faults})
    facts = _facts(desk, branch, known)
    place = _place(which, series(wanted, _counting(facts)))
    kept = desk.library.local(place)
    blocks = device_blocks(
        own_number(desk.library) - 1, _BLOCKS[which], int(kept) if kept is not None else None
    )
    found = next_row(wanted, facts, blocks, count, lambda texts: _taken(desk, texts))
    return Proposal(found.texts, place, found.following) if isinstance(found, Row) else found


def keep(desk: Desk, proposal: Proposal) -> None:
    """Note that these numbers were given, so that the next proposal begins after them."""
    if proposal.following is not None:
        desk.library.put_local(proposal.place, proposal.following)


def taken_by(desk: Desk, number: str, besides: frozenset[UUID] = frozenset()) -> UUID | None:
    """Return a copy (but for some) that has this number as its barcode or inventory number."""
    owners = query.owners_of_number(desk.library, number) if number else []
    return next((owner for owner in owners if owner not in besides), None)


def _facts(desk: Desk, branch: UUID, about: About) -> NumberFacts:
    of_branch = desk.branches.get(branch)
    of_kind = desk.kinds.get(about.kind) if about.kind else None
    kind = of_kind.code if of_kind else ""
    codes = {
        "loc": of_branch.code if of_branch else "",
        "kind": kind,
        "category": kind,
        "form": about.form,
        "source": source_code(about.source),
        "dev": str(own_number(desk.library)),
    }
    return NumberFacts(desk.today(), codes=codes)


def _counting(facts: NumberFacts) -> NumberFacts:
    shared = {name: text for name, text in facts.codes.items() if name in _COUNTED_APART}
    return NumberFacts(facts.day, codes=shared)


def _taken(desk: Desk, texts: Sequence[str]) -> set[str]:
    return query.numbers_in_use(desk.library, texts)


def _setting(which: Number, branch: UUID | None) -> str:
    return f"{which}_template/{branch.hex}" if branch else f"{which}_template"


def _place(which: Number, counted: str) -> str:
    """Return where the next counter is kept on this device."""
    if which is Number.BARCODE and counted == "B######":
        return "numbers/barcode"  # its name since the first program
    return f"numbers/copy/{which}/{counted}"
