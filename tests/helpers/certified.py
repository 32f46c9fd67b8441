"""Libraries whose devices are certified by one authority, and exchanges between them."""

from __future__ import annotations

import secrets
from pathlib import Path

from helpers.blank import blank
from perpusdesk.protocol import keys
from perpusdesk.protocol.certificates import Certificate, Role, issue
from perpusdesk.protocol.messages import FRAME_BYTES, decode_request, decode_response, encode
from perpusdesk.storage.library import Library, Sources
from perpusdesk.syncing.engine.serve import Server
from perpusdesk.syncing.engine.session import Exchange
from perpusdesk.syncing.engine.talk import Outcome
from perpusdesk.syncing.trust import LibraryTrust

AUTHORITY = bytes(range(32))
SECRET = bytes(range(32, 64))
YEAR_MS = 365 * 86_400_000


class Device:
    """One device: its library, whom it trusts, and its key."""

    def __init__(
        self, library: Library, number: int, role: Role = Role.DESK, key: bytes | None = None
    ) -> None:
        self.library, self.store = library, library.exchange
        self.trust = LibraryTrust(library, keys.public_of(AUTHORITY))
        own = key or secrets.token_bytes(32)
        self.store.sign = lambda data: keys.sign(own, data)
        self.certificate = issue(
            AUTHORITY,
            Certificate(
                library=library.id,
                device=library.device,
                key=keys.public_of(own),
                role=role,
                branch=None,
                number=number,
                name=f"Perangkat {number}",
                issued_ms=1,
                expires_ms=100 * YEAR_MS,
            ),
        )
        self.trust.keep([self.certificate])

    def introduce(self, *others: Device) -> None:
        """Give others this device's certificate, as a server has that of each device."""
        for other in others:
            other.trust.keep([self.certificate])


def device_in(
    folder: Path, number: int, like: Library | None = None, sources: Sources | None = None
) -> Device:
    """Return a new empty device of a library (default: a new library)."""
    library = blank(folder, library=like.id if like else None, sources=sources)
    return Device(library, number)


def device_on(dsn: str, number: int, like: Library) -> Device:
    """Return a new empty device of a library, in a new schema on PostgreSQL."""
    from perpusdesk.storage.postgres.library import PostgresLibrary

    name = f"device_{secrets.token_hex(8)}"
    sources = like.sources
    library = PostgresLibrary.create_in(dsn, name=name, library=like.id, sources=sources)
    return Device(library, number)


def exchange(client: Device, server: Device, frame: int = FRAME_BYTES) -> Outcome:
    """Let a device exchange with another that answers; all messages go through their bytes."""
    client.introduce(server)
    serving = Server(server.store, server.trust, secrets.token_bytes)
    talk = Exchange(client.store, client.trust, frame=frame).run(server.library.device)
    try:
        request = next(talk)
        while True:
            asked = decode_request(encode(request))
            answer = serving.handle(client.library.device, asked)
            request = talk.send(decode_response(encode(answer)))
    except StopIteration as end:
        outcome: Outcome = end.value
        return outcome


def known_by(*devices: Device) -> set[str]:
    """Return the digests of devices: one when all show the same."""
    return {one.library.digest() for one in devices}
