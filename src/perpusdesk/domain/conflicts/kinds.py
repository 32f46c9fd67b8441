"""The kinds of conflicts, the answers to each, and the right that an answer needs.

An answer is a code. ``side_1``, ``side_2``, ... say that this side is right; the others are named
below. What each does is told in ``docs/developers/conflicts.md`` and done by ``services``.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from perpusdesk.domain.rights import STAFF


class Kind(StrEnum):
    """What is contradictory, what presses most first."""

    LENT_TWICE = "lent_twice"
    LENT_KEPT = "lent_kept"
    LENT_SENT = "lent_sent"
    LENT_GONE = "lent_gone"
    HANDED_BACK = "handed_back"
    LOST_RETURNED = "lost_returned"
    KEPT_FOR_TWO = "kept_for_two"
    SENT_TWICE = "sent_twice"
    LENT_BLOCKED = "lent_blocked"
    LENT_OVER_LIMIT = "lent_over_limit"
    RETURN_WITHOUT_LOAN = "return_without_loan"
    UNKNOWN_COPY = "unknown_copy"
    UNKNOWN_MEMBER = "unknown_member"
    UNKNOWN_TITLE = "unknown_title"
    SAME_BARCODE = "same_barcode"
    SAME_INVENTORY = "same_inventory"
    SAME_CARD = "same_card"
    EDITED_TWICE = "edited_twice"
    EDITED_DELETED = "edited_deleted"
    MEMBER_TWICE = "member_twice"
    TITLE_TWICE = "title_twice"
    DECIDED_TWICE = "decided_twice"
    CLOCK_AHEAD = "clock_ahead"
    QUARANTINED = "quarantined"


AS_IS: Final = "as_is"
"""All stays as it is; it is only no longer asked."""

ALL_RETURNED: Final = "all_returned"
LIFT_BLOCK: Final = "lift_block"
PUT_BACK: Final = "put_back"
CLOSE: Final = "close"
MOVE: Final = "move"
FOUND: Final = "found"
TRUST_CLOCK: Final = "trust_clock"
TAKE_IN: Final = "take_in"

_SIDES: Final = "sides"
_ANSWERS: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.LENT_TWICE: (_SIDES, ALL_RETURNED, AS_IS),
    Kind.LENT_KEPT: (_SIDES, AS_IS),
    Kind.LENT_SENT: (_SIDES, AS_IS),
    Kind.LENT_GONE: (_SIDES, AS_IS),
    Kind.HANDED_BACK: (_SIDES,),
    Kind.LOST_RETURNED: (FOUND, AS_IS),
    Kind.KEPT_FOR_TWO: (_SIDES,),
    Kind.SENT_TWICE: (_SIDES,),
    Kind.LENT_BLOCKED: (AS_IS, LIFT_BLOCK),
    Kind.LENT_OVER_LIMIT: (AS_IS,),
    Kind.RETURN_WITHOUT_LOAN: (AS_IS,),
    Kind.UNKNOWN_COPY: (PUT_BACK, CLOSE, AS_IS),
    Kind.UNKNOWN_MEMBER: (MOVE, PUT_BACK, CLOSE, AS_IS),
    Kind.UNKNOWN_TITLE: (PUT_BACK, AS_IS),
    Kind.SAME_BARCODE: (_SIDES, AS_IS),
    Kind.SAME_INVENTORY: (_SIDES, AS_IS),
    Kind.SAME_CARD: (_SIDES, AS_IS),
    Kind.EDITED_TWICE: (_SIDES,),
    Kind.EDITED_DELETED: (_SIDES,),
    Kind.MEMBER_TWICE: (_SIDES, AS_IS),
    Kind.TITLE_TWICE: (_SIDES, AS_IS),
    Kind.DECIDED_TWICE: (_SIDES,),
    Kind.CLOCK_AHEAD: (AS_IS, TRUST_CLOCK),
    Kind.QUARANTINED: (AS_IS, TAKE_IN),
}

SETTLE: Final = "settle"
"""The right to settle conflicts at all: everybody who works at a desk, but no volunteers."""

_MEMBERS, _MONEY, _RULES = "members", "money", "rules"
_RIGHTS: Final[Mapping[Kind, str]] = {
    Kind.LENT_BLOCKED: _MEMBERS,
    Kind.UNKNOWN_MEMBER: _MEMBERS,
    Kind.SAME_CARD: _MEMBERS,
    Kind.MEMBER_TWICE: _MEMBERS,
    Kind.LOST_RETURNED: _MONEY,
    Kind.DECIDED_TWICE: _RULES,
    Kind.CLOCK_AHEAD: _RULES,
    Kind.QUARANTINED: _RULES,
}
_RIGHT_OF_TYPE: Final[Mapping[str, str]] = {
    "title": SETTLE,
    "copy": SETTLE,
    "heading": SETTLE,
    "subscription": SETTLE,
    "issue": SETTLE,
    "attachment": SETTLE,
    "title_template": SETTLE,
    "member": _MEMBERS,
    "block": _MEMBERS,
    "kit": SETTLE,
    "staff": STAFF,
}


def answers_of(kind: Kind, sides: int) -> tuple[str, ...]:
    """Return the answers to a conflict with so many sides, in the order they are offered."""
    found: list[str] = []
    for answer in _ANSWERS[kind]:
        numbers = range(1, sides + 1) if answer == _SIDES else ()
        found += [side(number) for number in numbers] if answer == _SIDES else [answer]
    return tuple(found)


def side(number: int) -> str:
    """Return the answer that a side (from 1) is right."""
    return f"side_{number}"


def side_of(answer: str) -> int | None:
    """Return the number of the side that an answer says is right, if it says so."""
    word, _, number = answer.partition("_")
    return int(number) if word == "side" and number.isdigit() else None


def rights_for(kind: Kind, entity_type: str) -> tuple[str, ...]:
    """Return the rights that whoever settles a conflict must have.

    Edits of a record need the right to edit such records; of settings, people and rules "rules".
    """
    if kind in (Kind.EDITED_TWICE, Kind.EDITED_DELETED):
        return (SETTLE, _RIGHT_OF_TYPE.get(entity_type, _RULES))
    return (SETTLE, _RIGHTS.get(kind, SETTLE))
