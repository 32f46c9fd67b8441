"""What decisions on the collection rest on, as lists to save."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from perpusdesk.common.i18n import _
from perpusdesk.services.collection.collection import AgeLine, BudgetLine, PurchaseLine
from perpusdesk.services.export_list import ListColumn, ListSheet, field, list_of
from perpusdesk.services.wording.collection import class_name


def purchase_sheet(lines: Sequence[PurchaseLine]) -> ListSheet:
    """Return what to buy as a list to save."""
    columns = (
        field(_("Title"), "line.title", 40),
        field(_("Author"), "line.author", 24),
        field(_("Publisher"), "line.publisher", 20),
        field(_("Year"), "line.year", 8),
        field("ISBN", "line.isbn", 18),
        field(_("Call number"), "line.call_number", 16),
        field(_("Copies to buy"), "purchase.buy", 12),
        field(_("Reasons"), "why", 60),
        field(_("Estimated cost"), "cost", 16),
    )
    return list_of(_("Copies to buy"), columns, lines)


def budget_sheet(lines: Sequence[BudgetLine]) -> ListSheet:
    """Return how the budget is shared out as a list to save."""
    columns = (
        ListColumn(_("Class"), lambda one: class_name(one.name), 30),
        field(_("Copies"), "share.use.copies", 12),
        field(_("Loans"), "share.use.loans", 12),
        field(_("Copies to buy"), "share.use.buy", 12),
        ListColumn(_("Share of stock (%)"), lambda one: _percent(one.share.of_stock), 14),
        ListColumn(_("Share of loans (%)"), lambda one: _percent(one.share.of_loans), 14),
        ListColumn(_("Amount proposed"), lambda one: one.share.proposed, 16),
        ListColumn(_("Amount decided"), lambda one: one.decided, 16),
    )
    return list_of(_("Budget by class"), columns, lines)


def age_sheet(lines: Sequence[AgeLine]) -> ListSheet:
    """Return how old the stock is as a list to save."""
    columns = (
        ListColumn(_("Class"), lambda one: class_name(one.name), 30),
        field(_("Copies"), "age.copies", 12),
        *(_band(name) for name in ("0-5", "6-10", "11-20", "21+")),
        field(_("Without a year"), "age.unknown", 14),
        field(_("Middle year"), "age.median", 12),
    )
    return list_of(_("Age of the stock"), columns, lines)


def _band(name: str) -> ListColumn:
    heading = _("{ages} years").format(ages=name)
    return ListColumn(heading, lambda one: one.age.by_band[name], 14)


def _percent(share: Fraction) -> int:
    return int(share * 100 + Fraction(1, 2))
