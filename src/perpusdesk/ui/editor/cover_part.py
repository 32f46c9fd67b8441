"""The cover of the title: from a file, dropped, pasted, or taken with the camera."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.scan.types import Picture
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.camera_view import CameraView
from perpusdesk.ui.kit.cover_label import SIZE, CoverLabel
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.frame_file import picture_file
from perpusdesk.ui.kit.words import words

_SHAPE: Final = 2 / 3
_KINDS: Final = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".gif")


class CoverPart(QWidget):
    """``chosen`` has the bytes of a picture, ``file_asked`` a file that is to be read.

    ``camera_asked`` wants frames, or no more.
    """

    chosen = Signal(bytes)
    removed = Signal()
    file_asked = Signal(object)
    camera_asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._frame: Picture | None = None
        self.picture = CoverLabel()
        self.view = CameraView()
        self.view.setMinimumSize(SIZE.width() * 2, SIZE.height())
        self.view.hide()
        self._file = button(_("From a file"), self.choose_file, icon="folder")
        self._paste = button(_("Paste"), self.paste, icon="copy")
        self._camera = button(_("Camera"), self.use_camera, icon="camera")
        self._snap = button(_("Take the picture"), self.snap, icon="photo")
        self._remove = quiet_button(_("Remove"), self.removed.emit, icon="trash")
        self._snap.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(8)
        steps = Flow(self._file, self._paste, self._camera, self._snap, self._remove)
        right.addWidget(steps)
        right.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(words(_("Cover"), strong=True))
        column.addLayout(row)
        column.addWidget(self.view)

    def show_cover(self, title: str, image: bytes | None) -> None:
        """Show the cover there is, or the letters of the title."""
        self.picture.show_cover(title, image)
        self.picture.setVisible(bool(title or image))
        named = _("Cover of {title}") if image else _("No cover yet")
        self.picture.setAccessibleName(named.format(title=title))
        self._remove.setVisible(image is not None)

    # --- where pictures come from ------------------------------------------------------------

    def choose_file(self) -> None:
        """Ask for a picture file."""
        kinds = f"{_('Pictures')} ({' '.join(f'*{kind}' for kind in _KINDS)})"
        name, _kind = QFileDialog.getOpenFileName(self, _("Choose a file"), "", kinds)
        if name:
            self.file_asked.emit(Path(name))

    def paste(self) -> None:
        """Take the picture, or the picture file, that was copied."""
        self._take(QGuiApplication.clipboard().mimeData())

    def use_camera(self) -> None:
        """Show what the camera sees."""
        on = self.view.isHidden()
        self._show_camera(on)
        if on:
            self.view.show_nothing(_("The camera starts …"))
        self.camera_asked.emit(on)

    def show_frame(self, frame: Picture) -> None:
        """Show a frame of the camera."""
        if not self.view.isHidden():
            self._frame = frame
            self._snap.setEnabled(True)
            self.view.show_frame(frame)

    def snap(self) -> None:
        """Take what is seen now."""
        if self._frame is not None:
            image = picture_file(self._frame, _SHAPE)
            self.close_camera()
            self.chosen.emit(image)

    def close_camera(self) -> None:
        """Let go of the camera."""
        if not self.view.isHidden():
            self._show_camera(False)
            self.camera_asked.emit(False)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let pictures be dropped here."""
        if event.mimeData().hasImage() or _file_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self._take(event.mimeData())

    def _take(self, data: QMimeData | None) -> None:
        file = _file_in(data)
        if file is not None:
            self.file_asked.emit(file)
        elif data is not None and data.hasImage():
            self.chosen.emit(_png(data.imageData()))

    def _show_camera(self, on: bool) -> None:
        self._frame = None
        self.view.setVisible(on)
        self._snap.setVisible(on)
        self._snap.setEnabled(False)


def _file_in(data: QMimeData | None) -> Path | None:
    """Return the picture file among what was copied or dropped."""
    urls = data.urls() if data is not None else []
    files = (Path(url.toLocalFile()) for url in urls if url.isLocalFile())
    return next((file for file in files if file.suffix.lower() in _KINDS), None)


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(data.data())
