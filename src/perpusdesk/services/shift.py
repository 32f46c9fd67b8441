"""Who is at this desk: the people who may work, and one of them taking over."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import STAFF_LOCAL


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may work here; ``here`` marks who is at the desk now."""

    id: UUID
    name: str
    role: str
    here: bool


def colleagues(desk: Desk) -> list[Colleague]:
    """Return everybody who may work, by name."""
    return [
        Colleague(person.id, person.name, person.role, person.id == desk.staff)
        for person in desk.people.values()
    ]


def take_over(desk: Desk, person: UUID | None) -> Colleague | None:
    """Let ``person`` be at the desk from now on, also after a restart; ``None`` for nobody.

    Somebody who may not work (any more) is nobody. Everything done from now on bears the new name.
    """
    found = desk.people.get(person) if person else None
    desk.library.put_local(STAFF_LOCAL, found.id.bytes if found else None)
    desk.staff = found.id if found else None
    return Colleague(found.id, found.name, found.role, True) if found else None
