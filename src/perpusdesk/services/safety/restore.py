"""Backups of this device and of others: which there are, and what it takes to restore one."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.services.safety.backup_places import BackupPlan, ServerStores, backup_plan, root_of
from perpusdesk.storage.backup.difference import Difference, difference
from perpusdesk.storage.backup.finding import MOST_STORES, sticks, stores_under
from perpusdesk.storage.backup.manifest import Manifest
from perpusdesk.storage.backup.places import FolderPlace
from perpusdesk.storage.backup.reading import OpenBackup
from perpusdesk.storage.backup.restoring import restore_folder
from perpusdesk.storage.backup.store import (
    Store,
    StoreLock,
    keep_key,
    new_lock,
    open_store,
    recover_store,
    time_of,
)
from perpusdesk.storage.backup.swapping import (
    bring_over,
    can_go_back,
    finish,
    is_ready,
    swap,
    swap_back,
)
from perpusdesk.storage.backup.verifying import verify_backup
from perpusdesk.storage.backup.writing import Pace
from perpusdesk.storage.key_store import KeyStore, system_key_store
from perpusdesk.storage.library import Library
from perpusdesk.storage.lock_up import key_for


@dataclass(frozen=True, slots=True)
class BackupLine:
    """One backup in one place."""

    store: Store
    name: str
    at: datetime

    @property
    def where(self) -> str:
        """The folder of its store."""
        return self.store.place.where


@dataclass(frozen=True, slots=True)
class FoundStore:
    """A store on a stick or in a folder, still locked, with the time of its newest backup."""

    place: FolderPlace
    lock: StoreLock
    newest: datetime | None
    backups: int


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a rehearsal showed: what is odd (best nothing), how long it took, what is lacking."""

    name: str
    manifest: Manifest
    odd: tuple[str, ...]
    took_ms: int
    difference: Difference


def known_stores(
    library: Library, keys: KeyStore, server: ServerStores | None = None
) -> list[Store]:
    """Return the stores of this device that can be reached and opened now."""
    return stores_of(backup_plan(library), library.id, library.device, keys, server)


def stores_of(
    plan: BackupPlan,
    library: bytes,
    device: bytes,
    keys: KeyStore,
    server: ServerStores | None = None,
) -> list[Store]:
    """Do as ``known_stores``, on any thread: sticks can be slow."""
    found = []
    for place in plan.places:
        if place.kind == "server" and server is not None:
            with contextlib.suppress(KnownError):
                found += server_stores(server, library, device, keys)
        root = root_of(place)
        if root is None:
            continue
        for store_place, lock in stores_under(root):
            if lock.device == device.hex() and lock.library == library.hex():
                with contextlib.suppress(KnownError):
                    store = open_store(store_place, keys)
                    if store is not None:
                        found.append(store)
    return found


def server_stores(
    server: ServerStores, library: bytes, device: bytes, keys: KeyStore
) -> list[Store]:
    """Return this device's stores at its server that it can open. Raises ``KnownError``."""
    found = []
    for number in range(1, MOST_STORES):
        place = server(new_lock(library, device, "", "", number=number).id)
        try:
            store = open_store(place, keys)
        except KnownError as error:
            if error.fault is not Fault.KEY_MISSING:
                raise
            continue
        if store is None:
            break
        found.append(store)
    return found


def list_backups(stores: list[Store]) -> list[BackupLine]:
    """Return the backups of some stores, the newest first; of equal ones the first place's."""
    found: dict[str, BackupLine] = {}
    for store in stores:
        with contextlib.suppress(KnownError):
            for name in store.backups():
                when = time_of(name)
                if when is not None:
                    found.setdefault(name, BackupLine(store, name, when))
    return sorted(found.values(), key=lambda line: line.name, reverse=True)


def find_stores(root: Path | None = None) -> list[FoundStore]:
    """Return the stores in a folder, or on all sticks that are plugged in; the newest first."""
    roots = [root] if root is not None else sticks()
    found = {}
    for one in roots:
        for place, lock in stores_under(one):
            with contextlib.suppress(KnownError):
                names = sorted(place.sizes(".backup"), reverse=True)
                newest = time_of(names[0]) if names else None
                found[place.where] = FoundStore(place, lock, newest, len(names))
    return sorted(found.values(), key=lambda one: str(one.newest), reverse=True)


def unlock(found: FoundStore, keys: KeyStore, private: bytes | None) -> Store:
    """Open a store by this device's key store, or by the library's private recovery key.

    Raises ``KnownError(KEY_MISSING)``, with ``wrong`` when the code is another library's.
    """
    if private is not None:
        store = recover_store(found.place, private)
        if store is None:
            where, recoverable = found.place.where, bool(found.lock.sealed)
            raise KnownError(Fault.KEY_MISSING, file=where, recoverable=recoverable, wrong=True)
        return store
    store = open_store(found.place, keys)
    if store is None:
        raise KnownError(Fault.PLACE_GONE, file=found.place.where)
    return store


def restore_newest(
    found: FoundStore, private: bytes, folder: Path, device_files: Mapping[str, Path]
) -> Library:
    """Restore the newest whole backup of a store into an empty folder, and open it.

    A backup that proves to be damaged is passed over for the one before. ``device_files``: where
    the device's own files go, if there are none yet. Raises ``KnownError``.
    """
    keys = system_key_store(folder)
    store = unlock(found, keys, private)
    fault: KnownError | None = None
    for name in store.backups():
        try:
            restore_folder(OpenBackup(store, name), folder, keys, device_files=device_files)
        except KnownError as error:
            if error.fault is not Fault.BACKUP_DAMAGED:
                raise
            fault = error
            continue
        keep_key(store, keys)
        return Library.open(folder)
    raise fault or KnownError(Fault.PLACE_GONE, file=found.place.where)


def rehearse(library: Library, store: Store, name: str, pace: Pace | None = None) -> Rehearsal:
    """Restore a backup into a side copy, open it, count it, compare it, remove it; timed.

    ``library`` is read; give one of your own (``Library.beside``) when another thread works.
    Raises ``KnownError`` or ``CalledOff``.
    """
    began = time.monotonic()
    proof = verify_backup(store, name, library.folder, pace)
    took_ms = int((time.monotonic() - began) * 1000)
    made = store.manifest(name)
    lacking = difference(library, made.have, made.rows)
    return Rehearsal(name, made, proof.odd, took_ms, lacking)


def open_restored(folder: Path) -> Library:
    """Put what lies ready in the library's place, open it, and take in what was entered since.

    Nobody has the library open. Raises ``KnownError``; then the former library is still there.
    """
    if is_ready(folder):  # not when this is tried once more
        swap(folder, key_for(folder, system_key_store(folder)))
    return _with_the_rest(folder)


def open_former(folder: Path) -> Library:
    """Let the library from before the restore come back, with what was entered since."""
    swap_back(folder, key_for(folder, system_key_store(folder)))
    return _with_the_rest(folder)


def _with_the_rest(folder: Path) -> Library:
    library = Library.open(folder)
    try:
        take_the_rest(library)
    except BaseException:
        library.close()
        raise
    return library


def take_the_rest(library: Library) -> None:
    """Take in what the file put aside by a restore knows, also after a power cut in between."""
    if can_go_back(library.folder):
        with contextlib.suppress(KnownError):  # a damaged file stays beside it, for the doctor
            bring_over(library)
    finish(library.folder)
