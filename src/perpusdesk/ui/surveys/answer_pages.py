"""The pages of a form on a tablet: one question each, large targets, nothing to type with keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.common.i18n import _
from perpusdesk.domain.surveys.answers import Value
from perpusdesk.domain.surveys.form import LONGEST_TEXT, Question, QuestionKind
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.theme import set_icon, set_type
from perpusdesk.ui.kit.words import words

TARGET: Final = 56
"""Least height of what is tapped, in pixels: more than the 44 that a finger needs."""
_WIDEST: Final = 720
_MOST_DIGITS: Final = 7
_TWO_COLUMNS: Final = 7
"""From so many choices on they stand in two columns."""

Answered = Callable[[Value | None], object]


class QuestionPage(QWidget):
    """One question. ``answered`` hears each change; a single choice is told as ``chosen`` too."""

    def __init__(
        self,
        question: Question,
        value: Value | None,
        answered: Answered,
        chosen: Callable[[], object],
    ) -> None:
        super().__init__()
        self.question = question
        self.choices: list[QPushButton] = []
        self.first: QWidget = self
        self._answered, self._chosen = answered, chosen
        self.setMaximumWidth(_WIDEST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(question.text)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        asked = words(question.text, "title", strong=True, wrap=True)
        self._column.addWidget(asked)
        if question.kind is QuestionKind.MULTIPLE:
            self._column.addWidget(words(_("You can choose several."), "body", "muted"))
        self._fill(value)

    def _fill(self, value: Value | None) -> None:
        kind = self.question.kind
        if kind is QuestionKind.NUMBER:
            self._number(value)
        elif kind is QuestionKind.TEXT:
            self._text(value)
        else:
            self._options(value)

    def _options(self, value: Value | None) -> None:
        grid = QGridLayout()
        grid.setSpacing(12)
        columns = 2 if len(self.question.options) >= _TWO_COLUMNS else 1
        several = self.question.kind is QuestionKind.MULTIPLE
        chosen = value if isinstance(value, list) else [str(value)] if value is not None else []
        keys = [option.id for option in self.question.options]
        if self.question.kind is QuestionKind.SCALE:
            keys = [str(place) for place in range(1, len(keys) + 1)]
        for place, (key, option) in enumerate(zip(keys, self.question.options, strict=True)):
            choice = _big(option.text, on=key in chosen)
            choice.clicked.connect(lambda _on, key=key: self._tapped(key, several=several))
            choice.setProperty("pd_key", key)
            self.choices.append(choice)
            grid.addWidget(choice, *divmod(place, columns))
        self._column.addLayout(grid)
        # no ring round the first answer before anybody chose: it would ask for that one
        self.first = next((one for one in self.choices if one.isChecked()), self)

    def _tapped(self, key: str, *, several: bool) -> None:
        for choice in self.choices:
            mine = choice.property("pd_key") == key
            _mark(choice, on=choice.isChecked() if several else mine)
        if several:
            taken = [str(one.property("pd_key")) for one in self.choices if one.isChecked()]
            self._answered(taken or None)
            return
        self._answered(int(key) if self.question.kind is QuestionKind.SCALE else key)
        self._chosen()

    def _number(self, value: Value | None) -> None:
        field = QLineEdit("" if value is None else str(value))
        set_type(field, "title", strong=True, figures=True)
        field.setMinimumHeight(TARGET)
        field.setMaxLength(_MOST_DIGITS)
        field.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        field.setAccessibleName(self.question.text)
        field.textEdited.connect(self._typed_number)
        self.first = field
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, digit in enumerate("123456789"):
            grid.addWidget(self._digit(digit, field), *divmod(place, 3))
        grid.addWidget(self._digit("0", field), 3, 1)
        back = button("", lambda: self._typed(field, field.text()[:-1]), icon="chevron-left")
        back.setAccessibleName(_("Take the last digit back"))
        back.setMinimumHeight(TARGET)
        grid.addWidget(back, 3, 2)
        self._column.addWidget(field)
        self._column.addLayout(grid)

    def _digit(self, digit: str, field: QLineEdit) -> QPushButton:
        made = button(digit, lambda: self._typed(field, field.text() + digit))
        made.setMinimumHeight(TARGET)
        set_type(made, "lead", strong=True, figures=True)
        return made

    def _typed(self, field: QLineEdit, text: str) -> None:
        field.setText(text[:_MOST_DIGITS])
        self._typed_number(field.text())

    def _typed_number(self, text: str) -> None:
        self._answered(text.strip() or None)

    def _text(self, value: Value | None) -> None:
        field = QPlainTextEdit("" if value is None else str(value))
        field.setMinimumHeight(3 * TARGET)
        field.setTabChangesFocus(True)
        field.setAccessibleName(self.question.text)
        field.textChanged.connect(
            lambda: self._answered(field.toPlainText()[:LONGEST_TEXT].strip() or None)
        )
        self.first = field
        self._column.addWidget(field)


def _big(text: str, *, on: bool) -> QPushButton:
    made = button(text)
    made.setCheckable(True)
    made.setMinimumHeight(TARGET)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    set_type(made, "lead")
    _mark(made, on=on)
    return made


def _mark(choice: QPushButton, *, on: bool) -> None:
    """Show by a tick that it is chosen, not by its colour alone."""
    choice.setChecked(on)
    if on:
        set_icon(choice, "check", "accent")
    else:
        choice.setProperty("pd_icon", None)
        choice.setIcon(QPixmap())
