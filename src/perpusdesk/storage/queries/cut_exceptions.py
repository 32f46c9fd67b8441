"""What a cut of the history leaves alone, as ids of 16 bytes: loans, entries, blocks, members."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perpusdesk.storage.library import Library

KEEPS_HISTORY: Final = "reading_history"
"""The purpose of a consent by which a member asks that the history of reading stays."""
_OWING: Final = "(select member from money where voided = 0 group by member having sum(amount) > 0)"
_QUERIES: Final = (
    # open again although somebody ended them once
    'select distinct l.id from loan l join op o on o.entity = l.id where l."end" = 0'
    " and o.kind in ('loan.returned', 'loan.lost', 'void') and o.at < ?",
    # what is still owed, and for what
    f"select id from money where loan is not null and voided = 0 and at < ? and member in {_OWING}",
    "select distinct loan from money where loan is not null and voided = 0 and at < ?"
    f" and member in {_OWING}",
)
_BLOCKS: Final = (
    "select id from block where loan is not null and deleted = 0 and coalesce(lifted, 0) = 0",
    "select distinct loan from block where loan is not null and deleted = 0"
    " and coalesce(lifted, 0) = 0",
)
_CONSENTS: Final = (
    "select distinct member from consent where purpose = ? and deleted = 0 and member is not null"
    " and coalesce(withdrawn, '') = ''"
)


def exceptions(library: Library, before: int) -> Iterator[bytes]:
    """Yield each id once, in order, of what a cut before a moment (Unix ms) leaves alone."""
    found = {bytes(row[0]) for query in _QUERIES for row in library.rows(query, before)}
    found |= {bytes(row[0]) for query in _BLOCKS for row in library.rows(query)}
    found |= {bytes(row[0]) for row in library.rows(_CONSENTS, KEEPS_HISTORY)}
    yield from sorted(one for one in found if len(one) == 16)
