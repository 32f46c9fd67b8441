"""What needs a decision: the list, one conflict, settling one or all as proposed, deciding later.

A decision is a record of its own, written with all that its answer changes as one action; ``undo``
takes both back. Of two devices that decide differently the later counts (``decided_twice``).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from perpusdesk.domain.conflicts.conflict import Conflict, Side
from perpusdesk.domain.conflicts.kinds import Kind, rights_for
from perpusdesk.domain.conflicts.records import DECISION
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.ids import named_id
from perpusdesk.services.conflicts.conflict_answers import Settling, put_answer
from perpusdesk.services.conflicts.conflict_list import (
    conflict_count,
    every_conflict,
    key_of,
    open_conflicts,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.staff_rules import refuse_staff_change
from perpusdesk.storage.queries import conflict_records as query
from perpusdesk.storage.queries.names import staff_name
from perpusdesk.storage.queries.ops import op_facts
from perpusdesk.storage.queries.values import as_moment

__all__ = ["Conflict", "Kind", "Side", "conflict_count"]

VERB: Final = "settle_conflict"
"""As ``domain.conflicts.records.SETTLED_BY``."""

_LATER: Final = "conflicts/later"


@dataclass(frozen=True, slots=True)
class ConflictList:
    """What is open: ``counts`` by kind and ``total`` are of all, ``later`` of those put off here.

    ``conflicts`` is the part that was asked for, what presses most first.
    """

    total: int
    counts: Mapping[Kind, int]
    later: int
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """Which conflicts were settled by one action, each with its answer; ``left`` were not.

    Those left could not be settled as proposed; each with why.
    """

    answers: Mapping[str, str]
    left: Mapping[str, Refused]


@dataclass(frozen=True, slots=True)
class Teller:
    """Who said one side, where and when; ``device`` is a name, all texts may be empty."""

    device: str
    staff: str
    branch: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that stands: of which conflict, what was answered, by whom; to undo ``action``."""

    conflict: str
    kind: str
    answer: str
    note: str
    teller: Teller
    action: UUID


def list_conflicts(
    desk: Desk,
    *,
    kind: Kind | None = None,
    later: bool | None = None,
    limit: int = 200,
    offset: int = 0,
) -> ConflictList:
    """Return what needs a decision, of all kinds or of one.

    ``later``: only (``True``) or without (``False``) what was put off on this device.
    """
    every = open_conflicts(desk.library)
    off = _put_off(desk) & every.keys()
    wanted = [
        one
        for one in every.values()
        if (kind is None or one.kind is kind) and (later is None or (one.id in off) is later)
    ]
    counts = Counter(one.kind for one in every.values())
    return ConflictList(len(every), counts, len(off), tuple(wanted[offset : offset + limit]))


def conflict_by_id(desk: Desk, id_: str) -> Conflict | Refused:
    """Return one open conflict. ``CONFLICT_UNKNOWN``, ``CONFLICT_SETTLED`` answer."""
    found = open_conflicts(desk.library).get(id_)
    if found is not None:
        return found
    settled = query.decision_by_id(desk.library, _record_of(id_))
    if settled is not None:
        return Refused(Reason.CONFLICT_SETTLED, {"answer": settled.answer})
    return Refused(Reason.CONFLICT_UNKNOWN, {"conflict": id_})


def tellers(desk: Desk, conflict: Conflict) -> tuple[Teller, ...]:
    """Return who said each side of a conflict."""
    names = query.device_names(desk.library)
    return tuple(_teller(desk, side, names) for side in conflict.sides)


def settle(desk: Desk, id_: str, answer: str, note: str = "") -> Done[Settled] | Refused:
    """Settle one conflict by one of its answers, as one action that can be undone.

    ``CONFLICT_UNKNOWN``, ``CONFLICT_SETTLED``, ``ANSWER_UNKNOWN`` answer, answers;
    ``RIGHT_MISSING`` right; ``RECORD_IN_USE``, and as the jobs refuse that an answer does
    (``NUMBERS_USED_UP``, ``RECORD_TOO_LONG``, ...). Raises ``KnownError`` when the disk refuses.
    """
    conflict = conflict_by_id(desk, id_)
    if isinstance(conflict, Refused):
        return conflict
    if answer not in conflict.answers:
        facts = {"answer": answer, "answers": " · ".join(conflict.answers)}
        return Refused(Reason.ANSWER_UNKNOWN, facts)
    settling = Settling(desk, desk.action(VERB))
    refusal = _put(settling, conflict, answer, note)
    return refusal or _committed(settling, {id_: answer}, {})


