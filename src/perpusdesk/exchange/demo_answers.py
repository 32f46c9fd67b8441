"""Answers to the demo library's surveys: mostly content, less so where the library is weak."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from perpusdesk.domain.surveys.form import Form, Part, Question, QuestionKind
from perpusdesk.exchange.demo_dice import Dice
from perpusdesk.exchange.demo_doings import Answers

_WEAK: Final = frozenset({"sarana", "waktu", "pengaduan"})
_CONTENT: Final = (1, 6, 55, 38)
_LESS: Final = (4, 18, 56, 22)
_BETTER: Final = (0, 4, 48, 48)
_SILENT: Final = 0.02
_REMARKS: Final = 0.12


def answers_to(form: Form, remarks: Sequence[str], rng: Dice, *, better: bool = False) -> Answers:
    """Return what one respondent answers; ``better``: after something was improved."""
    found: dict[str, int | str] = {}
    before = 0
    for question in form.asked:
        value = _answer(question, remarks, rng, before, better=better)
        if value is not None:
            found[question.id] = value
            if question.part is Part.BEFORE and isinstance(value, int):
                before = value
    return found


def _answer(
    question: Question, remarks: Sequence[str], rng: Dice, before: int, *, better: bool
) -> int | str | None:
    if question.kind is QuestionKind.TEXT:
        return rng.choice(remarks) if rng.random() < _REMARKS else None
    if question.kind is QuestionKind.SCALE:
        return None if rng.random() < _SILENT else _mark(question, rng, better=better)
    if question.kind is QuestionKind.SINGLE:
        return rng.choice(question.options).id
    if question.kind is QuestionKind.NUMBER and question.part is Part.BEFORE:
        return rng.randrange(35, 75, 5)
    if question.kind is QuestionKind.NUMBER and question.part is Part.AFTER:
        return min(100, before + rng.randrange(5, 35, 5))
    return None


def _mark(question: Question, rng: Dice, *, better: bool) -> int:
    weak = question.id in _WEAK
    if question.points != len(_CONTENT):
        return rng.randint(1 + question.points // 2, question.points)
    weights = (_CONTENT if better else _LESS) if weak else (_BETTER if better else _CONTENT)
    return rng.choices(range(1, question.points + 1), weights)[0]
