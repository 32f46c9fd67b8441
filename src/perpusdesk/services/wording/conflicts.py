"""Conflicts in plain words: everything that a screen or the command line shows of one."""

from __future__ import annotations

from dataclasses import dataclass

from perpusdesk.common.formats import date_and_time
from perpusdesk.common.i18n import N_, _
from perpusdesk.domain.conflicts import kinds
from perpusdesk.domain.conflicts.conflict import Conflict
from perpusdesk.domain.conflicts.kinds import Kind
from perpusdesk.services.conflicts.conflicts import Teller, tellers
from perpusdesk.services.desk import Desk
from perpusdesk.services.wording.conflict_sides import (
    Words,
    kind_name,
    say_lines,
    say_sentence,
    say_time,
    say_who,
    words_of,
)
from perpusdesk.services.wording.conflict_verbs import AS_IS_OF, GENERAL, OF_SIDE, PAIRS, say_answer
from perpusdesk.storage.queries import conflict_names as names

__all__ = [
    "SaidAnswer",
    "SaidConflict",
    "SaidSide",
    "kind_name",
    "say_answer",
    "say_conflict",
    "say_sentence",
    "say_told",
]


@dataclass(frozen=True, slots=True)
class SaidSide:
    """A side: ``who`` in a few words, ``told`` when, by whom and where, ``text`` the rest."""

    who: str
    told: str
    text: str


@dataclass(frozen=True, slots=True)
class SaidAnswer:
    """An answer: its code, a verb of a few words, and in one sentence what it will do."""

    code: str
    verb: str
    consequence: str


@dataclass(frozen=True, slots=True)
class SaidConflict:
    """A conflict in words, its answers in order; ``proposal`` is one of them."""

    sentence: str
    sides: tuple[SaidSide, ...]
    answers: tuple[SaidAnswer, ...]
    proposal: SaidAnswer


def say_conflict(conflict: Conflict, desk: Desk) -> SaidConflict:
    """Return everything that is shown of a conflict."""
    sides = tuple(
        SaidSide(
            say_who(conflict, side, desk),
            say_told(teller),
            "\n".join(say_lines(conflict, side, desk)),
        )
        for side, teller in zip(conflict.sides, tellers(desk, conflict), strict=True)
    )
    answers = tuple(
        SaidAnswer(answer, *_answer(conflict, answer, desk)) for answer in conflict.answers
    )
    proposal = next(one for one in answers if one.code == conflict.proposal)
    return SaidConflict(say_sentence(conflict, desk), sides, answers, proposal)


def say_told(teller: Teller) -> str:
    """Return when, by whom and where something was said."""
    by = _("by {name}").format(name=teller.staff) if teller.staff else ""
    where = teller.device or teller.branch
    return " · ".join(part for part in (date_and_time(teller.at), by, where) if part)


def _answer(conflict: Conflict, answer: str, desk: Desk) -> tuple[str, str]:
    place = kinds.side_of(answer)
    if place is None:
        texts = AS_IS_OF.get(conflict.kind) if answer == kinds.AS_IS else None
        verb, what = texts or GENERAL[answer]
        kept = conflict.facts.get("kept")
        words = {"kept": names.member_name(desk.library, kept) if kept else ""}
        return _(verb), _(what).format_map(words)
    verb, what = _of_side(conflict, place)
    words = _side_words(conflict, place, desk)
    return _(verb).format_map(words), _(what).format_map(words)


def _of_side(conflict: Conflict, place: int) -> tuple[str, str]:
    if conflict.kind is Kind.LENT_SENT:
        if conflict.sides[place - 1].entity_type == "loan":
            return N_("The loan is right"), N_("The loan stands; the sending is cancelled.")
        return (
            N_("The sending is right"),
            N_("The loan of {other} ended on {time}, without a fine."),
        )
    return PAIRS.get((conflict.kind, place)) or OF_SIDE[conflict.kind]


def _side_words(conflict: Conflict, place: int, desk: Desk) -> Words:
    right, others = conflict.sides[place - 1], list(conflict.sides)
    del others[place - 1]
    said = [say_who(conflict, one, desk) for one in conflict.sides]
    words = words_of(conflict, desk)
    at = right.at
    if conflict.kind is Kind.LENT_KEPT:
        at = conflict.sides[1].at
    words |= {
        "who": said[place - 1],
        "which": names.record_number(desk.library, right.entity_type, right.entity)
        or said[place - 1],
        "others": ", ".join(who for at_, who in enumerate(said, 1) if at_ != place),
        "other": say_who(conflict, others[0], desk) if others else "",
        "first": said[0],
        "second": said[1] if len(said) > 1 else "",
        "time": say_time(at, desk),
    }
    return words
