"""What ``status`` tells of the backups: of each place the newest whole one, and its age."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from perpusdesk.services.safety.backup_places import place_states
from perpusdesk.storage.backup.log import BackupEntry
from perpusdesk.storage.library import Library


def backup_status(library: Library) -> list[dict[str, Any]]:
    """Return the places of this device's backups."""
    now = library.now_ms()
    found = []
    for state in place_states(library):
        newest = state.newest
        age = (now - newest.at_ms) // 1000 if newest else None
        found.append(
            {
                "place": state.place.where,
                "kind": state.place.kind,
                "age_seconds": age,
                "state": state.age.value,
                **(backup_document(newest) if newest else {"at": None}),
            }
        )
    return found


def backup_document(entry: BackupEntry) -> dict[str, Any]:
    """Return what is told of one backup."""
    at = datetime.fromtimestamp(entry.at_ms / 1000, UTC).isoformat(timespec="seconds")
    return {
        "at": at,
        "where": entry.where,
        "name": entry.name,
        "failure": entry.reason or None,
        "bytes": entry.bytes,
        "new_bytes": entry.new_bytes,
        "rows": entry.rows,
        "ms": entry.took_ms,
    }
