"""Undoing: a new action that takes an earlier one back, also after it was sent elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.merge import loans as loan_events
from perpusdesk.domain.merge.fields import FieldState, fold_fields
from perpusdesk.domain.merge.ops import DELETE, SET, VOID, Op
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import actions as recent_actions
from perpusdesk.storage.queries import circulation as find

VERB = "undo"


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: the action and its verb."""

    action: UUID
    verb: str
    at: datetime


def undo(desk: Desk, action: UUID | None = None) -> Done[Undone] | Refused:
    """Take back an action (default: the last one of this device that still stands).

    Refused with ``UNDO_OVERTAKEN`` when something later built on it, ``ALREADY_UNDONE``,
    ``NOTHING_TO_UNDO``. Raises ``KnownError`` when the disk refuses.
    """
    wanted = action or recent_actions.last_undoable(desk.library)
    ops = desk.library.ops_of_action(wanted) if wanted else []
    if not ops or wanted is None:
        return Refused(Reason.NOTHING_TO_UNDO)
    if ops[0].verb in recent_actions.NOT_UNDOABLE:
        return Refused(Reason.NOTHING_TO_UNDO, {"verb": ops[0].verb})
    if recent_actions.is_undone(desk.library, wanted):
        return Refused(Reason.ALREADY_UNDONE, {"verb": ops[0].verb})
    reversal = desk.action(VERB)
    for op in reversed(ops):
        refusal = _reverse(desk, op, reversal)
        if refusal:
            return refusal
    reversal.event(recent_actions.UNDONE, "undone", wanted)
    written = desk.commit(reversal)
    value = Undone(wanted, ops[0].verb, desk.now())
    return Done(value, written.action, VERB, frozenset(op.entity_type for op in ops))


def _reverse(desk: Desk, op: Op, reversal: Action) -> Refused | None:
    if op.kind == SET:
        return _restore_fields(desk, op, reversal)
    if op.kind == DELETE:
        values = _state_without(desk, op).values
        reversal.set(op.entity_type, op.entity, values)
        return None
    if op.entity_type in ("loan", "hold"):
        refusal = _overtaken(desk, op)
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
    if op.kind == loan_events.RETURNED:
        loan = find.loan_by_id(desk.library, op.entity)
        again = find.open_loan_of_copy(desk.library, loan.copy) if loan else None
        if again:
            return Refused(Reason.UNDO_OVERTAKEN, {"verb": op.verb, "by": "lend"})
    return None


def _voids(op: Op) -> Any:
    return op.payload.get("of", ()) if op.kind == VOID else ()


def _restore_fields(desk: Desk, op: Op, reversal: Action) -> Refused | None:
    before = _state_without(desk, op)
    if not before.clocks:
        reversal.delete(op.entity_type, op.entity)
        return None
    now = desk.library.clocks_of(op.entity_type, op.entity)
    changed_since = [name for name in op.payload["fields"] if now.get(name) != op.stamp]
    if changed_since:
        return Refused(Reason.UNDO_OVERTAKEN, {"verb": op.verb, "fields": tuple(changed_since)})
    values = {name: before.values.get(name) for name in op.payload["fields"]}
    reversal.set(op.entity_type, op.entity, values)
    return None


def _state_without(desk: Desk, op: Op) -> FieldState:
    others = [other for other in desk.library.ops_of(op.entity) if other.stamp < op.stamp]
    return fold_fields(FieldState(), others)
