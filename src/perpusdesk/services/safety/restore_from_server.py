"""Restoring on a new computer what a device keeps at the library's server.

The backup is first copied to where this computer keeps its own backups, pack by pack: a line that
breaks costs nothing that has come, and the next backup goes on from there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.services.safety.backup_places import (
    ServerStores,
    backup_plan,
    keep_plan,
    usual_place,
)
from perpusdesk.storage.backup.finding import MOST_STORES, place_in
from perpusdesk.storage.backup.mirroring import mirror
from perpusdesk.storage.backup.reading import OpenBackup
from perpusdesk.storage.backup.restoring import refuse_newer, restore_folder
from perpusdesk.storage.backup.store import Store, keep_key, new_lock, read_lock, recover_store
from perpusdesk.storage.backup.writing import Pace
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import FILE_NAME, Library

FETCHED: Final = 0.8
"""The share of the work that is done when the backup has come from the server."""


def restore_from_server(
    stores: Sequence[Store],
    folder: Path,
    keys: KeyStore,
    device_files: Mapping[str, Path],
    pace: Pace | None = None,
) -> Library:
    """Restore the newest whole backup into an empty folder, and open it.

    ``stores`` are those that the recovery code opens (``recovered``), the newest first. A damaged
    backup is passed over for the one before. Raises ``CalledOff``, or ``KnownError``: no way to the
    server, no room, nothing there; then there is no library.
    """
    if (folder / FILE_NAME).exists():
        raise KnownError(Fault.ALREADY_OPEN, file=str(folder), exists=True)
    pace = pace or Pace()
    coming, laid = _part(pace, 0.0, FETCHED), _part(pace, FETCHED, 1.0)
    fault: KnownError | None = None
    for store, name in ((one, name) for one in stores for name in one.backups()):
        try:
            with _brought(store, name, folder, coming) as backup:
                restore_folder(backup, folder, keys, device_files=device_files, pace=laid)
        except KnownError as error:
            if error.fault is not Fault.BACKUP_DAMAGED:
                raise
            fault = error
            continue
        keep_key(store, keys)
        return _at_home(Library.open(folder))
    raise fault or KnownError(Fault.PLACE_GONE, file="")


def recovered(server: ServerStores, library: bytes, device: bytes, private: bytes) -> list[Store]:
    """Return the stores of a device at its server that the private recovery key opens.

    The last one that was made comes first. Raises ``KnownError``: ``KEY_MISSING`` with ``wrong``
    when there are some and the key opens none, ``PLACE_GONE`` when there is none.
    """
    places = []
    for number in range(1, MOST_STORES):
        place = server(new_lock(library, device, "", "", number=number).id)
        if read_lock(place) is None:
            break
        places.append(place)
    if not places:
        raise KnownError(Fault.PLACE_GONE, file=server(new_lock(library, device, "", "").id).where)
    opened = [store for place in reversed(places) if (store := recover_store(place, private))]
    if not opened:
        raise KnownError(Fault.KEY_MISSING, file=places[0].where, recoverable=True, wrong=True)
    return opened


def _part(whole: Pace, begin: float, end: float) -> Pace:
    """Return the pace of a part of the work."""
    return Pace(whole.pause, lambda share: whole.told(begin + share * (end - begin)), whole.stop)


@contextlib.contextmanager
def _brought(store: Store, name: str, folder: Path, pace: Pace) -> Iterator[OpenBackup]:
    """Give a backup, copied to this computer's disk; one that is damaged does not stay there."""
    refuse_newer(OpenBackup(store, name))
    place = place_in(Path(usual_place(folder).where))(store.lock.id)
    with place.alone():
        here = store.elsewhere(place)
        try:
            mirror(store, here, name, pace)
            yield OpenBackup(here, name)
        except KnownError as error:
            if error.fault is Fault.BACKUP_DAMAGED:
                place.remove(name)
            raise


def _at_home(library: Library) -> Library:
    """Let backups go to this computer's own disk, where that of the lost one had its place."""
    try:
        plan, usual = backup_plan(library), usual_place(library.folder)
        others = tuple(one for one in plan.places if one.id != usual.id)
        keep_plan(library, msgspec.structs.replace(plan, places=(usual, *others)))
    except BaseException:
        library.close()
        raise
    return library
