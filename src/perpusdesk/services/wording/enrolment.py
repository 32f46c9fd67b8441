"""Enrolling a device in words: what is wrong with a code, and why a device was not admitted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from perpusdesk.common.formats import long_date
from perpusdesk.common.i18n import N_, _, ngettext
from perpusdesk.protocol.certificates import Role
from perpusdesk.protocol.enrolment import EnrolFault
from perpusdesk.protocol.enrolment_code import BadCode, CodeFault, EnrolmentCode
from perpusdesk.services.wording.refusals import Said

_ASK_FOR_NEW: Final = N_("Ask the library's administrator for a new code.")
_TEXTS: Final[Mapping[EnrolFault, tuple[str, str]]] = {
    EnrolFault.MALFORMED: (
        N_("The server and this program did not understand each other."),
        N_("Update PerpusDesk here and on the server, then try again."),
    ),
    EnrolFault.NEWER_PROGRAM: (
        N_("The server has another version of PerpusDesk."),
        N_("Update PerpusDesk here and on the server, then try again."),
    ),
    EnrolFault.CODE_UNKNOWN: (N_("The server does not know this code."), _ASK_FOR_NEW),
    EnrolFault.CODE_USED: (N_("This code was used by another device already."), _ASK_FOR_NEW),
    EnrolFault.CODE_EXPIRED: (N_("This code is no longer valid."), _ASK_FOR_NEW),
    EnrolFault.CODE_FOR_ANOTHER: (
        N_("This code is for another device: {name}."),
        _ASK_FOR_NEW,
    ),
    EnrolFault.CODE_FOR_NEW: (
        N_("By this code a new device joins; it gives no device's backup back."),
        N_("Ask the library's administrator for a code for exactly the device that is replaced."),
    ),
    EnrolFault.WRONG_LIBRARY: (
        N_("This computer has the data of another library. All of it stays as it is."),
        N_(
            "Join with an empty data folder. To take records along, export them here and import"
            " them there."
        ),
    ),
    EnrolFault.DEVICE_KNOWN: (
        N_("The library knows this device already, but its key is not on this computer."),
        N_("Ask the library's administrator for a code for exactly this device."),
    ),
    EnrolFault.DEVICE_REVOKED: (
        N_("This device was shut out of the library."),
        N_("Ask the library's administrator to let the device in again."),
    ),
    EnrolFault.NOTHING_TO_JOIN: (
        N_("The server has no library yet."),
        N_("First join it from the desk that has the library's data."),
    ),
    EnrolFault.NOT_THE_SERVER: (
        N_("What answers under {server} is not the server that the code is from."),
        N_("Check that this is the library's network, then ask for a new code."),
    ),
    EnrolFault.CLOCK_WRONG: (
        N_("By this computer's clock the certificate of {server} does not hold today."),
        N_("Set date and time of this computer right, then try again."),
    ),
    EnrolFault.NOT_SECURE: (
        N_("The way to {server} is not encrypted."),
        N_("Ask the library's administrator for a code of a server with TLS (https)."),
    ),
}
_ROLES: Final = {
    Role.DESK: N_("desk"),
    Role.VAN: N_("mobile library"),
    Role.HUB: N_("branch hub"),
    Role.SERVER: N_("server"),
    Role.ADMIN: N_("administrator's desk"),
    Role.READER: N_("reading only"),
}


def say_not_joined(reason: EnrolFault, facts: Mapping[str, str]) -> Said:
    """Return why a device was not admitted, and what to do."""
    what, todo = _TEXTS[reason]
    known = {"name": "…", "server": _("this address"), **facts}
    return Said(_(what).format_map(known), _(todo))


def say_bad_code(bad: BadCode) -> Said:
    """Return what is wrong with a code, and where to look."""
    groups = ", ".join(map(str, bad.groups))
    if bad.reason is CodeFault.NOT_A_CODE:
        return Said(
            _("This is no enrolment code."),
            _("It begins with PDESK; the administrator gets it from the server."),
        )
    if bad.reason is CodeFault.NEWER:
        return Said(_("This code is of a newer PerpusDesk."), _("Update PerpusDesk here first."))
    if bad.reason is CodeFault.INCOMPLETE:
        what = _("The code is not complete: it goes on with group {group}.")
        return Said(what.format(group=bad.groups[-1]), _("Type the rest of it."))
    if not bad.groups:
        return Said(_("The code is mistyped."), _(_ASK_FOR_NEW))
    what = ngettext(
        "Group {groups} of the code is mistyped.",
        "Groups {groups} of the code are mistyped.",
        len(bad.groups),
    )
    return Said(what.format(groups=groups), _("Compare it with the original."))


def say_code(code: EnrolmentCode) -> str:
    """Return what a good code leads to, and until when it holds by this computer's time zone."""
    until = datetime.fromtimestamp(code.expires_s, UTC).astimezone()
    return _("Code for {server}, valid until {day}, {time}").format(
        server=urlsplit(code.server).netloc, day=long_date(until.date()), time=f"{until:%H:%M}"
    )


def device_role_name(role: str) -> str:
    """Return what a device is in its library; a later role as it is, none as an empty text."""
    return _(_ROLES[Role(role)]) if role in set(Role) else role
