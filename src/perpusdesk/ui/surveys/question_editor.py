"""The panel that changes one question, or the heading of the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.surveys.checks import FormFinding
from perpusdesk.domain.surveys.editing import with_texts
from perpusdesk.domain.surveys.form import Form, Part, Question, QuestionKind, SurveyKind
from perpusdesk.services.wording.surveys import form_fault, part_name, question_kind_name
from perpusdesk.ui.kit.entries import CountEdit
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.forms import Form as Fields
from perpusdesk.ui.kit.words import words

_PARTS = {
    SurveyKind.SKM: (Part.OTHER, Part.HEAD, Part.UNSUR),
    SurveyKind.WORKSHOP: (
        *(Part.OTHER, Part.HEAD, Part.CONTENT, Part.DELIVERY, Part.PRACTICE),
        *(Part.BEFORE, Part.AFTER),
    ),
    SurveyKind.FOLLOW_UP: (Part.OTHER, Part.HEAD, Part.PRACTICE),
}
_USUAL = (Part.OTHER, Part.HEAD)
_MOST = 1_000_000


class QuestionEditor(QWidget):
    """``changed`` says that something was typed or chosen; ``question`` is what it makes."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._question: Question | None = None
        self._filling = False
        self.text = QPlainTextEdit()
        self.text.setMaximumHeight(72)
        self.text.setTabChangesFocus(True)
        self.name, self.number = QLineEdit(), QLineEdit()
        self.kind: Choice[QuestionKind] = Choice(
            [(question_kind_name(one), one) for one in QuestionKind]
        )
        self.part: Choice[Part] = Choice([(part_name(one), one) for one in _USUAL])
        self.options = QPlainTextEdit()
        self.options.setTabChangesFocus(True)
        self.low, self.high = CountEdit(most=_MOST), CountEdit(most=_MOST)
        self.required = QCheckBox(_("Must be answered"))
        self.wrong = words("", tone="bad", wrap=True)
        self.form = Fields(columns=2)
        self._fields = self._make_fields()
        self.form.wide(self.required)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        column.addWidget(self.wrong)
        column.addWidget(self.form)
        column.addStretch(1)
        self._wire()

    def _make_fields(self) -> dict[str, Field[Any]]:
        scale = _("One line each; for a scale from the lowest up.")
        made: dict[str, Field[Any]] = {
            "text": self.form.add(Field(_("Question"), self.text, name="text"), span=2),
            "kind": self.form.add(Field(_("How it is answered"), self.kind, name="kind")),
            "part": self.form.add(Field(_("Belongs to"), self.part, name="part")),
            "name": self.form.add(
                Field(_("Short name"), self.name, name="name", hint=_("Stands in the tables."))
            ),
            "number": self.form.add(
                Field(_("Printed number"), self.number, name="number", hint=_("For example U1."))
            ),
            "options": self.form.add(
                Field(_("Answers"), self.options, name="options", hint=scale), span=2
            ),
            "low": self.form.add(Field(_("Lowest number"), self.low, name="low")),
            "high": self.form.add(Field(_("Highest number"), self.high, name="high")),
        }
        return made

    def _wire(self) -> None:
        for area in (self.text, self.options):
            area.textChanged.connect(self._edited)
        for line in (self.name, self.number):
            line.textEdited.connect(lambda _text: self._edited())
        for choice in (self.kind, self.part):
            choice.currentIndexChanged.connect(lambda _place: self._edited())
        for count in (self.low, self.high):
            count.valueChanged.connect(lambda _value: self._edited())
        self.required.toggled.connect(lambda _on: self._edited())

    def show_question(self, form: Form, question: Question) -> None:
        """Show a question to be changed."""
        self._filling = True
        self._question = question
        parts = list(_PARTS.get(form.kind, _USUAL))
        if question.part not in parts:
            parts.append(question.part)
        self.part.set_options([(part_name(one), one) for one in parts])
        self.part.setCurrentIndex(parts.index(question.part))
        self.kind.setCurrentIndex(list(QuestionKind).index(question.kind))
        self.text.setPlainText(question.text)
        self.name.setText(question.name)
        self.name.setCursorPosition(0)
        self.number.setText(question.number)
        self.options.setPlainText("\n".join(option.text for option in question.options))
        self.low.setValue(question.low)
        self.high.setValue(min(question.high, _MOST))
        self.required.setChecked(question.required)
        self._fit()
        self._filling = False

    def show_findings(self, findings: Sequence[FormFinding]) -> None:
        """Say what is to be put right here."""
        told = list(dict.fromkeys(form_fault(one.fault) for one in findings))
        self.wrong.setText("\n".join(told))
        self.wrong.setVisible(bool(told))

    def question(self) -> Question | None:
        """Return the question as it is typed now."""
        before, kind = self._question, self.kind.value()
        if before is None or kind is None:
            return None
        made = replace(
            before,
            kind=kind,
            text=" ".join(self.text.toPlainText().split()),
            name=" ".join(self.name.text().split()),
            number=self.number.text().strip(),
            part=self.part.value() or Part.OTHER,
            required=self.required.isChecked() and kind is not QuestionKind.SECTION,
            low=self.low.value(),
            high=self.high.value(),
        )
        choices = kind in (QuestionKind.SCALE, QuestionKind.SINGLE, QuestionKind.MULTIPLE)
        texts = self.options.toPlainText().splitlines() if choices else ()
        return replace(made, options=with_texts(made, texts))

    def _edited(self) -> None:
        if not self._filling:
            self._fit()
            self.changed.emit()

    def _fit(self) -> None:
        """Show what fits the way of answering."""
        kind = self.kind.value()
        choices = kind in (QuestionKind.SCALE, QuestionKind.SINGLE, QuestionKind.MULTIPLE)
        asked = kind is not QuestionKind.SECTION
        for name in ("name", "number", "part"):
            self._fields[name].setVisible(asked)
        self._fields["options"].setVisible(choices)
        for name in ("low", "high"):
            self._fields[name].setVisible(kind is QuestionKind.NUMBER)
        self.required.setVisible(asked)
        self.form.arrange(2)


