"""The field that takes one key per question; what is no answer is not written."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.key_catcher import keep_scans
from perpusdesk.ui.kit.theme import set_type


class KeyLine(QLineEdit):
    """``pressed`` carries a printable key, ``back`` and ``ended`` tell of Backspace and Enter."""

    pressed = Signal(str)
    back = Signal()
    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        keep_scans(self)
        set_type(self, "title", strong=True, figures=True)
        self.setAccessibleName(_("Answers of the form, one key each"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell the key instead of writing it."""
        key, text = event.key(), event.text()
        commanding = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if commanding:
            event.ignore()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) or text == "\b":
            self.back.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or text in ("\r", "\n"):
            self.ended.emit()
        elif text and text.isprintable():
            self.pressed.emit(text)
        else:
            super().keyPressEvent(event)
