"""The room for typing paper forms: the form in typing, what holds for the whole pile, the count."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.domain.surveys.answers import Value
from perpusdesk.domain.surveys.form import Form, Question
from perpusdesk.domain.surveys.keypad import Typing, can_be_keyed, keyed
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.entries import DateEdit
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.forms import Form as Fields
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.theme import set_tone
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.surveys.key_line import KeyLine
from perpusdesk.ui.surveys.key_rows import KeyRows

_TYPED = "\0typed"
"""The choice of a head question that is typed with each form."""


class KeypadRoom(QWidget):
    """``leave_asked`` leads back to the list; ``pile_changed`` tells that other keys are wanted."""

    leave_asked = Signal()
    pile_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = words("", "title", strong=True, wrap=True)
        self.line, self.rows = KeyLine(), KeyRows()
        self.count = words("0", "hero", strong=True, figures=True)
        self.unit = words("", tone="muted")
        self.last = words("", tone="muted", wrap=True)
        self.day = Field(_("Date on the forms"), DateEdit(), name="day")
        self.heads: dict[str, Choice[str]] = {}
        self._pile = Fields(columns=1)
        self._form: Form | None = None
        self._scroll = scrolled(self.rows)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        back = quiet_button(_("Back to the surveys"), self.leave_asked.emit, icon="chevron-left")
        head.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        hint = words(
            _("One key per question. Backspace takes the last key back; - leaves one empty."),
            tone="muted",
            wrap=True,
        )
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(hint)
        left.addWidget(self.line)
        left.addWidget(self._scroll, 1)
        self._side = QWidget()
        self._right = QVBoxLayout(self._side)
        self._right.setContentsMargins(0, 0, 8, 0)
        self._right.setSpacing(12)
        for part in (self.count, self.unit, self.last):
            self._right.addWidget(part)
        self._right.addSpacing(12)
        self._right.addWidget(words(_("For this pile"), "lead", strong=True))
        self._right.addWidget(self._pile)
        self._right.addStretch(1)
        panes = QHBoxLayout()
        panes.setSpacing(32)
        panes.addLayout(left, 3)
        panes.addWidget(scrolled(self._side), 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(panes, 1)

    def begin(self, name: str, form: Form, day: date) -> None:
        """Make ready for a pile of forms of one survey."""
        self._form = form
        self.name.setText(name)
        self._fill_pile(form, day)
        self.show_count(0)
        self.show_last("", saved=True)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def questions(self) -> tuple[Question, ...]:
        """Return what is typed of each form."""
        if self._form is None:
            return ()
        typed = {id_ for id_, choice in self.heads.items() if choice.value() == _TYPED}
        return keyed(self._form, typed)

    def pile(self) -> dict[str, Value]:
        """Return what holds for each form of the pile."""
        chosen = {id_: choice.value() for id_, choice in self.heads.items()}
        return {id_: value for id_, value in chosen.items() if value and value != _TYPED}

    def show_typing(self, typing: Typing) -> None:
        """Show the form in typing."""
        self.rows.show_typing(typing)
        self.line.setText(" ".join(str(place % 10) if place else "–" for place in typing.typed))
        rect = self.rows.current_rect()
        self._scroll.ensureVisible(0, rect.bottom(), 0, 8)
        self._scroll.ensureVisible(0, rect.top(), 0, 8)

    def show_count(self, count: int) -> None:
        """Say how many forms were typed."""
        self.count.setText(number(count))
        self.unit.setText(ngettext("form typed", "forms typed", count))

    def show_last(self, text: str, *, saved: bool) -> None:
        """Say what became of the last form."""
        set_tone(self.last, "ok" if saved else "bad")
        self.last.setText(text)
        self.last.setVisible(bool(text))

    def _fill_pile(self, form: Form, day: date) -> None:
        place = self._right.indexOf(self._pile)
        self._right.removeWidget(self._pile)
        self._pile.hide()
        self._pile.deleteLater()
        self._pile = Fields(columns=1)
        self.day = Field(_("Date on the forms"), DateEdit(day), name="day")
        self._pile.add(self.day)
        self.heads = {}
        for question in form.head:
            if can_be_keyed(question):
                self._pile.add(self._head(question))
        self._right.insertWidget(place, self._pile)

    def _head(self, question: Question) -> Field[Any]:
        choice: Choice[str] = Choice(
            [
                (_("not noted"), ""),
                (_("typed with each form"), _TYPED),
                *((option.text, option.id) for option in question.options),
            ]
        )
        choice.currentIndexChanged.connect(lambda _place: self.pile_changed.emit())
        self.heads[question.id] = choice
        return Field(question.short, choice, name=question.id)
