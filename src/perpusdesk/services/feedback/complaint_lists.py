"""The register of messages: narrowed, ordered, with its times, and as a list to save.

No contact stands in any of it: who wrote is seen in the one message only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from perpusdesk.common.formats import date_and_time, short_date
from perpusdesk.common.i18n import _, language
from perpusdesk.domain.complaints import (
    WAITING,
    Case,
    Channel,
    Kind,
    ResponseTimes,
    State,
    channel_of,
    is_overdue,
    kind_of,
    response_times,
    state_of,
)
from perpusdesk.domain.service_lists import ServiceLists
from perpusdesk.domain.words.normal import words
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListColumn, ListSheet, list_of
from perpusdesk.services.feedback.service_lists import lists_of
from perpusdesk.services.wording.service import channel_name, kind_name, state_name
from perpusdesk.storage.queries import complaints as query
from perpusdesk.storage.queries.complaints import ComplaintRow


@dataclass(frozen=True, slots=True)
class ComplaintSearch:
    """What is wanted; what is left as it is does not narrow. Days are local, both included."""

    text: str = ""
    kind: Kind | None = None
    waiting: bool = False
    branch: UUID | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ComplaintLine:
    """A message as lists show it; times are the branch's local ones."""

    row: ComplaintRow
    kind: Kind
    channel: Channel
    state: State
    received: datetime
    answered: datetime | None
    overdue: bool
    category: str
    service: str
    branch_name: str

    @property
    def id(self) -> UUID:
        """The record."""
        return self.row.id


def complaint_line(desk: Desk, complaint: UUID) -> ComplaintLine | None:
    """Return one message, or ``None``."""
    row = query.complaint_row(desk.library, complaint)
    return _line(desk, row, lists_of(desk)) if row else None


def complaint_lines(desk: Desk, search: ComplaintSearch | None = None) -> list[ComplaintLine]:
    """Return messages: who waits first, the most urgent on top; then the answered, latest first."""
    wanted, lists = search or ComplaintSearch(), lists_of(desk)
    lines = (_line(desk, row, lists) for row in query.complaint_rows(desk.library))
    found = [line for line in lines if _fits(line, wanted)]
    waiting = [line for line in found if line.state in WAITING]
    over = [line for line in found if line.state not in WAITING]
    waiting.sort(key=lambda line: (line.row.due or date.max, line.received))
    over.sort(key=lambda line: line.answered or line.received, reverse=True)
    return waiting + over


def times_of(lines: Sequence[ComplaintLine]) -> ResponseTimes:
    """Return how fast these messages were answered."""
    return response_times([Case(line.received, line.answered, line.row.due) for line in lines])


def complaint_sheet(lines: Sequence[ComplaintLine]) -> ListSheet:
    """Return the register as a list to save."""
    columns = (
        ListColumn(_("Received"), lambda line: date_and_time(line.received), 18),
        ListColumn(_("Sort of message"), lambda line: kind_name(line.kind), 14),
        ListColumn(_("About"), lambda line: line.category, 22),
        ListColumn(_("Service"), lambda line: line.service, 20),
        ListColumn(_("Message"), lambda line: line.row.text, 60),
        ListColumn(_("Channel"), lambda line: channel_name(line.channel), 16),
        ListColumn(_("Ticket"), lambda line: line.row.ticket, 14),
        ListColumn(_("Branch"), lambda line: line.branch_name, 20),
        ListColumn(_("Owner"), lambda line: line.row.owner_name, 18),
        ListColumn(_("Answer by"), lambda line: _day(line.row.due), 14),
        ListColumn(_("State"), lambda line: state_name(line.state), 14),
        ListColumn(_("Answered"), lambda line: _moment(line.answered), 18),
        ListColumn(_("Hours to the answer"), _hours, 12),
        ListColumn(_("The answer"), lambda line: line.row.answer, 60),
        ListColumn(_("Told to the public"), lambda line: line.row.told_public, 60),
    )
    return list_of(_("Register of messages"), columns, lines)


def _fits(line: ComplaintLine, wanted: ComplaintSearch) -> bool:
    day = line.received.date()
    told = f"{line.row.text} {line.row.answer} {line.row.ticket} {line.category} {line.service}"
    known = " ".join(words(told))
    return (
        (wanted.kind is None or line.kind is wanted.kind)
        and (not wanted.waiting or line.state in WAITING)
        and (wanted.branch is None or line.row.branch == wanted.branch)
        and (wanted.since is None or day >= wanted.since)
        and (wanted.until is None or day <= wanted.until)
        and all(word in known for word in words(wanted.text))
    )


def _line(desk: Desk, row: ComplaintRow, lists: ServiceLists) -> ComplaintLine:
    state, branch = state_of(row.state), desk.branches.get(row.branch) if row.branch else None
    received = desk.local(row.received)
    assert received is not None
    return ComplaintLine(
        row,
        kind_of(row.kind),
        channel_of(row.channel),
        state,
        received,
        desk.local(row.answered),
        is_overdue(state, row.due, desk.today()),
        lists.name_of("category", row.category, language()),
        lists.name_of("service", row.service, language()),
        branch.name if branch else "",
    )


def _hours(line: ComplaintLine) -> int | str:
    if line.answered is None:
        return ""
    return max(0, round((line.answered - line.received).total_seconds() / 3600))


def _day(day: date | None) -> str:
    return short_date(day) if day else ""


def _moment(moment: datetime | None) -> str:
    return date_and_time(moment) if moment else ""
