"""Who is at this desk: the people who may work, and one of them taking over."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import STAFF_LOCAL
from perpusdesk.storage.queries.staff import Staff


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may work here; ``here`` marks who is at the desk now.

    ``signs_in``: has a PIN or password. ``card``: the staff card's number.
    """

    id: UUID
    name: str
    role: str
    here: bool
    signs_in: bool = False
    card: str = ""


def colleagues(desk: Desk) -> list[Colleague]:
    """Return everybody who may work, by name."""
    return [_colleague(person, here=person.id == desk.staff) for person in desk.people.values()]


def take_over(desk: Desk, person: UUID | None) -> Colleague | None:
    """Let ``person`` be at the desk from now on, also after a restart; ``None`` for nobody.

    Somebody who may not work (any more) is nobody. Where people sign in only who is there already
    stays: everybody else comes by ``sign_in``. What is done from now on bears the new name.
    """
    found = desk.people.get(person) if person else None
    if found is not None and desk.pins_in_use and desk.staff != found.id:
        found = None
    if found is not None:
        return seat(desk, found)
    desk.library.put_local(STAFF_LOCAL, None)
    desk.staff = None
    return None


def seat(desk: Desk, person: Staff) -> Colleague:
    """Let somebody be at the desk who is known to be who he says; remembered for the next start.

    Who only reads beside the window takes nobody's place there.
    """
    if desk.library.writable:
        desk.library.put_local(STAFF_LOCAL, person.id.bytes)
    desk.staff = person.id
    return _colleague(person, here=True)


def still_here(desk: Desk) -> bool:
    """Whether who is at the desk may still work; otherwise the desk is left to nobody.

    To be asked when staff records have come from other devices.
    """
    if desk.staff is None or desk.staff in desk.people or desk.staff not in desk.former_people:
        return True
    take_over(desk, None)
    return False


def last_here(desk: Desk) -> UUID | None:
    """Return who was at this desk last, also in an earlier run."""
    kept = desk.library.local(STAFF_LOCAL)
    return UUID(bytes=bytes(kept)) if kept else None


def _colleague(person: Staff, *, here: bool) -> Colleague:
    return Colleague(person.id, person.name, person.role, here, bool(person.secret), person.card)
