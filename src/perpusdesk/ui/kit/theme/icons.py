"""The program's own icons (24x24 strokes in ``resources/icons``), tinted by tone."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from perpusdesk.common.paths import resources
from perpusdesk.ui.kit.theme.state import STATE
from perpusdesk.ui.kit.theme.tokens import Tone


def icon(name: str, tone: Tone = "text", side: int = 20) -> QIcon:
    """Return the icon ``name`` in ``tone`` of the look in use, sharp at ``side`` pixels.

    It is dimmed when disabled. A widget that should follow a change of look takes ``set_icon``
    instead. Raises ``KeyError`` for a name that is not in ``resources/icons``.
    """
    ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    made = QIcon(pixmap(name, tone, side, ratio))
    made.addPixmap(pixmap(name, "muted", side, ratio), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, tone: Tone = "text", side: int = 24, ratio: float = 1.0) -> QPixmap:
    """Return the icon as a picture of ``side`` device independent pixels."""
    return _render(name, getattr(STATE.tokens, tone), side, ratio)


def icon_names() -> list[str]:
    """Return the names of all icons there are."""
    return sorted(path.stem for path in resources("icons").glob("*.svg"))


@cache
def _source(name: str) -> str:
    path = resources("icons", f"{name}.svg")
    if not path.is_file():
        raise KeyError(name)
    return path.read_text("utf-8")


@cache
def _render(name: str, ink: str, side: int, ratio: float) -> QPixmap:
    drawing = QSvgRenderer(QByteArray(_source(name).replace("currentColor", ink).encode()))
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawing.render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture
