"""Opening a library for work: what a power cut left unfinished is finished first."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from perpusdesk.storage.library import Library
from perpusdesk.storage.upgrade import Told, tell_nobody

UNFINISHED: Final = "library.restoring"
"""``storage.backup.swapping.UNFINISHED``, told here too: that module is rarely needed."""


def open_to_work(folder: Path, told: Told = tell_nobody) -> Library:
    """Open a library for writing, encrypted; raises ``KnownError`` as ``Library.open`` does.

    ``told`` hears what an upgrade is doing. After a restore whose last step the power cut, what was
    entered since the backup is taken in.
    """
    library = Library.open(folder, encrypted=True, told=told)
    if (folder / UNFINISHED).exists():
        from perpusdesk.services.safety.restore import take_the_rest

        try:
            take_the_rest(library)
        except BaseException:
            library.close()
            raise
    return library
