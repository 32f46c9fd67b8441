"""What the devices of a library said of themselves, and how much there is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from perpusdesk.domain.fleet import Said
from perpusdesk.protocol.messages import Facts
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries import devices as query
from perpusdesk.storage.queries.conflicts import withheld
from perpusdesk.storage.queries.devices import Device
from perpusdesk.storage.queries.values import as_ms

_TOTALS: Final = {
    "titles": "select count(*) from title where deleted = 0",
    "copies": "select count(*) from copy where deleted = 0",
    "members": "select count(*) from member where deleted = 0",
    "loans": 'select count(*) from loan where "end" = 0',
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A device and how it was when it was here last (``None``: it never was).

    ``admitted_ms`` is 0 for one without a certificate; ``withheld`` counts the ops that it sent
    after it was shut out.
    """

    device: Device
    admitted_ms: int
    withheld: int
    said: Said | None

    @property
    def id(self) -> UUID:
        """Its id."""
        return self.device.id

    @property
    def revoked(self) -> bool:
        """Whether it is shut out."""
        return self.device.cut is not None


def fleet(library: Library) -> list[Seen]:
    """Return every device, by number."""
    contacts = library.exchange.contacts()
    return [
        Seen(one, _admitted(one), _withheld(library, one), _said(contacts.get(one.id.bytes)))
        for one in query.devices(library)
    ]


def totals(library: Library) -> dict[str, int]:
    """Return how many titles, copies, members and open loans there are."""
    return {name: int(library.value(query)) for name, query in _TOTALS.items()}


def _admitted(device: Device) -> int:
    try:
        return as_ms(datetime.fromisoformat(device.made)) if device.enrolled else 0
    except ValueError:
        return 0


def _withheld(library: Library, device: Device) -> int:
    if device.cut is None:
        return 0
    return sum(count for count, _ in withheld(library, device.id.bytes, device.cut).values())


def _said(contact: tuple[int, Facts] | None) -> Said | None:
    if contact is None:
        return None
    at, facts = contact
    return Said(
        at_ms=at,
        offset_ms=facts.now_ms - at if facts.now_ms else 0,
        program=facts.program,
        waiting=facts.waiting,
        conflicts=facts.conflicts,
        held=facts.held,
        clock_suspect=facts.clock_suspect,
        backup_ms=facts.backup_ms,
    )
