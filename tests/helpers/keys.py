"""Keys as they come to a window: with the text and the time a scanner or a hand gives them."""

from __future__ import annotations

from itertools import count

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

SCANNER_MS = 8
HAND_MS = 160
_CODES = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, "\x1b": Qt.Key.Key_Escape}
_clock = count(1_000_000, 10_000)
"""Each call of ``type_keys`` begins ten seconds after the one before."""


def type_keys(window: QWidget, text: str, gap: int = HAND_MS) -> None:
    """Press the keys of ``text`` in ``window``, ``gap`` milliseconds apart by their time stamps.

    They pass through the window's handle, as real ones do; shortcuts are not looked up.
    """
    handle = window.windowHandle()
    assert handle is not None
    at = next(_clock)
    for character in text:
        key = _CODES.get(character, Qt.Key.Key_unknown)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
            event.setTimestamp(at)
            QCoreApplication.sendEvent(handle, event)
        at += gap


def scan(window: QWidget, code: str, end: str = "\r") -> None:
    """Scan ``code`` with a USB scanner while ``window`` is in front."""
    type_keys(window, code + end, SCANNER_MS)
