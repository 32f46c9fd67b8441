"""The sentences of the window itself."""

from __future__ import annotations

from perpusdesk.common.errors import KnownError
from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.scan.wedge import Burst, Trouble
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.services.wording.refusals import Said
from perpusdesk.ui.kit.in_page_bar import Problem


def problem_of(error: KnownError) -> Problem:
    """Return what happened, what is safe and what to do, for a failure with a known cause."""
    told = say_fault(error)
    place = f"fault/{error.fault}"
    return Problem(told.what, told.safe, told.todo, details=told.details, place=place)


def refusal_of(said: Said) -> Problem:
    """Return a refusal that stays until something else succeeds."""
    place = f"refusal/{said.reason}" if said.reason else ""
    return Problem(said.what, _("Nothing was changed."), said.todo, place=place)


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


def questions(count: int) -> str:
    """Return how many questions need a decision."""
    words = ngettext("{n} question to decide", "{n} questions to decide", count)
    return words.format(n=number(count))


def demo_strip() -> str:
    """Return the words on the strip of the demo library."""
    return _("DEMO: made-up data. Nothing here is real and nothing leaves this folder.")


def general() -> str:
    """Return the heading over the keys that work everywhere."""
    return _("Everywhere")


def screens() -> str:
    """Return the heading over the keys that open screens."""
    return _("Screens")
