"""A field for a code that may also be shown to a camera: the button, and the picture below it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.buttons import button


class ShownCode(QWidget):
    """A column for field and button; a place for a camera (``ui.camera.control.CameraPlace``).

    ``camera_wanted`` asks for the camera to be switched.
    """

    camera_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._on = False
        self._panel: QWidget | None = None
        self.camera_button: QPushButton = button(_("Show the QR code"), self._switch, icon="camera")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)

    def set_camera_panel(self, panel: QWidget) -> None:
        """Show the camera's picture below all else."""
        self._panel = panel
        self.column.addWidget(panel)
        panel.setVisible(self._on)

    def show_camera(self, on: bool) -> None:
        """Follow the camera being switched."""
        self._on = on
        self.camera_button.setText(_("Switch the camera off") if on else _("Show the QR code"))
        if self._panel is not None:
            self._panel.setVisible(on)

    def _switch(self) -> None:
        self.camera_wanted.emit(not self._on)
