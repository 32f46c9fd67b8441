"""The box that understands everything: card, copy, ISBN, name, title, command."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.scan.types import Scan, Source, Symbology
from perpusdesk.ui.kit.buttons import icon_button
from perpusdesk.ui.kit.theme import RADIUS_CARD, set_icon, set_type
from perpusdesk.ui.kit.theme.focus import NO_RING
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.words import picture

LONGEST: Final = 300
"""Characters: more is no code, no name and no title, but a paste that went astray."""

_UNDO: Final = QKeySequence("Ctrl+Z")
_PALETTE: Final = QKeySequence("Ctrl+K")


def local_now() -> datetime:
    """Return the moment now, with the offset of this computer."""
    return datetime.now().astimezone()


class ScanBox(QWidget):
    """Where scans and typing arrive; the same on every screen.

    ``scanned`` carries a ``Scan``: from a scanner's burst (``take_burst``) or typed and sent
    with Enter. ``edited`` follows the typing, for suggestions. ``too_long`` tells the length of
    a paste that was thrown away. ``camera_wanted`` follows the camera button. ``down`` and
    ``enter_on_empty`` let a screen's list be used without leaving the box.
    """

    scanned = Signal(object)
    edited = Signal(str)
    too_long = Signal(int)
    camera_wanted = Signal(bool)
    down = Signal()
    enter_on_empty = Signal()

    def __init__(
        self, parent: QWidget | None = None, now: Callable[[], datetime] = local_now
    ) -> None:
        super().__init__(parent)
        self._now = now
        self.edit = _Edit(self)
        self.edit.setProperty(NO_RING, True)
        self.edit.setFrame(False)
        self.edit.setMaxLength(1_000_000)
        self.edit.setAccessibleName(_("Scan or type"))
        self.edit.setPlaceholderText(_("Scan or type: card, book, ISBN, name, command"))
        set_type(self.edit, "lead")
        self.edit.textChanged.connect(self._changed)
        self.edit.returnPressed.connect(self._entered)
        self.edit.down.connect(self.down)
        self.edit.focus_changed.connect(self.update)
        self._clear = icon_button("close", _("Clear the box"), self._cleared)
        self._clear.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._clear.hide()
        self._camera = icon_button("camera-off", _("Camera on or off (F9)"))
        self._camera.setCheckable(True)
        self._camera.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._camera.toggled.connect(self._camera_toggled)
        self._lay_out()

    def take_focus(self) -> None:
        """Move the keyboard here, with what is there selected."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.selectAll()

    def take_burst(self, text: str) -> None:
        """Take what a scanner typed, wherever the focus was."""
        self.edit.clear()
        self._send(text, Source.SCANNER)

    def take_typing(self, text: str) -> None:
        """Go on typing here what was begun where no field was."""
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edit.insert(text)

    def text(self) -> str:
        """Return what stands in the box."""
        return self.edit.text()

    def clear(self) -> None:
        """Empty the box."""
        self.edit.clear()

    def set_camera(self, on: bool) -> None:
        """Show whether the camera is on, without asking for it."""
        self._camera.blockSignals(True)
        self._camera.setChecked(on)
        self._camera.blockSignals(False)
        self._show_camera(on)

    def toggle_camera(self) -> None:
        """Ask for the camera, or for none (the F9 key)."""
        self._camera.toggle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground; two pixels of accent while the keyboard is here."""
        here = self.edit.hasFocus()
        rounded(
            QPainter(self),
            self.rect(),
            fill="card",
            line="accent" if here else "line",
            width=2 if here else 1,
            radius=RADIUS_CARD,
        )

    def _lay_out(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.edit)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(picture("scan", "muted", 24))
        row.addWidget(self.edit, 1)
        row.addWidget(self._clear)
        row.addWidget(self._camera)

    def _changed(self, text: str) -> None:
        if len(text) > LONGEST:
            self.edit.clear()
            self.too_long.emit(len(text))
            return
        self._clear.setVisible(bool(text))
        self.edited.emit(text)

    def _entered(self) -> None:
        text = self.edit.text().strip()
        self.edit.clear()
        if text:
            self._send(text, Source.KEYBOARD)
        else:
            self.enter_on_empty.emit()

    def _send(self, text: str, source: Source) -> None:
        self.scanned.emit(Scan(text, Symbology.UNKNOWN, self._now(), source))

    def _cleared(self) -> None:
        self.edit.clear()
        self.take_focus()

    def _camera_toggled(self, on: bool) -> None:
        self._show_camera(on)
        self.camera_wanted.emit(on)

    def _show_camera(self, on: bool) -> None:
        set_icon(self._camera, "camera" if on else "camera-off", "accent" if on else "muted")


class _Edit(QLineEdit):
    """Leaves keys to the window that a text field would keep for itself."""

    down = Signal()
    focus_changed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and self._leaves(event):
            event.ignore()
            return False
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.focus_changed.emit()
        return super().event(event)

    def _leaves(self, event: QKeyEvent) -> bool:
        """Tell whether a key is the window's: Ctrl+K always, Ctrl+Z where no typing is undone."""
        if event.type() != QEvent.Type.ShortcutOverride:
            return False
        pressed = QKeySequence(event.keyCombination())
        return pressed == _PALETTE or (pressed == _UNDO and not self.text())
