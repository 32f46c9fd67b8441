"""Services counted by tap: computers, digital collections, activities, loans between libraries."""

from __future__ import annotations

from typing import Final

from perpusdesk.common.i18n import N_, _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.merge.facts import USED
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done

VERB: Final = "count_use"
MOST: Final = 10_000
KINDS: Final = {
    "ict": N_("Computer or internet"),
    "digital": N_("Digital collection"),
    "online": N_("Served online"),
    "literacy": N_("Literacy activity"),
    "interloan": N_("Inter-library loan"),
}
"""What is counted, by the key in the figures; the names are those of the screen."""


def use_name(kind: str) -> str:
    """Return a kind of service in the language in use; one of a newer program as it is."""
    return _(KINDS[kind]) if kind in KINDS else kind


def count_use(desk: Desk, kind: str, people: int = 1, note: str = "") -> Done[int] | Refused:
    """Count that so many people used a service just now; each call counts.

    ``NOTHING_CHOSEN`` (no such service), ``COUNT_INVALID`` count, most.
    """
    if kind not in KINDS:
        return Refused(Reason.NOTHING_CHOSEN)
    if not 1 <= people <= MOST:
        return Refused(Reason.COUNT_INVALID, {"count": people, "most": MOST})
    action = desk.action(VERB)
    action.event(
        USED,
        "service_use",
        desk.library.new_id(),
        fresh=True,
        what=kind,
        people=people,
        note=note.strip() or None,
    )
    written = desk.commit(action)
    return Done(people, written.action, VERB, frozenset({"service_use"}))
