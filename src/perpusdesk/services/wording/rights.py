"""The rights of staff in words."""

from __future__ import annotations

from typing import Final

from perpusdesk.common.i18n import N_, _
from perpusdesk.domain import rights

_NAMES: Final = {
    rights.OVERRIDE: N_("Make exceptions, with a reason"),
    rights.MONEY: N_("Payments and fines"),
    rights.BACKDATE: N_("Enter paper slips of earlier days"),
    rights.UNDO_OTHERS: N_("Undo what colleagues did"),
    rights.MEMBERS: N_("Register and change members"),
    rights.EXPORT_MEMBERS: N_("Save members' data to a file"),
    rights.PRIVACY: N_("Requests about personal data"),
    rights.CATALOGUE: N_("Titles and copies"),
    rights.IMPORT: N_("Import files"),
    rights.WEEDING: N_("Decide on weeding"),
    rights.SETTLE: N_("Settle what devices contradict"),
    rights.RULES: N_("Rules, calendar and numbers"),
    rights.STAFF: N_("Staff, rights and PINs"),
    rights.DEVICES: N_("Admit and shut out devices"),
    rights.HISTORY: N_("See the history of all"),
    rights.SURVEYS: N_("Surveys: build and publish"),
    rights.COMPLAINTS: N_("Answer complaints, decide wishes"),
    rights.FIGURES: N_("Close months and hand reports in"),
    rights.BACKUP: N_("Backups: set up and restore"),
    rights.REPAIR: N_("Repair the library's file"),
    rights.UPDATES: N_("Update the program"),
}
_GROUPS: Final = {
    "desk": N_("At the desk"),
    "members": N_("Members"),
    "collection": N_("Collection"),
    "house": N_("Library"),
    "service": N_("Service and figures"),
    "safety": N_("Safety"),
}


def right_name(right: str) -> str:
    """Return a right in the language in use; one of a newer program as it is."""
    return _(_NAMES[right]) if right in _NAMES else right


def group_name(group: str) -> str:
    """Return a group of rights in the language in use."""
    return _(_GROUPS[group]) if group in _GROUPS else group
