"""One story: devices that write and exchange while everything goes wrong; one seed, one story."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final
from uuid import UUID

from perpusdesk.common.errors import KnownError
from perpusdesk.domain.merge.judgement import REVOKED
from perpusdesk.domain.merge.ops import SET, Op
from perpusdesk.protocol.certificates import Role
from perpusdesk.storage.drafts import Action
from perpusdesk.syncing.folder import FolderExchange
from simulation.clocks import HOUR, TrueTime
from simulation.disk import Mark
from simulation.link import STORM, Line, Weather, answered
from simulation.nodes import MemoryNode, Node, Person, PowerCutError, Trouble
from simulation.writing import Writer, admin

STICK_SECRET: Final = bytes(range(32, 64))
DEVICES: Final = (
    ("city", Role.SERVER),
    ("hub", Role.HUB),
    ("desk 1", Role.ADMIN),
    ("desk 2", Role.DESK),
    ("desk 3", Role.DESK),
    ("desk 4", Role.DESK),
    ("desk 5", Role.DESK),
    ("desk 6", Role.DESK),
    ("van 1", Role.VAN),
    ("van 2", Role.VAN),
)
AT_HUB: Final = ("desk 2", "desk 3", "desk 4")
MakeNode = Callable[[Person, TrueTime, Random, Path], Node]


@dataclass(slots=True)
class Plan:
    """How long a story is, and how bad the links are."""

    steps: int = 300
    weather: Weather = STORM
    clones: int = 1


@dataclass(slots=True)
class Backup:
    """A copy of a device's disk, with whether an old program wrote it."""

    disk: Any
    old_program: bool


