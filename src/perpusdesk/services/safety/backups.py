"""Backing up: what is written to which place, proven there, and what is kept of it."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from msgspec.structs import replace as with_

from perpusdesk import __version__
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.services.desk import Desk
from perpusdesk.services.safety.backup_places import (
    BackupPlace,
    BackupPlan,
    ServerStores,
    backup_plan,
    note_places,
    root_of,
    with_server,
)
from perpusdesk.services.set_up import library_name
from perpusdesk.storage.backup.finding import own_store_in, place_in
from perpusdesk.storage.backup.log import BackupEntry, note_backup
from perpusdesk.storage.backup.mirroring import bring_back, mirror
from perpusdesk.storage.backup.packing import BAD, PACK
from perpusdesk.storage.backup.rotating import rotate, sweep
from perpusdesk.storage.backup.store import Store, StoreLock, new_lock
from perpusdesk.storage.backup.verifying import Verdict, verify_backup
from perpusdesk.storage.backup.writing import CalledOff, Pace, Source, Written, write_backup
from perpusdesk.storage.chain_check import heads
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import RECOVERY_SETTING, Library

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A backup that is to be made, in plain values: for any thread."""

    source: Source
    plan: BackupPlan
    lock: StoreLock
    recovery: bytes
    zone: int


@dataclass(slots=True)
class Outcome:
    """What came of it, place by place; ``written`` is the backup if there is one."""

    entries: list[BackupEntry] = field(default_factory=list)
    written: Written | None = None
    store: Store | None = None

    @property
    def whole(self) -> bool:
        """Whether there is one whole backup more."""
        return any(entry.whole for entry in self.entries)


def prepare(desk: Desk, device_files: Mapping[str, Path] | None = None) -> Job:
    """Say what is to be backed up; on the thread of the library."""
    note_places(desk.library)
    branch = desk.branches.get(desk.branch)
    made = job_of(desk.library, library_name(desk), branch.name if branch else "", device_files)
    return replace(made, plan=backup_plan(desk.library), zone=desk.zone)


def job_of(
    library: Library, name: str, branch: str, device_files: Mapping[str, Path] | None = None
) -> Job:
    """Do so for a library without a desk, as on a server; no place is planned."""
    source = Source(
        folder=library.folder,
        key=library.key,
        library=library.id,
        device=library.device,
        name=name,
        branch=branch,
        program=__version__,
        at_ms=library.now_ms(),
        chain=heads(library),
        device_files=dict(device_files or {}),
    )
    lock = new_lock(library.id, library.device, name, branch)
    return Job(source, BackupPlan(), lock, recovery_key(library), 0)


def recovery_key(library: Library) -> bytes:
    """Return the library's public recovery key, nothing where none was printed yet."""
    query = "select value from setting where name = ? and deleted = 0"
    value = str(library.value(query, RECOVERY_SETTING) or "").strip('"')
    with contextlib.suppress(ValueError):
        return bytes.fromhex(value)
    return b""


def run(
    job: Job, keys: KeyStore, pace: Pace | None = None, server: ServerStores | None = None
) -> Outcome:
    """Write the backup to the first place that takes it, and copy it to the others.

    A failure of one place is an entry of the outcome and stops no other; a place that is not
    there is left out. ``server`` is given where the library's server can be talked to. Raises
    ``CalledOff``.
    """
    maker = _Maker(job, keys, pace or Pace())
    for place in job.plan.places:
        root = root_of(place)
        if root is not None:
            maker.attempt(place, place_in(root))
        elif place.kind == "server" and server is not None:
            maker.attempt(place, server)
    return maker.outcome


def to_server(
    job: Job, keys: KeyStore, server: ServerStores, address: str, pace: Pace | None = None
) -> Outcome:
    """Bring a backup to the server, made on this computer's own disk first. As ``run``."""
    disks = tuple(one for one in job.plan.places if one.kind == "disk")[:1]
    plan = with_server(BackupPlan(disks), address)
    return run(replace(job, plan=plan), keys, pace, server)


