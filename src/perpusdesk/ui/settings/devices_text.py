"""The sentences about devices and their server."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from perpusdesk.common.formats import date_and_time
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.library.devices import DeviceLine, Quarantined
from perpusdesk.services.wording.actions import action_name
from perpusdesk.services.wording.enrolment import device_role_name


@dataclass(frozen=True, slots=True)
class ServerView:
    """The server that this library belongs to; an empty ``url``: none."""

    url: str = ""
    number: int = 0
    role: str = ""
    key_lost: bool = False
    in_keyring: bool = True


def server(view: ServerView) -> str:
    """Return how it stands with the server."""
    if not view.url:
        return _(
            "This library is on this computer alone. With a code from the server's administrator"
            " it exchanges with other computers; everything that is here comes along."
        )
    host = urlsplit(view.url).netloc
    if view.key_lost:
        return _(
            "This computer belongs to {server}, but its key is gone. Ask for a code for this"
            " device; everything that is here stays."
        ).format(server=host)
    place = _("the system's keyring") if view.in_keyring else _("a folder of its own")
    text = _("Joined {server} as device {number} ({role}). The key is in {place}.")
    return text.format(
        server=host, number=view.number, role=device_role_name(view.role), place=place
    )


def may_not() -> str:
    """Return why nothing can be changed."""
    return _("Devices are shut out by the head or an administrator, on an administrator's desk.")


def quarantine_why() -> str:
    """Return what the quarantine is."""
    return _("Recorded on devices after they were shut out. It is kept, but does not count.")


def name(line: DeviceLine) -> str:
    """Return a device's name, with what is special about it."""
    marks = [_("this device")] if line.own else []
    marks += [_("shut out")] if line.revoked else []
    return f"{line.name} ({', '.join(marks)})" if marks else line.name


def role(line: DeviceLine) -> str:
    """Return what a device is; one that was never enrolled is said to be so."""
    return device_role_name(line.role) if line.enrolled else _("not joined")


def last_contact(line: DeviceLine) -> str:
    """Return when it exchanged with this device, as far as known."""
    return date_and_time(line.last_contact) if line.last_contact else "–"


def contact(line: DeviceLine) -> str:
    """Return for how long a device opens without contact, if that is limited."""
    return contact_days(line.contact_days) if line.contact_days else "–"


def contact_days(days: int) -> str:
    """Return a number of days without contact; 0: no limit."""
    return _("always open") if not days else f"{days}{days_suffix(days)}"


def days_suffix(days: int) -> str:
    """Return what stands behind a number of days."""
    return ngettext(" day", " days", days)


def contact_why() -> str:
    """Return what the days without contact do."""
    return _(
        "After so many days without an exchange the chosen device shows nothing until it reached"
        " the server, or the recovery code was entered. For vans; 0: it always opens."
    )


def place_why() -> str:
    """Return what it means for a device to work somewhere."""
    return _(
        "Loans, visits and new copies of the chosen device count there; in a van the guest book"
        " asks for the stop. Another device goes there at its next exchange."
    )


def withheld(line: Quarantined) -> str:
    """Return one action in quarantine: when, where, who, what."""
    parts = (
        date_and_time(line.at),
        line.device_name,
        line.staff_name,
        action_name(line.verb),
        line.thing,
        line.person,
    )
    return " · ".join(part for part in parts if part)


def more(count: int) -> str:
    """Return how many are not shown."""
    return ngettext("and {count} more", "and {count} more", count).format(count=count)


def asking(url: str) -> str:
    """Return what happens while the server is asked."""
    return _("Joining {server} …").format(server=urlsplit(url).netloc)


def joined() -> str:
    """Return that it was done."""
    return _("Joined. The first exchange sends what is here; it goes on by itself.")
