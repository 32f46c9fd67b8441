"""What a rule answers: allowed with terms, or refused with a reason code and facts.

Sentences are made at the edge; here a reason is a code and a fact is a plain value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why a rule of the library says no."""

    # the member
    MEMBER_UNKNOWN = "member_unknown"
    MEMBER_EXPIRED = "member_expired"
    MEMBER_BLOCKED = "member_blocked"
    MEMBER_SUSPENDED = "member_suspended"
    MEMBER_HAS_OVERDUE = "member_has_overdue"
    MEMBER_OWES = "member_owes"
    MEMBER_CARD_TAKEN = "member_card_taken"
    MEMBER_HAS_OBLIGATIONS = "member_has_obligations"
    GUARDIAN_CONSENT_MISSING = "guardian_consent_missing"
    # the copy
    COPY_UNKNOWN = "copy_unknown"
    COPY_ON_LOAN = "copy_on_loan"
    COPY_ALREADY_YOURS = "copy_already_yours"
    COPY_NOT_ON_LOAN = "copy_not_on_loan"
    COPY_NOT_FOR_LOAN = "copy_not_for_loan"
    COPY_WITHDRAWN = "copy_withdrawn"
    COPY_LOST = "copy_lost"
    COPY_DAMAGED = "copy_damaged"
    COPY_ON_HOLD = "copy_on_hold"
    COPY_BARCODE_TAKEN = "copy_barcode_taken"
    COPY_INVENTORY_TAKEN = "copy_inventory_taken"
    COPY_HAS_HISTORY = "copy_has_history"
    COPY_IN_TRANSIT = "copy_in_transit"
    COPY_NOT_IN_TRANSIT = "copy_not_in_transit"
    COPY_HERE_ALREADY = "copy_here_already"
    COPY_FOR_ELSEWHERE = "copy_for_elsewhere"
    COPY_NOT_SENT = "copy_not_sent"
    COPY_NOT_LOST = "copy_not_lost"
    COPY_NOT_DAMAGED = "copy_not_damaged"
    # rules and limits
    NO_RULE = "no_rule"
    LIMIT_REACHED = "limit_reached"
    RENEWALS_USED_UP = "renewals_used_up"
    RENEWAL_TOO_LATE = "renewal_too_late"
    RENEWAL_TOO_EARLY = "renewal_too_early"
    RENEWAL_WAITED_FOR = "renewal_waited_for"
    HOLD_LIMIT_REACHED = "hold_limit_reached"
    HOLD_EXISTS = "hold_exists"
    HOLD_NOT_OPEN = "hold_not_open"
    HOLD_COPY_ON_SHELF = "hold_copy_on_shelf"
    HOLD_OTHER_TITLE = "hold_other_title"
    TITLE_UNKNOWN = "title_unknown"
    TITLE_MISSING = "title_missing"
    TITLE_HAS_COPIES = "title_has_copies"
    TITLE_HAS_HOLDS = "title_has_holds"
    RECORD_TOO_LONG = "record_too_long"
    HEADING_KNOWN = "heading_known"
    FILE_KIND_REFUSED = "file_kind_refused"
    FILE_NOT_HERE = "file_not_here"
    LINK_UNUSABLE = "link_unusable"
    SUBSCRIPTION_UNKNOWN = "subscription_unknown"
    ISSUE_UNKNOWN = "issue_unknown"
    ISSUE_RECEIVED = "issue_received"
    PERIOD_INVALID = "period_invalid"
    LOAN_UNKNOWN = "loan_unknown"
    LOAN_CLOSED = "loan_closed"
    DATE_IN_FUTURE = "date_in_future"
    DATE_BEFORE_LOAN = "date_before_loan"
    DATE_TOO_OLD = "date_too_old"
    NUMBERS_USED_UP = "numbers_used_up"
    NUMBER_WITHOUT_COUNTER = "number_without_counter"
    TEMPLATE_UNUSABLE = "template_unusable"
    COUNT_INVALID = "count_invalid"
    BRANCH_UNKNOWN = "branch_unknown"
    BRANCH_NAME_TAKEN = "branch_name_taken"
    BRANCH_CODE_TAKEN = "branch_code_taken"
    BRANCH_LAST = "branch_last"
    BRANCH_IN_USE = "branch_in_use"
    BRANCH_HAS_PAST = "branch_has_past"
    NOTHING_CHOSEN = "nothing_chosen"
    DECREE_MISSING = "decree_missing"
    AMOUNT_INVALID = "amount_invalid"
    FIGURE_INVALID = "figure_invalid"
    MONTH_OPEN = "month_open"
    MONTH_CLOSED = "month_closed"
    NAME_MISSING = "name_missing"
    SHEET_OFF_PAGE = "sheet_off_page"
    CONDITION_INVALID = "condition_invalid"
    REPORT_UNKNOWN = "report_unknown"
    REPORT_PERSONAL = "report_personal"
    FOLDER_MISSING = "folder_missing"
    # the stock-take
    STOCK_COUNT_UNKNOWN = "stock_count_unknown"
    STOCK_COUNT_ENDED = "stock_count_ended"
    STOCK_COUNT_OPEN = "stock_count_open"
    NOTHING_TO_COUNT = "nothing_to_count"
    RANGE_REVERSED = "range_reversed"
    NOT_A_COPY = "not_a_copy"
    ISBN_NOT_A_COPY = "isbn_not_a_copy"
    CODE_UNUSABLE = "code_unusable"
    SCAN_UNKNOWN = "scan_unknown"
    # conflicts between devices
    CONFLICT_UNKNOWN = "conflict_unknown"
    CONFLICT_SETTLED = "conflict_settled"
    ANSWER_UNKNOWN = "answer_unknown"
    RECORD_IN_USE = "record_in_use"
    # devices
    DEVICE_UNKNOWN = "device_unknown"
    DEVICE_OWN = "device_own"
    DEVICE_IS_SERVER = "device_is_server"
    DEVICE_MAY_NOT = "device_may_not"
    DEVICE_REVOKED = "device_revoked"
    DEVICE_NOT_REVOKED = "device_not_revoked"
    # personal data
    GUARDIAN_MISSING = "guardian_missing"
    REQUEST_UNKNOWN = "request_unknown"
    REQUEST_CLOSED = "request_closed"
    BREACH_UNKNOWN = "breach_unknown"
    # what visitors say
    TEXT_MISSING = "text_missing"
    RESULT_MISSING = "result_missing"
    COMPLAINT_UNKNOWN = "complaint_unknown"
    COMPLAINT_CLOSED = "complaint_closed"
    ANSWER_MISSING = "answer_missing"
    CONTACT_UNKNOWN = "contact_unknown"
    WISH_UNKNOWN = "wish_unknown"
    WISH_KNOWN = "wish_known"
    WISH_OWNED = "wish_owned"
    IMPROVEMENT_UNKNOWN = "improvement_unknown"
    IMPROVEMENT_OVER = "improvement_over"
    # surveys
    SURVEY_UNKNOWN = "survey_unknown"
    SURVEY_CLOSED = "survey_closed"
    SURVEY_NOT_ON = "survey_not_on"
    SURVEY_ANSWERED = "survey_answered"
    SURVEY_NO_INDEX = "survey_no_index"
    FORM_UNKNOWN = "form_unknown"
    FORM_INVALID = "form_invalid"
    ANSWERS_MISSING = "answers_missing"
    ANSWER_INVALID = "answer_invalid"
    # staff and their PINs
    STAFF_UNKNOWN = "staff_unknown"
    STAFF_CARD_TAKEN = "staff_card_taken"
    RIGHTS_BEYOND_OWN = "rights_beyond_own"
    LAST_ADMINISTRATOR = "last_administrator"
    ADMINISTRATOR_FIRST = "administrator_first"
    PIN_MISSING = "pin_missing"
    PIN_OWN = "pin_own"
    PIN_WRONG = "pin_wrong"
    PIN_WEAK = "pin_weak"
    PIN_TO_CHANGE = "pin_to_change"
    SIGN_IN_WAIT = "sign_in_wait"
    RECOVERY_CODE_WRONG = "recovery_code_wrong"
    # visitors
    PEOPLE_INVALID = "people_invalid"
    VISIT_COUNTED = "visit_counted"
    BOOKING_UNKNOWN = "booking_unknown"
    BOOKING_STEP = "booking_step"
    TIME_INVALID = "time_invalid"
    STOP_UNKNOWN = "stop_unknown"
    STOP_BEGUN = "stop_begun"
    STOP_NOT_BEGUN = "stop_not_begun"
    ODOMETER_BACKWARDS = "odometer_backwards"
    # rights and undo
    RIGHT_MISSING = "right_missing"
    REASON_MISSING = "reason_missing"
    NOTHING_TO_UNDO = "nothing_to_undo"
    ALREADY_UNDONE = "already_undone"
    UNDO_OVERTAKEN = "undo_overtaken"


@dataclass(frozen=True, slots=True)
class Refused:
    """A rule said no; nothing was written.

    ``overridable`` tells whether staff with the right may do it all the same, with a reason
    that is recorded.
    """

    reason: Reason
    facts: Mapping[str, object] = field(default_factory=dict)
    overridable: bool = False


@dataclass(frozen=True, slots=True)
class Override:
    """Staff decided against a refusal: which ones, and why (kept with the action)."""

    reason: str
    of: frozenset[Reason] = frozenset()
