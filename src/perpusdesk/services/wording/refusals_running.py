"""Refusals in words: staff, PINs, devices, decisions and undoing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perpusdesk.common.i18n import N_
from perpusdesk.domain.decisions import Reason

TEXTS: Final[Mapping[Reason, tuple[str, str]]] = {
    Reason.CONFLICT_UNKNOWN: (
        N_("This question is no longer open: what it was about has changed."),
        N_("See the list of what needs a decision."),
    ),
    Reason.CONFLICT_SETTLED: (
        N_("This was decided already."),
        N_("Undo that decision to decide anew."),
    ),
    Reason.ANSWER_UNKNOWN: (
        N_("“{answer}” is no answer to this question."),
        N_("Possible answers: {answers}"),
    ),
    Reason.RECORD_IN_USE: (
        N_("This record cannot be removed: something else here needs it."),
        N_("Keep the record."),
    ),
    Reason.DEVICE_UNKNOWN: (
        N_("This device is not known in the library."),
        N_("Look for it in the list of devices."),
    ),
    Reason.DEVICE_OWN: (
        N_("A device cannot shut itself out."),
        N_("Do it on the server or on another administrator's desk."),
    ),
    Reason.DEVICE_IS_SERVER: (
        N_("{device} is the server: without it nothing is exchanged."),
        N_("If the server was stolen, set up a new one and enrol the devices there."),
    ),
    Reason.DEVICE_MAY_NOT: (
        N_("Devices cannot be shut out or let in from here: {device} is no administrator's desk."),
        N_("Do it on the server or on an administrator's desk."),
    ),
    Reason.DEVICE_REVOKED: (N_("{device} is shut out already."), ""),
    Reason.DEVICE_NOT_REVOKED: (N_("{device} is not shut out."), ""),
    Reason.BRANCH_NAME_TAKEN: (
        N_("There is a branch {name} already."),
        N_("Give this one another name, so that people can tell them apart."),
    ),
    Reason.BRANCH_CODE_TAKEN: (
        N_("The code {code} is that of {branch}."),
        N_("Choose another code, or leave it empty for the next number."),
    ),
    Reason.BRANCH_LAST: (
        N_("{branch} is the only branch: a library has at least one."),
        N_("Rename it, or add the other one first."),
    ),
    Reason.BRANCH_IN_USE: (
        N_("{branch} cannot be removed. To it belong: {belongings}."),
        N_("Move them to another branch first."),
    ),
    Reason.BRANCH_HAS_PAST: (
        N_("{branch} cannot be removed: what was done or set up there names it."),
        N_("It stays, so that old figures keep its name; you can rename it."),
    ),
    Reason.STAFF_UNKNOWN: (
        N_("Nobody of this name may work here."),
        N_("Look at the list of staff in the settings."),
    ),
    Reason.STAFF_CARD_TAKEN: (
        N_("This card number belongs to another: {name}."),
        N_("Give staff cards numbers of their own, apart from members and books."),
    ),
    Reason.RIGHTS_BEYOND_OWN: (
        N_("{name} has, or would have, rights that the person at the desk does not have."),
        N_("Only somebody who has these rights can change this."),
    ),
    Reason.LAST_ADMINISTRATOR: (
        N_("Nobody would be left who can manage the staff."),
        N_("First give somebody else this right, at all branches, and a PIN."),
    ),
    Reason.ADMINISTRATOR_FIRST: (
        N_("The first PIN is for somebody who manages the staff: from then on all sign in."),
        N_("Choose your own PIN first."),
    ),
    Reason.PIN_MISSING: (
        N_("{name} has no PIN yet."),
        N_("Whoever manages the staff gives one, in the settings."),
    ),
    Reason.PIN_OWN: (
        N_("Your own PIN is changed together with the present one."),
        N_("Enter the present PIN and the new one."),
    ),
    Reason.PIN_WRONG: (N_("This is not the right PIN."), N_("Try again.")),
    Reason.PIN_WEAK: (N_("This PIN or password is too easy to guess."), ""),
    Reason.PIN_TO_CHANGE: (
        N_("{name}, this PIN was given to you by somebody else."),
        N_("Choose one of your own."),
    ),
    Reason.SIGN_IN_WAIT: (
        N_("The PIN was wrong several times."),
        N_("Try again in {seconds} seconds."),
    ),
    Reason.RECOVERY_CODE_WRONG: (
        N_("This is not this library's recovery code."),
        N_("Look at the sheet again; each group of signs is checked."),
    ),
    Reason.RIGHT_MISSING: (
        N_("This needs a right that the person at the desk does not have."),
        N_("Ask a colleague who has it to take over the desk for a moment."),
    ),
    Reason.REASON_MISSING: (
        N_("An exception needs a reason."),
        N_("Write in a few words why the exception is made."),
    ),
    Reason.NOTHING_TO_UNDO: (N_("There is nothing to undo."), ""),
    Reason.ALREADY_UNDONE: (N_("This was undone already."), ""),
    Reason.UNDO_OVERTAKEN: (
        N_("This can no longer be undone: something later builds on it."),
        N_("Undo the later step first."),
    ),
}
