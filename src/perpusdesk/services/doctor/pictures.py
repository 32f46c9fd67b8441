"""Photos of members and covers of titles that cannot be shown."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

from perpusdesk.domain.ids import id_of
from perpusdesk.services.doctor.from_backups import Picture, backups_of, picture_in
from perpusdesk.services.doctor.parts import Check, Finding, Patient, Severity
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.key_store import KeyStore, system_key_store
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.doctor import images
from perpusdesk.storage.salvage.writing_anew import VERB

NAME: Final = "pictures"
_TABLES: Final[tuple[Picture, ...]] = ("photo", "cover")
_MENDABLE: Final = "picture_in_backup"


def _look(patient: Patient) -> Iterator[Finding]:
    spoilt = {table: _spoilt(patient.library, table, patient) for table in _TABLES}
    kept = _in_backups(patient.library, patient.keys, spoilt)
    for table, ids in spoilt.items():
        count = len([one for one in ids if (table, one) not in kept])
        if count:
            yield Finding(NAME, f"{table}_damaged", Severity.WARNING, {"count": count})
    if kept:
        facts = {"count": len(kept)}
        yield Finding(NAME, _MENDABLE, Severity.WARNING, facts, mendable=True)


def _spoilt(library: Library, table: Picture, patient: Patient | None = None) -> list[bytes]:
    """Return the ids of the pictures that cannot be shown."""
    last, found = 0, []
    while part := images(library, table, last):
        if patient is not None:
            patient.pause()
        found += [bytes(id_) for _, id_, image in part if image and not _shows(image)]
        last = part[-1][0]
    return found


def _in_backups(
    library: Library, keys: KeyStore, spoilt: dict[Picture, list[bytes]]
) -> dict[tuple[Picture, bytes], bytes]:
    """Return the pictures that a backup has and that can be shown."""
    found: dict[tuple[Picture, bytes], bytes] = {}
    left = {(table, one) for table, ids in spoilt.items() for one in ids}
    for backup in backups_of(library, keys) if left else ():
        for table, one in sorted(left):
            image = picture_in(backup, table, one)
            if image is not None and _shows(image):
                found[table, one] = image
        left -= found.keys()
        if not left:
            break
    return found


def _mend(library: Library, _finding: Finding) -> bool:
    """Write the pictures down anew; what was there stays in the log."""
    spoilt = {table: _spoilt(library, table) for table in _TABLES}
    found = _in_backups(library, system_key_store(library.folder), spoilt)
    action = Action(VERB)
    for (table, one), image in found.items():
        action.set(table, id_of(one), {"image": image})
    if found:
        library.write(action)
    return bool(found)


def _shows(image: object) -> bool:
    if not isinstance(image, bytes):
        return False
    try:
        from PIL import Image  # slow to import

        with Image.open(io.BytesIO(image)) as picture:
            picture.load()
    except Exception:  # each format has errors of its own
        return False
    return True


CHECK: Final = Check(NAME, _look, _mend)
