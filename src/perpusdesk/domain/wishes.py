"""Titles that readers wish for: how far a wish is, and which wishes mean the same title."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, TypeVar
from uuid import UUID

from perpusdesk.domain.same_title import Facts, same_title

T = TypeVar("T", bound=UUID)


class WishState(StrEnum):
    """How far a wish is; a refused one says why."""

    WISHED = "wished"
    CHOSEN = "chosen"
    ORDERED = "ordered"
    ARRIVED = "arrived"
    REFUSED = "refused"


ORDER: Final = tuple(WishState)
OPEN: Final = frozenset({WishState.WISHED, WishState.CHOSEN, WishState.ORDERED})
"""States in which the title is still to come."""
SOURCES: Final = ("desk", "kiosk", "phone", "search")
MOST_PEOPLE: Final = 1_000
"""Voices in one vote: a class may ask together; more is a slip of the finger."""


def wish_state_of(text: str) -> WishState:
    """Return the state that is stored; one that is not known here is only wished for."""
    return WishState(text) if text in set(WishState) else WishState.WISHED


def same_wish(wanted: Facts, known: Iterable[tuple[T, Facts]]) -> T | None:
    """Return the wish that means the same title, nearly sure ones first; ``None``: it is new.

    Without an author a wish is for the title alone: two such with the same words are one.
    """
    near: T | None = None
    for id_, facts in known:
        verdict = same_title(wanted, facts)
        if verdict is None:
            continue
        if verdict[1]:
            return id_
        near = near or id_
    return near
