"""The sentences of decisions on the collection."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from perpusdesk.common.formats import number, rupiah
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.collection.collection import AgeLine, BudgetLine, PurchaseLine
from perpusdesk.services.wording.collection import class_name
from perpusdesk.ui.kit.record_list import RowWords


def purchase_row(line: PurchaseLine) -> RowWords:
    """Return a title with how many copies to buy, and why."""
    what = " / ".join(part for part in (line.line.title, line.line.author) if part)
    buy = ngettext("buy {n} copy", "buy {n} copies", line.purchase.buy)
    cost = _("about {amount}").format(amount=rupiah(line.cost)) if line.cost else ""
    return RowWords(what, line.why, buy.format(n=number(line.purchase.buy)), cost, tone="text")


def to_buy(lines: Sequence[PurchaseLine]) -> str:
    """Return how many titles are short, and what it would cost."""
    if not lines:
        return _("No title is short of copies by this rule.")
    titles = ngettext("{n} title", "{n} titles", len(lines)).format(n=number(len(lines)))
    copies = sum(line.purchase.buy for line in lines)
    words = ngettext("{titles}, {n} copy to buy", "{titles}, {n} copies to buy", copies)
    told = words.format(titles=titles, n=number(copies))
    cost = sum(line.cost for line in lines)
    return f"{told}, {_('about {amount}').format(amount=rupiah(cost))}" if cost else told


def budget_row(line: BudgetLine) -> RowWords:
    """Return a class with its shares and what is proposed and decided for it."""
    share = line.share
    told = _("{stock} % of the stock, {loans} % of the loans").format(
        stock=percent(share.of_stock), loans=percent(share.of_loans)
    )
    if share.use.buy:
        told = f"{told}, {_('{n} to buy').format(n=number(share.use.buy))}"
    decided = ""
    if line.decided is not None:
        decided = _("set to {amount}").format(amount=rupiah(line.decided))
    amount = rupiah(share.proposed) if share.proposed else ""
    return RowWords(class_name(line.name), told, amount, decided, tone="text")


def shared_out(budget: int) -> str:
    """Return what a budget is shared out by, or what to do to have it shared out."""
    if not budget:
        return _("Enter the budget: it is shared out by loans and by what is to buy.")
    return _("Shared out by the loans of the last year and by what is to buy")


def age_row(line: AgeLine) -> RowWords:
    """Return a class with how old its copies are."""
    age = line.age
    known = age.copies - age.unknown
    bands = [
        _("{ages} years: {count}").format(ages=name, count=number(count))
        for name, count in age.by_band.items()
        if count
    ]
    if age.unknown:
        bands.append(_("no year: {count}").format(count=number(age.unknown)))
    middle = _("half of it is of {year} or older").format(year=age.median) if age.median else ""
    recent = Fraction(age.recent, known) if known else Fraction(0)
    state = _("{share} % of the last five years").format(share=percent(recent))
    return RowWords(class_name(line.name), "   ".join(bands), state, middle, tone="text")


def percent(share: Fraction) -> str:
    """Return a share in whole per cent."""
    return number(int(share * 100 + Fraction(1, 2)))
