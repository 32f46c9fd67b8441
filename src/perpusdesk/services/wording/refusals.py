"""A refusal in words: what the rule says, and what can be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from perpusdesk.common.formats import date_and_time, long_date, rupiah
from perpusdesk.common.i18n import N_, _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries.names import member_name


@dataclass(frozen=True, slots=True)
class Said:
    """What happened, and the next step (may be empty)."""

    what: str
    todo: str = ""


_TEXTS: Final[Mapping[Reason, tuple[str, str]]] = {
    Reason.MEMBER_UNKNOWN: (
        N_("This member is not known here."),
        N_("Check the number, or register the member."),
    ),
    Reason.MEMBER_EXPIRED: (
        N_("The membership ended on {expires} ({days} days ago)."),
        N_("Extend the membership."),
    ),
    Reason.MEMBER_BLOCKED: (
        N_("This member is blocked{until}: {note}"),
        N_("See the block in the member's record."),
    ),
    Reason.MEMBER_SUSPENDED: (
        N_("Borrowing is suspended{until} because of a late return."),
        N_("The member may read here, and borrow again after that day."),
    ),
    Reason.MEMBER_HAS_OVERDUE: (
        N_("{count} borrowed copies are overdue, the oldest since {oldest_due}."),
        N_("Take the overdue copies back first, or renew them."),
    ),
    Reason.MEMBER_OWES: (
        N_("The member owes {debt}; lending stops at {limit}."),
        N_("Record a payment first."),
    ),
    Reason.MEMBER_CARD_TAKEN: (
        N_("Card number {card} already belongs to {member}."),
        N_("Use another number; the next free one is proposed."),
    ),
    Reason.MEMBER_HAS_OBLIGATIONS: (
        N_("The member still has obligations: {loans} copies borrowed, {debt} owed."),
        N_("Settle these first, then print the letter."),
    ),
    Reason.GUARDIAN_CONSENT_MISSING: (
        N_("The member is {age} years old and a guardian's consent is not recorded."),
        N_("Record the guardian and the date of the signed form."),
    ),
    Reason.GUARDIAN_MISSING: (
        N_("For a child a parent or guardian agrees."),
        N_("Enter the guardian's name and relation."),
    ),
    Reason.REQUEST_UNKNOWN: (N_("There is no such request."), ""),
    Reason.REQUEST_CLOSED: (N_("This request was answered already."), ""),
    Reason.BREACH_UNKNOWN: (N_("There is no such breach."), ""),
    Reason.COPY_UNKNOWN: (
        N_("This code belongs to no copy."),
        N_("Check the label, or look the title up by name."),
    ),
    Reason.COPY_ON_LOAN: (
        N_("This copy is on loan to {member}, due {due}."),
        N_("Take it back first; then it can be lent."),
    ),
    Reason.COPY_ALREADY_YOURS: (
        N_("This member already has this copy, due {due}."),
        N_("Renew the loan, or take the copy back."),
    ),
    Reason.COPY_NOT_ON_LOAN: (
        N_("This copy is not on loan; it belongs on the shelf."),
        N_("Put it back on the shelf. To lend it, scan a member's card first."),
    ),
    Reason.COPY_NOT_FOR_LOAN: (
        N_("This copy is for reading here, not for loan."),
        N_("Record it as read on site."),
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
    Reason.COPY_ON_HOLD: (
        N_("{member} is waiting for this title and comes first."),
        N_("Keep this copy for the hold, or lend another copy."),
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
    Reason.NO_RULE: (
        N_("No loan rule covers this member and this kind of copy."),
        N_("An administrator adds the rule under Settings."),
    ),
    Reason.LIMIT_REACHED: (
        N_("The limit of {limit} copies is reached ({count} borrowed)."),
        N_("Take a copy back first."),
    ),
    Reason.RENEWALS_USED_UP: (
        N_("This loan was renewed {used} times; the rule allows {limit}."),
        N_("Take the copy back; it can be lent again if nobody waits."),
    ),
    Reason.RENEWAL_TOO_LATE: (
        N_("The loan is {days} days overdue and cannot be renewed."),
        N_("Take the copy back."),
    ),
    Reason.RENEWAL_TOO_EARLY: (
        N_("A renewal today would not move the due date {due}."),
        N_("Renew closer to the due date."),
    ),
    Reason.RENEWAL_WAITED_FOR: (
        N_("Somebody is waiting for this title ({waiting} in the queue)."),
        N_("Ask for the copy to be returned by its due date."),
    ),
    Reason.HOLD_LIMIT_REACHED: (
        N_("The member already has {count} holds; the rule allows {limit}."),
        N_("Cancel another hold first."),
    ),
    Reason.HOLD_EXISTS: (N_("The member is already waiting for this title."), ""),
    Reason.HOLD_NOT_OPEN: (N_("This hold is no longer open."), ""),
    Reason.HOLD_COPY_ON_SHELF: (
        N_("A copy stands on the shelf ({copies} free)."),
        N_("Lend it right away."),
    ),
    Reason.HOLD_OTHER_TITLE: (
        N_("This copy is not of the title that is waited for."),
        N_("Look for another copy."),
    ),
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
    Reason.LOAN_UNKNOWN: (N_("There is no such loan."), ""),
    Reason.LOAN_CLOSED: (N_("This loan has already ended."), ""),
    Reason.DATE_IN_FUTURE: (
        N_("The date lies in the future."),
        N_("Enter the date on the paper slip."),
    ),
    Reason.DATE_BEFORE_LOAN: (
        N_("The date is before the loan itself."),
        N_("Check the date on the paper slip."),
    ),
    Reason.DATE_TOO_OLD: (
        N_("The date is too far back; the earliest is {earliest}."),
        N_("Check the date on the paper slip."),
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
    Reason.AMOUNT_INVALID: (
        N_("This amount cannot be entered."),
        N_("Enter whole rupiah above 0."),
    ),
    Reason.FIGURE_INVALID: (
        N_("“{text}” is no figure."),
        N_("Enter a number of 0 or more, e.g. 1.250 or 12,5."),
    ),
    Reason.MONTH_OPEN: (
        N_("The month {month} is not over yet."),
        N_("Close it once it has ended."),
    ),
    Reason.MONTH_CLOSED: (
        N_("The month {month} is closed already."),
        N_("What changed since is told beside it."),
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
    Reason.TEXT_MISSING: (N_("Nothing is written yet."), N_("Write it in a few words.")),
    Reason.RESULT_MISSING: (
        N_("What is over needs its result."),
        N_("Write in a few words what came of it, or why it is given up."),
    ),
    Reason.SURVEY_UNKNOWN: (N_("There is no such survey here."), ""),
    Reason.SURVEY_CLOSED: (
        N_("The survey {name} is closed."),
        N_("Open it again, or begin another."),
    ),
    Reason.SURVEY_NOT_ON: (
        N_("The survey {name} runs from {first} to {last}."),
        N_("Choose a day within that time, or change the time of the survey."),
    ),
    Reason.SURVEY_ANSWERED: (
        N_("{count} people answered {name} already."),
        N_("Close it instead: what was answered stays."),
    ),
    Reason.SURVEY_NO_INDEX: (
        N_("This survey has no satisfaction index yet."),
        N_("It needs a form with unsur, and at least one answer."),
    ),
    Reason.FORM_UNKNOWN: (N_("There is no such form here."), ""),
    Reason.FORM_INVALID: (
        N_("The form is not ready: {count} places are to be put right."),
        N_("See what is marked in the form."),
    ),
    Reason.ANSWERS_MISSING: (N_("Nothing was answered yet."), N_("Answer at least one question.")),
    Reason.ANSWER_INVALID: (
        N_("An answer does not fit its question."),
        N_("Correct it, or leave it empty."),
    ),
    Reason.COMPLAINT_UNKNOWN: (N_("There is no such message."), ""),
    Reason.COMPLAINT_CLOSED: (
        N_("This message is closed already."),
        N_("Open it again to change its answer."),
    ),
    Reason.ANSWER_MISSING: (
        N_("The message has no answer yet."),
        N_("Write the answer, or why there can be none; then close it."),
    ),
    Reason.CONTACT_UNKNOWN: (N_("No contact is recorded here."), ""),
    Reason.WISH_UNKNOWN: (N_("There is no such wish."), ""),
    Reason.WISH_KNOWN: (
        N_("“{title}” is wished for already."),
        N_("Add a vote to that wish."),
    ),
    Reason.WISH_OWNED: (
        N_("The library has “{title}” already."),
        N_("Show the title, or place a hold on it."),
    ),
    Reason.IMPROVEMENT_UNKNOWN: (N_("There is no such action on the board."), ""),
    Reason.IMPROVEMENT_OVER: (N_("This action is over already."), ""),
    Reason.PEOPLE_INVALID: (
        N_("{people} visitors cannot be counted at once."),
        N_("Enter a number from 1 to {most}."),
    ),
    Reason.VISIT_COUNTED: (
        N_("This visit is counted already, at {at}."),
        N_("Within {minutes} minutes a card counts once; count it again if it is another visit."),
    ),
    Reason.BOOKING_UNKNOWN: (N_("This booking is not known here."), ""),
    Reason.BOOKING_STEP: (
        N_("This booking has gone another way meanwhile."),
        N_("Look at its state, or undo the last step."),
    ),
    Reason.TIME_INVALID: (N_("The visit ends before it begins."), N_("Check the hours.")),
    Reason.STOP_UNKNOWN: (N_("This stop is not known here."), N_("Choose a stop of this van.")),
    Reason.STOP_BEGUN: (
        N_("The van is at {stop} since {at}."),
        N_("End that stop first."),
    ),
    Reason.STOP_NOT_BEGUN: (N_("The van is at no stop."), N_("Begin a stop first.")),
    Reason.ODOMETER_BACKWARDS: (
        N_("The odometer stood at {last} km before."),
        N_("Check the figure, or leave it empty."),
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


def say_refusal(refused: Refused, desk: Desk | None = None) -> Said:
    """Return a refusal in the language in use; ``desk`` lets it name members and branches."""
    what, todo = _texts_of(refused)
    words = _Words({name: _word(value, desk) for name, value in refused.facts.items()})
    until = refused.facts.get("until")
    words["until"] = (
        _(" until {date}").format(date=long_date(until)) if isinstance(until, date) else ""
    )
    if not refused.facts.get("note"):
        words["note"] = _("no reason was noted")
    for name in ("debt", "limit", "owed"):
        amount = refused.facts.get(name)
        if refused.reason in _MONEY and isinstance(amount, int):
            words[name] = rupiah(amount)
    return Said(_(what).format_map(words), _(todo).format_map(words) if todo else "")


_MONEY: Final = frozenset(
    {Reason.MEMBER_OWES, Reason.MEMBER_HAS_OBLIGATIONS, Reason.AMOUNT_INVALID}
)
_MORE_THAN_OWED: Final = (
    N_("This is more than the {owed} that is owed."),
    N_("Enter at most what is owed; change is given back."),
)


_NOTED: Final = (
    N_("This copy is not on loan here."),
    N_("Put it back on the shelf. It is noted, should its loan still come from another device."),
)


_WEAK: Final[Mapping[object, str]] = {
    "short_pin": N_("Use six digits or more, or a password of eight characters or more."),
    "short_word": N_("Use eight characters or more, or six digits or more."),
    "long": N_("Use at most 128 characters."),
    "easy": N_("Everybody tries this one first: choose digits without a pattern."),
    "own": N_("Use neither your name nor your card's number."),
    "same": N_("Use another one than that which was given to you."),
}


def _texts_of(refused: Refused) -> tuple[str, str]:
    if refused.reason is Reason.PIN_WEAK:
        return _TEXTS[refused.reason][0], _WEAK.get(refused.facts.get("why"), "")
    if refused.reason is Reason.PIN_WRONG and refused.facts.get("seconds"):
        return _TEXTS[refused.reason][0], _TEXTS[Reason.SIGN_IN_WAIT][1]
    if refused.reason is Reason.COPY_NOT_ON_LOAN and refused.facts.get("noted"):
        return _NOTED
    return _MORE_THAN_OWED if _is_too_much(refused) else _TEXTS[refused.reason]


def _is_too_much(refused: Refused) -> bool:
    amount, owed = refused.facts.get("amount"), refused.facts.get("owed")
    if refused.reason is not Reason.AMOUNT_INVALID:
        return False
    return isinstance(amount, int) and isinstance(owed, int) and amount > owed > 0


class _Words(dict[str, str]):
    """A fact that a rule did not give reads as three dots, never as an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def _word(value: object, desk: Desk | None) -> str:
    if isinstance(value, datetime):
        return date_and_time(value)
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, UUID):
        name = _name_of(value, desk)
        return name or _("another member")
    if isinstance(value, tuple | list):
        return str(len(value))
    return str(value)


def _name_of(id_: UUID, desk: Desk | None) -> str:
    if desk is None:
        return ""
    branch = desk.branches.get(id_)
    return branch.name if branch else member_name(desk.library, id_)
