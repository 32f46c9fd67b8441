"""Short notices that pass by themselves: one at a time, never in the way, never the focus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.theme import RADIUS_CARD, Tone
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.words import picture, words

STAYS_FOR: Final = 5000
"""Milliseconds; the clock stands while the mouse is on the toast."""

_MARGIN: Final = 24
_ABOVE: Final = 72
"""Pixels left free at the lower edge, where pages have their buttons."""

_ICONS: Final[dict[Tone, str]] = {
    "ok": "check",
    "warn": "warning",
    "bad": "blocked",
}


@dataclass(frozen=True, slots=True)
class ToastAction:
    """What can be done about it while the toast is seen, e.g. undo."""

    text: str
    run: Callable[[], object]
    keys: str = ""


class Toasts(QObject):
    """Shows toasts in the lower right corner of ``place``."""

    def __init__(self, place: QWidget) -> None:
        super().__init__(place)
        self._place = place
        self._toast: _Toast | None = None
        self._key = ""
        place.installEventFilter(self)

    def show(
        self,
        text: str,
        *,
        action: ToastAction | None = None,
        tone: Tone = "text",
        replace: str = "",
    ) -> None:
        """Show ``text`` for five seconds instead of what is shown now, and announce it.

        With the ``replace`` key of the toast on the screen the change is not announced again.
        """
        renewed = bool(replace) and replace == self._key and self._toast is not None
        self.clear()
        self._key = replace
        self._toast = _Toast(text, action, tone, self._place, self.clear)
        self._toast.settle()
        self._toast.show()
        self._toast.raise_()
        if not renewed:
            announce(self._place, text)

    def clear(self, key: str = "") -> None:
        """Take the toast away now (only the one shown under ``key``, when a key is given)."""
        if self._toast is None or (key and key != self._key):
            return
        self._toast.hide()
        self._toast.deleteLater()
        self._toast = None

    def to_front(self) -> None:
        """Lay the toast over a page that has just come to the front."""
        if self._toast is not None:
            self._toast.raise_()

    @property
    def text(self) -> str:
        """Return what is shown now, or nothing."""
        return self._toast.text if self._toast else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the toast in its place when the window changes size."""
        if event.type() == QEvent.Type.Resize and self._toast is not None:
            self._toast.settle()
        return super().eventFilter(watched, event)


class _Toast(QWidget):
    def __init__(
        self,
        text: str,
        action: ToastAction | None,
        tone: Tone,
        place: QWidget,
        gone: Callable[[], None],
    ) -> None:
        super().__init__(place)
        self.text = text
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(gone)
        self._clock.start(STAYS_FOR)
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8 if action else 16, 8)
        row.setSpacing(12)
        if tone in _ICONS:
            row.addWidget(picture(_ICONS[tone], tone))
        self._label = words(text, wrap=True)
        self._label.setMinimumHeight(32)
        row.addWidget(self._label, 1)
        if action is not None:
            row.addWidget(self._button(action, gone))

    def settle(self) -> None:
        """Take the size of the words, at the right, above the buttons of the lower edge."""
        place = self.parentWidget()
        if place is None:
            return
        widest = place.width() - 2 * _MARGIN
        line = self._label.fontMetrics().horizontalAdvance(self.text) + 4
        around = self.sizeHint().width() - self._label.sizeHint().width()
        width = min(widest, line + around, 640)
        self.resize(width, self.heightForWidth(width))
        self.move(place.width() - self.width(), place.height() - self.height() - _ABOVE)

    def enterEvent(self, _event: QEvent) -> None:
        """Wait while somebody looks."""
        self._clock.stop()

    def leaveEvent(self, _event: QEvent) -> None:
        """Go on."""
        self._clock.start(STAYS_FOR)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card."""
        rounded(QPainter(self), self.rect(), fill="card", line="line", radius=RADIUS_CARD)

    @staticmethod
    def _button(action: ToastAction, gone: Callable[[], None]) -> QWidget:
        def act() -> None:
            gone()
            action.run()

        made = quiet_button(action.text, act, keys=action.keys)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made
