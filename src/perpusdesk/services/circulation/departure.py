"""What a van must have with it, and what is to be seen to when it is back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from perpusdesk.services.circulation.hold_lists import holds_to_pick
from perpusdesk.services.conflicts.conflict_list import conflict_count
from perpusdesk.services.desk import Desk

_COUNTS: Final = (
    "select count(*) from title where deleted = 0",
    "select count(*) from copy where deleted = 0",
    "select count(*) from member where deleted = 0",
    'select count(*) from loan where "end" = 0',
)


@dataclass(frozen=True, slots=True)
class Aboard:
    """What is known on this device: counts; ``to_pick``: copies here that somebody waits for."""

    titles: int
    copies: int
    members: int
    on_loan: int
    rules: int
    to_pick: int
    conflicts: int


def aboard(desk: Desk) -> Aboard:
    """Return it; counts a whole library, so ask beside the desk's work."""
    titles, copies, members, on_loan = (int(desk.library.value(one)) for one in _COUNTS)
    return Aboard(
        titles,
        copies,
        members,
        on_loan,
        len(desk.rules),
        len(holds_to_pick(desk)),
        conflict_count(desk.library),
    )
