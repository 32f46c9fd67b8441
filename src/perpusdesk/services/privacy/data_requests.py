"""What people ask about their data: written down when it comes, answered within the hours.

The clock starts when the request came to the library, so anybody at the desk may write one down;
to answer it needs the right ``privacy``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from perpusdesk.domain.data_protection import Deadline, RequestKind, deadline
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.privacy.privacy_settings import refuse_privacy, rules_of
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import data_requests as query
from perpusdesk.storage.queries.data_requests import RequestRow
from perpusdesk.storage.queries.names import member_name

RECEIVE: Final = "receive_request"
CLOSE: Final = "close_request"
_CHANGED: Final = frozenset({"data_request"})


class Outcome(StrEnum):
    """How a request ended; a refusal needs its reason in the note."""

    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A request as it is written down; without a moment it came just now.

    ``name`` is who asks where that is no member (a parent, somebody who is not known here).
    """

    kind: RequestKind
    member: UUID | None = None
    name: str = ""
    received: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request with its clock; ``kind`` is ``None`` for one that this program does not know."""

    id: UUID
    kind: RequestKind | None
    member: UUID | None
    name: str
    card: str
    received: datetime
    done: datetime | None
    outcome: Outcome | None
    note: str
    clock: Deadline


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many requests are open, how many of them late, and the clock of the most urgent."""

    open: int
    overdue: int
    next: Deadline | None


def receive(desk: Desk, new: NewRequest) -> Done[UUID] | Refused:
    """Write a request down. ``NAME_MISSING`` (no member, no name), ``DATE_IN_FUTURE`` date."""
    now = desk.now()
    received = new.received or now
    name = " ".join(new.name.split()) if new.member is None else ""
    if new.member is None and not name:
        return Refused(Reason.NAME_MISSING)
    if received > now:
        return Refused(Reason.DATE_IN_FUTURE, {"date": received.date()})
    action, record = desk.action(RECEIVE), desk.library.new_id()
    action.set(
        "data_request",
        record,
        {
            "member": new.member,
            "name": name,
            "kind": new.kind.value,
            "received": received.replace(microsecond=0),
            "note": new.note.strip(),
        },
        fresh=True,
    )
    written = desk.commit(action)
    return Done(record, written.action, RECEIVE, _CHANGED)


def close(
    desk: Desk, request: UUID, outcome: Outcome = Outcome.DONE, note: str = ""
) -> Done[UUID] | Refused:
    """Note how a request was answered; the clock stops.

    ``RIGHT_MISSING``, ``REQUEST_UNKNOWN``, ``REQUEST_CLOSED``; ``REASON_MISSING`` of a refusal.
    """
    refusal = refuse_privacy(desk)
    found = query.request_row(desk.library, request)
    if refusal or found is None:
        return refusal or Refused(Reason.REQUEST_UNKNOWN)
    if found.done is not None:
        return Refused(Reason.REQUEST_CLOSED)
    said = note.strip()
    if outcome is not Outcome.DONE and not said:
        return Refused(Reason.REASON_MISSING)
    action = desk.action(CLOSE)
    fields = {"done": desk.now().replace(microsecond=0), "outcome": outcome.value}
    if said:
        fields["note"] = "\n".join(part for part in (found.note, said) if part)
    action.set("data_request", request, fields)
    written = desk.commit(action)
    return Done(request, written.action, CLOSE, _CHANGED)


def request_lines(
    desk: Desk, *, member: UUID | None = None, open_only: bool = False
) -> list[RequestLine]:
    """Return requests: the open ones first, the most urgent on top; then the answered."""
    rows = query.request_rows(desk.library, member=member, open_only=open_only)
    return [_line(desk, row) for row in rows]


def request_line(desk: Desk, request: UUID) -> RequestLine | None:
    """Return one request, or ``None``."""
    row = query.request_row(desk.library, request)
    return _line(desk, row) if row else None


def waiting(desk: Desk) -> Waiting:
    """Return how things stand with the open requests."""
    clocks = [line.clock for line in request_lines(desk, open_only=True)]
    return Waiting(len(clocks), sum(c.overdue for c in clocks), min(clocks, key=_due, default=None))


def member_of(desk: Desk, line: RequestLine) -> str:
    """Return who asked, as a letter addresses them."""
    return (member_name(desk.library, line.member) if line.member else "") or line.name


def _due(clock: Deadline) -> datetime:
    return clock.due


def _line(desk: Desk, row: RequestRow) -> RequestLine:
    hours = rules_of(desk).request_hours
    received, done = (desk.local(moment) for moment in (row.received, row.done))
    assert received is not None
    return RequestLine(
        row.id,
        RequestKind(row.kind) if row.kind in set(RequestKind) else None,
        row.member,
        row.name,
        row.card,
        received,
        done,
        Outcome(row.outcome) if row.outcome in set(Outcome) else None,
        row.note,
        deadline(received, hours, desk.now(), done),
    )
