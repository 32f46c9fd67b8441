"""What the tab of backups shows, gathered in two steps: from the library, then from the places."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from perpusdesk.common.errors import KnownError
from perpusdesk.domain.backup_age import BackupAge
from perpusdesk.services.desk import Desk
from perpusdesk.services.safety.backup_places import (
    BackupPlan,
    PlaceState,
    ServerStores,
    backup_plan,
    place_states,
    root_of,
)
from perpusdesk.services.safety.backups import recovery_key
from perpusdesk.services.safety.restore import BackupLine, list_backups, stores_of
from perpusdesk.storage.backup.log import BackupEntry, latest_backups
from perpusdesk.storage.backup.store import Store
from perpusdesk.storage.backup.swapping import can_go_back
from perpusdesk.storage.key_store import KeyStore


@dataclass(frozen=True, slots=True)
class Standing:
    """How the backups stand by what this device kept of them.

    ``failure`` is the last one of a place that did not come to its end since. ``sheet``: the
    library has a recovery code, without which no other computer can open a backup.
    """

    now: datetime
    library: bytes
    device: bytes
    folder: Path
    plan: BackupPlan
    states: list[PlaceState]
    failure: BackupEntry | None
    sheet: bool

    @property
    def newest(self) -> BackupEntry | None:
        """The newest whole backup of all places."""
        entries = [state.newest for state in self.states if state.newest is not None]
        return max(entries, key=lambda entry: entry.at_ms, default=None)

    @property
    def age(self) -> BackupAge:
        """What the best place calls for: one good backup is what counts first."""
        order = list(BackupAge)
        return min((state.age for state in self.states), key=order.index, default=BackupAge.RED)


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place as it is now: reachable or not, and what the store takes there."""

    state: PlaceState
    here: bool
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One backup with its size; ``rows`` is 0 where the manifest cannot be read."""

    line: BackupLine
    rows: int
    bytes: int
    newest_ms: int
    copies: int


@dataclass(frozen=True, slots=True)
class View:
    """Everything the tab shows."""

    standing: Standing
    places: tuple[PlaceView, ...]
    rows: tuple[BackupRow, ...]
    can_go_back: bool


def standing(desk: Desk) -> Standing:
    """Read what this device kept; on the thread of the library."""
    library = desk.library
    states = place_states(library)
    return Standing(
        desk.now(),
        library.id,
        library.device,
        library.folder,
        backup_plan(library),
        states,
        _failure(latest_backups(library, 20)),
        bool(recovery_key(library)),
    )


def _failure(entries: list[BackupEntry]) -> BackupEntry | None:
    """Return the newest failure of a place that is not followed by a success there."""
    seen: set[str] = set()
    for entry in entries:
        if entry.place not in seen and not entry.whole:
            return entry
        seen.add(entry.place)
    return None


def look(now: Standing, keys: KeyStore, server: ServerStores | None = None) -> View:
    """Look at the places; on a side thread, for a stick may be slow."""
    stores = stores_of(now.plan, now.library, now.device, keys, server)
    names = [_names(store) for store in stores]
    rows = tuple(
        _row(line, sum(line.name in some for some in names)) for line in list_backups(stores)
    )
    places = tuple(_place(state, now, keys, server) for state in now.states)
    return View(now, places, rows, can_go_back(now.folder))


def _names(store: Store) -> set[str]:
    with contextlib.suppress(KnownError):
        return set(store.backups())
    return set()


def _row(line: BackupLine, copies: int) -> BackupRow:
    try:
        made = line.store.manifest(line.name)
    except KnownError:
        return BackupRow(line, 0, 0, 0, copies)
    newest = made.newest.at_ms if made.newest else 0
    return BackupRow(line, made.total_rows, made.plain_bytes, newest, copies)


def _place(
    state: PlaceState, now: Standing, keys: KeyStore, server: ServerStores | None
) -> PlaceView:
    root = root_of(state.place)
    away = server is None if state.place.kind == "server" else root is None or not root.exists()
    if away:
        return PlaceView(state, here=state.place.kind == "disk" and state.newest is None)
    only = BackupPlan((state.place,))
    stores = stores_of(only, now.library, now.device, keys, server)
    size = 0
    with contextlib.suppress(KnownError):  # a server that went away meanwhile
        size = sum(sum(store.place.sizes("").values()) for store in stores)
    return PlaceView(state, here=True, bytes=size)
