"""What the screen shows, read and worded on the database's thread."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from perpusdesk.domain.decisions import Refused
from perpusdesk.services.conflicts.conflict_links import Links, links_of, names_of
from perpusdesk.services.conflicts.conflicts import (
    Conflict,
    Decision,
    Teller,
    conflict_by_id,
    find_conflict,
    last_decisions,
    list_conflicts,
    tellers,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.wording.conflicts import SaidConflict, kind_name, say_answer, say_conflict

_ALL: Final = 1_000_000
_HISTORY: Final = 200


@dataclass(frozen=True, slots=True)
class Card:
    """One question as it is shown."""

    conflict: Conflict
    said: SaidConflict
    tellers: tuple[Teller, ...]
    links: Links


@dataclass(frozen=True, slots=True)
class Lists:
    """The open questions, what presses most first, and those that were put off here."""

    asked: tuple[Conflict, ...]
    put_off: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision as it is listed: what was asked, what was answered."""

    decision: Decision
    sentence: str
    answer: str


def read_lists(desk: Desk) -> Lists:
    """Return what needs a decision."""
    asked = list_conflicts(desk, later=False, limit=_ALL).conflicts
    return Lists(asked, list_conflicts(desk, later=True, limit=_ALL).conflicts)


def read_card(desk: Desk, id_: str) -> Card | None:
    """Return a question, ``None`` when it is no longer open."""
    found = conflict_by_id(desk, id_)
    if isinstance(found, Refused):
        return None
    return Card(found, say_conflict(found, desk), tellers(desk, found), links_of(desk, found))


def read_settled(desk: Desk) -> list[Settled]:
    """Return the latest decisions, the last first."""
    found = last_decisions(desk, _HISTORY)
    times = Counter(one.action for one in found)
    return [_settled(desk, one, alone=times[one.action] == 1) for one in found]


def _settled(desk: Desk, decision: Decision, *, alone: bool) -> Settled:
    """Say what was asked; what is settled for good is told by what the decision changed."""
    answer = say_answer(decision.kind, decision.answer)
    conflict = find_conflict(desk, decision.conflict)
    if conflict is None:
        about = _changed(desk, decision) if alone else ""
        name = kind_name(decision.kind)
        return Settled(decision, f"{name}: {about}" if about else name, answer)
    said = say_conflict(conflict, desk)
    verbs = {one.code: one.verb for one in said.answers}
    return Settled(decision, said.sentence, verbs.get(decision.answer, answer))


def _changed(desk: Desk, decision: Decision) -> str:
    """Return the names of what a decision changed."""
    ops = desk.library.ops_of_action(decision.action)
    records = dict.fromkeys((op.entity_type, op.entity) for op in ops)
    return ", ".join(dict.fromkeys(names_of(desk, records)))
