"""The sentences of the camera panel."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from perpusdesk.common.i18n import _, ngettext

if TYPE_CHECKING:
    from perpusdesk.scan.camera import StateChange

_HINTS = {
    "too_dark": lambda: _("Too dark: more light"),
    "too_bright": lambda: _("Too bright: turn it out of the light"),
    "too_blurred": lambda: _("Blurred: hold still"),
    "come_closer": lambda: _("Come closer"),
    "move_back": lambda: _("Move back a little"),
}


def hint(code: str) -> str:
    """Return what would help most; nothing for a code that is not known."""
    said = _HINTS.get(code)
    return said() if said else ""


def state(change: StateChange) -> str:
    """Return why there is no picture; nothing while there is one."""
    name = change.state.value
    if name == "opening":
        return _("Looking for the camera …")
    if name == "lost":
        return lost(change)
    if name == "ended":
        return _("All pictures were shown. Switch the camera off and on to begin again.")
    if name == "failed":
        return _("The pictures that stand in for a camera cannot be read.")
    return off() if name == "stopped" else ""


def lost(change: StateChange) -> str:
    """Return why a camera gives no picture, and that it comes back by itself."""
    missing = change.fault is not None and change.fault.facts.get("why") == "missing"
    what = (
        _("There is no camera, or another program uses it.")
        if missing
        else _("The camera was lost. Check its cable.")
    )
    seconds = max(1, round(change.retry_in))
    again = ngettext(
        "It is tried again in {count} second; the scanner goes on working.",
        "It is tried again every {count} seconds; the scanner goes on working.",
        seconds,
    )
    return f"{what} {again.format(count=seconds)}"


def off() -> str:
    """Return what stands where no picture is."""
    return _("The camera is off.")


def waiting() -> str:
    """Return what the lamp says before anything was read."""
    return _("Hold a card or a book before the camera")


def read(code: str, when: datetime) -> str:
    """Return what the lamp says after a read."""
    return _("{code} read at {time}").format(code=code, time=f"{when:%H.%M.%S}")
