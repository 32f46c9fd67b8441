"""A few large answers to choose from."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.cards import Card
from perpusdesk.ui.kit.theme import set_type
from perpusdesk.ui.kit.words import picture, words


class BigChoices(QWidget):
    """A few large answers, one of them chosen; arrow keys move between them."""

    def __init__(self, chosen: Callable[[str], object]) -> None:
        super().__init__()
        self._chosen = chosen
        self.radios: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    def add(self, value: str, name: str, icon: str = "", what: str = "") -> None:
        """Add an answer."""
        radio = QRadioButton(name)
        set_type(radio, "lead")
        named(radio, name, what)
        radio.toggled.connect(lambda on: self._chosen(value) if on else None)
        self._group.addButton(radio)
        self.radios[value] = radio
        card = _Answer(radio)
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        if icon:
            row.addWidget(picture(icon, "accent", 32), 0, Qt.AlignmentFlag.AlignVCenter)
        words_ = QVBoxLayout()
        words_.setSpacing(8)
        words_.addWidget(radio)
        if what:
            words_.addWidget(words(what, tone="muted", wrap=True))
        row.addLayout(words_, 1)
        self._column.addWidget(card)

    def choose(self, value: str) -> None:
        """Choose an answer without telling."""
        radio = self.radios[value]
        radio.blockSignals(True)
        radio.setChecked(True)
        radio.blockSignals(False)
        self.setFocusProxy(radio)


class _Answer(Card):
    """A card that chooses its radio button wherever it is clicked."""

    def __init__(self, radio: QRadioButton) -> None:
        super().__init__()
        self._radio = radio

    def mouseReleaseEvent(self, _event: object) -> None:
        self._radio.setChecked(True)
        self._radio.setFocus(Qt.FocusReason.MouseFocusReason)
