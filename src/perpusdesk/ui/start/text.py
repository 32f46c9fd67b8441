"""The sentences before the desk is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _
from perpusdesk.common.paths import is_carried
from perpusdesk.services.wording.faults import Told, say_fault
from perpusdesk.storage.upgrade import Stage


def building() -> str:
    """Return the heading while the demo library is made."""
    return _("Preparing the demo library")


def building_why() -> str:
    """Return what is being made."""
    return _(
        "Real titles, made-up members, and a year of loans made by the same rules as at your desk. "
        "This is done once and takes about a minute."
    )


def progress(done: int, of: int) -> str:
    """Return how far it is."""
    if of <= 0:
        return _("Shelving the books")
    return _("{done} of {all} steps").format(done=number(min(done, of)), all=number(of))


def share(done: float) -> str:
    """Return how far it is, of 1."""
    return _("{percent} %").format(percent=number(int(done * 100)))


def opening(folder: Path) -> str:
    """Return what is said while a library takes its time to open."""
    return _("Opening the library in {folder}").format(folder=folder)


def stage(doing: Stage) -> str:
    """Return what is done to a library before it opens."""
    return {
        Stage.COPYING: _("Step 1 of 4: the library is copied."),
        Stage.CHANGING: _("Step 2 of 4: the copy is brought to this version."),
        Stage.PROVING: _("Step 3 of 4: the copy is checked, whether nothing is missing."),
        Stage.SWITCHING: _("Step 4 of 4: the copy takes its place."),
        Stage.ENCRYPTING: _("The library is being encrypted."),
    }[doing]


def stage_safe() -> str:
    """Return what holds meanwhile."""
    return _("Your library stays as it is until that is done. This can take some minutes.")


def first_here() -> str:
    """Return what is said of a library on a stick that comes to a computer for the first time."""
    return _("This library has not been opened on this computer yet.")


def told(error: KnownError, folder: Path | None = None) -> Told:
    """Return what happened, what is safe and what to do, for a library that did not open."""
    if error.fault is Fault.KEY_MISSING and folder is not None and is_carried(folder):
        return Told(
            first_here(),
            _("It is locked and whole; nothing was changed."),
            _(
                "It has no recovery sheet. Open it on the computer where it was used before, and"
                " print the sheet there."
            ),
            say_fault(error).details,
        )
    if error.fault is Fault.NOT_A_LIBRARY and error.facts.get("missing"):
        return Told(
            _("The library's folder is not there."),
            _("Nothing was changed."),
            _("Is it on a disk that is unplugged? Plug it in and try again."),
            say_fault(error).details,
        )
    if error.fault is Fault.UNSAFE_PLACE:
        return Told(
            _("The library is in a folder that another program synchronises.")
            if error.facts.get("kind") == "synced"
            else _("The library is in a folder on a network."),
            _("It was not opened, so that nothing in it is harmed."),
            _("Move the folder to this computer's own disk, then choose it here."),
            say_fault(error).details,
        )
    return say_fault(error)


def not_from_server(error: KnownError) -> Told:
    """Return why a backup did not come from the server."""
    said = told(error)
    if error.fault is Fault.PLACE_GONE:
        return Told(
            _("The server has no backup of this computer."),
            _("Nothing was changed."),
            _("Join the library with a new code instead; or restore from a stick."),
            said.details,
        )
    if error.fault is Fault.UNREACHABLE:
        return replace(said, safe=_("What has come is kept; the code is still good."))
    return said


def bug() -> Told:
    """Return what is said when the start failed for a reason nobody expected."""
    return Told(
        _("PerpusDesk could not start for a reason nobody expected."),
        _("Your library was left as it is."),
        _("Try again; if it stays so, send the details to who looks after the program."),
    )