class HeadEditor(QWidget):
    """The title of a form, what stands above the questions, and the thanks at the end."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._filling = False
        self.title = QLineEdit()
        self.intro, self.thanks = QPlainTextEdit(), QPlainTextEdit()
        self.wrong = words("", tone="bad", wrap=True)
        form = Fields(columns=1)
        form.add(Field(_("Title"), self.title, name="title", required=True))
        form.add(Field(_("Above the questions"), self.intro, name="intro"))
        form.add(Field(_("At the end"), self.thanks, name="thanks"))
        for area in (self.intro, self.thanks):
            area.setMaximumHeight(96)
            area.setTabChangesFocus(True)
            area.textChanged.connect(self._edited)
        self.title.textEdited.connect(lambda _text: self._edited())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        column.addWidget(self.wrong)
        column.addWidget(form)
        column.addStretch(1)

    def show_head(self, form: Form) -> None:
        """Show the heading of a form to be changed."""
        self._filling = True
        self.title.setText(form.title)
        self.intro.setPlainText(form.intro)
        self.thanks.setPlainText(form.thanks)
        self._filling = False

    def show_findings(self, findings: Sequence[FormFinding]) -> None:
        """Say what is to be put right in the form as a whole."""
        told = list(dict.fromkeys(form_fault(one.fault) for one in findings))
        self.wrong.setText("\n".join(told))
        self.wrong.setVisible(bool(told))

    def head_of(self, form: Form) -> Form:
        """Return the form with this heading."""
        return replace(
            form,
            title=" ".join(self.title.text().split()),
            intro=self.intro.toPlainText().strip(),
            thanks=self.thanks.toPlainText().strip(),
        )

    def _edited(self) -> None:
        if not self._filling:
            self.changed.emit()
