"""Devices of a story: what each has on its disk, and the program that runs on it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from random import Random
from typing import Any
from uuid import UUID

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol import keys
from perpusdesk.protocol.certificates import Certificate, Role, issue, read, short_name
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.timekeeping import Sources
from perpusdesk.syncing.engine.ports import Store, Trust
from perpusdesk.syncing.engine.serve import Server
from simulation.clocks import YEAR, DeviceClock, TrueTime
from simulation.disk import Disk, Mark
from simulation.memory_store import MemoryStore

LIBRARY = b"the-same-library"
AUTHORITY = bytes(range(32))
AUTHORITY_PUBLIC = keys.public_of(AUTHORITY)
_CHANGES = (
    "seal",
    "begin_epoch",
    "accept",
    "put_peer",
    "note_contact",
    "put_piece",
    "fold_anew",
)


REDACTING = (Role.SERVER, Role.HUB, Role.ADMIN)
"""Who may take words of erased persons out of others' packages."""


class PowerCutError(Exception):
    """The machine went off in the middle."""


@dataclass(slots=True)
class Trouble:
    """What goes wrong at one of the next writes: a power cut before or after it, a full disk."""

    kind: str
    after: int


@dataclass(slots=True)
class Person:
    """Who a device is: this goes over into a copy of its disk."""

    name: str
    device: bytes
    role: Role
    key: bytes
    certificate: bytes = b""

    @classmethod
    def named(cls, name: str, number: int, role: Role) -> Person:
        """Return a device with its key and the authority's certificate."""
        device = blake2b(name.encode(), digest_size=16).digest()
        key = blake2b(name.encode(), digest_size=32).digest()
        certificate = Certificate(
            library=LIBRARY,
            device=device,
            key=keys.public_of(key),
            role=role,
            branch=None,
            number=number,
            name=name,
            issued_ms=1,
            expires_ms=200 * YEAR,
        )
        return cls(name, device, role, key, issue(AUTHORITY, certificate))


class Fragile:
    """A store whose writes fail when its device is in trouble."""

    def __init__(self, store: Any, node: Node) -> None:
        self._store, self._node = store, node
        for name in _CHANGES:
            setattr(self, name, self._failing(getattr(store, name)))

    def _failing(self, write: Any) -> Any:
        def called(*args: Any) -> Any:
            trouble = self._node.trouble
            if trouble is None:
                return write(*args)
            return self._node.troubled(lambda: write(*args))

        return called

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class Node(ABC):
    """One device."""

    can_be_old = True

    store: Store
    trust: Trust
    server: Server

    def __init__(self, person: Person, time: TrueTime, random: Random) -> None:
        self.person, self.random = person, random
        self.name, self.device, self.role = person.name, person.device, person.role
        self.clock = DeviceClock(time)
        self.trouble: Trouble | None = None
        self.is_server = False
        self.hub: Node | None = None
        self.old_program = False
        self.sources = Sources(self.clock.wall_ms, self.clock.uptime_ms, random.randbytes)

    def troubled(self, write: Any) -> Any:
        """Do a write while there is trouble."""
        trouble = self.trouble
        assert trouble is not None
        if trouble.after:
            trouble.after -= 1
            return write()
        self.trouble = None
        if trouble.kind == "full":
            raise KnownError(Fault.DISK_FULL, file="simulated")
        if trouble.kind == "after":
            write()
        raise PowerCutError(self.name)

    # what each kind of device does in its own way

    @abstractmethod
    def start(self) -> None:
        """Start the program on what is on the disk."""

    @abstractmethod
    def write(self, action: Action) -> list[Op]:
        """Commit an action; returns its ops."""

    def fields_seen(self, action: Action) -> dict[tuple[str, UUID, str], Mark]:
        """Return of the fields of the records in an action which op they are from."""
        return {}

    @abstractmethod
    def snapshot(self) -> Any:
        """Return a copy of the disk."""

    @abstractmethod
    def restore(self, snapshot: Any) -> None:
        """Put a copy of the disk in place of what is there, and start on it."""

    @abstractmethod
    def copied(self, person: Person, time: TrueTime, random: Random) -> Node:
        """Return another live device with the same disk and the same identity."""

    @abstractmethod
    def upgrade(self) -> None:
        """Go on with a program that understands everything."""

    @abstractmethod
    def entities(self, entity_type: str) -> list[UUID]:
        """Return the records of a type that are known here, in some fixed order."""

    @abstractmethod
    def ops_of(self, entity_type: str, entity: UUID) -> list[Op]:
        """Return what is known of a record and counts, oldest first."""

    @abstractmethod
    def all_ops(self) -> Iterable[Op]:
        """Return every op as it was written."""

    @abstractmethod
    def digest(self) -> str:
        """Return what all rows come to."""

    @abstractmethod
    def redact(self, steps: int) -> None:
        """Do some of what privacy asks for in the background."""

    def findings(self) -> list[str]:
        """Return what is wrong with a real library file."""
        return []

    def conflicts(self) -> list[str] | None:
        """Return the list of conflicts by id, where this device makes one."""
        return None

    @abstractmethod
    def close(self) -> None:
        """Let go of what is open."""


