"""Whether a library may be made in a folder."""

from __future__ import annotations

import os
from pathlib import Path

from perpusdesk.common.errors import KnownError
from perpusdesk.storage.folder import refuse_unsafe
from perpusdesk.storage.library import FILE_NAME
from perpusdesk.ui.wizard.steps import Wrong


def check_folder(folder: Path) -> Wrong | None:
    """Return what speaks against ``folder``, or nothing; makes nothing."""
    try:
        refuse_unsafe(folder)
    except KnownError as error:
        return Wrong.NETWORK if error.facts.get("kind") == "network" else Wrong.SYNCED
    if (folder / FILE_NAME).exists():
        return Wrong.TAKEN
    existing = next((path for path in (folder, *folder.parents) if path.exists()), folder)
    return None if existing.is_dir() and os.access(existing, os.W_OK) else Wrong.READ_ONLY
