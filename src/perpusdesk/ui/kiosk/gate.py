"""The way out of the kiosk: a code where nobody has a PIN, else whoever signs in."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.visits.visit_settings import LONGEST_CODE
from perpusdesk.ui.kiosk.parts import NumberPad, small_button
from perpusdesk.ui.kit.theme import set_tone
from perpusdesk.ui.kit.words import words

GIVES_UP_MS: Final = 45_000
"""Without an answer for so long the kiosk goes on."""
_TRIES: Final = 3
_WIDEST: Final = 504


class Gate(QWidget):
    """Asks staff; ``sign_in`` is what people sign in with where they have a PIN.

    ``entered`` carries a code, ``left`` tells that the kiosk goes on.
    """

    entered = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._wrong = 0
        self.pad = NumberPad(_("Open"), LONGEST_CODE, secret=True)
        self.pad.setMaximumWidth(_WIDEST)
        self.pad.entered.connect(self._entered)
        self._heading = words(_("For staff"), "title", strong=True)
        self._said = words("", "lead", "muted", wrap=True)
        self._room = QVBoxLayout()
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(GIVES_UP_MS)
        self._clock.timeout.connect(self.left)
        self._both = both = QHBoxLayout()
        both.setSpacing(32)
        both.addStretch(1)
        both.addLayout(self._room)
        both.addWidget(self.pad)
        both.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for label in (self._heading, self._said):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addLayout(both, 1)
        back = small_button(_("Back to the guest book"), self.left.emit, icon="chevron-left")
        column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)

    def put_sign_in(self, screen: QWidget) -> None:
        """Show beside the digits where people sign in."""
        self._room.addWidget(screen)

    def begin(self, *, sign_in: bool) -> None:
        """Ask anew; ``sign_in``: for a person and a PIN, else for the code alone."""
        for place, part in enumerate((0, 4, 3, 0) if sign_in else (1, 0, 2, 1)):
            self._both.setStretch(place, part)
        self._wrong = 0
        set_tone(self._said, "muted")
        self._said.setText("" if sign_in else _("Type the code that leads out of the guest book."))
        self.pad.clear()
        self._clock.start()

    def refuse(self) -> None:
        """The code was wrong; after the third the kiosk goes on."""
        self._wrong += 1
        self.pad.clear()
        if self._wrong >= _TRIES:
            self.end()
            self.left.emit()
        else:
            set_tone(self._said, "warn")
            self._said.setText(_("This is not the code."))

    def stay(self) -> None:
        """Somebody is still here: wait as long again."""
        self._clock.start()

    def end(self) -> None:
        """Forget what was typed."""
        self._clock.stop()
        self._said.clear()
        self.pad.clear()

    def _entered(self, typed: str) -> None:
        self._clock.start()
        self.entered.emit(typed)
