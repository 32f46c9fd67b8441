"""Empty library files for laws that want many of them: one is made, the others are copies."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

from helpers.blank import blank
from perpusdesk.storage.database import Engine
from perpusdesk.storage.library import Library


class Shelf:
    """Hands out empty libraries in a folder."""

    def __init__(self, folder: Path, engine: Engine = Engine.APSW) -> None:
        self._folder, self._engine, self._numbers = folder, engine, itertools.count()
        blank(folder / "empty", engine=engine).close()

    def take(self) -> Library:
        """Return a library that nobody wrote to, open."""
        target = self._folder / str(next(self._numbers))
        shutil.copytree(self._folder / "empty", target)
        return Library.open(target, engine=self._engine)
