"""The forms that are ready to use, and the regulated figures, as ``resources/surveys`` has them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeVar

import msgspec

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.paths import resources
from perpusdesk.domain.surveys.checks import FormFault, form_findings
from perpusdesk.domain.surveys.form import Form, Part, Question, QuestionKind, SurveyKind, options
from perpusdesk.domain.surveys.reading_habit import ReadingRules
from perpusdesk.domain.surveys.satisfaction import Grade

_FOLDER: Final = "surveys"


class _Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    kind: QuestionKind
    text: str
    name: str = ""
    number: str = ""
    part: Part = Part.OTHER
    options: tuple[str, ...] = ()
    required: bool = False
    low: int = 0
    high: int = 1_000_000


class _Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    valid_from: date
    source: str
    key: str
    kind: SurveyKind
    name: str
    title: str
    intro: str = ""
    thanks: str = ""
    question: tuple[_Question, ...] = ()


class _Variant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    name: str
    order: tuple[str, ...]


class _Grade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    letter: str
    name: str
    lowest: str


class _Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    valid_from: date
    source: str
    yearly: int
    grade: tuple[_Grade, ...]


class _Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    valid_from: date
    valid_until: date
    source: str
    weights: dict[str, str]
    bands: dict[str, tuple[int, ...]]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    template: tuple[_Template, ...] = ()
    variant: tuple[_Variant, ...] = ()
    rules: tuple[_Rules, ...] = ()
    tgm: tuple[_Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """A form to begin with: ``key`` tells it apart, ``source`` where it comes from."""

    key: str
    name: str
    source: str
    valid_from: date
    form: Form


@dataclass(frozen=True, slots=True)
class SkmRules:
    """The classes of the satisfaction index from a day on, and how often a year it is due."""

    valid_from: date
    source: str
    yearly: int
    grades: tuple[Grade, ...]


_Dated = TypeVar("_Dated", Template, SkmRules)


def templates(day: date) -> tuple[Template, ...]:
    """Return the forms in force on a day. Raises ``KnownError(UNREADABLE_FILE)``."""
    every = _read()[0]
    keys = dict.fromkeys(one.key for one in every)
    return tuple(_in_force([one for one in every if one.key == key], day) for key in keys)


def skm_rules(day: date) -> SkmRules:
    """Return the classes in force on a day. Raises ``KnownError(UNREADABLE_FILE)``."""
    return _in_force(_read()[1], day)


def reading_rules(day: date) -> ReadingRules | None:
    """Return how the reading habit index was computed on a day; ``None`` when it was no more."""
    for rules, since in _read()[2]:
        if since <= day <= rules.valid_until:
            return rules
    return None


def _in_force(sets: Iterable[_Dated], day: date) -> _Dated:
    """Return the latest set that has begun; before all of them, the first."""
    every = sorted(sets, key=lambda one: one.valid_from)
    begun = [one for one in every if one.valid_from <= day]
    return begun[-1] if begun else every[0]


_Read = tuple[tuple[Template, ...], tuple[SkmRules, ...], tuple[tuple[ReadingRules, date], ...]]


@lru_cache(maxsize=1)
def _read() -> _Read:
    forms: list[Template] = []
    rules: list[SkmRules] = []
    reading: list[tuple[ReadingRules, date]] = []
    for name in ("skm", "workshop", "needs", "tkm", "free"):
        path = resources(_FOLDER, f"{name}.toml")
        try:
            found = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File)
            rules += map(_rules, found.rules)
            reading += [(_reading(one), one.valid_from) for one in found.tgm]
            for template in found.template:
                forms += _variants(template, found.variant)
        except (OSError, ValueError, InvalidOperation) as error:
            raise KnownError(Fault.UNREADABLE_FILE, path=str(path), cause=str(error)) from error
    return tuple(forms), tuple(rules), tuple(reading)


def _variants(template: _Template, variants: tuple[_Variant, ...]) -> list[Template]:
    """Return a template in each order of its unsur that there is, or as it stands."""
    plain = _template(template)
    if template.kind is not SurveyKind.SKM or not variants:
        return [plain]
    return [
        replace(plain, key=one.key, name=one.name, form=_ordered(plain.form, one.order))
        for one in variants
    ]


def _template(one: _Template) -> Template:
    form = Form(
        one.kind,
        one.title,
        one.intro,
        one.thanks,
        tuple(_question(question) for question in one.question),
        one.valid_from.isoformat(),
    )
    wrong = [each for each in form_findings(form) if each.fault is not FormFault.NO_QUESTIONS]
    if wrong:
        raise ValueError(f"{one.key}: {wrong[0].fault} {wrong[0].question}")
    return Template(one.key, one.name, " ".join(one.source.split()), one.valid_from, form)


def _question(one: _Question) -> Question:
    return Question(
        one.id,
        one.kind,
        one.text,
        one.name,
        one.number,
        one.part,
        options(one.options),
        one.required,
        one.low,
        one.high,
    )


def _ordered(form: Form, order: tuple[str, ...]) -> Form:
    """Return the form with its unsur in this order, numbered U1, U2 ..."""
    if sorted(order) != sorted(one.id for one in form.unsur):
        raise ValueError(f"order of {form.title}")
    wanted = iter(
        replace(one, number=f"U{place}")
        for place, id_ in enumerate(order, 1)
        if (one := form.question(id_)) is not None
    )
    questions = (next(wanted) if one.part is Part.UNSUR else one for one in form.questions)
    return replace(form, questions=tuple(questions))


def _rules(one: _Rules) -> SkmRules:
    grades = tuple(Grade(each.letter, each.name, Decimal(each.lowest)) for each in one.grade)
    return SkmRules(one.valid_from, " ".join(one.source.split()), one.yearly, grades)


def _reading(one: _Reading) -> ReadingRules:
    weights = {name: Fraction(value) for name, value in one.weights.items()}
    return ReadingRules(" ".join(one.source.split()), one.valid_until, weights, one.bands)
