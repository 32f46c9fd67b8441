"""Where this device's backups go, and whether they go there by themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal

import msgspec

from perpusdesk.domain.backup_age import BackupAge, age_of
from perpusdesk.protocol.recovery_code import BadCode, private_of, read_code
from perpusdesk.storage.backup.finding import FOLDER, other_disk, place_id, sticks
from perpusdesk.storage.backup.log import BackupEntry, newest_whole
from perpusdesk.storage.backup.places import Place
from perpusdesk.storage.library import Library
from perpusdesk.storage.name_card import keep_places

LOCAL: Final = "backup_plan"
SERVER: Final = "server"
Kind = Literal["disk", "stick", "server"]


class BackupPlace(msgspec.Struct, frozen=True):
    """A place: a folder on a disk, a stick that comes and goes, or a server.

    ``id`` is what a stick is known by, wherever it is plugged in; ``where`` is its folder or
    address when it was last seen; ``name`` is what people call it.
    """

    id: str
    kind: Kind
    where: str
    name: str = ""


ServerStores = Callable[[str], Place]
"""Gives the place of a store of this device, by its id, at the library's server."""


class BackupPlan(msgspec.Struct, frozen=True):
    """The places, in the order they are written to, and the switch; ``since_ms``: when it began.

    ``server``: the library's server is a place by itself; somebody may have said no.
    """

    places: tuple[BackupPlace, ...] = ()
    automatic: bool = True
    since_ms: int = 0
    server: bool = True


class PlaceState(msgspec.Struct, frozen=True):
    """A place with the newest whole backup there, and what its age calls for."""

    place: BackupPlace
    newest: BackupEntry | None
    age: BackupAge


def backup_plan(library: Library) -> BackupPlan:
    """Return the plan of this device; at first the usual place."""
    kept = library.local(LOCAL)
    if kept is not None:
        return msgspec.json.decode(kept, type=BackupPlan)
    return BackupPlan((usual_place(library.folder),), since_ms=_since(library))


def keep_plan(library: Library, plan: BackupPlan) -> None:
    """Keep the plan of this device."""
    library.put_local(LOCAL, msgspec.json.encode(plan).decode())
    note_places(library)


def note_places(library: Library) -> None:
    """Note the places beside the database too, for when it cannot be read."""
    places = [place.where for place in backup_plan(library).places if place.kind != SERVER]
    keep_places(library.folder, places)


def usual_place(folder: Path) -> BackupPlace:
    """Return the place nobody had to choose: another disk, else beside the data folder."""
    other = other_disk(folder)
    root = other if other is not None else folder.with_name(f"{folder.name}.backup")
    return BackupPlace("disk", "disk", str(root))


def folder_place(root: Path) -> BackupPlace:
    """Return the place for a folder or stick that somebody chose. Raises ``KnownError``."""
    stick = any(root == one or one in root.parents for one in sticks())
    kind: Kind = "stick" if stick else "disk"
    return BackupPlace(place_id(root, make=True), kind, str(root), root.name or str(root))


def add_place(plan: BackupPlan, place: BackupPlace) -> BackupPlan:
    """Return the plan with one more place; one that is there already is not there twice."""
    others = tuple(one for one in plan.places if place.id != one.id and place.where != one.where)
    return msgspec.structs.replace(plan, places=(*others, place))


def without_place(plan: BackupPlan, place: str) -> BackupPlan:
    """Return the plan without a place; the backups there stay."""
    left = tuple(one for one in plan.places if one.id != place)
    return msgspec.structs.replace(plan, places=left, server=plan.server and place != SERVER)


def with_server(plan: BackupPlan, address: str) -> BackupPlan:
    """Return the plan with the library's server as its last place, if nobody said no.

    An empty address: the library has no server (any more).
    """
    others = tuple(one for one in plan.places if one.id != SERVER)
    if address and plan.server:
        others = (*others, BackupPlace(SERVER, "server", address))
    return msgspec.structs.replace(plan, places=others)


def root_of(place: BackupPlace) -> Path | None:
    """Return where a place of files is now, ``None`` when it is not plugged in."""
    if place.kind == "server":
        return None
    root = Path(place.where)
    if place.kind == "disk":
        return root
    for found in (root, *sticks()):
        if (found / FOLDER).is_dir() and place_id(found) == place.id:
            return found
    return None


def place_states(library: Library) -> list[PlaceState]:
    """Return how each place stands."""
    plan, newest, now = backup_plan(library), newest_whole(library), library.now_ms()
    found = []
    for place in plan.places:
        entry = newest.get(place.id)
        age = age_of(entry.at_ms if entry else None, plan.since_ms or _since(library), now)
        found.append(PlaceState(place, entry, age))
    return found


def private_key(code: str) -> bytes | BadCode:
    """Return the private recovery key of a code from the library's sheet."""
    seed = read_code(code)
    return seed if isinstance(seed, BadCode) else private_of(seed)


def _since(library: Library) -> int:
    """Return when the library began to hold something."""
    first = library.value("select min(at) from op where stream = (select min(number) from stream)")
    return int(first or library.now_ms())
