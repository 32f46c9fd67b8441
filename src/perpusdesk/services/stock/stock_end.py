"""Ending a stock-take: what nobody found is missing from now; opening it again; what turns up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.items import Condition
from perpusdesk.domain.stock_take import StockCount
from perpusdesk.services.circulation.found import add_found
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.stock.stock_counts import choose_count, current_count, refuse_unless_open
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries import stock_counts as query
from perpusdesk.storage.queries import stock_lists

END_VERB: Final = "end_stock_count"
REOPEN_VERB: Final = "reopen_stock_count"
RESTORE_VERB: Final = "restore_found"


@dataclass(frozen=True, slots=True)
class Ended:
    """An ended count; ``marked`` copies are recorded as missing from now."""

    count: StockCount
    marked: int


def end_count(desk: Desk, count: UUID) -> Done[Ended] | Refused:
    """End a count: every copy that should be there and was not found is recorded as missing.

    What was lent, taken back, sent or read since the count began is not missing, whenever the list
    was looked at. All of it is one action. ``STOCK_COUNT_UNKNOWN``, ``STOCK_COUNT_ENDED``.
    """
    refusal = refuse_unless_open(desk, count)
    known = query.stock_count(desk.library, count)
    if refusal or known is None:
        return refusal or Refused(Reason.STOCK_COUNT_UNKNOWN)
    figures = stock_lists.figures(desk.library, known)
    missing = stock_lists.missing_set(desk.library, known)
    now = desk.now()
    action = desk.action(END_VERB)
    ending = {"ended": now, "figures": query.encoded_figures(figures)}
    action.set("stock_count", count, ending)
    for copy in missing:
        action.set("copy", copy, {"condition": Condition.MISSING})
    written = desk.commit(action)
    current = current_count(desk)
    if current is None or current.id == count:
        choose_count(desk, None)
    ended = replace(known, ended=now, figures=figures)
    changes = frozenset({"stock_count", "copy"})
    return Done(Ended(ended, len(missing)), written.action, END_VERB, changes)


def reopen_count(desk: Desk, count: UUID) -> Done[Ended] | Refused:
    """Go on with an ended count: what it marked as missing and is so still is good again.

    ``STOCK_COUNT_UNKNOWN``, ``STOCK_COUNT_OPEN``.
    """
    known = query.stock_count(desk.library, count)
    if known is None:
        return Refused(Reason.STOCK_COUNT_UNKNOWN)
    if known.ended is None:
        return Refused(Reason.STOCK_COUNT_OPEN, {"name": known.name})
    marked = stock_lists.marked_missing(desk.library, known)
    action = desk.action(REOPEN_VERB)
    action.set("stock_count", count, {"ended": None, "figures": None})
    for copy in marked:
        action.set("copy", copy, {"condition": Condition.GOOD})
    written = desk.commit(action)
    value = Ended(replace(known, ended=None, figures=None), len(marked))
    return Done(value, written.action, REOPEN_VERB, frozenset({"stock_count", "copy"}))


def restore_found(desk: Desk, count: UUID, copies: list[UUID] | None = None) -> Done[int] | Refused:
    """Record as good what was counted although it is recorded as lost or missing; one action.

    ``copies``: only these. What a member was charged for a lost copy and has not paid is owed no
    more. Returns how many. ``STOCK_COUNT_UNKNOWN``, ``COPY_NOT_LOST`` when there is none.
    """
    known = query.stock_count(desk.library, count)
    if known is None:
        return Refused(Reason.STOCK_COUNT_UNKNOWN)
    action = desk.action(RESTORE_VERB)
    restored = 0
    for id_ in stock_lists.still_gone(desk.library, known):
        copy = find.copy_by_id(desk.library, id_) if copies is None or id_ in copies else None
        if copy is not None and not isinstance(add_found(desk, action, copy), Refused):
            restored += 1
    if not restored:
        return Refused(Reason.COPY_NOT_LOST)
    written = desk.commit(action)
    changes = frozenset(draft.entity_type for draft in action.drafts)
    return Done(restored, written.action, RESTORE_VERB, changes)