class World:
    """All devices, links and sticks of a story, and what happened so far."""

    def __init__(
        self, seed: int, make: MakeNode, folder: Path, plan: Plan, told: list[str] | None = None
    ) -> None:
        self.make, self.folder, self.plan, self.told = make, folder, plan, told
        self.random = Random(seed)
        self.time = TrueTime()
        self.writer = Writer(self.random)
        self.nodes: list[Node] = []
        for number, (name, role) in enumerate(DEVICES, start=1):
            self._add(Person.named(name, number, role))
        self.city, self.hub = self.nodes[0], self.nodes[1]
        self.lines: dict[int, Line] = {}
        self.backups: dict[str, Backup] = {}
        self.late: list[tuple[Node, bytes, bytes]] = []
        self.sticks = [self.folder / f"stick {number}" for number in (1, 2)]
        for stick in self.sticks:
            stick.mkdir()
        self.saw: dict[tuple[Mark, str], Mark | None] = {}
        self.clones = 0
        self.count = 0
        self.restore_at, self.restored_next = 0, self.city
        self._steps = self._possible()

    def _add(self, person: Person) -> None:
        chance = Random(self.random.getrandbits(64))
        node = self.make(person, self.time, chance, self.folder)
        self.nodes.append(node)
        node.is_server = person.role in (Role.SERVER, Role.HUB)
        node.hub = self.nodes[1] if person.name in AT_HUB else None
        known = [one.person.certificate for one in self.nodes[:2]]
        node.trust.keep(known)
        self.nodes[0].trust.keep([person.certificate])
        is_old = person.role in (Role.DESK, Role.VAN) and self.random.random() < 0.25
        if is_old and node.can_be_old:
            node.old_program = True
            node.start()

    # -- steps ----------------------------------------------------------------------------------

    def _possible(self) -> tuple[list[Callable[[], None]], list[int]]:
        steps: list[tuple[Callable[[], None], int]] = [
            (self._write, 48),
            (self._begin_exchange, 26),
            (self._go_on, 60),
            (self._visit_stick, 6),
            (self._restart, 3),
            (self._make_trouble, 6),
            (self._back_up, 5),
            (self._restore, 3),
            (self._restore_server, 6),
            (self._clone, 1),
            (self._turn_clock, 4),
            (self._revoke, 2),
            (self._allow, 2),
            (self._upgrade, 1),
            (self._deliver_late, 4),
            (self._spoil_stick, 1),
            (self._redact, 6),
        ]
        return [one for one, _ in steps], [weight for _, weight in steps]

    def run(self) -> None:
        """Let everything happen."""
        kinds, weights = self._steps
        for kind in self.random.choices(kinds, weights, k=self.plan.steps):
            self.count += 1
            self.time.now += self.random.randint(1_000, HOUR)
            kind()
            if self.count == self.restore_at:
                self._restore_one(self.restored_next)

    def tell(self, *words: object) -> None:
        """Note what happened, if somebody wants to read it."""
        if self.told is not None:
            self.told.append(f"{self.count:4} {' '.join(map(str, words))}")

    def _any(self, *, clients: bool = False) -> Node:
        return self.random.choice(self.nodes[1:] if clients else self.nodes)

    def _write(self) -> None:
        node = self._any()
        action = self.writer.action_for(node)
        if action is not None:
            self.write(node, action)

    def write(self, node: Node, action: Action) -> None:
        """Let somebody do an action at a device."""
        drafts = ", ".join(
            f"{one.kind} {one.entity_type} {str(one.entity)[-4:]}" for one in action.drafts
        )
        self.tell(node.name, "writes", drafts)
        seen = node.fields_seen(action)
        self._at_risk(node, lambda: self._note_seen(node.write(action), seen))

    def _note_seen(self, ops: Iterable[Op], there: dict[tuple[str, UUID, str], Mark]) -> None:
        """Note of each field that was written which op was really there before."""
        for op in ops:
            for name in op.payload["fields"] if op.kind == SET else ():
                key = (op.entity_type, op.entity, name)
                self.saw[op.stamp[1:], name] = there.get(key)
                there[key] = op.stamp[1:]

    def _at_risk(self, node: Node, work: Callable[[], Any]) -> None:
        """Do something that a power cut or a full disk may end."""
        try:
            work()
        except (PowerCutError, KnownError) as error:
            self.tell(node.name, "failed:", error, "and starts again")
            self.start(node)

    def start(self, node: Node) -> None:
        """Start a device's program anew; its exchange ends."""
        self.lines.pop(id(node), None)
        node.start()

    def _begin_exchange(self) -> None:
        client = self._any(clients=True)
        server = self._server_for(client)
        weather = self.random.choice((self.plan.weather, self.plan.weather, Weather()))
        frame = self.random.choice((400, 1_100, 3_000, 32_768))
        self.tell(client.name, "begins to exchange with", server.name, "in frames of", frame)
        self.lines.pop(id(client), None)
        line = Line(client, server, self.random, weather, frame)
        self.lines[id(client)] = line
        self._advance(line)

    def _server_for(self, client: Node) -> Node:
        if client is self.hub or client.hub is None:
            return self.city
        return client.hub if self.random.random() < 0.8 else self.city

    def _go_on(self) -> None:
        if self.lines:
            self._advance(self.random.choice(list(self.lines.values())))

    def _advance(self, line: Line) -> None:
        for _ in range(self.random.randint(1, 12)):
            if line.step():
                break
        self.late += line.late
        line.late.clear()
        if line.end:
            self.tell(line.client.name, "with", line.server.name, "ends:", line.end)
            self.lines.pop(id(line.client), None)

    def _deliver_late(self) -> None:
        """Deliver a message that was kept back, to whatever the server is by now."""
        if self.late:
            server, device, data = self.late.pop(self.random.randrange(len(self.late)))
            self.tell("an old message reaches", server.name)
            answered(server, device, data)

    def _visit_stick(self) -> None:
        self.visit_stick(self._any(), self.random.choice(self.sticks))

    def visit_stick(self, node: Node, stick: Path) -> None:
        """Let a device read a stick and add what it lacks; it may be pulled out in the middle."""
        self.tell(node.name, "takes", stick.name)
        self._at_risk(node, lambda: self._exchange_with(node, stick))

    def _exchange_with(self, node: Node, stick: Path) -> None:
        random = node.random.randbytes
        exchange = FolderExchange(node.store, node.trust, stick, STICK_SECRET, random)
        pulled_out = self.random.randint(1, 30)
        for turn, _ in enumerate(exchange.steps()):
            if turn == pulled_out:
                break

    def _spoil_stick(self) -> None:
        """Cut a file short, copy one to the other stick, or rename it."""
        stick, other = self.random.sample(self.sticks, 2)
        files = sorted(stick.rglob("*.pdx"))
        if not files:
            return
        file, way = self.random.choice(files), self.random.choice(("cut", "copied", "renamed"))
        self.tell("a file on", stick.name, "is", way)
        if way == "cut":
            data = file.read_bytes()
            file.write_bytes(data[: self.random.randrange(len(data) + 1)])
        elif way == "copied":
            shutil.copy(file, other / f"copy of {file.name}")
        else:
            file.rename(stick / f"{self.random.getrandbits(32):x}.pdx")

    # -- accidents ------------------------------------------------------------------------------

    def _restart(self) -> None:
        node = self._any()
        self.tell(node.name, "is started again")
        self.start(node)

    def _redact(self) -> None:
        node = self._any()
        self.tell(node.name, "takes words of erased persons out of its packages")
        self._at_risk(node, lambda: node.redact(self.random.randint(1, 4)))

    def _make_trouble(self) -> None:
        node = self._any()
        kind = self.random.choice(("before", "after", "before", "after", "full"))
        node.trouble = Trouble(kind, self.random.randint(0, 8))
        self.tell(node.name, "will fail:", kind, "after", node.trouble.after, "writes")

    def _back_up(self) -> None:
        node = self._any()
        self.tell(node.name, "is backed up")
        self.backups[node.name] = Backup(node.snapshot(), node.old_program)

    def _restore(self) -> None:
        self._restore_one(self._any(clients=True))

    def _restore_server(self) -> None:
        """Restore a server, or back it up and do so soon: what it is told meanwhile it forgets."""
        server = self.city if self.random.random() < 0.6 else self.hub
        if server.name in self.backups and self.random.random() < 0.3:
            self._restore_one(server)
            return
        self.tell(server.name, "is backed up")
        self.backups[server.name] = Backup(server.snapshot(), server.old_program)
        self.restore_at, self.restored_next = self.count + self.random.randint(3, 20), server

    def _restore_one(self, node: Node) -> None:
        backup = self.backups.get(node.name)
        if backup is None:
            if self.random.random() < 0.5:
                self.tell(node.name, "is backed up")
                self.backups[node.name] = Backup(node.snapshot(), node.old_program)
            return
        self.tell(node.name, "is RESTORED from its backup")
        self.lines.pop(id(node), None)
        node.restore(backup.disk)

    def _clone(self) -> None:
        if self.clones == self.plan.clones:
            return
        self.clones += 1
        node = self.random.choice(self.nodes[3 : len(DEVICES)])
        self.tell(node.name, "is CLONED")
        clone = node.copied(node.person, self.time, Random(self.random.getrandbits(64)))
        clone.name, clone.hub = f"{node.name} (copy)", node.hub
        self.nodes.append(clone)

    def _turn_clock(self) -> None:
        node = self._any(clients=True)
        self.tell(node.name, "has its clock set", node.clock.jump(self.random))

    def _revoke(self) -> None:
        by = self.random.choice([node for node in self.nodes if admin(node)])
        device = self.random.choice(self.nodes[1:]).device
        if by.device != device:
            reach = by.store.reach(_streams(by, device))
            self.tell(by.name, "REVOKES", device.hex()[:6])
            self.write(by, self.writer.revocation(by, device, reach))

    def _allow(self) -> None:
        by = self.random.choice([node for node in self.nodes if admin(node)])
        shut = sorted(node.device for node in self.nodes if by.store.revoked(node.device))
        if shut:
            self.allow(by, self.random.choice(shut))

    def allow(self, by: Node, device: bytes) -> None:
        """Let a device in again."""
        action = Action("allow_device")
        action.set("device", UUID(bytes=device), {REVOKED: None})
        self.tell(by.name, "lets in again", device.hex()[:6])
        self.write(by, action)

    def _upgrade(self) -> None:
        old = [node for node in self.nodes if node.old_program]
        if old:
            self.upgrade(self.random.choice(old))

    def upgrade(self, node: Node) -> None:
        """Bring a device's program up to date."""
        self.tell(node.name, "gets a new program")
        node.old_program = False
        self.start(node)

    def close(self) -> None:
        """Drop what the story left behind."""
        for node in self.nodes:
            node.close()
        with contextlib.suppress(OSError):
            shutil.rmtree(self.folder)


def _streams(node: Node, device: bytes) -> list[tuple[bytes, int]]:
    found: list[tuple[bytes, int]] = []
    after: tuple[bytes, int] | None = None
    while page := node.store.have(after, 200):
        found += [(who, run) for who, run, _, _ in page]
        after = page[-1][:2]
    return [one for one in found if one[0] == device]


def memory_node(person: Person, time: TrueTime, random: Random, _folder: Path) -> Node:
    """Return a device in memory."""
    return MemoryNode(person, time, random)
