"""Where stores are: on which disks and sticks, and how a stick is known again."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec
import psutil

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import write_atomically
from perpusdesk.storage.backup.places import FolderPlace, Place
from perpusdesk.storage.backup.store import (
    COPY,
    LOCK,
    Store,
    StoreLock,
    knows_key,
    make_store,
    new_lock,
    open_store,
    read_lock,
)
from perpusdesk.storage.key_store import KeyStore

FOLDER: Final = "PerpusDesk-backup"
_PLACE: Final = "place.json"
MOST_STORES: Final = 9
_STICK_ROOTS: Final = ("/media/", "/run/media/", "/Volumes/")


class _PlaceFile(msgspec.Struct):
    id: str


def stores_under(root: Path) -> list[tuple[FolderPlace, StoreLock]]:
    """Return the stores of a stick or folder, or the folder itself if it is one."""
    found = []
    for folder in _candidates(root):
        with contextlib.suppress(KnownError, OSError):
            place = FolderPlace(folder)
            lock = read_lock(place)
            if lock is not None:
                found.append((place, lock))
    return found


def _candidates(root: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        for folder in (root, root.parent if root.name == FOLDER else root):
            if _is_store(folder):
                yield folder
        inside = root if root.name == FOLDER else root / FOLDER
        if inside.is_dir():
            yield from sorted(one for one in inside.iterdir() if _is_store(one))


def _is_store(folder: Path) -> bool:
    return any((folder / name).is_file() for name in (LOCK, COPY))


def own_store(root: Path, lock: StoreLock, keys: KeyStore, recovery: bytes) -> Store:
    """Return this device's store under ``root``, made if there is none.

    A store whose key this device lost stays untouched, and another one is made beside it. Raises
    ``KnownError``.
    """
    return own_store_in(place_in(root), lock, keys, recovery)


def place_in(root: Path) -> Callable[[str], FolderPlace]:
    """Return what gives the place of a store under ``root`` by its id."""
    return lambda store: FolderPlace(root / FOLDER / store)


def own_store_in(
    place_of: Callable[[str], Place], lock: StoreLock, keys: KeyStore, recovery: bytes
) -> Store:
    """Do as ``own_store`` where ``place_of`` gives the place of a store by its id."""
    where = ""
    for number in range(1, MOST_STORES):
        ids = bytes.fromhex(lock.library), bytes.fromhex(lock.device)
        own = new_lock(*ids, lock.name, lock.branch, number=number)
        place = place_of(own.id)
        where = place.where
        try:
            store = open_store(place, keys)
        except KnownError as error:
            if error.fault is Fault.BACKUP_DAMAGED and knows_key(own.id, keys):
                return make_store(place, own, keys, recovery)  # its packs are as good as before
            if error.fault in (Fault.KEY_MISSING, Fault.BACKUP_DAMAGED):
                continue
            raise
        if store is None:
            return make_store(place, own, keys, recovery)
        store.seal_for(recovery)
        store.write_lock()
        return store
    raise KnownError(Fault.KEY_MISSING, file=where, recoverable=True)


def place_id(root: Path, *, make: bool = False) -> str:
    """Return the id by which a stick is known again; nothing where it has none."""
    file = root / FOLDER / _PLACE
    with contextlib.suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode(file.read_bytes(), type=_PlaceFile).id
    if not make:
        return ""
    own = os.urandom(8).hex()
    write_atomically(file, msgspec.json.encode(_PlaceFile(own)))
    return own


def sticks() -> list[Path]:
    """Return where sticks and other disks that can be unplugged are mounted now."""
    found = []
    with contextlib.suppress(OSError, RuntimeError):
        for part in psutil.disk_partitions(all=False):
            options = part.opts.split(",")
            if "removable" in options or part.mountpoint.startswith(_STICK_ROOTS):
                found.append(Path(part.mountpoint))
    return found


def other_disk(folder: Path) -> Path | None:
    """Return another fixed disk of this computer that can be written to (Windows), or ``None``."""
    if os.name != "nt":
        return None
    with contextlib.suppress(OSError, RuntimeError):
        for part in psutil.disk_partitions(all=False):
            root = Path(part.mountpoint)
            fixed = "fixed" in part.opts.split(",") and "rw" in part.opts.split(",")
            if fixed and root.drive.lower() != folder.resolve().drive.lower():
                return root
    return None
