"""Subscriptions to serials: for which days, how often, how many; and the issues to expect."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.ids import named_id
from perpusdesk.domain.rights import CATALOGUE
from perpusdesk.domain.serials import FREQUENCIES, Numbering, expected_issues
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import serials as find
from perpusdesk.storage.queries.serials import SubscriptionRow
from perpusdesk.storage.queries.title_edit import stored_title

__all__ = [
    "FREQUENCIES",
    "Numbering",
    "SubscriptionForm",
    "SubscriptionRow",
    "expect_issues",
    "remove_subscription",
    "save_subscription",
    "subscriptions_of",
]

SAVE: Final = "save_subscription"
REMOVE: Final = "remove_subscription"
EXPECT: Final = "expect_issues"


@dataclass(frozen=True, slots=True)
class SubscriptionForm:
    """What is typed; ``price`` in whole rupiah for the period, ``copies`` of each issue."""

    first_day: date
    last_day: date
    frequency: str = "monthly"
    branch: UUID | None = None
    supplier: str = ""
    price: int = 0
    copies: int = 1
    note: str = ""


def subscriptions_of(desk: Desk, title: UUID) -> list[SubscriptionRow]:
    """Return the subscriptions to a title, the latest first."""
    return find.subscriptions_of(desk.library, title)


@needs(CATALOGUE)
def save_subscription(
    desk: Desk, title: UUID, form: SubscriptionForm, id_: UUID | None = None
) -> Done[UUID] | Refused:
    """Save a subscription (``id_``: in the place of that one).

    ``TITLE_UNKNOWN``, ``PERIOD_INVALID`` first, last; ``COUNT_INVALID`` count, most.
    """
    if stored_title(desk.library, title) is None:
        return Refused(Reason.TITLE_UNKNOWN, {"title": title})
    if form.last_day < form.first_day or form.frequency not in FREQUENCIES:
        return Refused(Reason.PERIOD_INVALID, {"first": form.first_day, "last": form.last_day})
    if not 1 <= form.copies <= 999:
        return Refused(Reason.COUNT_INVALID, {"count": form.copies, "most": 999})
    fields: dict[str, Any] = {**asdict(form), "title": title, "branch": form.branch or desk.branch}
    there = find.subscription_by_id(desk.library, id_) if id_ else None
    if there:
        fields = {name: value for name, value in fields.items() if value != getattr(there, name)}
    subscription = id_ or desk.library.new_id()
    if not fields:
        return Done(subscription, None, SAVE)
    action = desk.action(SAVE)
    action.set("subscription", subscription, fields, fresh=there is None and id_ is None)
    return Done(subscription, desk.commit(action).action, SAVE, frozenset({"subscription"}))


@needs(CATALOGUE)
def remove_subscription(desk: Desk, subscription: UUID) -> Done[UUID]:
    """Take a subscription out, with the issues that are expected by it and have not come."""
    action = desk.action(REMOVE)
    there = find.subscription_by_id(desk.library, subscription)
    for issue in find.issues_of(desk.library, there.title) if there and there.title else ():
        if issue.subscription == subscription and issue.received is None and not issue.copies:
            action.delete("issue", issue.id)
    action.delete("subscription", subscription)
    changes = frozenset({"subscription", "issue"})
    return Done(subscription, desk.commit(action).action, REMOVE, changes)


@needs(CATALOGUE)
def expect_issues(
    desk: Desk, subscription: UUID, numbering: Numbering | None = None
) -> Done[int] | Refused:
    """Make the issues that a subscription lets expect; those that are there already stay.

    Returns how many are new. ``SUBSCRIPTION_UNKNOWN``. Two devices that do so make the same ones.
    """
    there = find.subscription_by_id(desk.library, subscription)
    if there is None or there.first_day is None or there.last_day is None:
        return Refused(Reason.SUBSCRIPTION_UNKNOWN, {"subscription": subscription})
    action = desk.action(EXPECT)
    plan = numbering or Numbering()
    for one in expected_issues(there.frequency, there.first_day, there.last_day, plan):
        issue = named_id("issue", f"{subscription.hex}/{one.day.isoformat()}")
        if desk.library.ops_of(issue):
            continue
        fields = {
            "title": there.title,
            "subscription": subscription,
            "volume": one.volume,
            "number": one.number,
            "date": one.day,
            "expected": one.day,
        }
        action.set("issue", issue, fields, fresh=True)
    if not action.drafts:
        return Done(0, None, EXPECT)
    made = len(action.drafts)
    return Done(made, desk.commit(action).action, EXPECT, frozenset({"issue"}))
