"""The library's devices: who they are, shutting one out, and what a shut-out one still sent.

What a shut-out device wrote up to the cut counts as before. What it wrote later is kept and passed
on, and counts on no device until somebody accepts it or lets the device in again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.merge.judgement import write_cut
from perpusdesk.protocol.certificates import Role, Scope, scopes_of
from perpusdesk.services.desk import Desk
from perpusdesk.services.history.recent import about
from perpusdesk.services.results import Done
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import devices as query
from perpusdesk.storage.queries.devices import Device, WithheldAction
from perpusdesk.storage.queries.names import staff_name
from perpusdesk.storage.queries.values import as_moment

REVOKE_VERB = "revoke_device"
ALLOW_VERB = "allow_device"
ACCEPT_VERB = "accept_quarantine"
CONTACT_VERB = "contact_days"
MOVE_VERB = "move_device"
MOST_CONTACT_DAYS = 365
RIGHT = "devices"
_MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device in the list.

    ``enrolled``: it has a certificate. ``own``: it is this one. ``last_contact``: when it exchanged
    with this device, as far as known here. ``withheld``: actions that wait in quarantine.
    ``contact_days``: it opens only so many days after its last contact with a server; 0: always.
    """

    id: UUID
    name: str
    branch_name: str
    number: int
    role: str
    made: str
    enrolled: bool
    revoked: bool
    own: bool
    last_contact: datetime | None
    withheld: int
    contact_days: int = 0
    branch: UUID | None = None


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One action that does not count: who did what, when, on which device."""

    action: UUID
    device: UUID
    device_name: str
    branch_name: str
    staff_name: str
    verb: str
    at: datetime
    thing: str
    person: str
    ops: int


def list_devices(desk: Desk) -> list[DeviceLine]:
    """Return all devices of the library by number."""
    contacts = query.contacts(desk.library)
    return [_line(desk, device, contacts) for device in query.devices(desk.library)]


def find_device(desk: Desk, text: str) -> list[DeviceLine]:
    """Return the devices of this number, id or name (in any case)."""
    wanted = text.strip().casefold()
    return [
        line
        for line in list_devices(desk)
        if wanted in (str(line.number), line.id.hex, str(line.id), line.name.casefold())
    ]


def revoke_device(desk: Desk, device: UUID, reason: str = "") -> Done[DeviceLine] | Refused:
    """Shut a device out: what came from it until now counts, what it still sends does not.

    Refused: RIGHT_MISSING, DEVICE_MAY_NOT (this device is no administrator's), DEVICE_UNKNOWN,
    DEVICE_OWN, DEVICE_IS_SERVER, DEVICE_REVOKED.
    """
    found = _allowed(desk, device)
    if isinstance(found, Refused):
        return found
    if device.bytes == desk.library.device:
        return Refused(Reason.DEVICE_OWN)
    if found.role == Role.SERVER:
        return Refused(Reason.DEVICE_IS_SERVER, {"device": found.name})
    if found.cut is not None:
        return Refused(Reason.DEVICE_REVOKED, {"device": found.name})
    return _set_cut(
        desk, desk.action(REVOKE_VERB), device, query.received(desk.library, device), reason
    )


def allow_device(desk: Desk, device: UUID, reason: str = "") -> Done[DeviceLine] | Refused:
    """Let a shut-out device in again: all that it ever sent counts."""
    found = _revoked(desk, device)
    if isinstance(found, Refused):
        return found
    return _set_cut(desk, desk.action(ALLOW_VERB), device, None, reason)


def accept_quarantine(desk: Desk, device: UUID, reason: str = "") -> Done[DeviceLine] | Refused:
    """Let count what a shut-out device sent until now; it stays shut out.

    ``NOTHING_CHOSEN`` when nothing waits.
    """
    found = _revoked(desk, device)
    if isinstance(found, Refused):
        return found
    if not query.withheld(desk.library, device, found.cut or {}, 1):
        return Refused(Reason.NOTHING_CHOSEN)
    return _set_cut(
        desk, desk.action(ACCEPT_VERB), device, query.received(desk.library, device), reason
    )


def set_contact_days(desk: Desk, device: UUID, days: int) -> Done[DeviceLine] | Refused:
    """Let a device open only for ``days`` after its last contact with a server (0: always).

    Refused as ``revoke_device``, but this device itself may be meant; ``DEVICE_IS_SERVER``.
    """
    found = _allowed(desk, device)
    if isinstance(found, Refused):
        return found
    if found.role == Role.SERVER:
        return Refused(Reason.DEVICE_IS_SERVER, {"device": found.name})
    action = desk.action(CONTACT_VERB)
    action.set("device", device, {"contact_days": max(0, min(days, MOST_CONTACT_DAYS))})
    written = desk.commit(action)
    line = next(one for one in list_devices(desk) if one.id == device)
    return Done(line, written.action, CONTACT_VERB, frozenset({"device"}))


def move_device(desk: Desk, device: UUID, branch: UUID) -> Done[DeviceLine] | Refused:
    """Let a device work at a branch or in a van from now on; it goes there when it hears of it.

    This one goes at once, and may be sent by whoever has the right: it is no judging of others.
    Refused as ``set_contact_days``; ``BRANCH_UNKNOWN``.
    """
    own = device.bytes == desk.library.device
    if own and not desk.may(RIGHT):
        return Refused(Reason.RIGHT_MISSING, {"right": RIGHT})
    found = None if own else _allowed(desk, device)
    if isinstance(found, Refused):
        return found
    if found is not None and found.role == Role.SERVER:
        return Refused(Reason.DEVICE_IS_SERVER, {"device": found.name})
    if branch not in desk.branches:
        return Refused(Reason.BRANCH_UNKNOWN, {"branch": branch})
    there = {one.id: one for one in list_devices(desk)}.get(device)
    if there is not None and there.branch == branch:
        return Done(there, None, MOVE_VERB)
    action = desk.action(MOVE_VERB)
    action.set("device", device, {"branch": branch}, fresh=there is None)
    written = desk.commit(action)
    desk.settle()
    line = next(one for one in list_devices(desk) if one.id == device)
    return Done(line, written.action, MOVE_VERB, frozenset({"device"}))


def quarantine(
    desk: Desk, device: UUID | None = None, limit: int = _MOST_SHOWN
) -> list[Quarantined]:
    """Return what shut-out devices (or one of them) wrote beyond the cut, the newest first."""
    found: list[tuple[WithheldAction, Device]] = []
    for one in query.devices(desk.library):
        if one.cut is not None and device in (None, one.id):
            waiting = query.withheld(desk.library, one.id, one.cut, limit)
            found += [(action, one) for action in waiting]
    found.sort(key=lambda pair: (-pair[0].at, pair[0].action.bytes))
    return [_told(desk, action, owner) for action, owner in found[:limit]]


def _told(desk: Desk, action: WithheldAction, device: Device) -> Quarantined:
    thing, person = about(desk, tuple(desk.library.ops_of_action(action.action)))
    return Quarantined(
        action.action,
        device.id,
        device.name,
        _branch_name(desk, action.branch),
        staff_name(desk.library, action.staff),
        action.verb,
        as_moment(action.at, action.zone),
        thing,
        person,
        action.ops,
    )


def _allowed(desk: Desk, device: UUID) -> Device | Refused:
    """Return the device when it may be judged from here.

    By a person with the right, on a device with the right role; on the server itself by whoever
    runs its commands, with nobody signed in.
    """
    every = {one.id: one for one in query.devices(desk.library)}
    mine = every.get(UUID(bytes=desk.library.device))
    role = mine.role if mine is not None and mine.enrolled else ""
    if not desk.may(RIGHT) and not (role == Role.SERVER and desk.staff is None):
        return Refused(Reason.RIGHT_MISSING, {"right": RIGHT})
    if role and Scope.REVOKE not in scopes_of(role):
        return Refused(Reason.DEVICE_MAY_NOT, {"device": mine.name if mine else ""})
    return every.get(device) or Refused(Reason.DEVICE_UNKNOWN)


def _revoked(desk: Desk, device: UUID) -> Device | Refused:
    found = _allowed(desk, device)
    if isinstance(found, Device) and found.cut is None:
        return Refused(Reason.DEVICE_NOT_REVOKED, {"device": found.name})
    return found


def _set_cut(
    desk: Desk, action: Action, device: UUID, cut: Mapping[int, int] | None, reason: str
) -> Done[DeviceLine]:
    value = None if cut is None else write_cut(cut)
    action.set("device", device, {"revoked": value}, why=reason.strip())
    written = desk.commit(action)
    line = next(one for one in list_devices(desk) if one.id == device)
    return Done(line, written.action, action.verb, frozenset({"device"}))


def _line(desk: Desk, device: Device, contacts: Mapping[UUID, int]) -> DeviceLine:
    at = contacts.get(device.id)
    waiting = (
        []
        if device.cut is None
        else query.withheld(desk.library, device.id, device.cut, _MOST_SHOWN)
    )
    return DeviceLine(
        device.id,
        device.name,
        _branch_name(desk, device.branch),
        device.number,
        device.role,
        device.made,
        device.enrolled,
        device.cut is not None,
        device.id.bytes == desk.library.device,
        None if at is None else as_moment(at, desk.zone),
        len(waiting),
        device.contact_days,
        device.branch,
    )


def _branch_name(desk: Desk, branch: UUID | None) -> str:
    found = desk.branches.get(branch) if branch else None
    return found.name if found else ""
