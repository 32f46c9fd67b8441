"""Catches what scanners type, wherever the focus is, before any control sees it.

Real key presses pass through the window that has the focus; they are watched there and nowhere
else, so that paint and timer events cost nothing extra.

* Where no text field has the focus, printable keys are held for a moment: a scanner's burst
  becomes ``burst``; a single key that means something (``?``) does its work; anything else is
  typed on in the scan box (``typed_elsewhere``). The empty scan box does the same for keys that
  mean something.
* In a text field a burst is typed first and recognised at its Enter or Tab; the field gets its
  former text back. A field that wants scans for itself says so with ``keep_scans``.
* While a modal dialog is open a burst changes nothing and is told as ``held_back``.
"""

from __future__ import annotations

import time
from typing import Final, Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from perpusdesk.scan.wedge import Burst, WedgeDecoder

HOLD: Final = 90
"""Milliseconds, at least, without a further key after which held keys were typed by a hand."""

_KEEP_SCANS: Final = "pd_keep_scans"
_ENDS: Final = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Enter: "\r", Qt.Key.Key_Tab: "\t"}
_COMMANDING: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)

_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)

TextField = QLineEdit | QPlainTextEdit | QTextEdit


class LoneKeys(Protocol):
    """Single printable keys that mean something by themselves."""

    def has_key(self, key: str) -> bool:
        """Tell whether ``key`` means something here and now."""

    def run_key(self, key: str) -> bool:
        """Do what it means; tell whether it meant something."""


def keep_scans(field: QWidget) -> None:
    """Let ``field`` keep what is scanned into it (a barcode field of a form)."""
    field.setProperty(_KEEP_SCANS, True)


class KeyCatcher(QObject):
    """Watches the keys of all windows of the program. All signals but one carry a ``Burst``."""

    burst = Signal(object)
    touched = Signal()
    """Somebody is at the keyboard or the mouse; of this signal alone many come."""

    held_back = Signal(object)
    typed_elsewhere = Signal(str)

    def __init__(
        self,
        decoder: WedgeDecoder,
        home: QLineEdit,
        lone_keys: LoneKeys,
        parent: QObject | None = None,
    ) -> None:
        """``home`` is the edit of the scan box."""
        super().__init__(parent)
        self.decoder = decoder
        self.resting = False
        """Whether another window of the program has the keys (the kiosk)."""
        self._home = home
        self._lone_keys = lone_keys
        self._held = ""
        self._field: TextField | None = None
        self._before = ""
        self._last = 0.0
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._silence)
        app = QCoreApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look at every key press before the focused control does."""
        if self.resting:
            return False
        if event.type() in _TOUCHES:
            self.touched.emit()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if QApplication.activePopupWidget() is not None:
            return False
        self._last = _milliseconds(event)
        if (end := _ENDS.get(Qt.Key(event.key()))) is not None:
            return self._end(end)
        if event.isAutoRepeat():
            self.decoder.feed(event.text(), self._last, repeated=True)
            return False
        if event.modifiers() & _COMMANDING or not event.text().isprintable():
            return self._command(event.text())
        return bool(event.text()) and self._character(event.text())

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _character(self, text: str) -> bool:
        field = _text_field()
        if self._holds(field, text):
            self.decoder.feed(text, self._last)
            self._held += text
            self._start_clock()
            return True
        if field is None:
            return False
        before = _text_of(field)
        self.decoder.feed(text, self._last)
        if field is not self._field or self.decoder.pending == text:
            self._field, self._before = field, before
        if self.decoder.settings.ends_alone:
            self._start_clock()
        return False

    def _holds(self, field: TextField | None, text: str) -> bool:
        if self._held:
            return True
        if field is None:
            return text != " "  # a space presses the button that has the focus
        return field is self._home and not self._home.text() and self._lone_keys.has_key(text)

    def _command(self, text: str) -> bool:
        """A control character inside a burst belongs to it; anything else ends the waiting."""
        if text and self.decoder.looks_like_burst:
            self.decoder.feed(text, self._last)
        else:
            self._let_go()
            self.decoder.reset()
        return False

    def _end(self, end: str) -> bool:
        burst = self.decoder.feed(end, self._last)
        if burst is None:
            self._let_go()
            return False
        return self._take(burst)

    def _take(self, burst: Burst) -> bool:
        """Pass ``burst`` on; tell whether its last key is used up."""
        self._clock.stop()
        typed = not self._held
        self._held = ""
        field, self._field = self._field, None
        if typed and field is not None and field is _text_field():
            if field.property(_KEEP_SCANS):
                return False
            _set_text(field, self._before)
        modal = QApplication.activeModalWidget() is not None
        (self.held_back if modal else self.burst).emit(burst)
        return True

    def _start_clock(self) -> None:
        gap = self.decoder.settings.gap_ms
        enough = 2 * gap + 10 if self.decoder.settings.ends_alone else 1.2 * gap
        self._clock.start(max(HOLD, round(enough)))

    def _silence(self) -> None:
        after = self._last + 2 * self.decoder.settings.gap_ms + 1
        burst = self.decoder.idle(after)
        if burst is None:
            self._let_go()
        else:
            self._take(burst)

    def _let_go(self) -> None:
        self._clock.stop()
        held, self._held = self._held, ""
        if not held:
            return
        alone = len(held) == 1 and QApplication.activeModalWidget() is None
        if not (alone and self._lone_keys.run_key(held)):
            self.typed_elsewhere.emit(held)


def _milliseconds(event: QKeyEvent) -> float:
    return float(event.timestamp()) or time.monotonic() * 1000


def _text_field() -> TextField | None:
    focus = QApplication.focusWidget()
    if isinstance(focus, QAbstractSpinBox):
        return focus.findChild(QLineEdit)
    if isinstance(focus, QComboBox):
        return focus.lineEdit() if focus.isEditable() else None
    return focus if isinstance(focus, TextField) and not focus.isReadOnly() else None


def _text_of(field: TextField) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def _set_text(field: TextField, text: str) -> None:
    if isinstance(field, QLineEdit):
        field.setText(text)
    else:
        field.setPlainText(text)
