"""Taking an import back as a whole: what nobody used or changed since goes, the rest stays."""

from __future__ import annotations

import math
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.merge.fields import FieldState, fold_fields
from perpusdesk.domain.merge.ops import SET, VOID, Op
from perpusdesk.domain.merge.records import EVENT_RECORDS
from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer.import_manners import ALONE, Manners
from perpusdesk.services.transfer.import_memory import known_runs
from perpusdesk.services.transfer.import_rights import may_import
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import imports
from perpusdesk.storage.queries.built_upon import built_upon
from perpusdesk.storage.queries.imports import RunFacts

VERB: Final = "undo"
_PART: Final = 500
_SMALL_PART: Final = 50
_ORDER: Final = {
    "loan": "loans",
    "hold": "holds",
    "money": "money",
    "visit": "visits",
    "cover": "covers",
    "photo": "photos",
    "copy": "copies",
    "issue": "issues",
    "title": "titles",
    "member": "members",
    "member_category": "categories",
    "collection_kind": "kinds",
    "heading": "headings",
}
"""What depends on something goes before it."""


@dataclass(slots=True)
class UndoneRun:
    """What was taken back, per kind: removed records, records as they were, and what stayed."""

    run: UUID
    removed: Counter[str] = field(default_factory=Counter)
    restored: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)


def runs(desk: Desk) -> list[RunFacts]:
    """Return the runs of this device, the latest first."""
    found = [imports.run_facts(desk.library, UUID(run)) for run in reversed(known_runs(desk))]
    return [facts for facts in found if facts]


def undo_run(
    desk: Desk,
    run: UUID,
    *,
    progress: Callable[[int, int], object] | None = None,
    manners: Manners = ALONE,
) -> UndoneRun | Refused:
    """Take a run back; records that something was built upon, or that were changed, stay.

    Works in parts: broken off in the middle, it can be done again. ``progress`` hears (done, of).
    With ``manners`` the library is used in short turns, and this may run on a thread of its own.
    Refused with ``NOTHING_TO_UNDO`` (no such run), ``ALREADY_UNDONE``, ``RIGHT_MISSING``.
    """
    with manners.turn():
        refusal = may_import(desk)
    if refusal is not None:
        return refusal
    with desk.beside() as quiet:
        facts = imports.run_facts(quiet.library, run)
        if facts is None:
            return Refused(Reason.NOTHING_TO_UNDO)
        if facts.undone is not None:
            return Refused(Reason.ALREADY_UNDONE, {"verb": "import"})
        own = imports.actions_of(quiet.library, run)
        waiting = {kind: imports.written_by(quiet.library, run, kind) for kind in _ORDER}
    undone = UndoneRun(run)
    of, done = sum(map(len, waiting.values())), 0
    for kind, entities in waiting.items():
        left = deque(entities)
        while left:
            with manners.turn():
                done += _Reversal(desk, own, undone).take_back(kind, left, manners.longest)
            if progress:
                progress(done, of)
    with manners.turn():
        action = desk.action(VERB)
        action.event(imports.UNDONE, imports.RUN, run, kept=sum(undone.kept.values()))
        desk.commit(action)
    return undone


class _Reversal:
    """One committed part of it."""

    def __init__(self, desk: Desk, own: set[bytes], undone: UndoneRun) -> None:
        self._desk = desk
        self._own = own
        self._undone = undone
        self._action: Action = desk.action(VERB)

    def take_back(self, kind: str, left: deque[UUID], longest: float) -> int:
        """Take some of these records back and commit it; return how many."""
        part = _PART if math.isinf(longest) else _SMALL_PART
        until, before = time.monotonic() + longest / 2, len(left)
        while left and before - len(left) < part and time.monotonic() < until:
            entity = left.popleft()
            ops = sorted(self._desk.library.ops_of(entity), key=lambda op: op.stamp)
            if kind in EVENT_RECORDS:
                self._events(_ORDER[kind], ops)
            else:
                self._record(kind, entity, ops)
        if self._action.drafts:
            self._desk.commit(self._action)
        return before - len(left)

    def _mine(self, op: Op) -> bool:
        return op.action.bytes in self._own

    def _events(self, name: str, ops: list[Op]) -> None:
        voided = {tuple(stamp) for op in ops if op.kind == VOID for stamp in op.payload["of"]}
        standing = [op for op in ops if op.kind != VOID and tuple(op.stamp) not in voided]
        if not standing:
            return
        if all(map(self._mine, standing)):
            for op in reversed(standing):
                self._action.void(op)
            self._undone.removed[name] += 1
        else:
            self._undone.kept[name] += 1

    def _record(self, kind: str, entity: UUID, ops: list[Op]) -> None:
        now = fold_fields(FieldState(), ops)
        if now.deleted:
            return
        before = fold_fields(FieldState(), (op for op in ops if not self._mine(op)))
        if self._mine(ops[0]) or before.deleted:
            self._created(kind, entity, ops, now)
        else:
            self._filled(kind, entity, ops, now)

    def _created(self, kind: str, entity: UUID, ops: list[Op], now: FieldState) -> None:
        ours = fold_fields(FieldState(), filter(self._mine, ops))
        changed = _said(ours) != _said(now)
        if changed or built_upon(self._desk.library, kind, entity, frozenset()):
            self._undone.kept[_ORDER[kind]] += 1
        else:
            self._action.delete(kind, entity)
            self._undone.removed[_ORDER[kind]] += 1

    def _filled(self, kind: str, entity: UUID, ops: list[Op], now: FieldState) -> None:
        """Empty again what the run had filled, field by field, where nobody was there since."""
        mine = [op for op in ops if self._mine(op) and op.kind == SET]
        written = {name: op.stamp for op in mine for name in op.payload["fields"]}
        standing = [name for name, stamp in written.items() if now.clocks.get(name) == stamp]
        if len(standing) < len(written):
            self._undone.kept[_ORDER[kind]] += 1
        if standing:
            before = fold_fields(FieldState(), (op for op in ops if not self._mine(op))).values
            self._action.set(kind, entity, {name: before.get(name) for name in standing})
            self._undone.restored[_ORDER[kind]] += 1


def _said(state: FieldState) -> dict[str, Any]:
    """Return the fields that say something: one that was emptied again is as if never filled."""
    return {name: value for name, value in state.values.items() if value is not None}
