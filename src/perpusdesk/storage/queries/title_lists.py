"""Whole lists of titles: every row number, in one of the orders that people ask for."""

from __future__ import annotations

from array import array
from enum import StrEnum
from typing import Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.title_narrow import EVERYTHING, Narrowing, lines


class Order(StrEnum):
    """The orders of a list of titles; ``BEST`` is the search's own."""

    BEST = "best"
    NEWEST = "newest"
    TITLE = "title"
    AUTHOR = "author"
    YEAR = "year"
    SHELF = "shelf"


_ORDERS: Final = {
    Order.NEWEST: "l.rid desc",
    Order.TITLE: "l.by_title, l.rid",
    Order.AUTHOR: "l.by_author = '', l.by_author, l.by_title",
    Order.YEAR: "l.year is null, l.year desc, l.rid desc",
    Order.SHELF: "l.by_shelf = '', l.by_shelf, l.by_title",
}


def every(
    library: Library, match: str, narrowing: Narrowing = EVERYTHING, order: Order = Order.NEWEST
) -> array[int]:
    """Return the rows of all titles that match, in order (``BEST``: the newest first)."""
    by = _ORDERS[Order.NEWEST if order is Order.BEST else order]
    if match and not narrowing and order in (Order.BEST, Order.NEWEST):
        query = "select rowid from title_words where title_words match ? order by rowid desc"
        return library.numbers(query, match)
    found, values = lines(match, narrowing)
    return library.numbers(f"select l.rid {found} order by {by}", *values)


def how_many(library: Library, match: str, narrowing: Narrowing = EVERYTHING) -> int:
    """Count the titles that match."""
    if match and not narrowing:
        query = "select count(*) from title_words where title_words match ?"
        return int(library.value(query, match))
    found, values = lines(match, narrowing)
    return int(library.value(f"select count(*) {found}", *values))


def row_of(library: Library, title: UUID) -> int | None:
    """Return the row of a title that is not deleted."""
    found = library.value("select rid from title where id = ? and deleted = 0", title.bytes)
    return None if found is None else int(found)
