"""Words of own reports: what they can be of, their columns, periods and codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Final

from perpusdesk.common.i18n import N_, _
from perpusdesk.domain.complaints import Channel, State
from perpusdesk.domain.complaints import Kind as MessageKind
from perpusdesk.domain.items import Access, Condition
from perpusdesk.domain.own_reports.report import How, Span, months_of
from perpusdesk.services.desk import Desk
from perpusdesk.services.visits.visit_profile import answer_name, lists_here
from perpusdesk.services.wording import service
from perpusdesk.services.wording.measures import period_name
from perpusdesk.services.wording.stock import condition_name

_SUBJECTS: Final[Mapping[str, str]] = {
    "loans": N_("Loans"),
    "copies": N_("Copies"),
    "titles": N_("Titles"),
    "members": N_("Members"),
    "visits": N_("Visits"),
    "holds": N_("Holds"),
    "readings": N_("Read on site"),
    "complaints": N_("Messages of visitors"),
}
_COLUMNS: Final[Mapping[str, str]] = {
    "access": N_("Use of the copy"),
    "address": N_("Address"),
    "age": N_("Age"),
    "answer": N_("Answer"),
    "answered": N_("Answered"),
    "author": N_("Author"),
    "barcode": N_("Barcode"),
    "birth_date": N_("Date of birth"),
    "branch": N_("Branch"),
    "call_number": N_("Call number"),
    "card": N_("Card"),
    "category": N_("Member category"),
    "channel": N_("Channel"),
    "class": N_("Main class"),
    "complaint_kind": N_("Kind"),
    "complaint_state": N_("State"),
    "condition": N_("Condition"),
    "contact": N_("Sender"),
    "copies": N_("Number of copies"),
    "day": N_("Date"),
    "days_late": N_("Days late"),
    "due": N_("Due"),
    "edition": N_("Edition"),
    "education": N_("Education"),
    "email": N_("E-mail"),
    "expires": N_("Valid until"),
    "guardian": N_("Guardian"),
    "hold_state": N_("State"),
    "hour": N_("Hour"),
    "institution": N_("Institution"),
    "inventory": N_("Inventory number"),
    "isbn": N_("ISBN"),
    "kind": N_("Kind of collection"),
    "language": N_("Language"),
    "lent": N_("Lent"),
    "loan_state": N_("State"),
    "loans": N_("Times lent"),
    "location": N_("Location"),
    "member": N_("Member"),
    "month": N_("Month"),
    "occupation": N_("Occupation"),
    "people": N_("People"),
    "phone": N_("Phone"),
    "pickup_until": N_("Kept until"),
    "place": N_("Place of publication"),
    "placed": N_("Placed"),
    "price": N_("Price"),
    "publisher": N_("Publisher"),
    "purpose": N_("Purpose"),
    "received": N_("Received"),
    "registered": N_("Registered"),
    "renewals": N_("Renewals"),
    "returned": N_("Returned"),
    "room": N_("Room"),
    "series": N_("Series"),
    "sex": N_("Sex"),
    "source": N_("Source"),
    "subjects": N_("Subjects"),
    "supplier": N_("Supplier"),
    "text": N_("Text"),
    "ticket": N_("Ticket"),
    "title": N_("Title"),
    "topic": N_("Topic"),
    "withdrawn": N_("Withdrawn"),
    "year": N_("Year"),
}
_HOWS: Final[Mapping[How, str]] = {
    How.EQUALS: N_("is"),
    How.CONTAINS: N_("contains"),
    How.AT_LEAST: N_("from"),
    How.AT_MOST: N_("up to"),
}
_SPANS: Final[Mapping[Span, str]] = {
    Span.ALL: N_("All time"),
    Span.MONTH: N_("This month"),
    Span.LAST_MONTH: N_("Last month"),
    Span.LAST_QUARTER: N_("Last quarter"),
    Span.YEAR: N_("This year"),
    Span.LAST_YEAR: N_("Last year"),
}
_LOANS: Final = {"out": N_("On loan"), "returned": N_("Returned"), "lost": N_("Lost")}
_HOLDS: Final = {
    "waiting": N_("Waiting"),
    "ready": N_("Ready"),
    "filled": N_("Lent"),
    "cancelled": N_("Cancelled"),
    "expired": N_("Expired"),
}
_ACCESSES: Final[Mapping[str, str]] = {
    Access.LOAN: N_("May be lent"),
    Access.READING_ROOM: N_("Read here only"),
}
_PROFILE: Final = ("sex", "age", "occupation", "education", "purpose")


def subject_name(key: str) -> str:
    """Return what each row of a report is."""
    return _(_SUBJECTS[key]) if key in _SUBJECTS else key


def column_name(key: str) -> str:
    """Return the heading of a column."""
    return _(_COLUMNS[key]) if key in _COLUMNS else key


def how_name(how: How) -> str:
    """Return how a condition compares, between the column and the value."""
    return _(_HOWS[how])


def span_name(period: str, today: date) -> str:
    """Return a period in words: one that moves along, or the months themselves."""
    if period in tuple(Span):
        return _(_SPANS[Span(period)])
    months = months_of(period, today)
    return period_name(months) if months else _(_SPANS[Span.ALL])


def code_words(desk: Desk, key: str) -> dict[str, str]:
    """Return the word of each code that a column usually holds."""
    if key in _PROFILE:
        options = lists_here(desk).options.get(key, ())
        return {one.code: answer_name(desk, key, one.code) for one in options}
    makes: Mapping[str, Callable[[], dict[str, str]]] = {
        "loan_state": partial(_said, _LOANS),
        "hold_state": partial(_said, _HOLDS),
        "access": partial(_said, _ACCESSES),
        "condition": lambda: {one.value: condition_name(one) for one in Condition},
        "complaint_kind": lambda: {one.value: service.kind_name(one) for one in MessageKind},
        "complaint_state": lambda: {one.value: service.state_name(one) for one in State},
        "channel": lambda: {one.value: service.channel_name(one) for one in Channel},
    }
    return makes[key]() if key in makes else {}


def _said(names: Mapping[str, str]) -> dict[str, str]:
    return {str(code): _(name) for code, name in names.items()}
