"""A question in the page, never a dialog: a sentence, a few fields, one verb, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.buttons import primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Field, Form
from perpusdesk.ui.kit.in_page import InPage
from perpusdesk.ui.kit.words import words

Errors = Mapping[str, str]


class AskCard(InPage):
    """Hidden until ``ask``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._then: Callable[[], object] | None = None
        self._check: Callable[[], Errors] = dict
        self.form: Form | None = None
        self._heading = words("", "lead", strong=True, wrap=True)
        self._why = words("", tone="muted", wrap=True)
        self._room = QVBoxLayout()
        self.go = primary_button("", self.send, keys="Enter")
        self._back = quiet_button(_("Cancel"), self.leave, keys="Esc")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        for part in (self._heading, self._why):
            column.addWidget(part)
        column.addLayout(self._room)
        column.addWidget(Flow(self.go, self._back))

    def ask(
        self,
        heading: str,
        fields: Sequence[Field[Any]],
        verb: str,
        then: Callable[[], object],
        *,
        why: str = "",
        check: Callable[[], Errors] = dict,
        columns: int = 1,
        wide: Collection[str] = (),
    ) -> None:
        """Ask; ``check`` says what is wrong by the fields' names, ``then`` runs when nothing is.

        The fields with the names ``wide`` take all columns.
        """
        self._then, self._check = then, check
        self._heading.setText(heading)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self._fill(fields, columns, wide)
        self.go.setText(verb)
        self.go.setAccessibleName(verb)
        self.come(fields[0].edit if fields else self.go)
        announce(self, heading)

    def send(self) -> None:
        """Take the answer, or show what is wrong with it."""
        errors = dict(self._check())
        if errors and self.form is not None:
            self.form.show_errors(errors)
            return
        then = self._then
        self.leave()
        if then is not None:
            then()

    def leave(self) -> None:
        """Hide without doing anything."""
        self._then = None
        super().leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter answers from any field of one line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._entered()
        else:
            super().keyPressEvent(event)

    def _entered(self) -> None:
        focus = QApplication.focusWidget()
        if isinstance(focus, QPushButton):
            focus.click()
        elif not isinstance(focus, QPlainTextEdit):
            self.send()

    def _fill(self, fields: Sequence[Field[Any]], columns: int, wide: Collection[str]) -> None:
        if self.form is not None:
            self._room.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        if not fields:
            return
        self.form = Form(columns)
        for field in fields:
            self.form.add(field, columns if field.name in wide else 1)
        self._room.addWidget(self.form)


def missing(*names_and_values: tuple[str, object]) -> dict[str, str]:
    """Return what is said of the fields that are still empty."""
    return {name: _("Fill this in.") for name, value in names_and_values if not value}
