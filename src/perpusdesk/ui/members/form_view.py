"""The form in which members are registered and changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.common.formats import long_date
from perpusdesk.common.i18n import _
from perpusdesk.services.members.form_facts import FormFacts
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.member_lists import MemberLine
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.own_escape import OwnEscape
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.words import picture, words
from perpusdesk.ui.members import text
from perpusdesk.ui.members.form_fields import MemberFields

_WIDEST: Final = 960


class FormView(OwnEscape):
    """Shows one form. ``save_asked`` and ``left`` are for the page, as is all that is looked up."""

    save_asked = Signal()
    left = Signal()
    fresh_asked = Signal()
    same_asked = Signal(str, object)
    card_asked = Signal(object, str)
    member_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.member: UUID | None = None
        self._opened = MemberForm()
        self._proposed = ""
        self._heading = words("", "title", strong=True, wrap=True)
        self.ask = AskCard()
        self.draft = _Notice("note")
        self.same = _Notice("warning")
        self.fields = MemberFields()
        self.save = primary_button(_("Save"), self.save_asked.emit, icon="check", keys="Ctrl+Enter")
        self._leave = quiet_button(_("Leave"), self.left.emit, keys="Esc")
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        room = QWidget()
        room.setMaximumWidth(_WIDEST)
        inner = QVBoxLayout(room)
        inner.setContentsMargins(4, 0, 16, 16)
        inner.setSpacing(16)
        for part in (self.draft, self.ask, self.fields, self.same):
            inner.addWidget(part)
        inner.addStretch(1)
        self._scroll = scrolled(room)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._heading)
        column.addWidget(self._scroll, 1)
        column.addWidget(Flow(self.save, self._leave))

    def _listen(self) -> None:
        edit = self.fields.edit
        edit("name").editingFinished.connect(self._look)
        edit("birth_date").editingFinished.connect(self._look)
        for name in ("category", "sex"):
            edit(name).activated.connect(lambda _index: self._ask_card())

    def open(
        self, facts: FormFacts, form: MemberForm, opened: MemberForm, member: UUID | None = None
    ) -> None:
        """Show ``form``; what differs from ``opened`` is not saved yet. No member: a new one."""
        self.member, self._opened, self._proposed = member, opened, ""
        heading = _("Change {name}").format(name=opened.name) if member else _("New member")
        self._heading.setText(heading)
        self.ask.leave()
        self.fields.fill(form, facts)
        self.same.hide()
        self.draft.setVisible(False)
        if form != opened:
            again = button(_("Start afresh"), self.fresh_asked.emit)
            self.draft.say(_("This draft was not saved yet."), again)
        self._scroll.verticalScrollBar().setValue(0)
        self.fields.edit("name").setFocus(Qt.FocusReason.OtherFocusReason)
        if member is None:
            self._ask_card()

    def form(self) -> MemberForm:
        """Return what stands in the fields."""
        return self.fields.form()

    @property
    def unsaved(self) -> bool:
        """Whether something was entered that is not saved (a proposed card number is not)."""
        form = self.form()
        if self.member is None and form.card == self._proposed:
            form = _without_card(form)
        return form != self._opened

    def propose(self, card: str) -> None:
        """Put a card number in, unless somebody entered another."""
        edit = self.fields.edit("card")
        if self.member is None and edit.text() in ("", self._proposed):
            self._proposed = card
            edit.setText(card)

    def take_card(self, card: str) -> None:
        """Use a scanned card's number."""
        self.fields.edit("card").setText(card)
        self.fields.by_name["card"].clear_error()

    def warn_same(self, lines: Sequence[MemberLine]) -> None:
        """Say who may be the same person already."""
        if not lines:
            self.same.hide()
            return
        first = lines[0]
        until = _("until {date}").format(date=long_date(first.expires)) if first.expires else ""
        about = text.joined(first.name, first.card, first.institution, until)
        sentence = _("May be registered already: {member}").format(member=about)
        see = button(_("Show this member"), lambda: self.member_asked.emit(first.id))
        self.same.say(sentence, see)

    def show_wrong(self, errors: dict[str, str]) -> None:
        """Show errors by field and go to the first."""
        self.fields.show_errors(errors)

    def on_escape(self) -> None:
        """Leave the form."""
        self.left.emit()

    def _look(self) -> None:
        form = self.form()
        if form.name.strip() and self.isVisible():
            born: date | None = form.birth_date
            self.same_asked.emit(form.name, born)

    def _ask_card(self) -> None:
        if self.member is None:
            form = self.form()
            self.card_asked.emit(form.category, form.sex)


def _without_card(form: MemberForm) -> MemberForm:
    return replace(form, card="")


class _Notice(QWidget):
    """A sentence with one step, hidden while there is nothing to say."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._label = words("", strong=True, tone="warn", wrap=True)
        self._step = Flow()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(picture(icon, "warn", 20))
        row.addWidget(self._label, 1)
        row.addWidget(self._step)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said, or nothing."""
        return "" if self.isHidden() else self._label.text()

    def say(self, sentence: str, step: QWidget) -> None:
        """Say it."""
        self._label.setText(sentence)
        self._step.fill(step)
        self.show()
