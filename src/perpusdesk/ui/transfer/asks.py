"""The system's own windows for choosing files and places; nothing else of the screen is one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.save_place import ask_place, home

__all__ = ["ask_files", "ask_place", "home"]


def ask_files(parent: QWidget) -> list[Path]:
    """Ask for one or several files to be moved in."""
    kinds = (
        _("Tables, backups, MARC")
        + " (*.csv *.tsv *.txt *.xlsx *.xls *.ods *.xlsm *.sql *.gz *.xz *.mrc *.marc *.xml);;"
        + _("All files")
        + " (*)"
    )
    names, _kind = QFileDialog.getOpenFileNames(parent, _("Choose files"), str(home()), kinds)
    return [Path(name) for name in names]
