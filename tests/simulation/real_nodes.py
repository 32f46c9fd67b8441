"""Devices of a story with real library files, and a city server on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from helpers.blank import blank
from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol import keys
from perpusdesk.protocol.certificates import Role
from perpusdesk.services.conflicts.conflict_list import every_conflict
from perpusdesk.storage.check import check
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library
from perpusdesk.storage.postgres.library import PostgresLibrary
from perpusdesk.syncing.engine.serve import Server
from perpusdesk.syncing.trust import LibraryTrust
from simulation.clocks import TrueTime
from simulation.disk import Mark
from simulation.nodes import AUTHORITY_PUBLIC, LIBRARY, REDACTING, Fragile, Node, Person
from simulation.world import MakeNode, memory_node

REAL = ("city", "desk 2", "desk 5", "van 1")
"""Who has a library file."""


class LibraryNode(Node):
    """A device with a library file; it is never of an old program."""

    can_be_old = False

    def __init__(self, person: Person, time: TrueTime, random: Random, folder: Path) -> None:
        super().__init__(person, time, random)
        self.folder = folder
        self.library = self._made()
        self._begin()

    def _made(self) -> Library:
        if self.folder.exists():
            return self._opened()
        return blank(self.folder, sources=self.sources, library=LIBRARY, device=self.device)

    def _opened(self) -> Library:
        return Library.open(self.folder, sources=self.sources)

    def _begin(self) -> None:
        store = self.library.exchange
        store.sign = lambda data: keys.sign(self.person.key, data)
        store.caps_clocks = self.role is Role.SERVER
        store.redacts = self.role in REDACTING
        self.store = Fragile(store, self)
        self.trust = LibraryTrust(self.library, AUTHORITY_PUBLIC)
        self.trust.keep([self.person.certificate])
        self.server = Server(self.store, self.trust, self.random.randbytes)

    def start(self) -> None:
        self.clock.boot()
        self.library.close()
        self.library = self._opened()
        self._begin()

    def write(self, action: Action) -> list[Op]:
        if self.trouble is not None:
            written = self.troubled(lambda: self.library.write(action))
        else:
            written = self.library.write(action)
        return self.library.ops_of_action(written.action)

    def fields_seen(self, action: Action) -> dict[tuple[str, UUID, str], Mark]:
        return {
            (kind, entity, name): stamp[1:]
            for kind, entity in {
                (one.entity_type, one.entity) for one in action.drafts if one.kind == "set"
            }
            for name, stamp in self.library.clocks_of(kind, entity).items()
        }

    def snapshot(self) -> Any:
        copy = self.folder.with_name(f"{self.folder.name} {self.random.getrandbits(32):x}")
        self.library.database.execute_sql("pragma wal_checkpoint(truncate)").fetchall()
        shutil.copytree(self.folder, copy)
        return copy

    def restore(self, snapshot: Any) -> None:
        self.library.close()
        shutil.rmtree(self.folder)
        shutil.copytree(snapshot, self.folder)
        self.library = self._opened()
        self.start()

    def copied(self, person: Person, time: TrueTime, random: Random) -> Node:
        return LibraryNode(person, time, random, self.snapshot())

    def upgrade(self) -> None:
        """It is never of an old program."""

    def redact(self, steps: int) -> None:
        for _ in range(steps):
            if not self.library.cut_step() and not self.library.exchange.redact_some():
                return

    def findings(self) -> list[str]:
        return [str(one) for one in check(self.library)]

    def conflicts(self) -> list[str]:
        return list(every_conflict(self.library))

    def close(self) -> None:
        self.library.close()

    def entities(self, entity_type: str) -> list[UUID]:
        query = "select distinct entity from op where type = ? order by entity"
        return [UUID(bytes=bytes(row[0])) for row in self.library.rows(query, entity_type)]

    def ops_of(self, entity_type: str, entity: UUID) -> list[Op]:
        return [op for op in self.library.ops_of(entity) if op.entity_type == entity_type]

    def all_ops(self) -> Iterable[Op]:
        return self.library.all_ops()

    def digest(self) -> str:
        return self.library.digest()


class PostgresNode(LibraryNode):
    """A server whose library is in a schema of PostgreSQL; a backup is what all tables hold."""

    def __init__(self, person: Person, time: TrueTime, random: Random, dsn: str) -> None:
        self._dsn, self._name = dsn, f"story_{random.getrandbits(32):x}"
        super().__init__(person, time, random, Path(self._name))

    def _made(self) -> Library:
        made = PostgresLibrary.create_in(
            self._dsn, name=self._name, sources=self.sources, library=LIBRARY
        )
        with made.local_work() as database:
            query = "update meta set value = ? where key = 'device'"
            database.execute_sql(query, (self.device,))
        made.close()
        return self._opened()

    def _opened(self) -> Library:
        return PostgresLibrary.open_in(self._dsn, self._name, sources=self.sources)

    def _tables(self) -> list[str]:
        query = (
            "select table_name from information_schema.tables where table_schema = ?"
            " and table_type = 'BASE TABLE' order by 1"
        )
        return [row[0] for row in self.library.rows(query, self._name)]

    def snapshot(self) -> Any:
        return {name: self.library.rows(f'select * from "{name}"') for name in self._tables()}

    def restore(self, snapshot: Any) -> None:
        with self.library.local_work() as database:
            for name, rows in snapshot.items():
                database.execute_sql(f'delete from "{name}"')
                for row in rows:
                    places = ",".join("?" * len(row))
                    query = f'insert into "{name}" overriding system value values ({places})'
                    database.execute_sql(query, row)
        self.start()


def some_real(dsn: str = "") -> MakeNode:
    """Return what makes real devices of some, the city among them; the others are in memory.

    ``dsn``: the city's library is on PostgreSQL.
    """

    def make(person: Person, time: TrueTime, random: Random, folder: Path) -> Node:
        if person.name == "city" and dsn:
            return PostgresNode(person, time, random, dsn)
        if person.name in REAL:
            return LibraryNode(person, time, random, folder / person.name)
        return memory_node(person, time, random, folder)

    return make
