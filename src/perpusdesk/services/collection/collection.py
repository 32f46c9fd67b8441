"""Decisions on the collection: what to buy, how to share the budget out, how old the stock is.

All that reads is long work on a large library: give it a reading desk.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final
from uuid import UUID

from perpusdesk.domain.collection.age import StockAge, stock_age
from perpusdesk.domain.collection.buying import BuyingRule, Purchase, purchases
from perpusdesk.domain.collection.shares import ClassShare, ClassUse, class_shares
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.ids import named_id
from perpusdesk.domain.rights import FIGURES
from perpusdesk.domain.weeding import years_before
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.wording.collection import say_shortages
from perpusdesk.storage.queries import collection as query
from perpusdesk.storage.queries.collection import TitleLine
from perpusdesk.storage.queries.values import bounds_of_day

RULE_SETTING: Final = "buying_rule"
RULE_VERB: Final = "set_buying_rule"
BUDGET_VERB: Final = "set_budget"
CLASSES: Final = ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "")
"""The main classes; the last one is what has no class."""
_MOST: Final = 1_000_000_000_000
_MOST_SET: Final = 100


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """A title to buy copies of; ``cost`` by its own latest price, or by the mean of its class."""

    purchase: Purchase
    line: TitleLine
    why: str
    cost: int


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A class with its shares, and what was set aside for it (``None``: nothing decided)."""

    name: str
    share: ClassShare
    decided: int | None


@dataclass(frozen=True, slots=True)
class AgeLine:
    """A class (``None``: the whole stock) and how old its copies are."""

    name: str | None
    age: StockAge


def buying_rule(desk: Desk) -> BuyingRule:
    """Return from when on a title is short here."""
    kept = desk.settings.get(RULE_SETTING)
    known = kept if isinstance(kept, dict) else {}
    usual = asdict(BuyingRule())
    return BuyingRule(**{name: _number(known.get(name), value) for name, value in usual.items()})


def set_buying_rule(desk: Desk, rule: BuyingRule) -> Done[BuyingRule] | Refused:
    """Change the rule for all devices. ``RIGHT_MISSING``, ``COUNT_INVALID`` count, most."""
    if not desk.may(FIGURES):
        return Refused(Reason.RIGHT_MISSING, {"right": FIGURES})
    wrong = [value for value in asdict(rule).values() if not 1 <= value <= _MOST_SET]
    if wrong:
        return Refused(Reason.COUNT_INVALID, {"count": wrong[0], "most": _MOST_SET})
    action = desk.action(RULE_VERB)
    fields = {"name": RULE_SETTING, "value": json.dumps(asdict(rule))}
    action.set("setting", named_id("setting", RULE_SETTING), fields)
    written = desk.commit(action)
    return Done(rule, written.action, RULE_VERB, frozenset({"setting"}))


def to_buy(desk: Desk, branch: UUID | None = None, years: int = 1) -> list[PurchaseLine]:
    """Return the titles that are short of copies, by the loans of so many years until today."""
    found = _short(desk, branch, years)
    ids = [one.title for one in found]
    lines, prices = query.title_lines(desk.library, ids), query.mean_prices(desk.library)
    classes = query.class_of_titles(desk.library, ids)
    return [
        PurchaseLine(
            one,
            lines[one.title],
            say_shortages(one.reasons),
            one.buy * (lines[one.title].price or prices.get(classes[one.title], 0)),
        )
        for one in found
        if one.title in lines
    ]


def budget_lines(
    desk: Desk, year: int, budget: int, branch: UUID | None = None, years: int = 1
) -> list[BudgetLine]:
    """Return how a budget (rupiah) would be shared out over the classes, and what was decided."""
    first, last = _period(desk, years)
    stock = query.stock_by_class(desk.library, branch)
    loans = query.loans_by_class(desk.library, branch, first, last)
    short = _short(desk, branch, years)
    classes = query.class_of_titles(desk.library, [one.title for one in short])
    buy: dict[str, int] = {}
    for one in short:
        name = classes.get(one.title, "")
        buy[name] = buy.get(name, 0) + one.buy
    uses = {
        name: ClassUse(
            name, sum(stock.get(name, {}).values()), loans.get(name, 0), buy.get(name, 0)
        )
        for name in CLASSES
    }
    decided = query.budgets(desk.library, str(year), branch)
    return [
        BudgetLine(share.use.name, share, decided.get(share.use.name))
        for share in class_shares(uses, budget)
    ]


def set_budget(
    desk: Desk, year: int, class_: str, amount: int, branch: UUID | None = None
) -> Done[int] | Refused:
    """Decide what is set aside for a class in a year (rupiah); 0 takes the decision back.

    ``RIGHT_MISSING``, ``AMOUNT_INVALID``.
    """
    if not desk.may(FIGURES):
        return Refused(Reason.RIGHT_MISSING, {"right": FIGURES})
    if class_ not in CLASSES or not 0 <= amount <= _MOST:
        return Refused(Reason.AMOUNT_INVALID, {"amount": amount})
    place = branch.hex if branch else ""
    id_ = named_id("budget", f"{year}/{class_}/{place}")
    action = desk.action(BUDGET_VERB)
    fields = {"year": str(year), "scope": class_, "branch": branch, "amount": amount}
    action.set("budget", id_, fields)
    written = desk.commit(action)
    return Done(amount, written.action, BUDGET_VERB, frozenset({"budget"}))


def ages(desk: Desk, branch: UUID | None = None) -> list[AgeLine]:
    """Return how old the stock is: first the whole, then each class that has copies."""
    year, stock = desk.today().year, query.stock_by_class(desk.library, branch)
    whole: dict[int | None, int] = {}
    for of_class in stock.values():
        for one, count in of_class.items():
            whole[one] = whole.get(one, 0) + count
    lines = [AgeLine(None, stock_age(whole, year))]
    return lines + [
        AgeLine(name, stock_age(stock[name], year)) for name in CLASSES if name in stock
    ]


def _short(desk: Desk, branch: UUID | None, years: int) -> list[Purchase]:
    first, last = _period(desk, years)
    uses = query.title_uses(desk.library, branch, first, last)
    return purchases(uses, buying_rule(desk), first, last)


def _period(desk: Desk, years: int) -> tuple[int, int]:
    today: date = desk.today()
    first, _after = bounds_of_day(years_before(today, years), desk.zone)
    return first, bounds_of_day(today, desk.zone)[1]


def _number(value: object, usual: int) -> int:
    return value if isinstance(value, int) and 1 <= value <= _MOST_SET else usual
