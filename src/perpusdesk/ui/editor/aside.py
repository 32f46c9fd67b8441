"""What follows from the form: the call number as on the spine, and what is to be looked at."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.editor.cover_part import CoverPart
from perpusdesk.ui.editor.finding_rows import FindingRows
from perpusdesk.ui.kit.theme import RADIUS_CARD
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.words import words

_ROOM: Final = 16


class Spine(QWidget):
    """The call number in lines, as it will stand on the spine; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._heading = words(_("On the spine"), "caption", "muted")
        self.number = words("", "lead", strong=True, figures=True)
        self.number.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._class = words("", "caption", "muted", wrap=True)
        self._class.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(_ROOM, 12, _ROOM, 12)
        column.setSpacing(8)
        for part in (self._heading, self.number, self._class):
            column.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_number(self, number: str, caption: str) -> None:
        """Show a call number, and the class it begins with in words."""
        self.number.setText("\n".join(number.split()))
        self.number.setAccessibleName(_("Call number {number}").format(number=number))
        self._class.setText(caption)
        self._class.setVisible(bool(caption))
        self.setVisible(bool(number))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the sticker."""
        rounded(QPainter(self), self.rect(), fill="card", line="hairline", radius=RADIUS_CARD)


class Aside(QWidget):
    """Stands beside the form, or below it where room is short."""

    def __init__(self) -> None:
        super().__init__()
        self.spine, self.findings, self.cover = Spine(), FindingRows(), CoverPart()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(16)
        self.column.addWidget(self.spine)
        self.column.addWidget(self.findings)
        self.column.addWidget(self.cover)
        self.column.addStretch(1)
