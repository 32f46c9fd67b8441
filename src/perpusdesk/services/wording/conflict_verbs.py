"""The answers to conflicts in words: a verb, and what it will do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perpusdesk.common.i18n import N_, _
from perpusdesk.domain.conflicts import kinds
from perpusdesk.domain.conflicts.kinds import Kind

GENERAL: Final[Mapping[str, tuple[str, str]]] = {
    kinds.AS_IS: (N_("Leave as it is"), N_("Nothing is changed; it is no longer asked.")),
    kinds.ALL_RETURNED: (N_("The book is here"), N_("All these loans end, without a fine.")),
    kinds.LIFT_BLOCK: (N_("Lift the block"), N_("The block is lifted; the loan stands.")),
    kinds.PUT_BACK: (N_("Put it back"), N_("The record is in the library again.")),
    kinds.CLOSE: (N_("End the loan"), N_("The loan ends now, without a fine.")),
    kinds.MOVE: (N_("Move"), N_("All of it goes to {kept}.")),
    kinds.FOUND: (
        N_("It is back"),
        N_("The copy is good again; what was charged for it is owed no more or given back."),
    ),
    kinds.TRUST_CLOCK: (N_("Its clock was right"), N_("The entries count with their own times.")),
    kinds.TAKE_IN: (N_("Take in"), N_("The entries count as if it had not been locked out.")),
}
AS_IS_OF: Final[Mapping[Kind, tuple[str, str]]] = {
    Kind.LENT_TWICE: (N_("Leave all"), N_("All loans stay as they are.")),
    Kind.LENT_BLOCKED: (N_("Let it stand"), N_("The loan stands; so does the block.")),
    Kind.LENT_OVER_LIMIT: (N_("Let it stand"), N_("All loans stand.")),
    Kind.SAME_BARCODE: (N_("All keep it"), N_("A scan then asks which copy is meant.")),
    Kind.SAME_INVENTORY: (N_("All keep it"), N_("Nothing is changed; it is no longer asked.")),
    Kind.SAME_CARD: (N_("All keep it"), N_("A scan then asks which member is meant.")),
    Kind.MEMBER_TWICE: (N_("Different people"), N_("All records stay.")),
    Kind.TITLE_TWICE: (N_("Different titles"), N_("All records stay.")),
    Kind.CLOCK_AHEAD: (N_("Leave as it is"), N_("The entries count from when they arrived.")),
    Kind.QUARANTINED: (N_("Leave out"), N_("They stay set aside; nothing is lost.")),
    Kind.LOST_RETURNED: (N_("Leave it lost"), N_("The copy stays recorded as lost.")),
}
OF_SIDE: Final[Mapping[Kind, tuple[str, str]]] = {
    Kind.LENT_TWICE: (
        N_("{who} is right"),
        N_("The loan of {who} stands; {others} ended on {time}, without a fine."),
    ),
    Kind.KEPT_FOR_TWO: (N_("For {who}"), N_("It is kept for {who}; {others} wait again.")),
    Kind.SENT_TWICE: (N_("{who}"), N_("The other sending is cancelled.")),
    Kind.SAME_BARCODE: (
        N_("{which} keeps it"),
        N_("{which} keeps {number}; the others get a new barcode and need a new label."),
    ),
    Kind.SAME_INVENTORY: (
        N_("{which} keeps it"),
        N_("{which} keeps {number}; the others get a new inventory number."),
    ),
    Kind.SAME_CARD: (
        N_("{who} keeps it"),
        N_("{who} keeps {number}; the others get a new number and need a new card."),
    ),
    Kind.EDITED_TWICE: (N_("Take {which}"), N_("“{who}” counts.")),
    Kind.MEMBER_TWICE: (
        N_("Keep {which}"),
        N_("One record stays: loans, holds and payments of the others go to {which}."),
    ),
    Kind.TITLE_TWICE: (
        N_("Keep {which}"),
        N_("One record stays: copies and holds of the others go to {which}."),
    ),
    Kind.DECIDED_TWICE: (
        N_("{who}"),
        N_("This decision counts. What the other one changed stays: check it."),
    ),
}
PAIRS: Final[Mapping[tuple[Kind, int], tuple[str, str]]] = {
    (Kind.LENT_KEPT, 1): (
        N_("The loan is right"),
        N_("The loan of {first} stands; {second} waits again, at the same place."),
    ),
    (Kind.LENT_KEPT, 2): (
        N_("The copy is here"),
        N_("The loan of {first} ended on {time}, without a fine; it stays kept for {second}."),
    ),
    (Kind.LENT_GONE, 1): (N_("The loan is right"), N_("The loan stands; the copy is good again.")),
    (Kind.LENT_GONE, 2): (
        N_("The copy is gone"),
        N_("The loan of {first} ends now, without a fine; the copy stays {condition}."),
    ),
    (Kind.HANDED_BACK, 1): (
        N_("The loan goes on"),
        N_("The copy is with {first}; the loan stands."),
    ),
    (Kind.HANDED_BACK, 2): (
        N_("It was handed back"),
        N_("The loan of {first} ended on {time}, without a fine."),
    ),
    (Kind.EDITED_TWICE, 1): (N_("Take the earlier one"), N_("“{who}” counts from now on.")),
    (Kind.EDITED_TWICE, 2): (N_("Keep the later one"), N_("“{who}” stays.")),
    (Kind.EDITED_DELETED, 1): (N_("Remove it"), N_("The record is removed.")),
    (Kind.EDITED_DELETED, 2): (N_("Keep it"), N_("The record stays, with the change.")),
}


def say_answer(kind: str, answer: str) -> str:
    """Return the verb of an answer where the conflict itself is no longer there."""
    place = kinds.side_of(answer)
    if place is not None:
        known = [pair for (of, at), pair in PAIRS.items() if (of, at) == (kind, place)]
        return _(known[0][0]) if known else _("Side {n}").format(n=place)
    texts = next((pair for of, pair in AS_IS_OF.items() if of == kind), None)
    verb = texts[0] if texts and answer == kinds.AS_IS else GENERAL.get(answer, (answer, ""))[0]
    return _(verb)
