"""Taking a member's photo: the camera's picture or a file, and the day it was agreed to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from perpusdesk.common.i18n import _
from perpusdesk.scan.types import Picture
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.camera_view import CameraView
from perpusdesk.ui.kit.entries import DateEdit
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.frame_file import picture_file
from perpusdesk.ui.kit.in_page import InPage
from perpusdesk.ui.kit.portrait import Portrait
from perpusdesk.ui.kit.words import words

_SHAPE = 3 / 4
"""Width to height of a photo."""


class PhotoCard(InPage):
    """Hidden until ``begin``. ``camera_asked`` wants frames, or no more; ``taken`` has bytes."""

    taken = Signal(bytes, object)
    remove_asked = Signal()
    camera_asked = Signal(bool)
    file_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._frame: Picture | None = None
        self._image = b""
        self.view = CameraView()
        self.view.setFixedWidth(240)
        self._shown = Portrait(120)
        self._heading = words(_("Photo"), "lead", strong=True)
        self._note = words(_("Take it with the camera, or choose a file."), tone="muted", wrap=True)
        self.consent = Field(
            _("Agreed on"),
            DateEdit(),
            required=True,
            hint=_("The day the member (or guardian) agreed to the photo."),
            name="consent",
        )
        self._camera = button(_("Use the camera"), self._use_camera, icon="camera")
        self._snap = button(_("Take the picture"), self.snap, icon="photo")
        self._file = button(_("Choose a file"), self.choose_file, icon="folder")
        self.save = primary_button(_("Save photo"), self.send, icon="check")
        self._remove = quiet_button(_("Remove the photo"), self._removed, icon="trash")
        self._cancel = quiet_button(_("Cancel"), self.leave, keys="Esc")
        self._lay_out()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.view)
        left.addWidget(self._shown)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self._note)
        right.addWidget(Flow(self._camera, self._snap, self._file))
        right.addWidget(self.consent)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addLayout(row)
        column.addWidget(Flow(self.save, self._remove, self._cancel))

    def begin(self, photo: bytes | None, today: Any) -> None:
        """Show the card; ``photo`` is the one there is now."""
        self._frame, self._image = None, b""
        self._shown.show_photo(photo)
        self._remove.setVisible(photo is not None)
        self.consent.edit.set_date(today)
        self.consent.clear_error()
        self._show_camera(False)
        self.save.setEnabled(False)
        self.come(self._camera)

    def show_frame(self, frame: Picture) -> None:
        """Show what the camera sees."""
        if self.isVisible() and self.view.isVisible():
            self._frame = frame
            self._snap.setEnabled(True)
            self.view.show_frame(frame)

    def snap(self) -> None:
        """Keep the picture that is seen now."""
        if self._frame is None:
            return
        self._keep(picture_file(self._frame, _SHAPE))
        self._show_camera(False)
        self.camera_asked.emit(False)

    def choose_file(self) -> None:
        """Ask for a picture file."""
        kinds = _("Pictures") + " (*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff)"
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose a file"), "", kinds)
        if name:
            self.file_asked.emit(Path(name))

    def use_file(self, image: bytes) -> None:
        """Keep the picture in these bytes."""
        self._show_camera(False)
        self._keep(image)

    def send(self) -> None:
        """Hand the photo on, with the day it was agreed to."""
        day = self.consent.edit.date()
        if day is None:
            self.consent.show_error(_("Enter the day; without consent no photo is kept."))
            self.consent.edit.setFocus()
        elif self._image:
            image = self._image
            self.leave()
            self.taken.emit(image, day)

    def leave(self) -> None:
        """Hide without doing anything."""
        if not self.isHidden() and not self.view.isHidden():
            self.camera_asked.emit(False)
        super().leave()

    def _use_camera(self) -> None:
        self._show_camera(True)
        self._snap.setEnabled(self._frame is not None)
        self.view.show_nothing(_("The camera starts …"))
        self.camera_asked.emit(True)

    def _show_camera(self, on: bool) -> None:
        self.view.setVisible(on)
        self._shown.setVisible(not on)
        self._camera.setVisible(not on)
        self._snap.setVisible(on)

    def _keep(self, image: bytes) -> None:
        self._image = image
        self._shown.show_photo(image)
        self.save.setEnabled(True)
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _removed(self) -> None:
        self.leave()
        self.remove_asked.emit()
