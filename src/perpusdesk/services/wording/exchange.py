"""Why an exchange did not come to its end, in words: what, what is safe, what to do.

The codes are those of ``syncing.link_faults`` and of the engine's refusals.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perpusdesk.common.i18n import N_, _
from perpusdesk.services.wording.faults import Told

_SAFE: Final = N_("Everything is saved on this computer and will be sent later.")
_BY_ITSELF: Final = N_("There is nothing to do: it is tried again by itself.")
_ASK: Final = N_("Ask the library's administrator.")
_ENROL: Final = N_("Ask the library's administrator for a new code, and join again with it.")
_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "offline": (N_("This computer has no network at the moment."), _BY_ITSELF),
    "dns": (
        N_("The server's name is not known in this network."),
        N_("Check the internet connection, or the server's address."),
    ),
    "refused": (
        N_("The server's computer is there, but its program is not running."),
        N_("Tell whoever looks after the server, if this lasts."),
    ),
    "timeout": (N_("The server did not answer in time."), _BY_ITSELF),
    "cut": (N_("The connection broke off."), _BY_ITSELF),
    "busy": (N_("The server has much to do just now."), _BY_ITSELF),
    "server_full": (
        N_("The server's disk is full."),
        N_("Tell whoever looks after the server."),
    ),
    "server_fault": (
        N_("Something went wrong on the server."),
        N_("Tell whoever looks after the server, if this lasts."),
    ),
    "stopped": (N_("The exchange was stopped."), ""),
    "tls": (
        N_("The server cannot prove its name: its certificate is not trusted."),
        N_("Check this computer's date, then ask the library's administrator."),
    ),
    "pin": (
        N_("Another computer answers at the server's address."),
        N_("Check that this is the library's network. If the hub was replaced, join again."),
    ),
    "plain": (
        N_("The way to this address is not encrypted, so nothing is sent."),
        N_("Use an address that begins with https://."),
    ),
    "not_ours": (
        N_("Something else than the library's server answers: perhaps a login page of the Wi-Fi."),
        N_("Open a web page in the browser and sign in to the network, then try again."),
    ),
    "not_the_server": (
        N_("What answers cannot prove that it belongs to this library."),
        N_("Check the address, then ask the library's administrator."),
    ),
    "bad_address": (N_("This is no address of a server."), N_("Correct the address.")),
    "not_enrolled": (N_("This device has not joined a server."), _ENROL),
    "certificate_expired": (N_("This device's certificate is over."), _ENROL),
    "key_replaced": (N_("This device was joined anew on another computer."), _ENROL),
    "unknown_device": (N_("The server does not know this device."), _ENROL),
    "wrong_library": (N_("The server keeps another library."), _ASK),
    "revoked": (
        N_("This device was shut out of the library."),
        N_("Ask the library's administrator to let the device in again."),
    ),
    "may_not_push": (N_("This device may only read."), _ASK),
    "may_not_pull": (N_("This device may not read what others wrote."), _ASK),
    "too_old": (N_("The server no longer understands this program."), N_("Update PerpusDesk.")),
    "too_new": (
        N_("The server has an older version of PerpusDesk."),
        N_("Tell whoever looks after the server to update it."),
    ),
}


def say_reason(code: str) -> Told:
    """Return why an exchange broke off, in the language in use; unknown codes are told too."""
    what, todo = _TEXTS.get(code, (N_("The exchange broke off ({code})."), _BY_ITSELF))
    return Told(_(what).format(code=code), _(_SAFE), _(todo) if todo else "", code)
