"""What ``status`` tells of the lock of a data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.lock_up import is_locked
from perpusdesk.storage.upgrade import FILE_NAME
from perpusdesk.storage.vault import has_key, read_vault


def lock_status(folder: Path) -> dict[str, Any]:
    """Return whether it is encrypted, where its key is kept, and whether a sheet opens it.

    Raises ``KnownError`` for a damaged lock.
    """
    vault, keys = read_vault(folder), system_key_store(folder)
    here = vault is not None and has_key(vault, keys)
    return {
        "encrypted": is_locked(folder / FILE_NAME),
        "key": keys.kept.value if here else None,
        "recovery_sheet": vault is not None and bool(vault.sealed),
    }
