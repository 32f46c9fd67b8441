"""The preview: the page, leafing through the pages, and how large it is shown."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.buttons import icon_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.theme import TARGET
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.labels.sheet_view import EDGE, Places, SheetView

MM_IN_INCH: Final = 25.4
_STEP: Final = 1.25
_LEAST, _MOST = 0.2, 5.0
"""How much smaller or larger than on paper the page may be shown."""

_PAUSE: Final = 120


class Preview(QWidget):
    """Shows pages; ``turned`` asks for another page, ``resized`` for a picture of another size."""

    turned = Signal(int)
    resized = Signal()
    picked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.page, self.pages = 0, 1
        self._zoom = 0.0
        """How large, 1 as on paper; 0 so that the page fits."""
        self.view = SheetView()
        self.view.picked.connect(self.picked)
        self._said = words("", figures=True)
        self._said.setMinimumHeight(TARGET)
        self.before = icon_button("chevron-left", _("Page before"), lambda: self._turn(-1))
        self.after = icon_button("chevron-right", _("Next page"), lambda: self._turn(1))
        self.smaller = icon_button("zoom-out", _("Smaller"), lambda: self._zoom_by(1 / _STEP))
        self.larger = icon_button("zoom-in", _("Larger"), lambda: self._zoom_by(_STEP))
        self.whole = quiet_button(_("Whole page"), lambda: self._zoom_to(0.0))
        self.real = quiet_button("100 %", lambda: self._zoom_to(1.0))
        self.real.setToolTip(_("About as large as on paper"))
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.view)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.installEventFilter(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.resized)
        self._lay_out()

    def _lay_out(self) -> None:
        head = Flow(
            self.before,
            self._said,
            self.after,
            self.smaller,
            self.larger,
            self.whole,
            self.real,
            gap=4,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(head)
        column.addWidget(self._scroll, 1)

    @property
    def dots_per_mm(self) -> float:
        """How fine a picture has to be to look sharp."""
        return self.view.scale * self.devicePixelRatioF()

    def show_page(self, page: int, pages: int, places: Places) -> None:
        """Show which page this is, and its places; the picture comes by ``show_image``."""
        other = places.page != self.view.sheet.page
        self.page, self.pages = page, pages
        self._said.setText(_("Page {page} of {pages}").format(page=page + 1, pages=pages))
        self.before.setEnabled(page > 0)
        self.after.setEnabled(page + 1 < pages)
        self.view.show_sheet(places)
        if other:
            self._fit()

    def show_image(self, image: QImage | None) -> None:
        """Show the picture of the page."""
        self.view.show_image(image)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the whole page in sight, whatever the line above leaves of the room."""
        if watched is self._scroll and event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Fit again when the size of the text changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _turn(self, step: int) -> None:
        page = max(0, min(self.pages - 1, self.page + step))
        if page != self.page:
            self.turned.emit(page)

    def _zoom_by(self, factor: float) -> None:
        now = self.view.scale / self._paper_scale()
        self._zoom_to(max(_LEAST, min(_MOST, now * factor)))

    def _zoom_to(self, zoom: float) -> None:
        self._zoom = zoom
        self._fit()

    def _paper_scale(self) -> float:
        """Pixels in a millimetre when the page is as large as on paper."""
        return self.logicalDpiX() / MM_IN_INCH or 1.0

    def _fit(self) -> None:
        width, height = self.view.sheet.page
        room = self._scroll.maximumViewportSize()
        fits = min((room.width() - 2 * EDGE) / width, (room.height() - 2 * EDGE) / height)
        scale = self._zoom * self._paper_scale() if self._zoom else max(0.5, fits)
        if abs(scale - self.view.scale) > 0.001:
            self.view.set_scale(scale)
            self._pause.start()
