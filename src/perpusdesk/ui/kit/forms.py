"""Forms: the label above its field, what is wrong right below it, in words."""

from __future__ import annotations

from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.accessible import announce, named
from perpusdesk.ui.kit.theme import Tone, set_icon, set_tone
from perpusdesk.ui.kit.words import picture, words

W = TypeVar("W", bound=QWidget)
V = TypeVar("V")

_WHOLE: Final = 1_000
"""A span wider than any form."""


class Field(QWidget, Generic[W]):
    """A label, an editor (``field.edit``), and a line for a hint or for what is wrong."""

    def __init__(
        self, label: str, edit: W, *, required: bool = False, hint: str = "", name: str = ""
    ) -> None:
        """``name`` is what errors are addressed to in ``Form.show_errors``."""
        super().__init__()
        self.name = name
        self.label_text = label
        self.edit = edit
        self._hint = hint
        self._label = words(label, "body", strong=True)
        self._label.setBuddy(edit)
        self._mark = words(_("required"), "caption", "muted")
        self._wrong = False
        self._sign = picture("warning", "bad", 16)
        self._below = words("", "caption", "muted", wrap=True)
        named(edit, f"{label}, {_('required')}" if required else label, hint)
        self._lay_out()
        self._mark.setVisible(required)  # only now has it a parent to be shown in
        self.clear_error()

    def show_error(self, text: str) -> None:
        """Say below the field what is wrong with it."""
        self._wrong = True
        self._say(text, "bad", "blocked")

    def show_warning(self, text: str) -> None:
        """Say below the field what may be wrong with it; nothing is stopped by it."""
        self._wrong = False
        self._say(text, "warn", "warning")

    def clear_error(self) -> None:
        """Show the hint again, or nothing."""
        self._wrong = False
        self._say(self._hint, "muted")

    def set_hint(self, hint: str) -> None:
        """Show another hint wherever nothing is said to be wrong."""
        before, self._hint = self._hint, hint
        if not self._wrong and self._below.text() == before:
            self.clear_error()

    @property
    def error(self) -> str:
        """Return what is said to be wrong, or nothing."""
        return self._below.text() if self._wrong else ""

    @property
    def said(self) -> str:
        """Return what stands below the field: what is or may be wrong, or the hint."""
        return self._below.text()

    def _say(self, text: str, tone: Tone, sign: str = "") -> None:
        self._sign.setVisible(bool(sign))
        if sign:
            set_icon(self._sign, sign, tone, 16)
        set_tone(self._below, tone)
        self._below.setText(text)
        self._below.setVisible(bool(text))
        self.edit.setAccessibleDescription(text)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._label)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignBottom)
        head.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self._below, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.edit)
        column.addLayout(foot)
        tall = isinstance(self.edit, QPlainTextEdit)
        height = QSizePolicy.Policy.Preferred if tall else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, height)


def _edge_of(field: Field[W]) -> Qt.AlignmentFlag:
    """Fields of one line stand at the top of their row; text areas fill it."""
    tall = isinstance(field.edit, QPlainTextEdit)
    return Qt.AlignmentFlag(0) if tall else Qt.AlignmentFlag.AlignTop


class Choice(QComboBox, Generic[V]):
    """A choice among named values."""

    def __init__(self, options: list[tuple[str, V]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[V] = []
        self.set_options(options)

    def set_options(self, options: list[tuple[str, V]]) -> None:
        """Offer ``options`` (text, value) instead; the first is chosen."""
        self.clear()
        self._values = [value for _text, value in options]
        self.addItems([text for text, _value in options])

    def add_option(self, text: str, value: V) -> None:
        """Offer one more value, behind the others."""
        self._values.append(value)
        self.addItem(text)

    def value(self) -> V | None:
        """Return the value chosen; ``None`` when nothing is."""
        place = self.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: who scrolls past a choice does not mean to change it."""
        event.ignore()

    def choose(self, value: V) -> None:
        """Choose ``value``. Raises ``ValueError`` when it is not offered."""
        self.setCurrentIndex(self._values.index(value))


class Form(QWidget):
    """Fields in columns, read row by row; Tab goes the same way."""

    def __init__(self, columns: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._next = 0
        self._last: QWidget | None = None
        self._parts: list[tuple[QWidget, int]] = []
        self.fields: list[Field[Any]] = []
        self._keepers: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(16)
        self._stretch()

    @property
    def columns(self) -> int:
        """Return how many columns there are."""
        return self._columns

    def add(self, field: Field[W], span: int = 1) -> Field[W]:
        """Add ``field`` over ``span`` columns, and return it."""
        self._parts.append((field, span))
        self._place(field, span)
        if self._last is not None:
            QWidget.setTabOrder(self._last, field.edit)
        self._last = field.edit
        self.fields.append(field)
        return field

    def wide(self, widget: QWidget) -> None:
        """Put ``widget`` over the whole width, below what was added so far."""
        self._parts.append((widget, _WHOLE))
        self._place(widget, _WHOLE)

    def heading(self, text: str) -> QLabel:
        """Begin a new group of fields under ``text``."""
        label = words(text, "lead", strong=True)
        label.setContentsMargins(0, 8, 0, 0)
        self.wide(label)
        return label

    def arrange(self, columns: int) -> None:
        """Lay everything out anew in so many columns; fields that are hidden leave no gap."""
        for part, _span in self._parts:
            self._grid.removeWidget(part)
        self._columns, self._next = columns, 0
        self._stretch()
        for part, span in self._parts:
            if not isinstance(part, Field) or not part.isHidden():
                self._place(part, span)

    def _place(self, part: QWidget, span: int) -> None:
        span = min(span, self._columns)
        room = self._columns - self._next % self._columns
        if span > room:
            self._next += room
        row, column = divmod(self._next, self._columns)
        edge = _edge_of(part) if isinstance(part, Field) else Qt.AlignmentFlag(0)
        self._grid.addWidget(part, row, column, 1, span, edge)
        self._next += span

    def _stretch(self) -> None:
        """Share the width evenly, also while a column is empty: forms below each other agree."""
        for column in range(len(self._keepers), self._columns):
            keeper = QWidget()
            keeper.setFixedHeight(0)
            self._keepers.append(keeper)
            self._grid.addWidget(keeper, 0, column, Qt.AlignmentFlag.AlignTop)
        for column, keeper in enumerate(self._keepers):
            keeper.setVisible(column < self._columns)
        for column in range(max(self._columns, self._grid.columnCount())):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)

    def clear_errors(self) -> None:
        """Take all errors away."""
        for field in self.fields:
            field.clear_error()

    def show_errors(self, errors: dict[str, str]) -> None:
        """Show each error at the field of that name, and go to the first. Others are cleared."""
        self.clear_errors()
        wrong = [field for field in self.fields if field.name in errors]
        for field in wrong:
            field.show_error(errors[field.name])
        if wrong:
            wrong[0].edit.setFocus(Qt.FocusReason.OtherFocusReason)
            announce(wrong[0].edit, f"{wrong[0].label_text}: {wrong[0].error}")
