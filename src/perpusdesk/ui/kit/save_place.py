"""Where a file is saved: the system's own window, beginning where people keep their documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_place(parent: QWidget, name: str, endings: Sequence[str]) -> Path | None:
    """Ask where to save a file of one of these kinds; the first is the usual one."""
    proposed = home() / f"{name} {datetime.now():%Y-%m-%d}.{endings[0]}"
    kinds = ";;".join(f"{ending.upper()} (*.{ending})" for ending in endings)
    said, kind = QFileDialog.getSaveFileName(parent, name, str(proposed), kinds)
    if not said:
        return None
    path = Path(said)
    if path.suffix.lower().lstrip(".") in endings:
        return path
    ending = next((one for one in endings if kind.startswith(one.upper())), endings[0])
    return path.with_name(f"{path.name}.{ending}")


def home() -> Path:
    """Return the folder in which people keep their documents."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place or Path.home())