@dataclass(slots=True)
class MemoryTrust:
    """The certificates on a disk (``engine.ports.Trust``)."""

    disk: Disk
    read: dict[bytes, Certificate] = field(default_factory=dict)

    def _certificate(self, data: bytes) -> Certificate:
        found = self.read.get(data)
        if found is None:
            found = self.read[data] = read(data, AUTHORITY_PUBLIC, LIBRARY)
        return found

    def keys_of(self, short: bytes) -> list[tuple[bytes, bytes]]:
        data = self.disk.certificates.get(short)
        if data is None:
            return []
        certificate = self._certificate(data)
        return [(certificate.device, certificate.key)]

    def certificates(self, shorts: Iterable[bytes]) -> list[bytes]:
        found = (self.disk.certificates.get(one) for one in shorts)
        return [one for one in found if one is not None]

    def keep(self, certificates: Iterable[bytes]) -> int:
        new = 0
        for data in certificates:
            short = self._certificate(data).short
            new += short not in self.disk.certificates
            self.disk.certificates[short] = data
        return new

    def may_redact(self, device: bytes) -> bool:
        data = self.disk.certificates.get(short_name(device))
        return data is not None and self._certificate(data).may_redact

    def may_push(self, device: bytes) -> bool:
        data = self.disk.certificates.get(short_name(device))
        return data is not None and self._certificate(data).may_push


_READ: dict[bytes, Certificate] = {}


LACKING = frozenset(
    {("transfer", "transfer.sent"), ("transfer", "transfer.received"), ("visit", "visit.counted")}
    | {("decision", "set"), ("hold", "hold.moved"), ("heading", "set"), ("heading", "delete")}
)
"""What an old program of a story does not understand."""


class MemoryNode(Node):
    """A device whose disk is in memory."""

    def __init__(
        self,
        person: Person,
        time: TrueTime,
        random: Random,
        disk: Disk | None = None,
        *,
        old_program: bool = False,
    ) -> None:
        super().__init__(person, time, random)
        self.old_program = old_program
        self.disk = disk or Disk()
        self.start()

    def close(self) -> None:
        """Let go of nothing: all is in memory."""

    def start(self) -> None:
        self.clock.boot()
        lacks = LACKING if self.old_program else frozenset()
        self.memory = MemoryStore(self.disk, LIBRARY, self.device, self.sources, lacks)
        self.memory.sign = lambda data: keys.sign(self.person.key, data)
        self.memory.caps_clocks = self.role is Role.SERVER
        self.memory.redacts = self.role in REDACTING
        self.store = Fragile(self.memory, self)
        self.trust = MemoryTrust(self.disk, _READ)
        self.trust.keep([self.person.certificate])
        self.server = Server(self.store, self.trust, self.random.randbytes)
        if not self.old_program and self.disk.held:
            self.memory.upgrade()

    def write(self, action: Action) -> list[Op]:
        if self.trouble is not None:
            written: list[Op] = self.troubled(lambda: self.memory.write(action))
            return written
        return self.memory.write(action)

    def fields_seen(self, action: Action) -> dict[tuple[str, UUID, str], Mark]:
        return {
            (kind, entity, name): stamp[1:]
            for kind, entity in {(one.entity_type, one.entity) for one in action.drafts}
            if (state := self.disk.records.get((kind, entity.bytes)))
            for name, stamp in state.clocks.items()
        }

    def snapshot(self) -> Disk:
        return self.disk.copied()

    def restore(self, snapshot: Disk) -> None:
        self.disk = snapshot.copied()
        self.start()

    def copied(self, person: Person, time: TrueTime, random: Random) -> MemoryNode:
        return MemoryNode(person, time, random, self.disk.copied(), old_program=self.old_program)

    def upgrade(self) -> None:
        self.old_program = False
        self.memory.upgrade()

    def redact(self, steps: int) -> None:
        self.memory.redact_packages()

    def entities(self, entity_type: str) -> list[UUID]:
        return [UUID(bytes=id_) for kind, id_ in self.disk.entities if kind == entity_type]

    def ops_of(self, entity_type: str, entity: UUID) -> list[Op]:
        ops = self.disk.entities.get((entity_type, entity.bytes), ())
        return sorted(self.memory.judgement.judged(ops), key=lambda op: op.stamp)

    def all_ops(self) -> Iterable[Op]:
        return self.disk.log.values()

    def digest(self) -> str:
        return self.memory.digest()
