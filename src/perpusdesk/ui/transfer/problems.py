"""What is said when a file cannot be written: to people it is the place that is wrong."""

from __future__ import annotations

from pathlib import Path

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import _
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.ui.kit.in_page_bar import Problem


def not_written(error: KnownError, path: Path) -> Problem:
    """Return what is said of a file that could not be written; the library is as it was."""
    told = say_fault(error)
    if error.fault is Fault.DISK_FULL:
        happened = _("The disk has no room for {file}.").format(file=path.name)
        todo = _("Make room, or save it in another place.")
    else:
        happened = _("{file} cannot be saved in {folder}.").format(
            file=path.name, folder=path.parent
        )
        todo = _("Close it if another program has it open, or save it in another place.")
    safe = _("The library is as it was; no half file is left.")
    return Problem(happened, safe, todo, told.details)
