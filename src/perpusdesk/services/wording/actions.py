"""What a person did, as a short name for lists and for the undo button."""

from __future__ import annotations

from typing import Final

from perpusdesk.common.i18n import N_, _

_NAMES: Final = {
    "lend": N_("Lent"),
    "lend_backdated": N_("Lent (paper slip)"),
    "return": N_("Taken back"),
    "return_backdated": N_("Taken back (paper slip)"),
    "renew": N_("Renewed"),
    "undo": N_("Undone"),
    "set_up": N_("Library set up"),
    "add_branch": N_("Branch added"),
    "add_staff": N_("Person added"),
    "register_member": N_("Member registered"),
    "edit_member": N_("Member changed"),
}


def action_name(verb: str) -> str:
    """Return the name of an action; one that is not known here is named by its verb."""
    return _(_NAMES[verb]) if verb in _NAMES else verb.replace("_", " ")
