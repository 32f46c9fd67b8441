"""Why something was refused, in words: the codes of ``syncing`` and ``protocol`` in the log."""

from __future__ import annotations

from typing import Final

from perpusdesk.common.i18n import N_, _

_REASONS: Final = {
    "forged": N_("The signature is not that of the device it names"),
    "damaged": N_("Damaged on its way"),
    "malformed": N_("Not in the form of this program"),
    "out_of_range": N_("Holds values that cannot be"),
    "unknown_context": N_("From a program that is newer than this server"),
    "unknown_request": N_("From a program that is newer than this server"),
    "unknown_device": N_("From a device that nobody admitted"),
    "unauthorised": N_("Not signed in any more; a device then proves itself anew"),
    "revoked": N_("From a device that was shut out; kept in quarantine"),
    "device_revoked": N_("A device that was shut out asked to be admitted"),
    "certificate_expired": N_("The device's certificate is over"),
    "key_replaced": N_("The device was admitted again elsewhere; this is its old key"),
    "wrong_library": N_("Of another library"),
    "wrong_device": N_("The device gave another name than its key"),
    "may_not_push": N_("This device may only read"),
    "may_not_pull": N_("This device may only send"),
    "unknown_cursor": N_("Asked for a place that the log does not have; it compares anew"),
    "no_snapshot": N_("A new device was asked to wait: its first data is being prepared"),
    "too_large": N_("Too large"),
    "too_slow": N_("Came too slowly, and was broken off"),
    "cut": N_("The connection broke off"),
    "too_old": N_("From a program that is too old"),
    "too_new": N_("From a program that is newer than this server"),
    "wrong_type": N_("Not from PerpusDesk"),
    "busy": N_("Asked to wait: too much at once"),
    "server_full": N_("The server's disk is full"),
    "server_fault": N_("A fault on this server; its log file tells more"),
}


def reason_text(reason: str) -> str:
    """Return why something was refused; an unknown code as it is."""
    return _(_REASONS[reason]) if reason in _REASONS else reason.replace("_", " ")
