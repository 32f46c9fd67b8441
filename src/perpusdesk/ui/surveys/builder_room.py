"""The room in which a form is built: its questions at the left, the chosen one at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.surveys.checks import FormFinding, form_findings
from perpusdesk.domain.surveys.form import Form, Question, QuestionKind
from perpusdesk.services.wording.surveys import question_kind_name
from perpusdesk.ui.kit.buttons import button, icon_button, primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice
from perpusdesk.ui.kit.record_list import RecordList, RowWords
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.theme import set_tone
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.surveys import text
from perpusdesk.ui.surveys.question_editor import HeadEditor, QuestionEditor


class BuilderDoings(Protocol):
    """What the buttons and keys of the builder ask for."""

    def add(self, kind: QuestionKind) -> None:
        """Add a question below the chosen one."""

    def move(self, step: int) -> None:
        """Move the chosen question."""

    def remove(self) -> None:
        """Remove the chosen question."""

    def preview(self) -> None:
        """Show the form as visitors see it."""

    def publish(self) -> None:
        """Make the next version."""


class QuestionList(RecordList):
    """The heading and the questions; Alt and the arrows move one, Delete removes, Insert adds."""

    move_asked = Signal(int)
    remove_asked = Signal()
    add_asked = Signal()
    edit_asked = Signal()

    def change_records(self, records: Sequence[Any]) -> None:
        """Show as many other records in the same places; place and choice stay."""
        self._records = records
        self.rows.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Understand the keys of the builder."""
        key = event.key()
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_asked.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        elif key == Qt.Key.Key_Insert:
            self.add_asked.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_asked.emit()
        else:
            super().keyPressEvent(event)


class BuilderRoom(QWidget):
    """``chosen`` tells that another row is shown, ``changed`` that the chosen one was typed in."""

    chosen = Signal()
    changed = Signal()
    leave_asked = Signal()

    def __init__(self, doings: BuilderDoings) -> None:
        super().__init__()
        self._doings = doings
        self._form: Form | None = None
        self._findings: list[FormFinding] = []
        self.name = words("", "title", strong=True, wrap=True)
        self.state = words("", tone="muted", wrap=True)
        self.rows = QuestionList(_("Questions"), self._row)
        self.kind: Choice[QuestionKind] = Choice(
            [(question_kind_name(one), one) for one in QuestionKind]
        )
        self.kind.setAccessibleName(_("Kind of the new question"))
        self.kind.setCurrentIndex(list(QuestionKind).index(QuestionKind.SCALE))
        self.question, self.head = QuestionEditor(), HeadEditor()
        self._editors = QStackedWidget()
        for editor in (self.head, self.question):
            self._editors.addWidget(scrolled(editor))
        self.publish = primary_button(_("Publish"), doings.publish, icon="check")
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        doings = self._doings
        top = QHBoxLayout()
        top.addWidget(self.name, 1)
        back = quiet_button(_("Back to the forms"), self.leave_asked.emit, icon="chevron-left")
        top.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        add = button(_("Add"), self._add, icon="plus", keys="Insert")
        adding = Flow(
            self.kind,
            add,
            icon_button("chevron-up", _("Move up (Alt+Up)"), lambda: doings.move(-1)),
            icon_button("chevron-down", _("Move down (Alt+Down)"), lambda: doings.move(1)),
            icon_button("trash", _("Remove (Delete)"), doings.remove),
        )
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(adding)
        left.addWidget(self.rows, 1)
        panes = QHBoxLayout()
        panes.setSpacing(32)
        panes.addLayout(left, 5)
        panes.addWidget(self._editors, 5)
        steps = Flow(self.publish, button(_("Preview"), doings.preview, icon="message"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.state)
        column.addLayout(panes, 1)
        column.addWidget(steps)

    def _wire(self) -> None:
        self.rows.chosen.connect(lambda _place: self._show_chosen())
        self.rows.move_asked.connect(self._doings.move)
        self.rows.remove_asked.connect(self._doings.remove)
        self.rows.add_asked.connect(self._add)
        self.rows.edit_asked.connect(self.into_editor)
        self.question.changed.connect(self.changed)
        self.head.changed.connect(self.changed)

    # --- what is shown -------------------------------------------------------------------------

    def show_form(self, form: Form, place: int) -> None:
        """Show a form with a question chosen (-1: its heading)."""
        self._form = form
        self.rows.show_records(["", *form.questions])
        self.rows.selectRow(place + 1)
        self.refresh(form)
        self._show_chosen()

    def refresh(self, form: Form) -> None:
        """Show what was typed in the list too; place and focus stay."""
        self._form = form
        self._findings = form_findings(form)
        self.name.setText(form.title or _("(no title yet)"))
        self.rows.change_records(["", *form.questions])
        self._show_findings()

    def say_state(self, told: str, *, wrong: bool = False) -> None:
        """Say how far it is saved and published."""
        set_tone(self.state, "bad" if wrong else "muted")
        self.state.setText(told)

    @property
    def place(self) -> int:
        """The place of the chosen question; -1 for the heading."""
        return max(self.rows.currentIndex().row(), 0) - 1

    def into_editor(self) -> None:
        """Move the keyboard from the list to what is chosen."""
        first = self.head.title if self.place < 0 else self.question.text
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self) -> None:
        self._doings.add(self.kind.value() or QuestionKind.SCALE)

    def _show_chosen(self) -> None:
        form = self._form
        if form is None:
            return
        place = self.place
        if place < 0:
            self.head.show_head(form)
        elif place < len(form.questions):
            self.question.show_question(form, form.questions[place])
        self._editors.setCurrentIndex(0 if place < 0 else 1)
        self._show_findings()
        self.chosen.emit()

    def _show_findings(self) -> None:
        form, place = self._form, self.place
        if form is None:
            return
        whole = [one for one in self._findings if not one.question]
        self.head.show_findings(whole)
        if 0 <= place < len(form.questions):
            id_ = form.questions[place].id
            self.question.show_findings([one for one in self._findings if one.question == id_])

    def _row(self, question: Question | str) -> RowWords:
        wrong: Sequence[FormFinding]
        if isinstance(question, str):
            wrong = [one for one in self._findings if not one.question]
            row = RowWords(_("Heading of the form"), _("Title, introduction, thanks"))
        else:
            wrong = [one for one in self._findings if one.question == question.id]
            row = text.question_row(question)
        if not wrong:
            return row
        return RowWords(row.title, row.under, _("to be put right"), "", "warning", "bad")
