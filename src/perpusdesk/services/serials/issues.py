"""Issues of serials: received with their copies, entered by hand, missed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from perpusdesk.common.formats import long_date
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.rights import CATALOGUE
from perpusdesk.domain.serials import grace_days, issue_name
from perpusdesk.services.cataloguing.add_copies import NewCopies, note_given, put_copies
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import serials as find
from perpusdesk.storage.queries.serials import IssueRow
from perpusdesk.storage.queries.title_edit import stored_title

RECEIVE: Final = "receive_issue"
ADD: Final = "add_issue"
EDIT: Final = "edit_issue"
REMOVE: Final = "remove_issue"
_CHANGES: Final = frozenset({"issue"})


@dataclass(frozen=True, slots=True)
class IssueForm:
    """What is typed for an issue; ``issued`` is the day on its cover."""

    volume: str = ""
    number: str = ""
    issued: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedIssue:
    """An issue that came, and its copies."""

    issue: UUID
    name: str
    copies: tuple[UUID, ...]
    barcodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LateIssue:
    """An issue that has not come: since how many days, from whom, for which branch."""

    issue: IssueRow
    name: str
    days: int
    supplier: str
    branch: UUID | None


def issues_of(desk: Desk, title: UUID) -> list[IssueRow]:
    """Return the issues of a title, the latest first."""
    return find.issues_of(desk.library, title)


def name_of(issue: IssueRow | IssueForm) -> str:
    """Return what an issue is called."""
    return issue_name(issue.volume, issue.number, long_date(issue.issued) if issue.issued else "")


def receive_issue(
    desk: Desk, issue: UUID, copies: NewCopies | None = None, *, received: date | None = None
) -> Done[ReceivedIssue] | Refused:
    """Note that an issue came, and add its copies (default: as many as are subscribed to).

    The copies say which issue they are. ``ISSUE_UNKNOWN``, ``ISSUE_RECEIVED`` issue, day;
    ``DATE_IN_FUTURE``; else refused as ``add_copies`` is.
    """
    there = find.issue_by_id(desk.library, issue)
    if there is None or there.title is None:
        return Refused(Reason.ISSUE_UNKNOWN, {"issue": issue})
    name, day = name_of(there), received or desk.today()
    if there.received is not None:
        return Refused(Reason.ISSUE_RECEIVED, {"issue": name, "day": there.received})
    if day > desk.today():
        return Refused(Reason.DATE_IN_FUTURE, {"date": day})
    new = replace(copies or _usual(desk, there), title=there.title, volume=name, received=day)
    action = desk.action(RECEIVE)
    action.set("issue", issue, {"received": day})
    put = put_copies(desk, action, new)
    if isinstance(put, Refused):
        return put
    for copy in put.copies:
        action.set("copy", copy, {"issue": issue})
    written = desk.commit(action)
    note_given(desk, put)
    value = ReceivedIssue(issue, name, put.copies, put.barcodes)
    return Done(value, written.action, RECEIVE, frozenset({"issue", "copy"}))


def _usual(desk: Desk, issue: IssueRow) -> NewCopies:
    assert issue.title is not None
    kind = next(iter(desk.kinds), None)
    subscribed = issue.subscription and find.subscription_by_id(desk.library, issue.subscription)
    if not subscribed:
        return NewCopies(issue.title, kind=kind)
    return NewCopies(
        issue.title,
        subscribed.copies,
        branch=subscribed.branch,
        kind=kind,
        supplier=subscribed.supplier,
    )


@needs(CATALOGUE)
def add_issue(desk: Desk, title: UUID, form: IssueForm) -> Done[UUID] | Refused:
    """Enter an issue that nothing let expect. ``TITLE_UNKNOWN``, ``NAME_MISSING``."""
    if stored_title(desk.library, title) is None:
        return Refused(Reason.TITLE_UNKNOWN, {"title": title})
    if not name_of(form):
        return Refused(Reason.NAME_MISSING)
    id_, action = desk.library.new_id(), desk.action(ADD)
    action.set("issue", id_, {"title": title, **_fields(form)}, fresh=True)
    return Done(id_, desk.commit(action).action, ADD, _CHANGES)


@needs(CATALOGUE)
def edit_issue(desk: Desk, issue: UUID, form: IssueForm) -> Done[UUID] | Refused:
    """Change volume, number, date or note of an issue. ``ISSUE_UNKNOWN``, ``NAME_MISSING``."""
    there = find.issue_by_id(desk.library, issue)
    if there is None:
        return Refused(Reason.ISSUE_UNKNOWN, {"issue": issue})
    if not name_of(form):
        return Refused(Reason.NAME_MISSING)
    before = _fields(IssueForm(there.volume, there.number, there.issued, there.note))
    changed = {name: value for name, value in _fields(form).items() if value != before[name]}
    if not changed:
        return Done(issue, None, EDIT)
    action = desk.action(EDIT)
    action.set("issue", issue, changed)
    return Done(issue, desk.commit(action).action, EDIT, _CHANGES)


@needs(CATALOGUE)
def remove_issue(desk: Desk, issue: UUID) -> Done[UUID] | Refused:
    """Take an issue out that has no copies. ``ISSUE_UNKNOWN``, ``TITLE_HAS_COPIES``."""
    there = find.issue_by_id(desk.library, issue)
    if there is None:
        return Refused(Reason.ISSUE_UNKNOWN, {"issue": issue})
    if there.copies:
        return Refused(Reason.TITLE_HAS_COPIES, {"title": name_of(there), "copies": there.copies})
    action = desk.action(REMOVE)
    action.delete("issue", issue)
    return Done(issue, desk.commit(action).action, REMOVE, _CHANGES)


def late_issues(desk: Desk) -> list[LateIssue]:
    """Return the issues that should have come, beyond what is usual, the oldest first."""
    today = desk.today()
    found: list[LateIssue] = []
    for issue, subscription in find.issues_due(desk.library, today):
        days = (today - (issue.expected or today)).days
        if days > grace_days(subscription.frequency):
            who = (subscription.supplier, subscription.branch)
            found.append(LateIssue(issue, name_of(issue), days, *who))
    return found


def _fields(form: IssueForm) -> dict[str, object]:
    return {
        "volume": form.volume.strip(),
        "number": form.number.strip(),
        "date": form.issued,
        "note": form.note.strip(),
    }
