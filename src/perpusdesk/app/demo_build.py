"""Building the demo library beside the window, with progress, and a way out."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal


class CancelledError(Exception):
    """Somebody changed their mind."""


class DemoBuild(QObject):
    """One build: ``run`` it off the interface thread; ``progress`` may be heard on any."""

    progress = Signal(int, int)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Let the build end soon; nothing of it stays."""
        self._stop.set()

    def run(self) -> Path | None:
        """Return the folder of the demo library; ``None`` when it was cancelled."""
        from perpusdesk.services.demo.demo import ensure_demo

        try:
            return ensure_demo(self.folder, self._tell)
        except CancelledError:
            half = self.folder.with_name(self.folder.name + ".building")
            shutil.rmtree(half, ignore_errors=True)
            return None

    def _tell(self, done: int, of: int) -> None:
        if self._stop.is_set():
            raise CancelledError
        self.progress.emit(done, of)
