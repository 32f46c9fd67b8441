"""Where an enrolment code is typed, pasted or shown to the camera, and checked meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from perpusdesk.common.i18n import _
from perpusdesk.protocol.enrolment_code import (
    BadCode,
    CodeFault,
    EnrolmentCode,
    looks_like_code,
    read,
    write,
)
from perpusdesk.services.wording.enrolment import say_bad_code, say_code
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.key_catcher import keep_scans
from perpusdesk.ui.kit.shown_code import ShownCode
from perpusdesk.ui.kit.words import picture, words

if TYPE_CHECKING:
    from perpusdesk.scan.types import Scan

_LINES = 3


class CodeEntry(ShownCode):
    """One field for a code; also shown to a camera.

    ``changed`` carries each new text.
    """

    changed = Signal(str)

    def __init__(
        self, text: str = "", *, camera: bool = True, label: str = "", hint: str = ""
    ) -> None:
        """``camera``: offer a camera of its own; else codes come by the window's scans.

        ``label`` and ``hint`` tell which code it is and where it is from, if it is another one.
        """
        super().__init__()
        self._hint = hint or _hint()
        self.edit = _CodeEdit()
        self.field = Field(label or _("Code"), self.edit, required=True, hint=self._hint)
        self.field.name = "code"
        self._good = words("", "body", "ok", wrap=True)
        self._sign = picture("check", "ok", 16)
        self.column.addWidget(self.field)
        good = QHBoxLayout()
        good.setSpacing(4)
        good.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        good.addWidget(self._good, 1)
        self.column.addLayout(good)
        row = QHBoxLayout()
        row.addWidget(self.camera_button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.camera_button.setVisible(camera)
        self.setFocusProxy(self.edit)
        self.edit.setPlainText(text)
        self.edit.textChanged.connect(self._check)
        self._check()

    @property
    def text(self) -> str:
        """What was entered."""
        return self.edit.toPlainText()

    @property
    def code(self) -> EnrolmentCode | None:
        """The code, once it is whole and right."""
        found = read(self.text)
        return found if isinstance(found, EnrolmentCode) else None

    def take(self, text: str) -> bool:
        """Take a text that was scanned, if it is meant as a code."""
        if not looks_like_code(text):
            return False
        found = read(text)
        self.edit.setPlainText(write(found) if isinstance(found, EnrolmentCode) else text)
        return True

    def take_scan(self, scan: Scan) -> None:
        """Take what the camera read; the camera is no longer needed after a whole code."""
        if self.take(scan.text) and self.code is not None:
            self.camera_wanted.emit(False)

    def _check(self) -> None:
        found = read(self.text) if self.text.strip() else None
        good = isinstance(found, EnrolmentCode)
        self._good.setText(say_code(found) if isinstance(found, EnrolmentCode) else "")
        for part in (self._good, self._sign):
            part.setVisible(good)
        self.field.set_hint("" if good else self._hint)
        if isinstance(found, BadCode) and not self._being_typed(found):
            self.field.show_error(str(say_bad_code(found).what))
        else:
            self.field.clear_error()
        self.changed.emit(self.text)

    def _being_typed(self, bad: BadCode) -> bool:
        """Whether only the end is missing, or the group at hand is not whole yet."""
        text = self.text.strip()
        if bad.reason is CodeFault.NOT_A_CODE:
            return "PDESK".startswith(text.upper())
        groups = text.replace(" ", "-").split("-")
        return bad.reason is CodeFault.INCOMPLETE or bad.groups == (len(groups) - 1,)


class _CodeEdit(QPlainTextEdit):
    """Some lines without breaks of their own: Enter goes on, Tab leaves."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setPlaceholderText("PDESK-…")
        self.setInputMethodHints(Qt.InputMethodHint.ImhNoPredictiveText)
        height = self.fontMetrics().lineSpacing() * _LINES
        self.setFixedHeight(height + 2 * round(self.document().documentMargin()) + 12)
        keep_scans(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)


def _hint() -> str:
    return _("The administrator makes it on the server. Paste it, type it, or show its QR code.")
