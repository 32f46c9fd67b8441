"""Titles and members merged into others: what still names one of them is the kept one's."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_id

_FURTHEST: Final = 20
_AWAY: Final = (
    "(with recursive away(id) as (select {} union"
    " select g.id from away cross join title g on g.merged_into = away.id and g.deleted = 1)"
    " select id from away)"
)
OF_TITLE: Final = f"in {_AWAY.format('?')}"
"""Behind a column: whether it names this title (one value) or one that was merged into it."""

OF_T: Final = f"in {_AWAY.format('t.id')}"
"""The same for the title of a row of ``title t``."""

KEPT: Final = (
    "(with recursive way(id, steps) as (select {}, 0 union all"
    " select g.merged_into, steps + 1 from way cross join title g"
    "  on g.id = way.id and g.deleted = 1 and g.merged_into is not null and steps < 20)"
    " select id from way order by steps desc limit 1)"
)
"""The title in a column, or the one that it is now."""

MERGED_INTO: Final = "(select g.merged_into from title g where g.id = {} and g.deleted = 1)"
"""Where the title in a column went; null for one that is there."""


def kept_member(library: Library, member: UUID) -> UUID:
    """Return the member that a merged one is now, however often it was merged on; else itself."""
    return _kept(library, "member", member)


def kept_title(library: Library, title: UUID) -> UUID:
    """Return the title that a merged one is now, however often it was merged on; else itself."""
    return _kept(library, "title", title)


def _kept(library: Library, table: str, record: UUID) -> UUID:
    for _ in range(_FURTHEST):
        query = f"select merged_into from {table} where id = ? and deleted = 1"
        into = as_id(library.value(query, record.bytes))
        if into is None:
            return record
        record = into
    return record
