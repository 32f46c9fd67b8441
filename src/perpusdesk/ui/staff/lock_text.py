"""The sentences of the lock screen."""

from __future__ import annotations

from enum import StrEnum

from perpusdesk.common.i18n import _


class Why(StrEnum):
    """Why the screen is there."""

    START = "start"
    LOCKED = "locked"
    IDLE = "idle"
    SWITCH = "switch"
    CLOSED = "closed"


def title(why: Why) -> str:
    """Return what matters most."""
    return {
        Why.START: _("Sign in"),
        Why.LOCKED: _("The desk is locked"),
        Why.IDLE: _("The desk is locked"),
        Why.SWITCH: _("Who is at the desk?"),
        Why.CLOSED: _("Sign in"),
    }[why]


def explained(why: Why) -> str:
    """Return what else to know."""
    return {
        Why.START: _("Choose your name or scan your staff card, then enter your PIN."),
        Why.LOCKED: _("Everything is as you left it: it comes back when somebody signs in."),
        Why.IDLE: _("Nobody was here for a while. Everything is as you left it."),
        Why.SWITCH: _("What is done from now on bears this name. The open work stays as it is."),
        Why.CLOSED: _(
            "The account that was at this desk has been closed. All that was done is kept."
        ),
    }[why]


def nothing_scanned() -> str:
    """Return that a scan did nothing."""
    return _("The desk is locked: this scan did nothing. Sign in, then scan again.")


def not_used() -> str:
    """Return that nothing can be locked here."""
    return _(
        "Nobody has a PIN yet. Choose one in Settings, under Staff; then the desk can be locked."
    )


def forgotten(can_recover: bool) -> str:
    """Return what to do about a forgotten PIN."""
    if can_recover:
        return _(
            "Whoever manages the staff can give you a new one, on any desk. If these people forgot"
            " theirs, the library's recovery code lets one of them in."
        )
    return _("Whoever manages the staff can give you a new one, on any desk.")


def unequal() -> str:
    """Return that the two new ones differ."""
    return _("The two are not the same. Type them again.")


def code_refused(groups: tuple[int, ...]) -> str:
    """Return which groups of a recovery code to look at."""
    said = ", ".join(str(group) for group in groups)
    return _("Look at group {groups} of the code again.").format(groups=said)
