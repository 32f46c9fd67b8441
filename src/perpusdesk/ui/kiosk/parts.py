"""What the kiosk's pages are made of: large buttons, a place held down, a pad of numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.theme import set_icon, set_type
from perpusdesk.ui.kit.words import words

TALL: Final = 88
"""Least height of what is touched."""
HELD_MS: Final = 3_000
_SHOWN: Final = 56
"""Least height of the number that is typed."""
_DIGITS: Final = "123456789"


def large_button(
    text: str, run: Callable[[], object], *, icon: str = "", keys: str = ""
) -> QPushButton:
    """Return a button to be hit with a finger from an arm's length."""
    made = button(text, run, icon=icon, keys=keys)
    set_type(made, "title")
    if icon:
        set_icon(made, icon, "text", 32)
    made.setMinimumHeight(TALL)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    made.setMaximumHeight(2 * TALL)
    return made


def small_button(
    text: str, run: Callable[[], object], *, icon: str = "", keys: str = ""
) -> QPushButton:
    """Return a quiet button that is still as high as a finger needs."""
    made = quiet_button(text, run, icon=icon, keys=keys)
    set_type(made, "lead")
    made.setMinimumHeight(56)
    return made


class HeldLabel(QLabel):
    """A word that does something when it is held down for three seconds; nothing shows it."""

    held = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(HELD_MS)
        self._clock.timeout.connect(self.held)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMinimumSize(160, 44)
        set_type(self, "lead", strong=True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to wait."""
        self._clock.start()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It was not held long enough."""
        self._clock.stop()
        event.accept()


class NumberPad(QWidget):
    """Digits to touch or to type; ``entered`` carries what was typed."""

    entered = Signal(str)

    def __init__(self, verb: str, longest: int, *, secret: bool = False) -> None:
        """``secret``: dots stand for the digits."""
        super().__init__()
        self._longest, self._secret, self._typed = longest, secret, ""
        self._shown = words("", "hero", strong=True, figures=True)
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown.setMinimumHeight(_SHOWN)
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, digit in enumerate(_DIGITS):
            grid.addWidget(self._digit(digit), place // 3, place % 3)
        rub = large_button("", self.rub_out, icon="undo")
        rub.setAccessibleName(_("Delete the last digit"))
        grid.addWidget(rub, 3, 0)
        grid.addWidget(self._digit("0"), 3, 1)
        self.enter = large_button(verb, self.send, icon="check")
        grid.addWidget(self.enter, 3, 2)
        for column_ in range(3):
            grid.setColumnStretch(column_, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._shown)
        column.addLayout(grid)
        self.clear()

    @property
    def typed(self) -> str:
        """What was typed so far."""
        return self._typed

    def clear(self) -> None:
        """Forget what was typed."""
        self._typed = ""
        self._show()

    def put(self, digit: str) -> None:
        """Take one more digit; none beyond the longest number, no zero in front of a number."""
        if len(self._typed) < self._longest and (self._typed or digit != "0" or self._secret):
            self._typed += digit
            self._show()

    def rub_out(self) -> None:
        """Take the last digit away."""
        self._typed = self._typed[:-1]
        self._show()

    def send(self) -> None:
        """Take what was typed."""
        if self._typed:
            self.entered.emit(self._typed)

    def _digit(self, digit: str) -> QPushButton:
        return large_button(digit, lambda: self.put(digit))

    def _show(self) -> None:
        shown = "•" * len(self._typed) if self._secret else self._typed
        self._shown.setText(shown or "–")
        self.enter.setEnabled(bool(self._typed))
