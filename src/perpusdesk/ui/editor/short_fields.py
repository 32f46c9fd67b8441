"""The fields of the short form: made, shown by kind of material, filled and read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.cataloguing.title_form import SHORT, ShortField, TitleForm
from perpusdesk.services.wording.short_fields import field_label
from perpusdesk.ui.editor import text
from perpusdesk.ui.editor.places import COLUMNS, main_fields, more_fields, span_of
from perpusdesk.ui.editor.ticks import Ticks
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.key_catcher import keep_scans
from perpusdesk.ui.kit.suggest_edit import SuggestEdit, Suggestion
from perpusdesk.ui.kit.words import words

SUGGESTED: Final = (
    "author",
    "other_authors",
    "other_bodies",
    "publisher",
    "place",
    "series",
    "subjects",
    "tags",
    "classification",
    "call_number",
)
_LINES: Final = 3
_JOIN: Final = "; "
Value = str | tuple[str, ...]


class ShortFields(QWidget):
    """All fields by name. ``edited`` has a name and the value as typed, ``left`` a name.

    ``asked`` wants suggestions for what is typed into a field; ``sent`` tells that Enter was
    pressed in a field; it leads to the next one.
    """

    edited = Signal(str, object)
    left = Signal(str)
    asked = Signal(str, str)
    sent = Signal(str)

    def __init__(self, notices: Sequence[QWidget], copies: QWidget) -> None:
        """``notices`` stand below the title, ``copies`` behind what nearly every title needs."""
        super().__init__()
        self.by_name: dict[str, Field[Any]] = {}
        self._filling = False
        self._shown: dict[str, Value] = {}
        self.main, self.more = Form(COLUMNS), Form(COLUMNS)
        every = list(SHORT)
        for name in main_fields(every):
            self.main.add(self._field(SHORT[name]), span_of(name))
            if name == "title":
                for notice in notices:
                    self.main.wide(notice)
        for name in more_fields(every):
            self.more.add(self._field(SHORT[name]), span_of(name))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(24)
        column.addWidget(self.main)
        column.addWidget(copies)
        self._heading = words(_("More about the title"), "lead", strong=True)
        column.addWidget(self._heading)
        column.addWidget(self.more)

    def edit(self, name: str) -> Any:
        """Return the editor of a field."""
        return self.by_name[name].edit

    def show_kind(self, shown: Sequence[str], columns: int) -> None:
        """Show the fields of a kind of material, in so many columns."""
        for name, field in self.by_name.items():
            field.setVisible(name in shown)
        self.main.arrange(columns)
        self.more.arrange(columns)

    def fill(self, form: TitleForm) -> None:
        """Show the values of a form; a field that shows its value already is left alone."""
        self._filling = True
        for name, value in form.values.items():
            if name in self.by_name and self._shown.get(name) != value:
                self._shown[name] = value
                _show(self.edit(name), value)
        self._filling = False

    def focus(self, name: str) -> None:
        """Go to a field."""
        edit = self.edit(name)
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(edit, QLineEdit):
            edit.selectAll()

    def offer(self, name: str, asked: str, found: Sequence[Suggestion]) -> None:
        """Show suggestions for what was typed into a field."""
        self.edit(name).offer(asked, found)

    def propose(self, name: str, value: str) -> None:
        """Show, quietly in the empty field, what it will be filled with."""
        edit = self.edit(name)
        shown = value or text.hint(name)
        if edit.placeholderText() != shown:
            edit.setPlaceholderText(shown)

    def say(self, errors: Mapping[str, str], warnings: Mapping[str, str]) -> None:
        """Say what is or may be wrong below the fields, and nothing elsewhere."""
        for name, field in self.by_name.items():
            if name in errors:
                field.show_error(errors[name])
            elif name in warnings:
                field.show_warning(warnings[name])
            else:
                field.clear_error()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, as with Tab."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    # --- inside ------------------------------------------------------------------------------

    def _field(self, short: ShortField) -> Field[Any]:
        name = short.name
        edit = self._editor(short)
        field = Field(field_label(name), edit, name=name)
        self.by_name[name] = field
        if text.hint(name):
            edit.setPlaceholderText(text.hint(name))
        if isinstance(edit, QLineEdit):
            edit.textChanged.connect(lambda _text: self._changed(name))
            edit.editingFinished.connect(lambda: self.left.emit(name))
            edit.returnPressed.connect(lambda: self.sent.emit(name))
        elif isinstance(edit, QPlainTextEdit):
            edit.textChanged.connect(lambda: self._changed(name))
        elif isinstance(edit, Choice):
            edit.currentIndexChanged.connect(lambda _index: self._changed(name))
        else:
            edit.changed.connect(lambda: self._changed(name))
        return field

    def _editor(self, short: ShortField) -> Any:
        name = short.name
        if short.choices and short.repeatable:
            return Ticks([(text.choice_name(value), value) for value in short.choices])
        if short.choices:
            return Choice([(text.choice_name(value), value) for value in short.choices])
        if name in text.CODED:
            return Choice(text.coded(name))
        if short.long:
            return _Lines()
        if name in SUGGESTED:
            edit = SuggestEdit(many=short.repeatable)
            edit.asked.connect(lambda typed: self.asked.emit(name, typed))
            return edit
        line = QLineEdit()
        if name == "isbn":
            keep_scans(line)
        return line

    def _changed(self, name: str) -> None:
        if self._filling:
            return
        value = _value(self.edit(name), SHORT[name])
        self._shown[name] = value
        self.edited.emit(name, value)


class _Lines(QPlainTextEdit):
    """A text of several lines, high enough for three."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self._fit()

    def changeEvent(self, event: Any) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + 20)


def _show(edit: Any, value: Value) -> None:
    line = value if isinstance(value, str) else _JOIN.join(value)
    if isinstance(edit, Ticks):
        edit.tick((value,) if isinstance(value, str) else value)
    elif isinstance(edit, Choice):
        _choose(edit, line)
    elif isinstance(edit, QPlainTextEdit):
        edit.setPlainText(line if isinstance(value, str) else "\n".join(value))
    elif edit.text() != line:
        edit.setText(line)
        edit.setCursorPosition(0)


def _choose(edit: Choice[str], code: str) -> None:
    """Choose a code; one that is not offered is offered from now on."""
    try:
        edit.choose(code)
    except ValueError:
        edit.add_option(code or "–", code)
        edit.choose(code)


def _value(edit: Any, short: ShortField) -> Value:
    if isinstance(edit, Ticks):
        return edit.ticked()
    if isinstance(edit, Choice):
        return str(edit.value() or "")
    if isinstance(edit, QPlainTextEdit):
        typed: str = edit.toPlainText()
        return tuple(typed.splitlines()) if short.repeatable else typed
    line: str = edit.text()
    if not short.repeatable:
        return line
    return tuple(part.strip() for part in line.split(";") if part.strip())
