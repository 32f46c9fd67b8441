"""Undoing: a new action that takes an earlier one back, also after it was sent elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from perpusdesk.domain.conflicts.records import SETTLED_BY
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.merge import loans as loan_events
from perpusdesk.domain.merge.fields import FieldState, fold_fields
from perpusdesk.domain.merge.ops import DELETE, SET, VOID, Op
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.staff_rules import refuse_staff_change
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import actions as recent_actions
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries.built_upon import built_upon

VERB = "undo"
RIGHT = "undo_others"
_OVERTAKEN = frozenset({"loan", "hold", "transfer", "erasure"})
"""Told by events of which a later one builds on an earlier one."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: the action and its verb."""

    action: UUID
    verb: str
    at: datetime


def undo(desk: Desk, action: UUID | None = None) -> Done[Undone] | Refused:
    """Take back an action (default: the last one of this device that still stands).

    Where somebody works, the last one is never a visitor's, sent from a kiosk or a phone.

    Refused with ``UNDO_OVERTAKEN`` when something later built on it, ``ALREADY_UNDONE``,
    ``NOTHING_TO_UNDO``, ``RIGHT_MISSING`` when another person did it, and as
    ``refuse_staff_change``. Raises ``KnownError`` when the disk refuses.
    """
    wanted = action or recent_actions.last_undoable(desk.library, desk.staff)
    ops = desk.library.ops_of_action(wanted) if wanted else []
    if not ops or wanted is None:
        return Refused(Reason.NOTHING_TO_UNDO)
    if ops[0].verb in recent_actions.NOT_UNDOABLE:
        return Refused(Reason.NOTHING_TO_UNDO, {"verb": ops[0].verb})
    if recent_actions.is_undone(desk.library, wanted):
        return Refused(Reason.ALREADY_UNDONE, {"verb": ops[0].verb})
    if ops[0].staff not in (None, desk.staff) and not desk.may(RIGHT):
        return Refused(Reason.RIGHT_MISSING, {"right": RIGHT})
    reversal = desk.action(VERB)
    for reverse in (_reverse_events, _reverse_records):
        refusal = reverse(desk, ops, reversal)
        if refusal:
            return refusal
    refusal = refuse_staff_change(desk, reversal)
    if refusal:
        return refusal
    reversal.event(recent_actions.UNDONE, "undone", wanted)
    written = desk.commit(reversal)
    desk.settle()
    value = Undone(wanted, ops[0].verb, desk.now())
    return Done(value, written.action, VERB, frozenset(op.entity_type for op in ops))


def _reverse_events(desk: Desk, ops: list[Op], reversal: Action) -> Refused | None:
    for op in reversed(ops):
        if op.kind in (SET, DELETE):
            continue
        refusal = _overtaken(desk, op) if op.entity_type in _OVERTAKEN else None
        if refusal:
            return refusal
        reversal.void(op)
    return None


def _overtaken(desk: Desk, op: Op) -> Refused | None:
    history = desk.library.ops_of(op.entity)
    voided = {tuple(stamp) for other in history for stamp in _voids(other)}
    later = [
        other
        for other in history
        if other.stamp > op.stamp
        and other.action != op.action
        and other.kind != VOID
        and tuple(other.stamp) not in voided
    ]
    if later:
        return Refused(Reason.UNDO_OVERTAKEN, {"verb": op.verb, "by": later[-1].verb})
    if op.kind in (loan_events.RETURNED, loan_events.LOST):
        loan = find.loan_by_id(desk.library, op.entity)
        last = find.last_loan_of_copy(desk.library, loan.copy) if loan else None
        if loan and last and last.id != loan.id and _began_after(desk, last.id, op):
            return Refused(Reason.UNDO_OVERTAKEN, {"verb": op.verb, "by": "lend"})
    return None


def _began_after(desk: Desk, loan: UUID, op: Op) -> bool:
    """Whether a loan was made after an op; one that was there already is not built on it."""
    opened = [other for other in desk.library.ops_of(loan) if other.kind == loan_events.OPENED]
    return any(other.stamp > op.stamp for other in opened)


def _voids(op: Op) -> Any:
    return op.payload.get("of", ()) if op.kind == VOID else ()


def _reverse_records(desk: Desk, ops: list[Op], reversal: Action) -> Refused | None:
    """Bring each record back to what it was before the action touched it."""
    touched: dict[UUID, list[Op]] = {}
    for op in reversed(ops):
        if op.kind in (SET, DELETE):
            touched.setdefault(op.entity, []).append(op)
    own = frozenset(op.entity for op in ops)
    for mine in touched.values():
        refusal = _restore(desk, mine, reversal, own)
        if refusal:
            return refusal
    return None


def _restore(desk: Desk, mine: list[Op], reversal: Action, own: frozenset[UUID]) -> Refused | None:
    """Restore one record; ``mine`` are the action's ops on it, the last first."""
    last, first = mine[0], mine[-1]
    entity_type, entity = first.entity_type, first.entity
    standing = _standing(desk, entity, first.action)
    before = fold_fields(FieldState(), (op for op in standing if op.stamp < first.stamp))
    written = {name: op.stamp for op in reversed(mine) for name in op.payload.get("fields", ())}
    if not before.clocks or before.deleted:
        in_use = built_upon(desk.library, entity_type, entity, own)
        if in_use and first.verb != SETTLED_BY:  # there, it was in use while it was gone
            return Refused(Reason.UNDO_OVERTAKEN, {"verb": first.verb, "by": in_use})
        if before.deleted and written:
            reversal.set(entity_type, entity, {name: before.values.get(name) for name in written})
        reversal.delete(entity_type, entity)
        return None
    if last.kind == DELETE:
        reversal.set(entity_type, entity, {**dict.fromkeys(written), **before.values})
        return None
    now = fold_fields(FieldState(), standing)
    since = tuple(name for name, stamp in written.items() if now.clocks.get(name) != stamp)
    if since:
        return Refused(Reason.UNDO_OVERTAKEN, {"verb": first.verb, "fields": since})
    reversal.set(entity_type, entity, {name: before.values.get(name) for name in written})
    return None


def _standing(desk: Desk, entity: UUID, action: UUID) -> list[Op]:
    """Return the ops of a record but for what was undone, and for the undoing of it."""
    ops = desk.library.ops_of(entity)
    others = {op.action for op in ops} - {action}
    undone = {other for other in others if recent_actions.is_undone(desk.library, other)}
    return [op for op in ops if op.verb != VERB and op.action not in undone]
