"""A store of backups in a place: its lock, its keys, and the backups that it names."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Final

import msgspec

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.protocol.sealing import SealError, seal, unseal
from perpusdesk.storage.backup import manifest as manifests
from perpusdesk.storage.backup.keys import SECRET_BYTES, BrokenError, StoreKeys
from perpusdesk.storage.backup.manifest import Manifest
from perpusdesk.storage.backup.places import Place
from perpusdesk.storage.key_store import KeyStore

LOCK: Final = "store.json"
COPY: Final = "store.json.copy"
"""The lock once more: without it nobody opens the store by the recovery code."""
_ID_BYTES: Final = 8


class StoreLock(msgspec.Struct, frozen=True):
    """What ``store.json`` says: whose the store is, and its secret sealed for recovery.

    Nothing in it is secret. ``library`` and ``device`` are ids in hex; ``name`` and ``branch`` are
    there so that somebody who looks for a backup on a stick knows whose it is. ``sum`` is of all
    else, where it lies in a file.
    """

    id: str
    library: str
    device: str
    name: str
    branch: str
    check: str = ""
    recovery: bytes = b""
    sealed: bytes = b""
    format: int = 1
    sum: str = ""


class Store:
    """One store, unlocked."""

    def __init__(self, place: Place, lock: StoreLock, secret: bytes) -> None:
        """``open_store`` and ``recover_store`` are the ways to get here."""
        self.place = place
        self.lock = lock
        self.keys = StoreKeys(secret)
        self._secret = secret
        self._read: dict[str, Manifest] = {}

    def backups(self) -> list[str]:
        """Return the names of the backups, the newest first."""
        return sorted(self.place.sizes(manifests.ENDING), reverse=True)

    def manifest(self, name: str) -> Manifest:
        """Return what a backup holds. Raises ``KnownError(BACKUP_DAMAGED)``."""
        if name not in self._read:
            try:
                found = manifests.opened(self.place.read(name), name, self.keys)
            except BrokenError as error:
                where = f"{self.place.where}: {name}"
                raise KnownError(Fault.BACKUP_DAMAGED, file=where) from error
            self._read[name] = found
            while len(self._read) > 3:
                del self._read[next(iter(self._read))]
        return self._read[name]

    def newest_whole(self) -> tuple[str, Manifest] | None:
        """Return the newest backup whose manifest can be read."""
        for name in self.backups():
            with contextlib.suppress(KnownError):
                return name, self.manifest(name)
        return None

    def seal_for(self, recovery: bytes) -> None:
        """See that the secret is sealed for the library's recovery key of today."""
        if recovery and recovery != self.lock.recovery:
            self.lock = _sealed(self.lock, self._secret, recovery)
            self.write_lock()

    def write_lock(self) -> None:
        """Put the lock into the place, and its copy, where they are not there as they should be."""
        content = _lock_bytes(self.lock)
        for name in (LOCK, COPY):
            if name not in self.place.sizes(name) or self.place.read(name) != content:
                self.place.write(name, content)

    def elsewhere(self, place: Place) -> Store:
        """Return this store as it is in another place, where it may not be yet."""
        there = Store(place, self.lock, self._secret)
        there.write_lock()
        return there


def new_lock(
    library: bytes, device: bytes, name: str, branch: str, *, number: int = 1
) -> StoreLock:
    """Return the lock of a device's store that is about to be made.

    A device has one store, the same in each place; ``number`` tells apart another one that it
    makes where its first store is locked and it lost the key.
    """
    whole = blake2b(library + device, digest_size=_ID_BYTES).hexdigest()
    own = whole if number == 1 else f"{whole}-{number}"
    return StoreLock(own, library.hex(), device.hex(), name, branch)


def make_store(place: Place, lock: StoreLock, keys: KeyStore, recovery: bytes = b"") -> Store:
    """Make a store; its secret goes into the key store first. Raises ``KnownError``."""
    secret = keys.get(_stored_as(lock.id))
    if secret is None:
        secret = os.urandom(SECRET_BYTES)
        keys.put(_stored_as(lock.id), secret)
    lock = msgspec.structs.replace(lock, check=_check(secret))
    if recovery:
        lock = _sealed(lock, secret, recovery)
    store = Store(place, lock, secret)
    store.write_lock()
    return store


def read_lock(place: Place) -> StoreLock | None:
    """Return the lock of a store, ``None`` where there is none; ``KnownError`` for a damaged."""
    names = [name for name in (LOCK, COPY) if name in place.sizes(name)]
    for name in names:
        lock = _lock_of(place.read(name))
        if lock is not None:
            return lock
    if names:
        raise KnownError(Fault.BACKUP_DAMAGED, file=place.where)
    return None


def _lock_of(content: bytes) -> StoreLock | None:
    """Return the lock in a file, ``None`` where it is not as it was written."""
    try:
        found = msgspec.json.decode(content, type=StoreLock)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    lock = msgspec.structs.replace(found, sum="")
    return lock if found.sum in ("", _sum(lock)) else None


def _lock_bytes(lock: StoreLock) -> bytes:
    return msgspec.json.encode(msgspec.structs.replace(lock, sum=_sum(lock)))


def _sum(lock: StoreLock) -> str:
    return blake2b(msgspec.json.encode(lock), digest_size=_ID_BYTES).hexdigest()


def knows_key(store: str, keys: KeyStore) -> bool:
    """Whether this device has the secret of the store of this id."""
    return keys.get(_stored_as(store)) is not None


def open_store(place: Place, keys: KeyStore) -> Store | None:
    """Return the store of a place, ``None`` where there is none.

    Raises ``KnownError``: ``KEY_MISSING`` with ``recoverable`` where this device has not its key.
    """
    lock = read_lock(place)
    if lock is None:
        return None
    secret = keys.get(_stored_as(lock.id))
    if secret is None or _check(secret) != lock.check:
        recoverable = bool(lock.sealed)
        raise KnownError(Fault.KEY_MISSING, file=place.where, recoverable=recoverable)
    return Store(place, lock, secret)


def recover_store(place: Place, private: bytes) -> Store | None:
    """Return the store by the private recovery key, ``None`` when that is not the right one."""
    lock = read_lock(place)
    if lock is None or not lock.sealed:
        return None
    try:
        secret = unseal(private, lock.sealed)
    except (SealError, ValueError):
        return None
    return Store(place, lock, secret) if _check(secret) == lock.check else None


def keep_key(store: Store, keys: KeyStore) -> None:
    """Let this device open the store from now on without the recovery code."""
    keys.put(_stored_as(store.lock.id), store._secret)


def name_at(at_ms: int) -> str:
    """Return the name of a backup's file: its time, and something drawn."""
    when = datetime.fromtimestamp(at_ms / 1000, UTC)
    drawn = os.urandom(3).hex()
    return f"{when:%Y%m%d-%H%M%S}-{when.microsecond // 1000:03d}-{drawn}{manifests.ENDING}"


def time_of(name: str) -> datetime | None:
    """Return when a backup was made by its file's name, ``None`` for a strange name."""
    try:
        return datetime.strptime(name[:19] + "000", "%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC)
    except ValueError:
        return None


def _sealed(lock: StoreLock, secret: bytes, recovery: bytes) -> StoreLock:
    sealed = seal(recovery, secret, os.urandom(SECRET_BYTES))
    return msgspec.structs.replace(lock, recovery=recovery, sealed=sealed)


def _check(secret: bytes) -> str:
    """Return what tells one secret from another, and nothing of it."""
    return blake2b(b"check", key=secret, digest_size=8).hexdigest()


def _stored_as(store: str) -> str:
    return f"backup/{store}"
