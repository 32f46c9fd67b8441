"""Old backups go, and packs that none of those left names go with them."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta, timezone

from perpusdesk.common.errors import KnownError
from perpusdesk.domain.backup_rotation import kept
from perpusdesk.storage.backup.packing import BAD, PACK
from perpusdesk.storage.backup.store import Store, time_of


def rotate(store: Store, zone: int, near: Store | None = None) -> list[str]:
    """Remove the backups that the rule lets go of (days are those of ``zone``, in minutes).

    The caller has the store alone, so nobody is just writing packs that no manifest names yet.
    ``near`` is the same store in a place that is quicker to read, as ``sweep`` uses it.
    Returns the names of what went. Raises ``KnownError``; what is left is whole.
    """
    local = timezone(timedelta(minutes=zone))
    times: dict[str, datetime] = {}
    for name in store.backups():
        when = time_of(name)
        if when is not None:
            times[name] = when.astimezone(local)
    stay = kept(times.values())
    gone = [name for name, when in times.items() if when not in stay]
    for name in gone:
        store.place.remove(name)
    sweep(store, near)
    return gone


def sweep(store: Store, near: Store | None = None) -> int:
    """Remove packs that no backup names; none as long as a manifest cannot be read.

    A backup of one name is the same in each place: what ``near`` has is read there.
    """
    named: set[str] = set()
    try:
        for name in store.backups():
            named.update(_packs(store, near, name))
    except KnownError:
        return 0
    loose = [pack for pack in store.place.sizes(PACK) if pack not in named]
    for pack in loose:
        store.place.remove(pack)
        store.place.remove(pack + BAD)
    return len(loose)


def _packs(store: Store, near: Store | None, name: str) -> tuple[str, ...]:
    if near is not None:
        with contextlib.suppress(KnownError):
            return tuple(near.manifest(name).packs)
    return tuple(store.manifest(name).packs)
