"""The sentences of the tab of the key."""

from __future__ import annotations

from datetime import date

from perpusdesk.common.formats import long_date
from perpusdesk.common.i18n import _


def locked(*, encrypted: bool) -> str:
    """Return whether what lies on this disk can be read by others."""
    if encrypted:
        return _("The library on this computer is encrypted.")
    return _("The library on this computer is not encrypted yet.")


def locked_why(*, encrypted: bool) -> str:
    """Return what that means."""
    if encrypted:
        return _("Whoever takes the computer or its disk reads no name, number or title.")
    return _("It is encrypted at the next start, as soon as the disk has room.")


def kept(kept_in: str) -> str:
    """Return where the key is."""
    if kept_in == "keyring":
        return _("Its key is kept by the sign-in of this computer.")
    return _("Its key is in a folder beside the library that only this user can read.")


def sheet(since: date | None) -> str:
    """Return whether there is a recovery sheet, and of when."""
    if since is None:
        return _("There is no recovery sheet yet.")
    if since == date.min:
        return _("There is a recovery sheet.")
    return _("The recovery sheet in force was made on {date}.").format(date=long_date(since))


def sheet_why() -> str:
    """Return what the sheet is for."""
    return _(
        "Without it the data of this computer are lost for good when its key is: after a new"
        " installation, a forced change of the Windows password, or a new disk."
    )


def ask_back(group: int) -> str:
    """Return the question that shows that the sheet is at hand."""
    return _("Type group {group} of the code on the new sheet").format(group=group)


def in_force() -> str:
    """Return what is said when the new sheet counts."""
    return _("The new sheet is in force. Put it away safely, and destroy the old one.")


def not_the_group() -> str:
    """Return what is said to a wrong answer."""
    return _("That is not what stands there. Look at the printed sheet again.")