def write_to(job: Job, keys: KeyStore, root: Path, pace: Pace | None = None) -> Outcome:
    """Write a backup to one folder alone, whatever the plan says. Raises ``KnownError``."""
    maker = _Maker(job, keys, pace or Pace())
    maker.put(BackupPlace(str(root), "disk", str(root)), place_in(root))
    return maker.outcome


def note(library: Library, outcome: Outcome) -> None:
    """Keep what came of it; on the thread of the library."""
    for entry in outcome.entries:
        note_backup(library, entry)


class _Maker:
    """Brings one backup to its places."""

    def __init__(self, job: Job, keys: KeyStore, pace: Pace) -> None:
        self._job, self._keys, self._pace = job, keys, pace
        self.outcome = Outcome()

    def attempt(self, place: BackupPlace, stores: ServerStores) -> None:
        """Do as ``put``; a failure is an entry, but for a server that cannot be reached now."""
        try:
            self.put(place, stores)
        except KnownError as error:
            _LOG.warning("no backup to a %s: %s", place.kind, error.fault)
            at_ms, reason = self._job.source.at_ms, error.fault.value
            if error.fault is not Fault.UNREACHABLE:
                self.outcome.entries.append(
                    BackupEntry(at_ms, place.id, place.where, reason=reason)
                )

    def put(self, place: BackupPlace, stores: ServerStores) -> None:
        """Write the backup to a place, or copy the one that was just written."""
        began, first = time.monotonic(), self.outcome.store
        store = own_store_in(stores, self._job.lock, self._keys, self._job.recovery)
        near = first if first is not None and first.lock.id == store.lock.id else None
        with store.place.alone():
            try:
                entry = self._write(store) if near is None else self._copy(near, store)
            except KnownError as error:
                if error.fault is Fault.SERVER_FULL:
                    sweep(store, near)  # what was sent of it makes room again
                raise
            with contextlib.suppress(KnownError):  # the backup is there; the next one tidies up
                rotate(store, self._job.zone, near)
        took = int((time.monotonic() - began) * 1000)
        self.outcome.entries.append(with_(entry, place=place.id, took_ms=took))

    def _write(self, store: Store) -> BackupEntry:
        """Write and prove; where an older piece proves to be damaged, once more without it."""
        written, proof = self._written(store)
        if not proof.whole:
            store.place.remove(written.name)
            odd = [one for one in proof.odd if one.endswith(PACK)]
            for pack in odd or list(store.place.sizes(PACK)):
                store.place.write(pack + BAD, b"")
            written, proof = self._written(store)
        if proof.whole:
            self.outcome.written, self.outcome.store = written, store
        entry = self._entry(store, written, written.new_bytes)
        reason = "" if proof.whole else Fault.BACKUP_DAMAGED.value
        return with_(entry, reason=reason, proof_ms=proof.took_ms)

    def _written(self, store: Store) -> tuple[Written, Verdict]:
        source = self._job.source
        written = write_backup(source, store, self._pace)
        return written, verify_backup(store, written.name, source.folder, self._pace)

    def _copy(self, source: Store, store: Store) -> BackupEntry:
        written = self.outcome.written
        assert written is not None
        fresh = mirror(source, store, written.name, self._pace)
        for damaged, other in ((source, store), (store, source)):
            with contextlib.suppress(KnownError):
                bring_back_all(damaged, other)
        return self._entry(store, written, fresh)

    def _entry(self, store: Store, written: Written, fresh: int) -> BackupEntry:
        return BackupEntry(
            self._job.source.at_ms,
            "",
            store.place.where,
            written.name,
            bytes=written.bytes,
            new_bytes=fresh,
            rows=written.manifest.total_rows,
        )


def bring_back_all(damaged: Store, other: Store) -> int:
    """Mend the packs known to be damaged by those of another place; return how many."""
    if not damaged.place.sizes(BAD):
        return 0
    return sum(bring_back(damaged, name, [other]) for name in damaged.backups())


__all__ = [
    "CalledOff",
    "Job",
    "Outcome",
    "note",
    "prepare",
    "recovery_key",
    "run",
    "to_server",
    "write_to",
]
