"""One scan of a stock-take: judged, saved before the beep, and what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.items import Condition, Copy
from perpusdesk.domain.merge.facts import COUNTED
from perpusdesk.domain.shelf_order import Order, Walk
from perpusdesk.domain.stock_take import GONE, Outcome, Seen, StockCount, judge
from perpusdesk.services.circulation.found import add_found
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.undo import undo
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries import stock_counts as query
from perpusdesk.storage.queries.lookup import normal_isbn
from perpusdesk.storage.queries.names import TitleBrief, member_name, title_brief
from perpusdesk.storage.queries.stock_counts import Before

VERB: Final = "stock_scan"
REMOVE_VERB: Final = "remove_stock_scan"
LONGEST_CODE: Final = 80
CHANGED: Final = frozenset({"stock_scan"})
_UNSEEN: Final = Seen(known=False)
_START: Final = Walk()


@dataclass(frozen=True, slots=True)
class Counted:
    """A scan and what it came to.

    ``before``: it was scanned already, so nothing was written. ``restored``: a copy recorded as
    lost or missing is good again. ``order`` tells whether it (or the one scanned before it) stands
    out of order; ``walk`` goes into the next scan.
    """

    outcome: Outcome
    code: str
    scan: UUID | None = None
    copy: UUID | None = None
    barcode: str = ""
    title: TitleBrief | None = None
    seen: Seen = _UNSEEN
    before: Before | None = None
    restored: bool = False
    member: str = ""
    due: date | None = None
    order: Order = Order.FINE
    walk: Walk = _START


def count_code(
    desk: Desk,
    count: UUID,
    text: str,
    *,
    place: str = "",
    walk: Walk | None = None,
    restore: bool = False,
) -> Done[Counted] | Refused:
    """Count what a code names and commit it; ``place`` is the shelf where it was found.

    ``walk``: check the order of the shelf against the scans before. ``restore``: what is recorded
    as lost or missing becomes good with the same action. A code that nobody here knows is kept as
    unknown. ``STOCK_COUNT_UNKNOWN``, ``STOCK_COUNT_ENDED``, ``NOT_A_COPY`` code (a member's card:
    not kept), ``ISBN_NOT_A_COPY`` code, ``CODE_UNUSABLE`` code. Raises ``KnownError`` when the
    disk refuses.
    """
    known = query.stock_count(desk.library, count)
    if known is None:
        return Refused(Reason.STOCK_COUNT_UNKNOWN)
    if known.ended is not None:
        return Refused(Reason.STOCK_COUNT_ENDED, {"name": known.name, "ended": known.ended})
    code = " ".join(text.split())
    copy = copy_of(desk, known, code)
    if isinstance(copy, Refused):
        return copy
    before = query.scan_before(desk.library, count, copy, code)
    seen = query.seen_copy(desk.library, copy)
    outcome = judge(seen, known.scope)
    further, order = _step(walk, outcome, seen)
    action = desk.action(VERB)
    found = find.copy_by_id(desk.library, copy) if copy else None
    if before is None:
        scan = add_scan(desk, action, known, Code(code, copy, seen), place)
    else:
        scan = before.scan
    restored = restore and found is not None and _restore(desk, action, found)
    written = desk.commit(action) if action.drafts else None
    loan = find.open_loan_of_copy(desk.library, copy) if copy and seen.on_loan else None
    value = Counted(
        outcome,
        code,
        scan,
        copy,
        found.barcode if found else "",
        title_brief(desk.library, found.title) if found else None,
        seen,
        before,
        restored,
        member_name(desk.library, loan.member) if loan else "",
        loan.due if loan else None,
        Order.FINE if before else order,
        further,
    )
    changes = frozenset(draft.entity_type for draft in action.drafts)
    return Done(value, written.action if written else None, VERB, changes)


@dataclass(frozen=True, slots=True)
class Code:
    """A scanned code and the copy that it names."""

    text: str
    copy: UUID | None
    seen: Seen


def copy_of(desk: Desk, count: StockCount, code: str) -> UUID | Refused | None:
    """Return the copy that a code names; ``None`` when nobody here knows it.

    Of several copies with one code the first is taken that belongs here and is not counted yet.
    """
    if not code or len(code) > LONGEST_CODE or not code.isprintable():
        return Refused(Reason.CODE_UNUSABLE, {"code": code[:LONGEST_CODE]})
    spellings = tuple(dict.fromkeys((code, code.upper())))
    for spelling in spellings:
        found = find.copies_by_code(desk.library, spelling)
        if found:
            ids = [copy.id for copy in found]
            return ids[0] if len(ids) == 1 else _likeliest(desk, count, ids)
    if any(find.members_by_card(desk.library, spelling) for spelling in spellings):
        return Refused(Reason.NOT_A_COPY, {"code": code})
    if normal_isbn(code) is not None:
        return Refused(Reason.ISBN_NOT_A_COPY, {"code": code})
    return None


def _likeliest(desk: Desk, count: StockCount, copies: list[UUID]) -> UUID:
    counted = query.counted_already(desk.library, count.id, copies)
    left = [copy for copy in copies if copy not in counted] or copies
    fits = [
        copy
        for copy in left
        if judge(query.seen_copy(desk.library, copy), count.scope) is Outcome.FOUND
    ]
    return (fits or left)[0]


def add_scan(desk: Desk, action: Action, count: StockCount, code: Code, place: str = "") -> UUID:
    """Put one scan into an action; return its id."""
    scan = desk.library.new_id()
    condition = code.seen.condition
    action.event(
        COUNTED,
        "stock_scan",
        scan,
        fresh=True,
        stock_count=count.id,
        copy=code.copy,
        code=code.text,
        place=" ".join(place.split()) or None,
        condition=None if condition is Condition.GOOD else condition.value,
    )
    return scan


def _restore(desk: Desk, action: Action, copy: Copy) -> bool:
    if copy.condition not in GONE:
        return False
    return not isinstance(add_found(desk, action, copy), Refused)


def _step(walk: Walk | None, outcome: Outcome, seen: Seen) -> tuple[Walk, Order]:
    """Go along the shelf; what does not belong here says nothing about the order."""
    if walk is None or outcome is not Outcome.FOUND:
        return walk or _START, Order.FINE
    return walk.step(seen.call_number)


def scan_stands(desk: Desk, scan: UUID) -> bool:
    """Whether a scan is there and was not taken back."""
    voided = desk.library.value("select voided from stock_scan where id = ?", scan.bytes)
    return bool(voided == 0)


def take_scan_back(desk: Desk, scan: UUID) -> Done[UUID] | Refused:
    """Take one scan back, whoever made it, on its own or within a file; scan again to count it.

    A scan that was an action of its own is undone with all that came of it. ``SCAN_UNKNOWN`` and
    what ``undo`` refuses.
    """
    ops = desk.library.ops_of(scan)
    told = next((op for op in ops if op.kind == COUNTED), None)
    if told is None or not scan_stands(desk, scan):
        return Refused(Reason.SCAN_UNKNOWN)
    if sum(op.kind == COUNTED for op in desk.library.ops_of_action(told.action)) == 1:
        undone = undo(desk, told.action)
        if isinstance(undone, Refused):
            return undone
        return Done(scan, undone.action, REMOVE_VERB, undone.changes)
    action = desk.action(REMOVE_VERB)
    action.void(told)
    written = desk.commit(action)
    return Done(scan, written.action, REMOVE_VERB, CHANGED)
