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
    "set_photo": N_("Photo saved"),
    "remove_photo": N_("Photo removed"),
    "extend_membership": N_("Membership extended"),
    "write_note": N_("Note written"),
    "block_member": N_("Member blocked"),
    "lift_block": N_("Block lifted"),
    "place_hold": N_("Hold placed"),
    "cancel_hold": N_("Hold cancelled"),
    "set_aside": N_("Copy set aside"),
    "release_hold": N_("Kept copy released"),
    "expire_holds": N_("Holds expired"),
    "payment": N_("Paid"),
    "waiver": N_("Waived"),
    "charge": N_("Charged"),
    "replacement": N_("Replacement charged"),
    "refund": N_("Refunded"),
    "report_lost": N_("Recorded as lost"),
    "report_damaged": N_("Recorded as damaged"),
    "report_found": N_("Recorded as found"),
    "report_replaced": N_("Replacement taken in"),
    "mark_copy": N_("Condition of a copy changed"),
    "claim_returned": N_("Claimed returned"),
    "end_claim": N_("Claim ended"),
    "read_on_site": N_("Read on site"),
    "keep_closure": N_("Closure ticked or unticked"),
    "add_closure": N_("Closure added"),
    "set_house_rule": N_("House rule changed"),
    "set_copy_servers": N_("Catalogues to copy from changed"),
    "open_kit": N_("Block loan opened"),
    "add_to_kit": N_("Lent in a block loan"),
    "fine": N_("Fined"),
    "cancelled": N_("Charge cancelled"),
    "add_title": N_("Title added"),
    "add_copies": N_("Copies added"),
    "edit_copy": N_("Copy changed"),
    "edit_copies": N_("Copies changed"),
    "remove_copies": N_("Copies removed"),
    "set_number_template": N_("Number template changed"),
    "send_copies": N_("Copies sent"),
    "receive_copy": N_("Copy received"),
    "cancel_sending": N_("Sending cancelled"),
    "weed_copies": N_("Copies weeded"),
    "import": N_("Imported"),
    "hand_out": N_("Members' data taken out"),
    "demo": N_("Demo library made"),
    "keep_sheet": N_("Label sheet saved"),
    "remove_sheet": N_("Label sheet removed"),
}


def action_name(verb: str) -> str:
    """Return the name of an action; one that is not known here is named by its verb."""
    return _(_NAMES[verb]) if verb in _NAMES else verb.replace("_", " ")
