"""The chip of trust: what is saved here, what waits, in words. Offline is normal, never red."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.theme import Tone, set_icon, set_tone
from perpusdesk.ui.kit.words import picture, words

_LEFT: Final = 12


@dataclass(frozen=True, slots=True)
class Trust:
    """What the chip says: the sentence, its icon, and its tone (``warn`` asks for a person)."""

    text: str
    icon: str = "saved"
    tone: Tone = "muted"


class TrustChip(QWidget):
    """Shows a ``Trust``; a click asks for the details."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = picture("saved", "muted")
        self._words: QLabel = words("", "caption", "muted", wrap=True)
        room = self._words.sizePolicy()
        room.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self._words.setSizePolicy(room)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(_LEFT, 4, 4, 4)
        row.setSpacing(12)
        row.addWidget(self._icon, 0)
        row.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.say(Trust(_("Saved on this computer")))

    def say(self, trust: Trust) -> None:
        """Show ``trust``."""
        self._words.setText(trust.text)
        set_tone(self._words, trust.tone)
        set_icon(self._icon, trust.icon, trust.tone)
        self.setToolTip(trust.text)
        self.setAccessibleName(trust.text)

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone."""
        self._words.setVisible(not narrow)
        edge = 0 if narrow else _LEFT
        self._row.setContentsMargins(edge, 4, 0 if narrow else 4, 4)
        self._icon.setSizePolicy(
            QSizePolicy.Policy.Expanding if narrow else QSizePolicy.Policy.Fixed,
            QSizePolicy.Policy.Fixed,
        )
        self._icon.setAlignment(
            Qt.AlignmentFlag.AlignHCenter if narrow else Qt.AlignmentFlag.AlignLeft
        )

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Ask for the details."""
        self.asked.emit()
