"""Refusals in words: titles, copies, numbers, papers and stock-takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perpusdesk.common.i18n import N_
from perpusdesk.domain.decisions import Reason

TEXTS: Final[Mapping[Reason, tuple[str, str]]] = {
    Reason.COPY_UNKNOWN: (
        N_("This code belongs to no copy."),
        N_("Check the label, or look the title up by name."),
    ),
    Reason.COPY_WITHDRAWN: (
        N_("This copy has been withdrawn from the collection."),
        N_("Set it aside for the cataloguer."),
    ),
    Reason.COPY_LOST: (
        N_("This copy is recorded as lost or missing."),
        N_("Record it as found; then it can be lent."),
    ),
    Reason.COPY_DAMAGED: (
        N_("This copy is recorded as damaged."),
        N_("Set it aside for repair."),
    ),
    Reason.COPY_BARCODE_TAKEN: (
        N_("Barcode {number} already belongs to “{title}” ({branch})."),
        N_("Use another number, or keep it on both copies."),
    ),
    Reason.COPY_INVENTORY_TAKEN: (
        N_("Inventory number {number} already belongs to “{title}” ({branch})."),
        N_("Use another number, or keep it on both copies."),
    ),
    Reason.COPY_HAS_HISTORY: (
        N_("Copy {barcode} has a history here ({loans} loans), so it cannot be removed."),
        N_("Withdraw it from the collection instead; its history stays."),
    ),
    Reason.COPY_IN_TRANSIT: (
        N_("Copy {barcode} was sent to {branch} and is still on its way."),
        N_("Receive it or cancel the sending first."),
    ),
    Reason.COPY_NOT_IN_TRANSIT: (
        N_("Copy {barcode} is not on its way; it belongs to this branch."),
        N_("Put it on the shelf."),
    ),
    Reason.COPY_HERE_ALREADY: (
        N_("A copy cannot be sent to {branch}: it is here already."),
        N_("Choose another branch."),
    ),
    Reason.COPY_FOR_ELSEWHERE: (
        N_("Copy {barcode} was sent to {branch}, not here."),
        N_("Put it aside and send it on to {branch}."),
    ),
    Reason.COPY_NOT_SENT: (
        N_("Copy {barcode} belongs to {branch}, and nobody there scanned it when it was sent."),
        N_("Ask {branch}; it can be taken over here all the same."),
    ),
    Reason.COPY_NOT_LOST: (N_("This copy is not recorded as lost."), ""),
    Reason.COPY_NOT_DAMAGED: (N_("This copy is not recorded as damaged."), ""),
    Reason.TITLE_UNKNOWN: (N_("This title is not known here."), ""),
    Reason.TITLE_MISSING: (
        N_("A title needs its name."),
        N_("Write the title as it stands on the title page."),
    ),
    Reason.TITLE_HAS_COPIES: (
        N_("“{title}” still has {copies} copies, so it cannot be removed."),
        N_("Withdraw or remove the copies first, or merge the title with another."),
    ),
    Reason.TITLE_HAS_HOLDS: (
        N_("“{title}” still has {holds} holds, so it cannot be removed."),
        N_("Cancel the holds first, or merge the title with another."),
    ),
    Reason.HEADING_KNOWN: (
        N_("“{heading}” is in the list of headings already."),
        N_("Edit that heading, or write another one."),
    ),
    Reason.FILE_KIND_REFUSED: (
        N_("“{name}” is of a kind that is not attached or opened here."),
        N_("Use PDF, EPUB, a picture, sound, video or an office document."),
    ),
    Reason.FILE_NOT_HERE: (
        N_("The file “{name}” is not on this computer."),
        N_("Open it where it was attached, or attach it again."),
    ),
    Reason.LINK_UNUSABLE: (
        N_("This is no link to the web: {link}"),
        N_("A link begins with https:// or http://"),
    ),
    Reason.SUBSCRIPTION_UNKNOWN: (N_("This subscription is not known here."), ""),
    Reason.ISSUE_UNKNOWN: (N_("This issue is not known here."), ""),
    Reason.ISSUE_RECEIVED: (
        N_("Issue {issue} was received already on {day}."),
        N_("See its copies in the title's record."),
    ),
    Reason.PERIOD_INVALID: (
        N_("These days make no period: {first} to {last}"),
        N_("Check the first and the last day."),
    ),
    Reason.RECORD_TOO_LONG: (
        N_("This record is longer than the MARC format allows."),
        N_("Shorten its longest notes."),
    ),
    Reason.NUMBERS_USED_UP: (
        N_("The numbers set apart for this computer ({first} to {last}) are used up."),
        N_("An administrator gives it a new range under Settings."),
    ),
    Reason.NUMBER_WITHOUT_COUNTER: (
        N_("There is no number to count on from in “{number}”."),
        N_("Write a first number with digits in it, such as B000120."),
    ),
    Reason.TEMPLATE_UNUSABLE: (
        N_("The template “{template}” cannot be used."),
        N_("It needs exactly one counter such as {{99999}}; see the examples."),
    ),
    Reason.COUNT_INVALID: (
        N_("{count} copies cannot be added at once."),
        N_("Enter a number from 1 to {most}."),
    ),
    Reason.BRANCH_UNKNOWN: (N_("This branch is not known here."), N_("Choose a branch.")),
    Reason.NOTHING_CHOSEN: (N_("No copy was chosen."), N_("Choose at least one copy.")),
    Reason.DECREE_MISSING: (
        N_("The number of the decision is missing."),
        N_("Enter the number and the date of the signed paper."),
    ),
    Reason.NAME_MISSING: (N_("The name is missing."), N_("Enter the name.")),
    Reason.SHEET_OFF_PAGE: (
        N_("The stickers do not fit the page: {right} mm too wide, {bottom} mm too high."),
        N_("Measure page, margins, stickers and gaps again."),
    ),
    Reason.STOCK_COUNT_UNKNOWN: (
        N_("There is no such stock-take."),
        N_("Choose one from the list, or begin a new one."),
    ),
    Reason.STOCK_COUNT_ENDED: (
        N_("The stock-take “{name}” has ended."),
        N_("Open it again, or begin a new one."),
    ),
    Reason.STOCK_COUNT_OPEN: (N_("The stock-take “{name}” has not ended yet."), ""),
    Reason.NOTHING_TO_COUNT: (
        N_("No copy is expected there, so there is nothing to count."),
        N_("Check the shelf, the location and the kind."),
    ),
    Reason.RANGE_REVERSED: (
        N_("{last} stands before {first} on the shelf."),
        N_("Enter the lower call number first."),
    ),
    Reason.NOT_A_COPY: (
        N_("This is a member's card, not a copy."),
        N_("Scan the copy's barcode."),
    ),
    Reason.ISBN_NOT_A_COPY: (
        N_("This is the publisher's ISBN, not the copy's barcode."),
        N_("Scan the library's own label; a book without one is put aside."),
    ),
    Reason.CODE_UNUSABLE: (N_("This is not a code that a copy can have."), N_("Scan it again.")),
    Reason.SCAN_UNKNOWN: (N_("This scan was taken back already."), ""),
}
