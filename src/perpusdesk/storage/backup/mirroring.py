"""The same store in another place: what the other lacks is copied, the manifest last.

Packs are named by their content, so a copy is proven while it is made, and a pack that was damaged
in one place is brought back from the other.
"""

from __future__ import annotations

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage.backup.packing import BAD, PACK, pack_name
from perpusdesk.storage.backup.store import Store
from perpusdesk.storage.backup.writing import Pace


def mirror(source: Store, target: Store, name: str, pace: Pace | None = None) -> int:
    """Copy a backup to the same store in another place; return the bytes written there.

    The caller has the target alone. Raises ``KnownError`` or ``CalledOff``; then the target has
    what it had before, and goes on from there another time.
    """
    pace = pace or Pace()
    there, written = target.place.sizes(PACK), 0
    here = source.place.sizes(PACK)
    packs = source.manifest(name).packs
    for done, pack in enumerate(packs):
        pace.step(done / len(packs))
        if there.get(pack) != here.get(pack):
            written += _copy(source, target, pack)
    if name not in target.backups():
        content = source.place.read(name)
        target.place.write(name, content)
        written += len(content)
    return written


def _copy(source: Store, target: Store, pack: str) -> int:
    content = source.place.read(pack)
    if pack_name(content) != pack:
        raise KnownError(Fault.BACKUP_DAMAGED, file=source.place.where, pack=pack)
    target.place.write(pack, content)
    if (
        not target.place.proves and pack_name(target.place.read(pack)) != pack
    ):  # a stick that forgets what it was told
        target.place.remove(pack)
        raise KnownError(Fault.BACKUP_DAMAGED, file=target.place.where, pack=pack)
    return len(content)


def bring_back(damaged: Store, name: str, others: list[Store]) -> int:
    """Replace packs of a backup that are not whole by those of other places; return how many.

    The caller has the damaged store alone.
    """
    count = 0
    for pack in damaged.manifest(name).packs:
        if _is_whole(damaged, pack):
            continue
        for other in others:
            if _is_whole(other, pack):
                damaged.place.write(pack, other.place.read(pack))
                damaged.place.remove(pack + BAD)
                count += 1
                break
    return count


def _is_whole(store: Store, pack: str) -> bool:
    try:
        return pack_name(store.place.read(pack)) == pack
    except KnownError:
        return False
