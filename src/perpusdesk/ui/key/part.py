"""The tab of the key: what is locked, where the key is, and a new recovery sheet in two steps."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.key import text
from perpusdesk.ui.kit.buttons import button, primary_button
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.theme import set_tone
from perpusdesk.ui.kit.words import Divider, words

_WIDEST = 640


class KeyPart(QWidget):
    """Only shows and asks: ``sheet_asked`` for a new sheet, ``confirmed`` carries what was typed.

    ``given_up`` comes when the new sheet shall not count.
    """

    opened_now = Signal()
    sheet_asked = Signal()
    confirmed = Signal(str)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.locked, self.locked_why = words("", "title", strong=True, wrap=True), _wrapped()
        self.kept = _wrapped()
        self.sheet, self.sheet_why = words("", "lead", strong=True, wrap=True), _wrapped()
        self.make = primary_button(_("Make a recovery sheet"), self.sheet_asked.emit)
        self.answer = QLineEdit()
        self.field = Field(_("Group of the code"), self.answer)
        self.use = primary_button(_("Use this sheet"), self._confirm)
        self.leave = button(_("Cancel"), self.given_up.emit)
        self.asking = QWidget()
        self._lay_out()
        self.answer.returnPressed.connect(self._confirm)
        self.ask(0)

    @property
    def widget(self) -> QWidget:
        """What fills the room below the tabs."""
        return self

    def opened(self) -> None:
        """Bring what is shown up to date."""
        self.opened_now.emit()

    def show_state(self, *, encrypted: bool, kept: str, since: date | None, may: bool) -> None:
        """Show how it stands; ``may``: this person may make a new sheet."""
        self.locked.setText(text.locked(encrypted=encrypted))
        self.locked_why.setText(text.locked_why(encrypted=encrypted))
        self.kept.setText(text.kept(kept))
        self.sheet.setText(text.sheet(since))
        set_tone(self.sheet, "warn" if since is None else "text")
        self.sheet_why.setText(text.sheet_why())
        self.make.setEnabled(may)
        self.make.setToolTip("" if may else _("Only an administrator makes a recovery sheet."))

    def ask(self, group: int) -> None:
        """Ask for a group of the new sheet back; 0: ask nothing."""
        self.asking.setVisible(group > 0)
        self.make.setVisible(group == 0)
        self.answer.clear()
        self.field.clear_error()
        if group:
            self.field.set_hint(text.ask_back(group))
            self.answer.setFocus()

    def say_wrong(self) -> None:
        """Say that another text stands there."""
        self.field.show_error(text.not_the_group())

    def _confirm(self) -> None:
        self.confirmed.emit(self.answer.text())

    def _lay_out(self) -> None:
        below = QVBoxLayout(self.asking)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self.field)
        below.addLayout(_row(self.use, self.leave))
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.locked, self.locked_why, self.kept, Divider()):
            column.addWidget(part)
        column.addSpacing(8)
        for part in (self.sheet, self.sheet_why):
            column.addWidget(part)
        column.addLayout(_row(self.make))
        column.addWidget(self.asking)
        column.addStretch(1)
        room = QWidget()
        room.setLayout(column)
        room.setMaximumWidth(_WIDEST)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(room, 20)
        whole.addStretch(1)


def _wrapped() -> QLabel:
    return words("", tone="muted", wrap=True)


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row
