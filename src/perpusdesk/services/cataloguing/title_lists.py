"""Lists of titles on the screen: found by words, narrowed, in an order; rows by their numbers.

The best rows come at once, the whole list after it. Both only read, and are meant for a desk that
looks ``beside`` the work.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from perpusdesk.services.desk import Desk
from perpusdesk.services.searching.search import best_rows
from perpusdesk.services.searching.search_ways import Way, way_of
from perpusdesk.storage.queries import lookup, policy, title_lists
from perpusdesk.storage.queries.lookup import TitleHit
from perpusdesk.storage.queries.title_facets import NO_FACETS, Facets, facets
from perpusdesk.storage.queries.title_lists import Order
from perpusdesk.storage.queries.title_narrow import EVERYTHING, Narrowing

__all__ = [
    "EVERYTHING",
    "FIRST",
    "Asked",
    "Facets",
    "Narrowing",
    "Order",
    "TitleHit",
    "TitleList",
    "branch_names",
    "facets_of",
    "first_titles",
    "row_of",
    "titles_at",
    "whole_list",
]

FIRST: Final = 200
"""Titles that come at once."""

_NONE: Final = array("q")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list shall be; ``typing``: the last word of ``text`` may be the beginning of one."""

    text: str = ""
    narrowing: Narrowing = EVERYTHING
    order: Order = Order.BEST
    typing: bool = False


@dataclass(frozen=True, slots=True)
class TitleList:
    """Titles by their row numbers (see ``titles_at``), and how many there are.

    ``whole`` tells that these are all; else ``whole_list`` brings the rest. ``instead`` is the
    text that was really searched, ``nearly`` that each title lacks one of its words.
    """

    rows: array[int]
    whole: bool
    way: Way | None = None

    @property
    def did_you_mean(self) -> str | None:
        """The text that was searched because what was typed is found nowhere."""
        return self.way.did_you_mean if self.way else None

    @property
    def nearly(self) -> bool:
        """Whether each title lacks one of the words."""
        return self.way is not None and self.way.nearly

    @property
    def instead(self) -> str | None:
        """What one would type for these very titles."""
        return self.way.instead if self.way else None


def first_titles(desk: Desk, asked: Asked) -> TitleList:
    """Return the best titles for a text, or the first ones of a short list in its order."""
    if not asked.text.strip():
        return TitleList(_NONE, whole=False)
    way = way_of(desk.library, asked.text, typing=asked.typing)
    if way is None:
        return TitleList(_NONE, whole=True)
    rows = best_rows(desk.library, way, FIRST, asked.narrowing, typing=asked.typing)
    short = len(rows) < FIRST
    if asked.order is not Order.BEST:
        return TitleList(_NONE, whole=not rows, way=way)
    return TitleList(array("q", rows), whole=short, way=way)


def whole_list(desk: Desk, asked: Asked, first: TitleList) -> TitleList:
    """Return all titles; those that came first stay first."""
    match = first.way.match if first.way else ""
    rows = title_lists.every(desk.library, match, asked.narrowing, asked.order)
    if first.rows:
        best = set(first.rows)
        rows = array("q", [*first.rows, *(row for row in rows if row not in best)])
    return replace(first, rows=rows, whole=True)


def facets_of(desk: Desk, asked: Asked, found: TitleList) -> Facets:
    """Return how these titles spread."""
    if asked.text.strip() and found.way is None:
        return NO_FACETS
    return facets(desk.library, found.way.match if found.way else "", asked.narrowing)


def branch_names(desk: Desk) -> dict[UUID, str]:
    """Return the names of the branches, read anew."""
    return {branch.id: branch.name for branch in policy.branches(desk.library)}


def titles_at(desk: Desk, rows: Sequence[int]) -> dict[int, TitleHit]:
    """Return the titles of these rows; those that are no more are left out."""
    return lookup.titles_by_rows(desk.library, rows)


def row_of(desk: Desk, title: UUID) -> int | None:
    """Return the row number of a title, or ``None``."""
    return title_lists.row_of(desk.library, title)
