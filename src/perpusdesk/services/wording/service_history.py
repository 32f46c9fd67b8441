"""What the history says of messages, wishes, questions and actions: fields and values in words."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from perpusdesk.common.formats import date_and_time
from perpusdesk.common.i18n import N_, _
from perpusdesk.domain.complaints import Channel, Kind, State, channel_of, kind_of, state_of
from perpusdesk.domain.improvements import Stage, stage_of
from perpusdesk.domain.wishes import WishState, wish_state_of
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.service_lists import said
from perpusdesk.services.wording.service import (
    channel_name,
    kind_name,
    source_name,
    stage_name,
    state_name,
    wish_source_name,
    wish_state_name,
)

RECORDS: Final = frozenset(
    {"complaint", "outsider", "reference", "wish", "wish_vote", "improvement"}
)
_LABELS: Final = {
    "text": N_("What was said"),
    "category": N_("About"),
    "channel": N_("How it came"),
    "contact": N_("Contact"),
    "service": N_("Service"),
    "received": N_("Received"),
    "due": N_("Until"),
    "owner": N_("Owner"),
    "answer": N_("The answer"),
    "answered": N_("Answered"),
    "state": N_("State"),
    "ticket": N_("Ticket number"),
    "told_public": N_("Told to the public"),
    "topic": N_("Topic"),
    "minutes": N_("Minutes"),
    "decided": N_("Decided on"),
    "found": N_("In the catalogue"),
    "people": N_("Votes"),
    "wish": N_("Wish"),
    "finding": N_("Finding"),
    "action": N_("What is done"),
    "detail": N_("Detail"),
    "started": N_("Begun on"),
    "done": N_("Ended on"),
    "result": N_("Result"),
    "priority": N_("Urgent"),
    "why": N_("Reason"),
}


def label(record: str, name: str) -> str:
    """Return the label of a field of one of these records; empty: it is called as elsewhere."""
    if name == "kind":
        return _("Sort of question") if record == "reference" else _("Sort of message")
    return _(_LABELS[name]) if name in _LABELS else ""


def value(desk: Desk, record: str, name: str, stored: Any) -> str:
    """Return a value of one of these records in words; empty: it reads as elsewhere."""
    if record == "reference" and name == "answered":
        return _("yes") if stored else _("no")
    if name == "priority":
        return _("yes") if stored else _("no")
    if not isinstance(stored, str):
        return ""
    if name in ("received", "answered"):
        return _moment(desk, stored)
    if record == "reference":
        lists = {"kind": "question", "source": "tool"}
        if name == "channel" and stored in set(Channel):
            return channel_name(channel_of(stored))
        return said(desk, lists[name], stored) if name in lists else ""
    if name in ("category", "service"):
        return said(desk, name, stored)
    return _known(record, name, stored)


def _moment(desk: Desk, stored: str) -> str:
    try:
        moment = desk.local(datetime.fromisoformat(stored))
    except ValueError:
        return ""
    return date_and_time(moment) if moment else ""


def _known(record: str, name: str, stored: str) -> str:
    if record == "complaint":
        if name == "kind" and stored in set(Kind):
            return kind_name(kind_of(stored))
        if name == "channel" and stored in set(Channel):
            return channel_name(channel_of(stored))
        if name == "state" and stored in set(State):
            return state_name(state_of(stored))
    if record == "improvement":
        if name == "source":
            return source_name(stored)
        if name == "state" and stored in set(Stage):
            return stage_name(stage_of(stored))
    if record in ("wish", "wish_vote"):
        if name in ("source", "channel"):
            return wish_source_name(stored)
        if name == "state" and stored in set(WishState):
            return wish_state_name(wish_state_of(stored))
    return ""
