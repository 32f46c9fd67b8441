"""A paper that is one table: a first part, rows over as many pages as they need, a foot on each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from perpusdesk.printing.paper import Paper
from perpusdesk.printing.table import Table


@dataclass(frozen=True, slots=True)
class Listing:
    """How the pages of one table look.

    ``first`` draws what stands above the table and returns the y below it; it is drawn once more on
    a page that is thrown away, to know how tall it is. Rows end above ``bottom`` and begin at
    ``next_top`` on later pages. ``foot`` draws the foot of a page, given its number and how many
    there are. ``below`` draws under the rows of a page (their places are given) and returns the y.
    """

    first: Callable[[Paper], float]
    foot: Callable[[int, int], None]
    bottom: float
    next_top: float
    below: Callable[[Sequence[int], float], float] = lambda _places, y: y


def draw_listing(paper: Paper, table: Table, rows: Sequence[Sequence[str]], look: Listing) -> float:
    """Draw all of it and return the y below the last row."""
    trial = Paper(paper.width, paper.height, "")
    top = look.first(trial)
    heading = table.heading(trial, top) - top
    pages = table.pages(rows, top + heading, look.next_top + heading, look.bottom)
    y = look.first(paper)
    for page, places in enumerate(pages, 1):
        if page > 1:
            paper.next_page()
            y = look.next_top
        y = table.heading(paper, y)
        for place in places:
            y = table.row(paper, y, rows[place])
        y = look.below(places, y)
        look.foot(page, len(pages))
    return y
