"""The live picture: frames as they come, codes outlined, a hint below; never waits for anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.scan.types import Picture, Quad
from perpusdesk.ui.kit.theme import RADIUS_CARD, colour, pixmap, scaled_font
from perpusdesk.ui.kit.theme.paint import rounded

_GROUND: Final = QColor("#10161D")
_ON_PICTURE: Final = QColor("#FFFFFF")
_OUTLINE: Final = QColor("#6FD08C")
_VEIL: Final = QColor(16, 22, 29, 200)


class CameraView(QWidget):
    """Paints the newest frame; frames that come faster than they can be painted are dropped.

    Connect a camera's signals to ``show_frame``, ``show_codes``, ``show_hint``; ``show_nothing``
    says in words why there is no picture.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame: Picture | None = None
        self._shape = (3, 4)
        self._image = QImage()
        self._codes: tuple[Quad, ...] = ()
        self._hint = ""
        self._nothing = _("The camera is off.")
        self.setAccessibleName(_("Camera picture"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumSize(240, 180)

    def show_frame(self, frame: Picture) -> None:
        """Show ``frame`` (gray, or blue-green-red) at the next repaint; it must not change."""
        self._frame = frame
        shape = (frame.shape[0], frame.shape[1])
        if shape != self._shape:
            self._shape = shape
            self.updateGeometry()
        self.update()

    def show_codes(self, quads: Sequence[Quad]) -> None:
        """Outline these codes (corners in pixels of the frame) until told otherwise."""
        self._codes = tuple(quads)
        self.update()

    def show_hint(self, text: str) -> None:
        """Show what would help, e.g. more light; an empty text takes it away."""
        if text != self._hint:
            self._hint = text
            self.setAccessibleDescription(text)
            self.update()

    def show_nothing(self, why: str) -> None:
        """Show no picture but the reason."""
        self._frame, self._image, self._codes = None, QImage(), ()
        self._nothing = why
        self.setAccessibleDescription(why)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for a picture of 4:3."""
        return QSize(320, 240)

    def hasHeightForWidth(self) -> bool:
        """Keep the shape of a picture."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the picture at ``width``; of 4:3 before there is one."""
        high, wide = self._shape
        return width * high // wide

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the newest picture, the outlines and the hint."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._frame is None:
            self._paint_nothing(painter)
            return
        image = _image_of(self._frame)
        place = self._place_of(image.size())
        painter.fillRect(self.rect(), _GROUND)
        painter.drawImage(place, image)
        self._paint_codes(painter, place, image.width())
        self._paint_hint(painter)

    def _paint_nothing(self, painter: QPainter) -> None:
        rounded(painter, self.rect(), fill="hover", radius=RADIUS_CARD)
        mark = pixmap("camera-off", "muted", 32, self.devicePixelRatioF())
        middle = self.rect().center()
        painter.drawPixmap(middle.x() - 16, middle.y() - 40, mark)
        painter.setFont(scaled_font())
        painter.setPen(colour("muted"))
        below = QRect(16, middle.y(), self.width() - 32, self.height() - middle.y() - 8)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(below, flags | Qt.TextFlag.TextWordWrap, self._nothing)

    def _place_of(self, size: QSize) -> QRectF:
        fitted = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - fitted.width()) / 2, (self.height() - fitted.height()) / 2
        return QRectF(left, top, fitted.width(), fitted.height())

    def _paint_codes(self, painter: QPainter, place: QRectF, frame_width: int) -> None:
        scale = place.width() / frame_width
        for quad in self._codes:
            shape = QPolygonF([place.topLeft() + QPointF(x, y) * scale for x, y in quad])
            for ink, width in ((_GROUND, 5.0), (_OUTLINE, 3.0)):
                pen = QPen(ink, width)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.setPen(pen)
                painter.drawPolygon(shape)

    def _paint_hint(self, painter: QPainter) -> None:
        if not self._hint:
            return
        painter.setFont(scaled_font(strong=True))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        room = painter.fontMetrics().boundingRect(
            QRect(0, 0, self.width() - 32, self.height()), flags, self._hint
        )
        veil = QRect(0, 0, self.width(), room.height() + 16)
        veil.moveBottom(self.rect().bottom())
        painter.fillRect(veil, _VEIL)
        painter.setPen(_ON_PICTURE)
        painter.drawText(veil.adjusted(16, 0, -16, 0), flags, self._hint)


def _image_of(frame: Picture) -> QImage:
    frame = frame if frame.flags.c_contiguous else frame.copy()
    height, width = frame.shape[:2]
    kind = QImage.Format.Format_Grayscale8 if frame.ndim == 2 else QImage.Format.Format_BGR888
    return QImage(frame.data, width, height, frame.strides[0], kind)
