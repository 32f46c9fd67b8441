"""Where a recovery code is typed, shown to the camera, or taken from a file of the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit

from perpusdesk.common.i18n import _
from perpusdesk.protocol.recovery_code import (
    GROUP,
    GROUPS,
    BadCode,
    CodeFault,
    looks_like_code,
    read_code,
)
from perpusdesk.services.wording.recovery import say_bad_code
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.key_catcher import keep_scans
from perpusdesk.ui.kit.shown_code import ShownCode

if TYPE_CHECKING:
    from perpusdesk.scan.types import Scan


class RecoveryEntry(ShownCode):
    """One field for the code; also shown to a camera.

    ``entered`` comes when a whole code was scanned, or Enter was pressed; ``file_chosen`` carries
    the path of a picture or PDF of the sheet.
    """

    entered = Signal()
    file_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("-".join(["·····"] * GROUPS))
        self.edit.setAccessibleName(_("Recovery code"))
        keep_scans(self.edit)
        self.field = Field(_("Recovery code"), self.edit, hint=_hint())
        self.field.name = "code"
        self.file_button = button(_("Open a photo or PDF of the sheet"), self._choose)
        self.column.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.camera_button)
        row.addWidget(self.file_button)
        row.addStretch(1)
        self.column.addLayout(row)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._check)
        self.edit.returnPressed.connect(self.entered)

    @property
    def text(self) -> str:
        """What was entered."""
        return self.edit.text()

    def take(self, text: str) -> bool:
        """Take a text that was scanned or read from a file, if it is the code of a sheet."""
        if not looks_like_code(text):
            return False
        self.edit.setText(text)
        self.entered.emit()
        return True

    def show_error(self, what: str) -> None:
        """Say what is wrong with the code."""
        self.field.show_error(what)
        self.edit.setFocus()

    def take_scan(self, scan: Scan) -> None:
        """Take what the camera or the scanner read; the camera has then done its work."""
        if looks_like_code(scan.text):
            self.camera_wanted.emit(False)
            self.take(scan.text)

    def _choose(self) -> None:
        kinds = _("Sheet") + " (*.pdf *.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff)"
        chosen, _kind = QFileDialog.getOpenFileName(
            self, _("Open a photo or PDF of the sheet"), "", kinds
        )
        if chosen:
            self.file_chosen.emit(chosen)

    def _check(self) -> None:
        """Name a wrong group as soon as the one after it is begun."""
        found = read_code(self.text)
        wrong = found.groups if isinstance(found, BadCode) else ()
        done = len(self.text.replace("-", "").replace(" ", "")) // GROUP
        early = tuple(group for group in wrong if group <= done)
        if early and isinstance(found, BadCode) and found.reason is not CodeFault.EMPTY:
            self.field.show_error(say_bad_code(BadCode(CodeFault.MISTYPED, early)).what)
        else:
            self.field.clear_error()


def _hint() -> str:
    return _("On the recovery sheet of the library: seven groups of five signs.")
