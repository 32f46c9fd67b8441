"""The history in words: kinds of actions, kinds of records, and what an op says."""

from __future__ import annotations

from typing import Final

from perpusdesk.common.i18n import N_, _
from perpusdesk.domain.decisions import Reason
from perpusdesk.services.wording import service_history, survey_history
from perpusdesk.services.wording.conflict_fields import say_field

_GROUPS: Final = {
    "lending": N_("Lending"),
    "visits": N_("Visits"),
    "holds": N_("Holds"),
    "members": N_("Members"),
    "money": N_("Money"),
    "titles": N_("Titles"),
    "copies": N_("Copies"),
    "stock": N_("Stock-take"),
    "rules": N_("Rules and settings"),
    "staff": N_("Staff"),
    "devices": N_("Devices and decisions"),
    "privacy": N_("Personal data"),
    "service": N_("Visitors and service"),
    "surveys": N_("Surveys"),
    "undo": N_("Undoing"),
}
_RECORDS: Final = {
    "loan": N_("Loan"),
    "hold": N_("Hold"),
    "money": N_("Money entry"),
    "reading": N_("Read on site"),
    "visit": N_("Visit"),
    "party": N_("Group"),
    "booking": N_("Booking of a group"),
    "room": N_("Room"),
    "stop": N_("Stopping place"),
    "stop_session": N_("Stay at a stop"),
    "transfer": N_("Sending"),
    "sighting": N_("Handed back without a known loan"),
    "stock_scan": N_("Scan of a stock-take"),
    "stock_count": N_("Stock-take"),
    "photo": N_("Photo"),
    "cover": N_("Cover"),
    "attachment": N_("Digital file"),
    "block": N_("Block"),
    "kit": N_("Block loan"),
    "device": N_("Device"),
    "decision": N_("Decision"),
    "identity": N_("Identity number"),
    "consent": N_("Consent"),
    "data_request": N_("Request about personal data"),
    "breach": N_("Breach"),
    "erasure": N_("Erasure"),
    "history_cut": N_("History of reading"),
    "export_run": N_("Data taken out"),
    "import_run": N_("Import"),
    "clock_cap": N_("Clock of a device"),
    "hours": N_("Opening hours"),
    "issue": N_("Issue"),
    "subscription": N_("Subscription"),
    "title_template": N_("Template"),
    "label_sheet": N_("Label sheet"),
    "report": N_("Own report"),
    "report_schedule": N_("Schedule of a report"),
    "survey_draft": N_("Form of a survey"),
    "survey_version": N_("Published form"),
    "survey": N_("Survey"),
    "answer": N_("Answers to a survey"),
    "undone": N_("Undone"),
    "number_range": N_("Numbers"),
    "outsider": N_("Contact"),
    "complaint": N_("Message"),
    "reference": N_("Question"),
    "wish": N_("Wish"),
    "wish_vote": N_("Vote for a wish"),
    "improvement": N_("Action on the board"),
}
_LABELS: Final = {
    "due": N_("Due"),
    "amount": N_("Amount"),
    "note": N_("Note"),
    "reason": N_("Reason"),
    "why": N_("Reason"),
    "until": N_("Until"),
    "since": N_("Since"),
    "copy": N_("Library copy"),
    "member": N_("Member"),
    "title": N_("Title"),
    "pickup": N_("Pickup"),
    "expires": N_("Expires"),
    "days_late": N_("Days late"),
    "rule_version": N_("Version of the rule"),
    "rule": N_("Loan rule"),
    "to": N_("To"),
    "paper": N_("Number of the paper"),
    "place": N_("Location"),
    "code": N_("Code"),
    "people": N_("People"),
    "purpose": N_("Purpose"),
    "format": N_("Format"),
    "files": N_("Files"),
    "members": N_("Number of members"),
    "read": N_("Rows read"),
    "kit": N_("Block loan"),
    "before": N_("Before"),
    "loan": N_("Loan"),
    "image": N_("Picture"),
    "lifted": N_("Lifted"),
    "certificate": N_("Certificate"),
    "revoked": N_("Access withdrawn"),
    "secret": N_("PIN or password"),
    "number": N_("Number"),
    "contact_days": N_("Days without the server"),
    "overridden": N_("Exception to"),
    "terms": N_("Terms"),
    "first_day": N_("First day"),
    "last_day": N_("Last day"),
    "applies": N_("Applies"),
    "branches": N_("Branches"),
}
_OVERRIDDEN: Final = {
    Reason.MEMBER_EXPIRED: N_("membership ended"),
    Reason.MEMBER_BLOCKED: N_("member blocked"),
    Reason.MEMBER_SUSPENDED: N_("borrowing suspended"),
    Reason.MEMBER_HAS_OVERDUE: N_("overdue copies"),
    Reason.MEMBER_OWES: N_("unpaid fines"),
    Reason.MEMBER_CARD_TAKEN: N_("card number in use"),
    Reason.GUARDIAN_CONSENT_MISSING: N_("guardian's consent missing"),
    Reason.COPY_NOT_FOR_LOAN: N_("not for loan"),
    Reason.COPY_DAMAGED: N_("damaged copy"),
    Reason.COPY_ON_HOLD: N_("kept for another member"),
    Reason.COPY_ALREADY_YOURS: N_("on loan to the same member"),
    Reason.COPY_NOT_SENT: N_("not recorded as sent"),
    Reason.LIMIT_REACHED: N_("over the limit"),
    Reason.HOLD_LIMIT_REACHED: N_("over the limit of holds"),
    Reason.HOLD_COPY_ON_SHELF: N_("copy on the shelf"),
    Reason.RENEWALS_USED_UP: N_("renewals used up"),
    Reason.RENEWAL_TOO_LATE: N_("renewed too late"),
    Reason.RENEWAL_TOO_EARLY: N_("renewed too early"),
    Reason.RENEWAL_WAITED_FOR: N_("others wait for it"),
}


def group_name(group: str) -> str:
    """Return the name of a kind of actions (``history_groups.GROUPS``)."""
    return _(_GROUPS[group])


def record_kind(record: str) -> str:
    """Return what kind of record it is, for those that have no name of their own."""
    return _(_RECORDS[record]) if record in _RECORDS else ""


def detail_label(record: str, name: str) -> str:
    """Return the label of a field, or of what an event says."""
    if "/" in name:
        name, _slash, part = name.partition("/")
        return f"{detail_label(record, name)} {part.split('/')[0]}"
    if record in service_history.RECORDS and (told := service_history.label(record, name)):
        return told
    if record in survey_history.RECORDS and (told := survey_history.label(name)):
        return told
    if name in _LABELS and record != "title":
        return _(_LABELS[name])
    return say_field(record, name)


def overridden_name(reason: str) -> str:
    """Return in a few words which rule somebody made an exception to."""
    try:
        known = _OVERRIDDEN.get(Reason(reason))
    except ValueError:
        known = None
    return _(known) if known else reason.replace("_", " ")
