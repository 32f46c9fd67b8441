"""One question: the sentence, its sides next to each other, the proposal, and the answers."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.wording.conflicts import SaidAnswer
from perpusdesk.ui.decisions import text
from perpusdesk.ui.decisions.reading import Card
from perpusdesk.ui.decisions.side_card import link_buttons
from perpusdesk.ui.decisions.sides import Sides
from perpusdesk.ui.kit.accessible import announce, named
from perpusdesk.ui.kit.buttons import button, icon_button, primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.theme import scaled_font
from perpusdesk.ui.kit.words import words

_NOTE_CHARS: Final = 60


class Question(QWidget):
    """Everything that is chosen goes out by signals; what is shown comes in by methods."""

    accepted = Signal()
    answered = Signal(str)
    put_off = Signal()
    turned = Signal(int)
    all_accepted = Signal()
    record_asked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.sentence = words("", "title", strong=True, wrap=True)
        self.place = words("", tone="muted", figures=True)
        self._before = icon_button(
            "chevron-left", _("Previous question (Page Up)"), lambda: self.turned.emit(-1)
        )
        self._next = icon_button(
            "chevron-right", _("Next question (Page Down)"), lambda: self.turned.emit(1)
        )
        self.about = Flow()
        self.sides = Sides(self._show)
        self.proposal = words("", "lead", wrap=True)
        self.steps = Flow()
        self._others = words("", tone="muted", wrap=True, figures=True)
        self.note = QLineEdit()
        self.all = quiet_button("", self.all_accepted.emit, keys="Ctrl+Enter")
        self._lay_out()

    def show_card(self, card: Card, *, keep_note: bool, put_off: bool) -> None:
        """Show a question; one that was put off already cannot be put off again."""
        self.sentence.setText(card.said.sentence)
        self.about.fill(*link_buttons(card.links.common, self._show))
        self.sides.show_sides(card)
        self.proposal.setText(text.proposal(card))
        self.steps.fill(*self._answers(card, later=not put_off))
        others = text.consequences(card)
        self._others.setText(others)
        self._others.setVisible(bool(others))
        if not keep_note:
            self.note.clear()
            announce(self, f"{card.said.sentence} {text.proposal(card)}")
        named(self, card.said.sentence)

    def show_place(self, place: int, of: int) -> None:
        """Show which question of how many this is (from 1)."""
        self.place.setText(text.place(place, of))
        for part in (self._before, self.place, self._next):
            part.setVisible(of > 1)

    def offer_all(self, count: int, kind: str) -> None:
        """Offer to accept the proposals of all questions of a kind, when there are several."""
        self.all.setText(text.accept_all(count, kind))
        self.all.setAccessibleName(text.accept_all(count, kind))
        self.all.setVisible(count > 1)

    # --- inside ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        top = Qt.AlignmentFlag.AlignTop
        head.addWidget(self.sentence, 1)
        head.addSpacing(12)
        for part in (self._before, self.place, self._next):
            head.addWidget(part, 0, top)
        self.place.setMinimumHeight(self._next.minimumHeight())
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 8, 16)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self.sides)
        column.addWidget(self.proposal)
        column.addWidget(self.steps)
        column.addWidget(self._others)
        column.addLayout(self._note_row())
        column.addWidget(Flow(self.about, self.all))
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(room))

    def _note_row(self) -> QVBoxLayout:
        label = words(_("Note, if you like"), "caption", "muted")
        label.setBuddy(self.note)
        named(self.note, _("Note"), _("It is kept with the decision."))
        chars = QFontMetrics(scaled_font()).averageCharWidth()
        self.note.setMaximumWidth(chars * _NOTE_CHARS)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(label)
        column.addWidget(self.note)
        return column

    def _answers(self, card: Card, *, later: bool) -> list[QPushButton]:
        """The proposal first, then each answer with its number, then *later*."""
        accept = primary_button(
            _("Accept the proposal"), self.accepted.emit, icon="check", keys="Enter"
        )
        answers = [self._answer(number, one) for number, one in enumerate(card.said.answers, 1)]
        off = [quiet_button(_("Later"), self.put_off.emit, keys="Esc")] if later else []
        return [accept, *answers, *off]

    def _answer(self, number: int, answer: SaidAnswer) -> QPushButton:
        step = button(answer.verb, lambda: self.answered.emit(answer.code), keys=str(number))
        step.setToolTip(answer.consequence)
        step.setAccessibleDescription(answer.consequence)
        return step

    def _show(self, record: str, entity: UUID) -> None:
        self.record_asked.emit(record, entity)
