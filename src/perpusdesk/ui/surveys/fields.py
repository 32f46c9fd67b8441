"""The questions about a survey itself: what it is called, which form, when, where, for how many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QLineEdit

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _
from perpusdesk.domain.surveys.sampling import sample_size
from perpusdesk.domain.surveys.satisfaction import Weight
from perpusdesk.exchange.survey_templates import Template
from perpusdesk.services.surveys.survey_drafts import Version
from perpusdesk.services.surveys.surveys import SurveyForm
from perpusdesk.services.wording.surveys import kind_name, weight_name
from perpusdesk.ui.kit.ask_card import AskCard, missing
from perpusdesk.ui.kit.entries import CountEdit, DateEdit
from perpusdesk.ui.kit.forms import Choice, Field

_MOST = 100_000_000


@dataclass(frozen=True, slots=True)
class Known:
    """What a survey can be made of: forms, branches, and the usual time."""

    versions: Sequence[Version]
    branches: Sequence[tuple[str, UUID]]
    first_day: date
    last_day: date


class SurveyFields:
    """Asks for a ``SurveyForm``; ``before`` fills the fields, its form of questions stays."""

    def __init__(self, known: Known, before: SurveyForm | None = None) -> None:
        self._before = before
        named = [
            (_("{name}, version {n}").format(name=one.name, n=one.number), one.id)
            for one in known.versions
        ]
        self.version: Choice[UUID] = Choice(named)
        self.name = Field(_("Name"), QLineEdit(), name="name", required=True)
        self.branch: Choice[UUID | None] = Choice([(_("All branches"), None), *known.branches])
        self.service = Field(
            _("Service"), QLineEdit(), name="service", hint=_("Empty: the library as a whole.")
        )
        first = before.first_day if before else known.first_day
        last = before.last_day if before else known.last_day
        self.days = (
            Field(_("First day"), DateEdit(first), name="first_day", required=True),
            Field(_("Last day"), DateEdit(last), name="last_day", required=True),
        )
        self.population = Field(_("Users in this time"), CountEdit(most=_MOST), name="population")
        self.weight: Choice[Weight] = Choice([(weight_name(one), one) for one in Weight])
        self.population.edit.valueChanged.connect(lambda _value: self._say_target())
        self.version.currentIndexChanged.connect(lambda _place: self._name_after_form())
        self._fill(before)
        self._say_target()

    def _fill(self, before: SurveyForm | None) -> None:
        if before is None:
            self._name_after_form()
            return
        self.name.edit.setText(before.name)
        self.service.edit.setText(before.service)
        self.population.edit.setValue(before.population)
        self.weight.setCurrentIndex(list(Weight).index(before.weight))
        branches = [self.branch.itemText(place) for place in range(self.branch.count())]
        for place in range(len(branches)):
            self.branch.setCurrentIndex(place)
            if self.branch.value() == before.branch:
                return
        self.branch.setCurrentIndex(0)

    def _name_after_form(self) -> None:
        """Propose the name of the form, as long as nobody typed another."""
        if not self.name.edit.isModified():
            self.name.edit.setText(self.version.currentText().rpartition(",")[0])

    def _say_target(self) -> None:
        target = sample_size(self.population.edit.value())
        hint = _("At least {n} must answer (Krejcie-Morgan).").format(n=number(target))
        none = _("Empty: no target. It decides how many must answer.")
        self.population.set_hint(hint if target else none)

    def ask(
        self, card: AskCard, heading: str, verb: str, then: Callable[[SurveyForm], object]
    ) -> None:
        """Ask in ``card``; ``then`` gets the answer."""
        form: list[Field[Any]] = [self.name]
        if self._before is None:
            form = [Field(_("Form of the survey"), self.version, name="version"), self.name]
        fields = [
            *form,
            *self.days,
            Field(_("Branch"), self.branch, name="branch"),
            self.service,
            self.population,
            Field(_("Weight of each unsur"), self.weight, name="weight"),
        ]
        card.ask(heading, fields, verb, lambda: self._then(then), check=self._check, columns=2)

    def _check(self) -> dict[str, str]:
        wrong = missing(("name", self.name.edit.text().strip()))
        days = [field.edit.date() for field in self.days]
        for field, day in zip(self.days, days, strict=True):
            if day is None:
                wrong[field.name] = _("Enter a date.")
        if days[0] is not None and days[1] is not None and days[0] > days[1]:
            wrong["last_day"] = _("The last day is before the first.")
        return wrong

    def _then(self, then: Callable[[SurveyForm], object]) -> None:
        before = self._before
        first, last = (field.edit.date() for field in self.days)
        version = before.version if before else self.version.value()
        if first is None or last is None or version is None:
            return
        population = self.population.edit.value()
        kept = before is not None and before.population == population
        then(
            SurveyForm(
                self.name.edit.text(),
                version,
                first,
                last,
                self.branch.value(),
                self.service.edit.text(),
                population,
                before.target if before is not None and kept else None,
                self.weight.value() or Weight.EXACT,
                before.note if before else "",
            )
        )


def ask_template(
    card: AskCard, templates: Sequence[Template], then: Callable[[Template], object]
) -> None:
    """Ask which form to begin with."""
    choice: Choice[Template] = Choice([(one.name, one) for one in templates])
    field = Field(_("Begin with"), choice, name="template")

    def say() -> None:
        chosen = choice.value()
        if chosen is not None:
            field.set_hint(f"{kind_name(chosen.form.kind)}. {chosen.source}")

    choice.currentIndexChanged.connect(lambda _place: say())
    say()

    def go() -> None:
        chosen = choice.value()
        if chosen is not None:
            then(chosen)

    card.ask(_("Which form?"), [field], _("Begin the form"), go)
