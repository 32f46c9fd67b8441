"""Entering what a copy is like: missing, damaged, withdrawn, good again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.domain.conditions import decide_condition
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.items import Condition, Copy
from perpusdesk.domain.merge import holds as hold_events
from perpusdesk.services.circulation.found import add_found
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries.names import title_brief

VERB: Final = "mark_copy"
_GONE: Final = (Condition.LOST, Condition.MISSING)


@dataclass(frozen=True, slots=True)
class Marked:
    """A copy and what it is like from now; ``released``: the hold it was kept for waits again."""

    copy: UUID
    barcode: str
    title: str
    condition: Condition
    released: UUID | None = None


def mark_copy(desk: Desk, copy: UUID, condition: Condition) -> Done[Marked] | Refused:
    """Enter a copy's condition when no member is to answer for it (else ``lost_copies``).

    A lost or missing copy that is good again is dealt with as found. ``COPY_ON_LOAN`` loan,
    member, due; ``COPY_UNKNOWN``; what is so already: ``COPY_DAMAGED``, ``COPY_LOST``,
    ``COPY_WITHDRAWN``, ``COPY_NOT_DAMAGED`` condition.
    """
    found = find.copy_by_id(desk.library, copy)
    if found is None:
        return Refused(Reason.COPY_UNKNOWN, {"copy": copy})
    terms = decide_condition(
        found,
        condition,
        desk.today(),
        find.open_loan_of_copy(desk.library, copy),
        find.live_holds_of_title(desk.library, found.title),
    )
    if isinstance(terms, Refused):
        return terms
    action = desk.action(VERB)
    if found.condition in _GONE and condition is Condition.GOOD:
        add_found(desk, action, found)
    else:
        action.set("copy", copy, _fields(desk, found.condition, terms.condition))
    if terms.releases:
        action.event(hold_events.RELEASED, "hold", terms.releases)
    written = desk.commit(action)
    changes = frozenset(draft.entity_type for draft in action.drafts)
    return Done(_marked(desk, found, condition, terms.releases), written.action, VERB, changes)


def _fields(desk: Desk, before: Condition, after: Condition) -> dict[str, object]:
    """Return what is written: when it left the stock, or that it never did."""
    fields: dict[str, object] = {"condition": after}
    if after is Condition.WITHDRAWN:
        fields["withdrawn_on"] = desk.today()
    elif before is Condition.WITHDRAWN:
        fields |= {"withdrawn_on": None, "withdrawn_why": "", "withdrawn_paper": ""}
    return fields


def _marked(desk: Desk, copy: Copy, condition: Condition, released: UUID | None) -> Marked:
    title = title_brief(desk.library, copy.title).title
    return Marked(copy.id, copy.barcode, title, condition, released)
