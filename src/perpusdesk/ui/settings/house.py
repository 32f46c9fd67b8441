"""The rules in force: which ones there are, which one decides, and what holds for the house."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.policy import Explanation
from perpusdesk.services.library.rules_view import RuleLine, RulesView
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.words import Divider, words
from perpusdesk.ui.settings import text
from perpusdesk.ui.settings.editors import tick


class RulesSection(QWidget):
    """``asked`` (category, kind) wants to know what decides; ``house_changed`` a house rule."""

    asked = Signal(object, object)
    house_changed = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.ticks: dict[str, QCheckBox] = {}
        self._rules = QVBoxLayout()
        self._rules.setSpacing(8)
        self.category: Choice[UUID | None] = Choice([])
        self.kind: Choice[UUID | None] = Choice([])
        for choice in (self.category, self.kind):
            choice.activated.connect(self._ask)
        self.decision = words("", "lead", strong=True, wrap=True)
        self.others = words("", "caption", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 24)
        column.setSpacing(12)
        column.addWidget(words(_("Which rule decides?"), "lead", strong=True))
        form = Form(columns=2)
        form.add(Field(_("Member category"), self.category))
        form.add(Field(_("Collection"), self.kind))
        column.addWidget(form)
        column.addWidget(self.decision)
        column.addWidget(self.others)
        column.addSpacing(12)
        column.addWidget(words(_("Loan rules in force"), "lead", strong=True))
        column.addLayout(self._rules)
        column.addSpacing(12)
        column.addWidget(words(_("For the whole library"), "lead", strong=True))
        for name, label in text.HOUSE.items():
            made = self.ticks[name] = tick(_(label), self._telling(name))
            column.addWidget(made)
        column.addStretch(1)

    def show_rules(self, view: RulesView) -> None:
        """Show the rules as they stand, and ask which one decides for what is chosen."""
        _empty(self._rules)
        for number, line in enumerate(view.rules):
            if number:
                self._rules.addWidget(Divider())
            self._rules.addWidget(_rule(line))
        for choice, names in ((self.category, view.categories), (self.kind, view.kinds)):
            chosen = choice.value()
            choice.set_options([(name, id_) for id_, name in names])
            if chosen in [id_ for id_, _name in names]:
                choice.choose(chosen)
        for name, made in self.ticks.items():
            made.blockSignals(True)
            made.setChecked(bool(getattr(view.house, name)))
            made.blockSignals(False)
            made.setEnabled(view.may_change)
        self._ask()

    def show_decision(self, told: tuple[tuple[RuleLine, Explanation], ...]) -> None:
        """Show which rule decides and why the others do not."""
        head, others = text.decided(told)
        self.decision.setText(head)
        self.others.setText("\n".join(others))

    def _ask(self, _place: int = 0) -> None:
        self.asked.emit(self.category.value(), self.kind.value())

    def _telling(self, name: str) -> Callable[[bool], object]:
        return partial(self.house_changed.emit, name)


def _rule(line: RuleLine) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 4, 0, 4)
    column.setSpacing(4)
    column.addWidget(words(line.rule.name, strong=True, wrap=True))
    column.addWidget(words(text.for_whom(line), "caption", "muted", wrap=True))
    column.addWidget(words(text.terms(line.rule), wrap=True))
    return whole


def _empty(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
