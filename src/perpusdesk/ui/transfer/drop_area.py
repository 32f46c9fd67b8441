"""The place where files are dropped, or chosen by the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.buttons import primary_button
from perpusdesk.ui.kit.theme import RADIUS_CARD, colour
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.words import picture, words

_AIR = 32


class Drops(QWidget):
    """Any widget that takes files dropped on it; ``dropped`` carries their paths."""

    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.hovered = False
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that files are welcome."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._show_over(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show that they went again."""
        super().dragLeaveEvent(event)
        self._show_over(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them."""
        self._show_over(over=False)
        urls = event.mimeData().urls()
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _show_over(self, *, over: bool) -> None:
        self.hovered = over
        self.update()


class DropArea(Drops):
    """A wide dashed field with what it is for, and the button for those who do not drag."""

    def __init__(self, choose: Callable[[], object]) -> None:
        super().__init__()
        middle = Qt.AlignmentFlag.AlignHCenter
        self.choose = primary_button(_("Choose files"), choose, icon="folder", keys="Ctrl+O")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, _AIR, 24, _AIR)
        column.setSpacing(8)
        column.addStretch(1)
        column.addWidget(picture("exchange", "muted", 48), 0, middle)
        for label in (
            words(_("Drop files here"), "lead", strong=True, wrap=True),
            words(
                _("One or several: SLiMS, INLISLite, Excel, CSV, MARC. Nothing is written yet."),
                tone="muted",
                wrap=True,
            ),
        ):
            label.setAlignment(middle)
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(self.choose, 0, middle)
        column.addStretch(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the dashed outline, filled while files are above it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self.rect().adjusted(1, 1, -1, -1)
        rounded(painter, room, fill="accent_tint" if self.hovered else "card", radius=RADIUS_CARD)
        pen = QPen(colour("accent" if self.hovered else "line"), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(room, RADIUS_CARD, RADIUS_CARD)
