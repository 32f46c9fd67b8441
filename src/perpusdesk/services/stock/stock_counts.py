"""Stock-takes: beginning one, going on with one, throwing one away, and the history of all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.common.formats import short_date
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.shelf_order import ShelfRange, shelf_key
from perpusdesk.domain.stock_take import Figures, Scope, StockCount
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import stock_counts as query
from perpusdesk.storage.queries import stock_lines, stock_lists
from perpusdesk.storage.queries.stock_lines import Counter

START_VERB: Final = "start_stock_count"
DISCARD_VERB: Final = "discard_stock_count"
CHANGED: Final = frozenset({"stock_count"})
_CURRENT: Final = "stock_count"


@dataclass(frozen=True, slots=True)
class CountForm:
    """What is asked of who begins a count at this branch; empty parts do not narrow.

    ``first`` and ``last`` are call numbers or classes, both with all that begins so.
    """

    name: str = ""
    first: str = ""
    last: str = ""
    kinds: frozenset[UUID] = frozenset()
    locations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CountState:
    """A count with its figures as they are now, and who counts."""

    count: StockCount
    figures: Figures
    counters: tuple[Counter, ...] = ()
    scope: str = ""


def scope_of(desk: Desk, form: CountForm) -> Scope | Refused:
    """Return what a form asks to count. ``RANGE_REVERSED`` first, last."""
    first, last = form.first.strip(), form.last.strip()
    shelves = ShelfRange(first, last)
    lowest, highest = shelves.keys
    if shelf_key(last) and lowest > highest:
        return Refused(Reason.RANGE_REVERSED, {"first": first, "last": last})
    return Scope(desk.branch, shelves, form.kinds, form.locations)


def expected(desk: Desk, form: CountForm) -> int | Refused:
    """Return how many copies a count that begins now would have to find."""
    scope = scope_of(desk, form)
    if isinstance(scope, Refused):
        return scope
    began_now = StockCount(UUID(int=0), "", scope, desk.now())
    return stock_lists.figures(desk.library, began_now).missing


def start_count(desk: Desk, form: CountForm) -> Done[CountState] | Refused:
    """Begin a count at this branch and go on with it on this device.

    ``NOTHING_TO_COUNT`` when no copy is expected there; ``RANGE_REVERSED``.
    """
    scope = scope_of(desk, form)
    if isinstance(scope, Refused):
        return scope
    name = " ".join(form.name.split()) or default_name(desk)
    count = StockCount(desk.library.new_id(), name, scope, desk.now())
    figures = stock_lists.figures(desk.library, count)
    if not figures.missing:
        return Refused(Reason.NOTHING_TO_COUNT)
    action = desk.action(START_VERB)
    fields = {
        "name": name,
        "branch": scope.branch,
        "scope": query.encoded_scope(scope),
        "started": count.started,
    }
    action.set("stock_count", count.id, fields, fresh=True)
    written = desk.commit(action)
    choose_count(desk, count.id)
    state = CountState(count, figures, scope=say_scope(desk, scope))
    return Done(state, written.action, START_VERB, CHANGED)


def default_name(desk: Desk) -> str:
    """Return what a count is called that nobody named."""
    return _("Stock-take {date}").format(date=short_date(desk.today()))


def choose_count(desk: Desk, count: UUID | None) -> None:
    """Let this device go on with a count, also after a restart; ``None``: pause."""
    desk.library.put_local(_CURRENT, count.bytes if count else None)


def current_count(desk: Desk) -> StockCount | None:
    """Return the count that this device goes on with, if it is still open."""
    kept = desk.library.local(_CURRENT)
    count = query.stock_count(desk.library, UUID(bytes=bytes(kept))) if kept else None
    return count if count and count.ended is None else None


def find_count(desk: Desk, wanted: str) -> StockCount | None:
    """Return the count with this id or this name (of several the newest)."""
    text = " ".join(wanted.split()).casefold()
    every = query.stock_counts(desk.library)
    return next((one for one in every if text in (str(one.id), one.name.casefold())), None)


def history(desk: Desk) -> list[StockCount]:
    """Return all counts of this branch, the newest first; the ended ones with their figures."""
    return query.stock_counts(desk.library, desk.branch)


def look(desk: Desk, count: UUID) -> CountState | None:
    """Return how a count stands with all scans that are known here."""
    found = query.stock_count(desk.library, count)
    if found is None:
        return None
    return CountState(
        found,
        stock_lists.figures(desk.library, found),
        tuple(stock_lines.counters(desk.library, count)),
        say_scope(desk, found.scope),
    )


def last_like(desk: Desk, count: StockCount) -> StockCount | None:
    """Return the count of the same shelves that ended last before this one began."""
    return next(
        (
            one
            for one in history(desk)
            if one.ended and one.scope == count.scope and one.started < count.started
        ),
        None,
    )


def discard_count(desk: Desk, count: UUID) -> Done[UUID] | Refused:
    """Throw a count away, with nothing marked: for one that was begun by mistake.

    ``STOCK_COUNT_UNKNOWN``, ``STOCK_COUNT_ENDED``.
    """
    refusal = refuse_unless_open(desk, count)
    if refusal:
        return refusal
    action = desk.action(DISCARD_VERB)
    action.delete("stock_count", count)
    written = desk.commit(action)
    return Done(count, written.action, DISCARD_VERB, CHANGED)


def refuse_unless_open(desk: Desk, count: UUID) -> Refused | None:
    """Refuse a count that is not there or ended already."""
    found = query.stock_count(desk.library, count)
    if found is None:
        return Refused(Reason.STOCK_COUNT_UNKNOWN)
    if found.ended is not None:
        return Refused(Reason.STOCK_COUNT_ENDED, {"name": found.name, "ended": found.ended})
    return None


def say_scope(desk: Desk, scope: Scope) -> str:
    """Return in words what is counted: ``Pusat · 800 – 899 · Referensi``."""
    branch = desk.branches.get(scope.branch)
    shelves = scope.shelves
    ends = {
        (True, True): _("{first} to {last}"),
        (True, False): _("from {first}"),
        (False, True): _("up to {last}"),
    }
    template = ends.get((bool(shelves.first), bool(shelves.last)), "")
    kinds = sorted(desk.kinds[kind].name for kind in scope.kinds if kind in desk.kinds)
    parts = (
        branch.name if branch else "",
        template.format(first=shelves.first, last=shelves.last),
        ", ".join(sorted(scope.locations)),
        ", ".join(kinds),
    )
    words = [part for part in parts if part]
    return " · ".join(words if not scope.whole_branch else [*words, _("the whole collection")])
