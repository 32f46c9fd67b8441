"""The form of copies inside the title's panel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.common.i18n import _
from perpusdesk.services.cataloguing.add_copies import NewCopies
from perpusdesk.services.cataloguing.copy_choices import CopyFacts
from perpusdesk.services.cataloguing.edit_copies import CopyForm, OpenCopy
from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.in_page import InPage
from perpusdesk.ui.kit.suggest_edit import SuggestEdit
from perpusdesk.ui.kit.theme import scaled_font
from perpusdesk.ui.kit.words import picture, words
from perpusdesk.ui.titles import copies_text as text
from perpusdesk.ui.titles.copy_fields import CopyFields

_PAUSE = 200
_LAID_OUT = 30
"""Milliseconds after which the panel has been laid out anew."""
_TWO_COLUMNS = 60
"""Width in average characters from which two fields stand side by side."""


class CopiesForm(InPage):
    """Hidden until it is opened for new copies, one, or many.

    ``saved`` wants what stands in it to be saved; ``changed`` wants the numbers that new copies
    would get.
    """

    saved = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title: UUID | None = None
        self.opened: OpenCopy | None = None
        self.many: tuple[UUID, ...] = ()
        self.fields = CopyFields()
        self._heading = words("", "lead", strong=True, wrap=True)
        self.numbers = words("", tone="muted", wrap=True, figures=True)
        self.queue = QCheckBox(_("Queue their labels for printing"))
        self.queue.setChecked(True)
        self.warning = _Warning()
        self.save = primary_button("", self.send, icon="check", keys="Ctrl+Enter")
        self.rare = quiet_button(_("More fields"), self._show_rare, icon="chevron-down")
        self._leave = quiet_button(_("Cancel"), self.leave, keys="Esc")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.changed)
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        for part in (self._heading, self.fields, self.numbers, self.queue, self.warning):
            column.addWidget(part)
        column.addWidget(Flow(self.save, self._leave, self.rare))

    def _listen(self) -> None:
        for field in self.fields.by_name.values():
            edit = field.edit
            if isinstance(edit, QComboBox):
                edit.currentIndexChanged.connect(lambda _place: self._pause.start())
            elif isinstance(edit, QSpinBox):
                edit.valueChanged.connect(lambda _value: self._pause.start())
            else:
                edit.textChanged.connect(lambda _text: self._pause.start())

    # --- what it is for ----------------------------------------------------------------------

    def open_new(self, title: UUID, facts: CopyFacts) -> None:
        """Ask for new copies of a title."""
        self.title, self.opened, self.many = title, None, ()
        self.fields.show_new(facts)
        self._open(_("New copies"), _("Add"), "count")
        self.fields.edit("count").selectAll()

    def open_one(self, opened: OpenCopy, facts: CopyFacts) -> None:
        """Change one copy."""
        self.title, self.opened, self.many = None, opened, ()
        self.fields.show_one(facts, opened.form)
        number = opened.form.barcode or opened.form.inventory
        self._open(_("Change copy {barcode}").format(barcode=number), _("Save"), "kind")

    def open_many(self, copies: tuple[UUID, ...], facts: CopyFacts) -> None:
        """Change many copies at once."""
        self.title, self.opened, self.many = None, None, copies
        self.fields.show_many(facts)
        heading = _("Change {count} at once: only what is filled in").format(
            count=text.copies(len(copies))
        )
        self._open(heading, _("Save"), "branch")

    def show_numbers(self, sentence: str, barcode: str, inventory: str) -> None:
        """Show what numbers the new copies would get."""
        self.numbers.setText(sentence)
        self.numbers.setVisible(bool(sentence))
        self.fields.propose(barcode, inventory)

    # --- what stands in it -------------------------------------------------------------------

    def new(self) -> NewCopies | None:
        """Return the new copies that are wanted, if it is for such."""
        return self.fields.new(self.title) if self.title is not None else None

    def form(self) -> CopyForm | None:
        """Return the one copy as it is now, if it is for one."""
        return self.fields.form(self.opened.form) if self.opened is not None else None

    def changes(self) -> dict[str, Any]:
        """Return what is to hold for many copies."""
        return self.fields.changes()

    def send(self) -> None:
        """Ask to save, or show what is wrong."""
        self.warning.hide()
        errors = self.fields.wrong()
        self.fields.show_errors(errors)
        if not errors:
            self.saved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Ctrl+Enter or Ctrl+S, and with Enter from any field of one line."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.matches(QKeySequence.StandardKey.Save) or (enter and ctrl):
            self.send()
            return
        if not enter:
            super().keyPressEvent(event)
            return
        focus = QApplication.focusWidget()
        if isinstance(focus, QPushButton):
            focus.click()
        elif isinstance(focus, QLineEdit) and not _offers(focus):
            self.send()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put fields side by side where there is room."""
        super().resizeEvent(event)
        chars = self.width() // max(1, QFontMetrics(scaled_font()).averageCharWidth())
        columns = 2 if chars >= _TWO_COLUMNS else 1
        if columns != self.fields.columns:
            self.fields.arrange(columns)

    def warn(self, sentence: str, verb: str, run: Callable[[], object]) -> None:
        """Say what speaks against saving; ``verb`` does it all the same (may be empty)."""
        self.warning.say(sentence, verb, run)
        QTimer.singleShot(
            _LAID_OUT, self, lambda: self._area_of(lambda a: a.ensureWidgetVisible(self.save))
        )

    def _into_view(self) -> None:
        """Bring the form to the top of what scrolls."""
        self._area_of(lambda a: a.verticalScrollBar().setValue(_place_in(self, a)))

    def _area_of(self, run: Callable[[QScrollArea], object]) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            run(above)

    def _show_rare(self) -> None:
        self.fields.show_rare()
        self.rare.hide()

    def _open(self, heading: str, verb: str, first: str) -> None:
        self._heading.setText(heading)
        self.save.setText(verb)
        self.save.setAccessibleName(verb)
        self.numbers.hide()
        self.warning.hide()
        self.queue.setVisible(self.title is not None)
        self.rare.setVisible(self.title is not None)
        self.come(self.fields.edit(first))
        QTimer.singleShot(_LAID_OUT, self, self._into_view)
        announce(self, heading)
        if self.title is not None:
            self.changed.emit()


def _offers(edit: QLineEdit) -> bool:
    return isinstance(edit, SuggestEdit) and bool(edit.offered)


def _place_in(form: QWidget, area: QScrollArea) -> int:
    inside = area.widget()
    return form.mapTo(inside, QPoint(0, 0)).y() - 8 if inside is not None else 0


class _Warning(QWidget):
    """What speaks against it, with a way to do it all the same; hidden at first."""

    def __init__(self) -> None:
        super().__init__()
        self._label = words("", strong=True, tone="warn", wrap=True)
        self.steps = Flow()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(picture("warning", "warn", 20), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.steps)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said, or nothing."""
        return "" if self.isHidden() else self._label.text()

    def say(self, sentence: str, verb: str = "", run: Callable[[], object] | None = None) -> None:
        """Say it; ``verb`` does it all the same."""
        self._label.setText(sentence)
        self.steps.fill(*((button(verb, run),) if verb and run else ()))
        self.show()
        announce(self, sentence)
