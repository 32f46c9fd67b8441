"""Who is to wait for the title? A field that finds members, and the candidates below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from perpusdesk.common.i18n import _
from perpusdesk.services.members.member_lists import MemberLine
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.in_page import InPage
from perpusdesk.ui.kit.key_catcher import keep_scans
from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.titles import text

_PAUSE: Final = 150


class MemberPick(InPage):
    """Hidden until ``begin``. ``looked`` wants candidates for a text, ``picked`` has the member."""

    looked = Signal(str)
    picked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[MemberLine] = ()
        self._hurry = False
        self._field = Field(
            _("Member"), QLineEdit(), hint=_("Name, card or phone; or scan the card.")
        )
        self.edit = self._field.edit
        keep_scans(self.edit)
        self.rows = RecordList(_("Members found"), text.member_row)
        self.rows.fit_rows()
        self.rows.clicked.connect(lambda index: self._pick(index.row()))
        self.rows.opened.connect(lambda place: self._pick(int(str(place))))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(lambda: self.looked.emit(self.edit.text()))
        self.edit.textEdited.connect(lambda _text: self._pause.start())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(words(_("Who is to wait for this title?"), "lead", strong=True, wrap=True))
        column.addWidget(self._field)
        column.addWidget(self.rows)
        left = Qt.AlignmentFlag.AlignLeft
        column.addWidget(quiet_button(_("Cancel"), self.leave, keys="Esc"), 0, left)

    def begin(self) -> None:
        """Ask."""
        self.edit.clear()
        self.offer(())
        self.come(self.edit)

    def offer(self, lines: Sequence[MemberLine]) -> None:
        """Show candidates; after Enter a single one is taken at once."""
        self._lines = lines
        self.rows.show_records(lines)
        self.rows.setVisible(bool(lines))
        hurry, self._hurry = self._hurry, False
        nobody = hurry and not lines
        if nobody:
            self._field.show_error(_("Nobody fits."))
        else:
            self._field.clear_error()
        if hurry and len(lines) == 1:
            self._pick(0)
        elif hurry and lines:
            self.rows.enter()

    def leave(self) -> None:
        """Hide without doing anything."""
        self._pause.stop()
        super().leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look at once on Enter, go into the candidates with Down."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pause.stop()
            self._hurry = True
            self.looked.emit(self.edit.text())
        elif key == Qt.Key.Key_Down and self._lines:
            self.rows.enter()
        else:
            super().keyPressEvent(event)

    def _pick(self, place: int) -> None:
        if 0 <= place < len(self._lines):
            line = self._lines[place]
            self.leave()
            self.picked.emit(line.id)
