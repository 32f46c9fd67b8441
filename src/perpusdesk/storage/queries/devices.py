"""The devices of a library, and what waits of those that were shut out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.domain.merge.judgement import read_cut
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_id, sure_id

OWN_BRANCH: Final = "branch"
"""Local value of the library file: the id of the branch where this device stands."""
OWN_NUMBER: Final = "device_number"
"""Local value: the number that the server gave this device, before its record has come."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device as the library knows it; ``cut`` is the last accepted seq of each incarnation."""

    id: UUID
    name: str
    branch: UUID | None
    number: int
    role: str
    made: str
    cut: dict[int, int] | None
    enrolled: bool
    contact_days: int = 0


@dataclass(frozen=True, slots=True)
class WithheldAction:
    """One action of a shut-out device that does not count: ``at`` in Unix ms, ``zone`` minutes."""

    action: UUID
    device: UUID
    verb: str
    staff: UUID | None
    branch: UUID | None
    at: int
    zone: int
    ops: int


def own_number(library: Library) -> int:
    """Return the number of this device, which begins its own ranges of barcodes and cards."""
    found = library.value("select number from device where id = ?", library.device)
    return max(1, int(found or library.local(OWN_NUMBER) or 1))


def device_branch(library: Library) -> UUID | None:
    """Return the branch where this device works, as its record says."""
    query = "select branch from device where id = ? and deleted = 0"
    return as_id(library.value(query, library.device))


def enrolled_branch(library: Library) -> UUID | None:
    """Return the branch for which this device was set up or enrolled."""
    return as_id(library.local(OWN_BRANCH))


def devices(library: Library) -> list[Device]:
    """Return all devices, by number."""
    rows = library.rows(
        "select id, name, branch, number, role, made, revoked, certificate is not null,"
        " contact_days from device"
        " where deleted = 0 order by number, name, id"
    )
    return [
        Device(
            sure_id(id_),
            name or "",
            as_id(branch),
            int(number or 0),
            role or "",
            made or "",
            None if revoked is None else dict(read_cut(revoked)),
            bool(enrolled),
            int(days or 0),
        )
        for id_, name, branch, number, role, made, revoked, enrolled, days in rows
    ]


def has_other_devices(library: Library) -> bool:
    """Whether the library has devices besides this one that are not shut out."""
    query = "select 1 from device where id <> ? and deleted = 0 and revoked is null limit 1"
    return library.row(query, library.device) is not None


def received(library: Library, device: UUID) -> dict[int, int]:
    """Return up to which seq each incarnation of a device is known without a gap."""
    found: dict[int, int] = {}
    for stream, seq in library.have().items():
        owner, _, run = stream.partition("/")
        if owner == device.hex:
            found[int(run, 16)] = seq
    return found


def withheld(
    library: Library, device: UUID, cut: dict[int, int], limit: int
) -> list[WithheldAction]:
    """Return the latest actions of a device beyond the cut, the newest first."""
    rows = library.rows(
        "select number, incarnation from stream where device = ? order by number", device.bytes
    )
    beyond = [
        (number, cut.get(int.from_bytes(bytes(incarnation), "big"), 0))
        for number, incarnation in rows
    ]
    if not beyond:
        return []
    each = (
        "select action, verb, staff, branch, at, zone, clock from op where stream = ? and seq > ?"
    )
    found = library.rows(
        "select action, min(verb), min(staff), min(branch), min(at), min(zone), count(*)"
        f" from ({' union all '.join([each] * len(beyond))}) o group by action"
        " order by max(clock) desc limit ?",
        *(value for pair in beyond for value in pair),
        limit,
    )
    return [
        WithheldAction(
            sure_id(action), device, verb, as_id(staff), as_id(branch), at, zone, int(count)
        )
        for action, verb, staff, branch, at, zone, count in found
    ]


def contacts(library: Library) -> dict[UUID, int]:
    """Return when devices exchanged with this one last (Unix ms by its clock)."""
    return {sure_id(device): at for device, (at, _) in library.exchange.contacts().items()}
