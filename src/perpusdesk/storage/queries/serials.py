"""Subscriptions to serials, and their issues."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.merged import OF_TITLE
from perpusdesk.storage.queries.values import as_day, as_id, sure_id


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """A subscription as it is stored; ``price`` in whole rupiah."""

    id: UUID
    title: UUID | None
    branch: UUID | None
    supplier: str
    frequency: str
    first_day: date | None
    last_day: date | None
    price: int
    copies: int
    note: str


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue as it is stored, with how many copies of it there are."""

    id: UUID
    title: UUID | None
    title_name: str
    subscription: UUID | None
    volume: str
    number: str
    issued: date | None
    expected: date | None
    received: date | None
    note: str
    copies: int


_SUBSCRIPTION: Final = (
    "select id, title, branch, supplier, frequency, first_day, last_day, price, copies, note"
    " from subscription where deleted = 0"
)
_ISSUE: Final = (
    "select i.id, i.title, t.title, i.subscription, i.volume, i.number, i.date, i.expected,"
    " i.received, i.note, (select count(*) from copy c where c.title = i.title"
    "  and c.issue = i.id and c.deleted = 0)"
    " from issue i left join title t on t.id = i.title where i.deleted = 0"
)


def subscription_by_id(library: Library, id_: UUID) -> SubscriptionRow | None:
    """Return a subscription, or ``None``."""
    row = library.row(f"{_SUBSCRIPTION} and id = ?", id_.bytes)
    return _subscription(row) if row else None


def subscriptions_of(library: Library, title: UUID) -> list[SubscriptionRow]:
    """Return the subscriptions to a title, the latest first."""
    rows = library.rows(
        f"{_SUBSCRIPTION} and title {OF_TITLE} order by first_day desc, rid desc", title.bytes
    )
    return [_subscription(row) for row in rows]


def issue_by_id(library: Library, id_: UUID) -> IssueRow | None:
    """Return an issue, or ``None``."""
    row = library.row(f"{_ISSUE} and i.id = ?", id_.bytes)
    return _issue(row) if row else None


def issues_of(library: Library, title: UUID) -> list[IssueRow]:
    """Return the issues of a title, the latest first."""
    rows = library.rows(
        f"{_ISSUE} and i.title {OF_TITLE} order by coalesce(i.date, i.expected) desc, i.rid desc",
        title.bytes,
    )
    return [_issue(row) for row in rows]


def issues_due(library: Library, until: date) -> list[tuple[IssueRow, SubscriptionRow]]:
    """Return the issues that were expected up to a day and have not come, the oldest first."""
    rows = library.rows(
        f"{_ISSUE} and i.received is null and i.expected <= ? order by i.expected, i.rid",
        until.isoformat(),
    )
    issues = [_issue(row) for row in rows]
    known: dict[UUID, SubscriptionRow | None] = {}
    for one in issues:
        if one.subscription and one.subscription not in known:
            known[one.subscription] = subscription_by_id(library, one.subscription)
    pairs = ((one, known.get(one.subscription)) for one in issues if one.subscription)
    return [(one, subscription) for one, subscription in pairs if subscription]


def _subscription(row: tuple[Any, ...]) -> SubscriptionRow:
    id_, title, branch, supplier, frequency, first, last, price, copies, note = row
    return SubscriptionRow(
        id=sure_id(id_),
        title=as_id(title),
        branch=as_id(branch),
        supplier=supplier or "",
        frequency=frequency or "",
        first_day=as_day(first),
        last_day=as_day(last),
        price=price or 0,
        copies=copies or 1,
        note=note or "",
    )


def _issue(row: tuple[Any, ...]) -> IssueRow:
    id_, title, name, subscription, volume, number, day, expected, received, note, copies = row
    return IssueRow(
        id=sure_id(id_),
        title=as_id(title),
        title_name=name or "",
        subscription=as_id(subscription),
        volume=volume or "",
        number=number or "",
        issued=as_day(day),
        expected=as_day(expected),
        received=as_day(received),
        note=note or "",
        copies=int(copies),
    )