def settle_all(
    desk: Desk, kind: Kind | None = None, ids: Iterable[str] | None = None
) -> Done[Settled] | Refused:
    """Accept the proposals of all open conflicts (of one kind, or of these), as one action.

    Those that this person may not settle, or that cannot be as proposed, are left with the reason;
    so are, unless ``ids`` names them, those put off on this device. ``NOTHING_CHOSEN`` when there
    is none; when all are left, the first reason.
    """
    every = open_conflicts(desk.library)
    off = _put_off(desk) if ids is None else frozenset[str]()
    wanted = [one for one in ids or every if one in every and one not in off]
    chosen = [every[one] for one in wanted if kind is None or every[one].kind is kind]
    settling = Settling(desk, desk.action(VERB))
    answers: dict[str, str] = {}
    left: dict[str, Refused] = {}
    for conflict in chosen:
        before = len(settling.action.drafts)
        refusal = _put(settling, conflict, conflict.proposal, "")
        if refusal is not None:
            del settling.action.drafts[before:]
            left[conflict.id] = refusal
        else:
            answers[conflict.id] = conflict.proposal
    if not answers:
        return next(iter(left.values()), Refused(Reason.NOTHING_CHOSEN))
    return _committed(settling, answers, left)


def decide_later(desk: Desk, id_: str, *, later: bool = True) -> None:
    """Put a conflict off on this device, or (``later=False``) take it up again."""
    off = _put_off(desk) & open_conflicts(desk.library).keys()
    changed = off | {id_} if later else off - {id_}
    desk.library.put_local(_LATER, json.dumps(sorted(changed)) if changed else None)


def is_put_off(desk: Desk, id_: str) -> bool:
    """Whether a conflict was put off on this device."""
    return id_ in _put_off(desk)


def last_decisions(desk: Desk, limit: int = 50) -> list[Decision]:
    """Return the latest decisions that stand, of any device, the last first."""
    names = query.device_names(desk.library)
    found = []
    for row in query.last_decisions(desk.library, limit):
        kind, _, id_ = row.conflict.partition("/")
        facts = op_facts(desk.library, row.stamp)
        if facts is not None:
            side = Side(row.stamp, DECISION, row.id, facts.at)
            teller = _teller(desk, side, names)
            found.append(Decision(id_, kind, row.answer, row.note, teller, facts.action))
    return found


def find_conflict(desk: Desk, id_: str) -> Conflict | None:
    """Return a conflict whether or not somebody settled it, as long as its ops still say so."""
    return every_conflict(desk.library).get(id_)


def _put(settling: Settling, conflict: Conflict, answer: str, note: str) -> Refused | None:
    for right in rights_for(conflict.kind, str(conflict.facts.get("record", ""))):
        if not settling.desk.may(right):
            return Refused(Reason.RIGHT_MISSING, {"right": right})
    refusal = put_answer(settling, conflict, answer)
    refusal = refusal or refuse_staff_change(settling.desk, settling.action)
    if refusal is not None:
        return refusal
    fields = {
        "conflict": key_of(conflict),
        "answer": answer,
        "note": note.strip(),
        "settled": settling.desk.now(),
    }
    settling.action.set(DECISION, _record_of(conflict.id), fields)
    return None


def _committed(
    settling: Settling, answers: Mapping[str, str], left: Mapping[str, Refused]
) -> Done[Settled]:
    action = settling.commit()
    changes = frozenset(draft.entity_type for draft in settling.action.drafts)
    return Done(Settled(answers, left), action, VERB, changes)


def _record_of(id_: str) -> UUID:
    return named_id("conflict", id_)


def _put_off(desk: Desk) -> frozenset[str]:
    kept = desk.library.local(_LATER)
    return frozenset(json.loads(kept)) if kept else frozenset()


def _teller(desk: Desk, side: Side, names: Mapping[bytes, tuple[str, UUID | None]]) -> Teller:
    facts = op_facts(desk.library, side.stamp)
    device, home = names.get(side.stamp.device, ("", None))
    branch = desk.branches.get((facts.branch if facts else None) or home or UUID(int=0))
    at = as_moment(facts.at, facts.zone) if facts else as_moment(side.at, desk.zone)
    staff = staff_name(desk.library, facts.staff) if facts else ""
    return Teller(device, staff, branch.name if branch else "", at)
