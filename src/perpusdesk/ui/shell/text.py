"""The sentences of the window itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.scan.wedge import Burst, Trouble
from perpusdesk.ui.kit.in_page_bar import Problem

_Parts = tuple[str, str, str]


def problem_of(error: KnownError) -> Problem:
    """Return what happened, what is safe and what to do, for a failure with a known cause."""
    happened, safe, todo = _FAULTS[error.fault]()
    facts = "\n".join(f"{name}: {value}" for name, value in error.facts.items())
    return Problem(happened, safe, todo, details=f"{error.fault.value}\n{facts}".strip())


def too_long(length: int) -> str:
    """Return the words for a paste that was thrown away."""
    return _(
        "That was {count} characters: too long for a code, a name or a title. The box was "
        "emptied; nothing else happened."
    ).format(count=number(length))


def held_back(code: str) -> str:
    """Return the words for a scan while a dialog waits."""
    return _(
        "{code} was scanned but not used: close the open question first, then scan again."
    ).format(code=code)


def unclear(burst: Burst) -> str:
    """Return the words for keys of a scanner that are no usable code."""
    if burst.trouble is Trouble.TOO_LONG:
        return too_long(len(burst.typed))
    if burst.trouble is Trouble.MIXED:
        return _("Two scans ran into each other. Nothing was done: scan them again, one by one.")
    return _("The scanner sent characters no code has. Nothing was done: scan again.")


def trust_here(waiting: int) -> str:
    """Return what the chip says when nothing is being sent."""
    saved = _("Saved on this computer")
    if waiting == 0:
        return saved
    more = ngettext("{count} waiting to be sent", "{count} waiting to be sent", waiting)
    return f"{saved}\n{more.format(count=number(waiting))}"


def demo_strip() -> str:
    """Return the words on the strip of the demo library."""
    return _("DEMO: made-up data. Nothing here is real and nothing leaves this folder.")


def general() -> str:
    """Return the heading over the keys that work everywhere."""
    return _("Everywhere")


def screens() -> str:
    """Return the heading over the keys that open screens."""
    return _("Screens")


def _disk_full() -> _Parts:
    return (
        _("The disk is full; the last thing was not saved."),
        _("Everything confirmed before is safe."),
        _("Free some space, then do the last thing again."),
    )


def _read_only() -> _Parts:
    return (
        _("The library's folder cannot be written to; the last thing was not saved."),
        _("Everything confirmed before is safe."),
        _("Check the folder's rights or the stick's lock, then do the last thing again."),
    )


def _damaged() -> _Parts:
    return (
        _("The library's file is damaged."),
        _("It was left as it is; your backups are untouched."),
        _("Do not delete anything. Open a backup, or ask for help with the details."),
    )


def _not_a_library() -> _Parts:
    return (
        _("This folder or file holds no PerpusDesk library."),
        _("Nothing in it was changed."),
        _("Choose another folder."),
    )


def _newer_library() -> _Parts:
    return (
        _("This library was made by a newer PerpusDesk."),
        _("Nothing in it was changed."),
        _("Install the newer version on this computer."),
    )


def _already_open() -> _Parts:
    return (
        _("This library is open already, in another window or another program."),
        _("Nothing was changed."),
        _("Use the window that is open, or close it first."),
    )


def _unsafe_place() -> _Parts:
    return (
        _(
            "This folder is on a network or is synchronised by another program; a library is not "
            "safe there."
        ),
        _("Nothing was changed."),
        _("Choose a folder on this computer's own disk."),
    )


def _unreadable_file() -> _Parts:
    return (
        _("The file cannot be read."),
        _("Nothing was changed."),
        _("Check that it is there and whole, or choose another one."),
    )


def _camera_lost() -> _Parts:
    return (
        _("The camera gives no picture."),
        _("The scanner and the keyboard go on working."),
        _("Check the cable, or close other programs that use the camera. It comes back by itself."),
    )


def _printer() -> _Parts:
    return (
        _("The printer did not take the page."),
        _("What was lent and returned is saved."),
        _("Check paper and cable, then print again."),
    )


def _unusable_input() -> _Parts:
    return (
        _("What was given cannot be used."),
        _("Nothing was changed."),
        _("Check it and try again."),
    )


_FAULTS: Final[dict[Fault, Callable[[], _Parts]]] = {
    Fault.DISK_FULL: _disk_full,
    Fault.READ_ONLY: _read_only,
    Fault.DAMAGED: _damaged,
    Fault.NOT_A_LIBRARY: _not_a_library,
    Fault.NEWER_LIBRARY: _newer_library,
    Fault.ALREADY_OPEN: _already_open,
    Fault.UNSAFE_PLACE: _unsafe_place,
    Fault.UNREADABLE_FILE: _unreadable_file,
    Fault.CAMERA_LOST: _camera_lost,
    Fault.PRINTER: _printer,
    Fault.UNUSABLE_INPUT: _unusable_input,
}
