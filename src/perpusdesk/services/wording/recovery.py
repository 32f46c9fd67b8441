"""The recovery code in words: what is wrong with what was typed, and where a key is kept."""

from __future__ import annotations

from perpusdesk.common.i18n import _, ngettext
from perpusdesk.protocol.recovery_code import BadCode, CodeFault
from perpusdesk.services.wording.refusals import Said


def say_bad_code(bad: BadCode) -> Said:
    """Return what is wrong with a typed recovery code, and where to look."""
    if bad.reason is CodeFault.EMPTY:
        return Said(_("Type the recovery code."), _("It is on the library's recovery sheet."))
    if bad.reason is CodeFault.INCOMPLETE:
        what = _("The code is not complete: it goes on with group {group}.")
        return Said(what.format(group=bad.groups[-1]), _("Type the rest of it."))
    if not bad.groups:
        return Said(_("The code is mistyped."), _("Compare it with the sheet, group by group."))
    what = ngettext(
        "Group {groups} of the code is mistyped.",
        "Groups {groups} of the code are mistyped.",
        len(bad.groups),
    )
    groups = ", ".join(map(str, bad.groups))
    return Said(what.format(groups=groups), _("Compare it with the sheet, group by group."))


def say_other_code() -> Said:
    """Return what is said to a code that is whole but does not open this library."""
    return Said(
        _("This code does not open this library."),
        _("It is of another library, or of an older sheet. Look for the newest sheet."),
    )


def say_not_recoverable() -> Said:
    """Return what is said where no code can help: the key was never sealed for one."""
    return Said(
        _("This library had no recovery sheet when its key was lost."),
        _("Bring the key back by the user account that used it, or restore a backup."),
    )
