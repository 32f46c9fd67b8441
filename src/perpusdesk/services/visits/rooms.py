"""The rooms of the branches: where visitors go, and how many find a seat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.rights import RULES
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.storage.queries.values import as_day, as_id, sure_id

SAVE: Final = "save_room"
RETIRE: Final = "retire_room"
LONGEST: Final = 80
MOST_SEATS: Final = 10_000
_CHANGED: Final = frozenset({"room"})


@dataclass(frozen=True, slots=True)
class Room:
    """One room; ``seats`` 0: not counted. A retired one is only named in old visits."""

    id: UUID
    branch: UUID | None
    name: str
    seats: int
    retired: bool = False


def rooms(desk: Desk, branch: UUID | None = None, *, retired: bool = False) -> list[Room]:
    """Return the rooms of a branch (default: this one), in order."""
    rows = desk.library.rows(
        "select id, branch, name, seats, retired from room where deleted = 0 and branch = ?"
        " order by position, name",
        (branch or desk.branch).bytes,
    )
    found = [
        Room(sure_id(id_), as_id(where), name or "", seats or 0, as_day(gone) is not None)
        for id_, where, name, seats, gone in rows
    ]
    return [room for room in found if retired or not room.retired]


@needs(RULES)
def save_room(
    desk: Desk, name: str, seats: int = 0, room: UUID | None = None
) -> Done[UUID] | Refused:
    """Add a room to this branch, or change one. ``RIGHT_MISSING``, ``NAME_MISSING``."""
    if not name.strip():
        return Refused(Reason.NAME_MISSING)
    fields = {"name": name.strip()[:LONGEST], "seats": min(max(seats, 0), MOST_SEATS)}
    action, id_ = desk.action(SAVE), room or desk.library.new_id()
    if room is None:
        fields |= {"branch": desk.branch.bytes, "position": len(rooms(desk, retired=True))}
    action.set("room", id_, fields, fresh=room is None)
    return Done(id_, desk.commit(action).action, SAVE, _CHANGED)


@needs(RULES)
def retire_room(desk: Desk, room: UUID) -> Done[UUID] | Refused:
    """Offer a room no more; visits that were counted in it keep it. ``RIGHT_MISSING``."""
    action = desk.action(RETIRE)
    action.set("room", room, {"retired": desk.today()})
    return Done(room, desk.commit(action).action, RETIRE, _CHANGED)
