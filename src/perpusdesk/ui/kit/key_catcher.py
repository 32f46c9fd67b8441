"""Catches what scanners type, wherever the focus is, before any control sees it.

Real key presses pass through the window that has the focus; they are watched there and nowhere
else, so that paint and timer events cost nothing extra.

* Where no text field has the focus, printable keys are held for a moment: a scanner's burst
  becomes ``burst``; a key of the window's own (``?``) does its work; anything else is typed on
  in the scan box (``typed_elsewhere``).
* In a text field a burst is typed first and recognised at its Enter or Tab; the field gets its
  former text back. A field that wants scans for itself says so with ``keep_scans``.
* While a modal dialog is open a burst changes nothing and is told as ``held_back``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

HOLD: Final = 90
"""Milliseconds without a further key after which held keys were typed by a hand."""

_KEEP_SCANS: Final = "pd_keep_scans"
_ENDS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_COMMANDING: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class Decoder(Protocol):
    """Tells a scanner from a hand by the rhythm of keys (``scan.wedge``)."""

    def press(self, character: str, at: float) -> None:
        """Take one character, typed at ``at`` seconds."""

    def end(self, at: float) -> str | None:
        """Take an Enter or Tab; return the scanned text if a scanner typed it. Starts anew."""

    def reset(self) -> None:
        """Forget what was typed."""


def keep_scans(field: QWidget) -> None:
    """Let ``field`` keep what is scanned into it (a barcode field of a form)."""
    field.setProperty(_KEEP_SCANS, True)


class KeyCatcher(QObject):
    """Watches the keys of all windows of the program."""

    burst = Signal(str)
    typed_elsewhere = Signal(str)
    held_back = Signal(str)

    def __init__(
        self,
        decoder: Decoder,
        lone_key: Callable[[str], bool] = lambda _key: False,
        parent: QObject | None = None,
    ) -> None:
        """``lone_key`` does what a single printable key stands for, and tells whether it did."""
        super().__init__(parent)
        self._decoder = decoder
        self._lone_key = lone_key
        self._held = ""
        self._field: QWidget | None = None
        self._before = ""
        self._last = 0.0
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(HOLD)
        self._clock.timeout.connect(self._let_go)
        app = QCoreApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look at every key press before the focused control does."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if QApplication.activePopupWidget() is not None:
            return False
        if event.modifiers() & _COMMANDING:
            self._decoder.reset()
            return False
        field = _text_field()
        if event.key() in _ENDS:
            return self._end(field, _seconds(event))
        if not event.text().isprintable() or not event.text():
            return False
        return self._character(field, event.text(), _seconds(event))

    def _character(self, field: QWidget | None, text: str, at: float) -> bool:
        if field is not None:
            if field is not self._field or (at - self._last) * 1000 > HOLD:
                self._field, self._before = field, _text_of(field)
            self._last = at
            self._decoder.press(text, at)
            return False
        if not self._held and text == " ":
            return False
        self._decoder.press(text, at)
        self._held += text
        self._clock.start()
        return True

    def _end(self, field: QWidget | None, at: float) -> bool:
        scanned = self._decoder.end(at)
        if scanned is None:
            self._let_go()
            return False
        self._clock.stop()
        self._held = ""
        if field is not None:
            if field.property(_KEEP_SCANS):
                return False
            _set_text(field, self._before)
        if QApplication.activeModalWidget() is not None:
            self.held_back.emit(scanned)
        else:
            self.burst.emit(scanned)
        return True

    def _let_go(self) -> None:
        self._clock.stop()
        held, self._held = self._held, ""
        if not held:
            return
        self._decoder.reset()
        alone = len(held) == 1 and QApplication.activeModalWidget() is None
        if not (alone and self._lone_key(held)):
            self.typed_elsewhere.emit(held)


def _seconds(event: QKeyEvent) -> float:
    stamp = event.timestamp()
    return stamp / 1000 if stamp else time.monotonic()


def _text_field() -> QWidget | None:
    focus = QApplication.focusWidget()
    if isinstance(focus, QAbstractSpinBox):
        return focus.findChild(QLineEdit)
    if isinstance(focus, QComboBox):
        return focus.lineEdit()
    if isinstance(focus, QAbstractItemView):
        return None
    return focus if isinstance(focus, QLineEdit | QPlainTextEdit | QTextEdit) else None


def _text_of(field: QWidget) -> str:
    if isinstance(field, QLineEdit):
        return field.text()
    assert isinstance(field, QPlainTextEdit | QTextEdit)
    return field.toPlainText()


def _set_text(field: QWidget, text: str) -> None:
    if isinstance(field, QLineEdit):
        field.setText(text)
    elif isinstance(field, QPlainTextEdit | QTextEdit):
        field.setPlainText(text)
