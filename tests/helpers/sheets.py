"""Workbooks that a test lets be saved, and what another program reads in them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import python_calamine

from perpusdesk.services.export_list import SavedList
from perpusdesk.ui.shell.list_saver import ListSaver


def cells(path: Path, sheet: int = 0) -> list[list[Any]]:
    """Return the rows of a sheet, headings first."""
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return book.get_sheet_by_index(sheet).to_python()


def saves_into(saver: ListSaver, folder: Path) -> list[SavedList]:
    """Answer the question for a place with this folder; return the list of what will be saved."""
    saved: list[SavedList] = []
    saver._ask = lambda _parent, name, _kinds: folder / f"{name}.xlsx"
    saver.saved.connect(saved.append)
    return saved
