"""What belongs to the branches, and whether anything else names one."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import sure_id

_NAMING_IT: Final = (
    *("loan", "money", "reading", "sighting", "copy", "member", "device", "stock_count"),
    *("stock_scan", "subscription", "visit", "party", "booking", "stop", "stop_session", "room"),
    *("survey", "survey_version", "answer", "complaint", "reference", "wish", "wish_vote"),
    *("improvement", "service_use", "figure_entry", "month_close", "budget", "hours", "closure"),
    "op",
)
_PAST: Final = (
    *((table, "branch") for table in _NAMING_IT),
    *(("transfer", column) for column in ("from_branch", "to_branch")),
    ("hold", "pickup"),
)
"""Tables and columns that name a branch."""


def copies_of_branches(library: Library) -> dict[UUID, int]:
    """Return how many copies each branch holds."""
    return _counted(library, "copy")


def members_of_branches(library: Library) -> dict[UUID, int]:
    """Return how many members each branch has."""
    return _counted(library, "member")


def has_past(library: Library, branch: UUID) -> bool:
    """Whether a loan, a visit or anything else that is or was there names the branch."""
    each = " union all ".join(
        f'select exists (select 1 from "{table}" where {column} = ?1) found'
        for table, column in _PAST
    )
    return bool(library.value(f"select max(found) from ({each})", branch.bytes))


def _counted(library: Library, table: str) -> dict[UUID, int]:
    rows = library.rows(
        f"select branch, count(*) from {table} where deleted = 0 and branch is not null"
        " group by branch"
    )
    return {sure_id(branch): int(count) for branch, count in rows}
