"""The screen that hides everything: who, and the PIN; also to choose a new one or to recover."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.staff.shift import Colleague
from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.buttons import primary_button, quiet_button
from perpusdesk.ui.kit.cards import Card
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.help_button import help_button
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.theme import Tone, set_icon, set_tone
from perpusdesk.ui.kit.words import picture, words
from perpusdesk.ui.staff import lock_text as text
from perpusdesk.ui.staff.lock_text import Why
from perpusdesk.ui.staff.people_list import PeopleList

_WIDEST: Final = 480


class LockScreen(QWidget):
    """``tried`` carries person, PIN and a new one (or ""); ``recovered`` person, code and new PIN.

    ``left``: whoever is there already wants to go on (only where that is offered).
    """

    tried = Signal(object, str, str)
    recovered = Signal(object, str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._can_leave = self._new_wanted = self._recovering = self._can_recover = False
        self._title = words("", "title", strong=True, wrap=True)
        self._why = words("", tone="muted", wrap=True)
        self.people = PeopleList()
        self.people.chosen.connect(self._person_chosen)
        self.pin = Field(_("PIN or password"), secret_edit())
        self.code = Field(_("Recovery code"), QLineEdit())
        self.new = Field(_("New PIN or password"), secret_edit(), hint=_("Six digits or more."))
        self.again = Field(_("The same again"), secret_edit())
        self._icon = picture("warning", "warn", 20)
        self._said = words("", wrap=True)
        self.enter = primary_button(_("Sign in"), self._enter, keys="Enter")
        self.back = quiet_button(_("Back"), self._back, keys="Esc")
        self.forgotten = quiet_button(_("PIN forgotten?"), self._forgotten)
        for field in (self.pin, self.code, self.new, self.again):
            field.edit.returnPressed.connect(self._enter)
        self._lay_out()
        self._fit()

    def open(
        self,
        why: Why,
        people: Sequence[Colleague],
        chosen: UUID | None,
        *,
        can_leave: bool = False,
        can_recover: bool = False,
    ) -> None:
        """Ask who is there; ``can_leave``: somebody is, and may go on."""
        self._can_leave, self._can_recover = can_leave, can_recover
        self._new_wanted = self._recovering = False
        self._title.setText(text.title(why))
        self._why.setText(text.explained(why))
        self.people.show_people(people, chosen)
        self.say("")
        self._begin_anew()

    def choose(self, person: UUID) -> None:
        """Choose who comes (by a card)."""
        self.people.choose(person)
        self._begin_anew()

    def ask_new(self, why: str) -> None:
        """Ask for a new PIN besides; the given one stays in its field."""
        self._new_wanted = True
        self._fit()
        self.say(why, "info", "accent")
        self.new.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, said: str, icon: str = "warning", tone: Tone = "warn") -> None:
        """Say something below the fields; nothing takes it away."""
        self._said.setText(said)
        set_tone(self._said, tone)
        set_icon(self._icon, icon, tone, 20)
        for part in (self._said, self._icon):
            part.setVisible(bool(said))
        if said:
            announce(self._said, said)

    def refuse(self, said: str) -> None:
        """Say why it was not taken, with the fields empty again."""
        for field in (
            (self.new, self.again) if self._new_wanted or self._recovering else (self.pin,)
        ):
            field.edit.clear()
        self.say(said)
        first = self.new if self._new_wanted or self._recovering else self.pin
        first.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def wait(self, busy: bool) -> None:
        """Take nothing while a PIN is looked at, or while there is a wait."""
        self.enter.setEnabled(not busy)

    def take_typing(self, typed: str) -> None:
        """Go on with what was typed where no field was."""
        self.pin.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.pin.edit.insert(typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down choose a person, Esc goes back."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.people.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def forget(self) -> None:
        """Leave nothing that was typed."""
        for field in (self.pin, self.code, self.new, self.again):
            field.edit.clear()

    # -- inside -----------------------------------------------------------------------------------

    def _begin_anew(self) -> None:
        self.forget()
        self._new_wanted = self._recovering = False
        self.wait(False)
        self._fit()
        self.pin.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _person_chosen(self, _person: Colleague) -> None:
        self.say("")
        self._begin_anew()

    def _enter(self) -> None:
        person = self.people.person
        if person is None or not self.enter.isEnabled():
            return
        secret, new = self.pin.edit.text(), self.new.edit.text()
        if self._new_wanted or self._recovering:
            if new != self.again.edit.text():
                self.refuse(text.unequal())
                return
            if not new:
                self.new.edit.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        if self._recovering:
            self.recovered.emit(person.id, self.code.edit.text(), new)
        elif secret:
            self.tried.emit(person.id, secret, new if self._new_wanted else "")

    def _back(self) -> None:
        if self._recovering or self._new_wanted:
            self.say("")
            self._begin_anew()
        elif self._can_leave:
            self.left.emit()

    def _forgotten(self) -> None:
        self.say(text.forgotten(self._can_recover), "info", "muted")
        if self._can_recover:
            self._recovering = True
            self._fit()
            self.code.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        self.pin.setVisible(not self._recovering)
        self.code.setVisible(self._recovering)
        for field in (self.new, self.again):
            field.setVisible(self._recovering or self._new_wanted)
        self.back.setVisible(self._recovering or self._new_wanted or self._can_leave)
        self.forgotten.setVisible(not self._recovering)

    def _lay_out(self) -> None:
        card = Card()
        card.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(picture("lock", "accent", 24))
        head.addWidget(self._title, 1)
        head.addWidget(help_button(brief=True))
        column.addLayout(head)
        column.addWidget(self._why)
        column.addWidget(self.people)
        for field in (self.pin, self.code, self.new, self.again):
            column.addWidget(field)
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self._said, 1)
        column.addLayout(told)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.enter)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.forgotten)
        column.addLayout(foot)
        inner = QWidget()
        room = QVBoxLayout(inner)
        room.setContentsMargins(24, 24, 24, 24)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card, 1000)
        across.addStretch(1)
        room.addStretch(2)
        room.addLayout(across)
        room.addStretch(3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))


def secret_edit() -> QLineEdit:
    """Return a field whose text nobody sees."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setInputMethodHints(
        Qt.InputMethodHint.ImhHiddenText
        | Qt.InputMethodHint.ImhSensitiveData
        | Qt.InputMethodHint.ImhNoPredictiveText
        | Qt.InputMethodHint.ImhNoAutoUppercase
    )
    return made
