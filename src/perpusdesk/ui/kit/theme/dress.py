"""Dressing one widget: its size of type, its tone and its icon, kept when the look changes.

What a widget should wear is noted on it as dynamic properties, so that a change of look can
dress every widget again without anybody keeping lists.
"""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from perpusdesk.ui.kit.theme.icons import icon, pixmap
from perpusdesk.ui.kit.theme.state import STATE
from perpusdesk.ui.kit.theme.tokens import Tone

Size = Literal["caption", "body", "lead", "title", "hero"]

SIZES: Final[dict[str, float]] = {
    "caption": 0.85,
    "body": 1.0,
    "lead": 1.25,
    "title": 1.6,
    "hero": 2.2,
}

_SIZE, _STRONG, _FIGURES, _TONE = "pd_size", "pd_strong", "pd_figures", "pd_tone"
_ICON, _ICON_TONE, _ICON_SIDE = "pd_icon", "pd_icon_tone", "pd_icon_side"


def scaled_font(size: Size = "body", *, strong: bool = False, figures: bool = False) -> QFont:
    """Return the application's font at a step of the scale.

    ``strong`` is semibold; ``figures`` makes all digits equally wide, for columns.
    """
    font = QFont(STATE.font)
    font.setPointSizeF(max(1.0, STATE.font.pointSizeF()) * SIZES[size])
    if strong:
        font.setWeight(QFont.Weight.DemiBold)
    if figures:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def set_type(
    widget: QWidget, size: Size = "body", *, strong: bool = False, figures: bool = False
) -> None:
    """Give ``widget`` a step of the type scale; it follows the chosen text size."""
    widget.setProperty(_SIZE, size)
    widget.setProperty(_STRONG, strong)
    widget.setProperty(_FIGURES, figures)
    _dress_type(widget)


def set_tone(widget: QWidget, tone: Tone) -> None:
    """Give the text of ``widget`` a tone; it follows light and dark."""
    widget.setProperty(_TONE, tone)
    _dress_tone(widget)


def set_icon(
    widget: QAbstractButton | QLabel, name: str, tone: Tone = "text", side: int = 20
) -> None:
    """Give a button or label the icon ``name``; it follows light and dark."""
    widget.setProperty(_ICON, name)
    widget.setProperty(_ICON_TONE, tone)
    widget.setProperty(_ICON_SIDE, side)
    _dress_icon(widget)


def drop_icon(widget: QLabel) -> None:
    """Take the icon off a label that shows another picture from now on."""
    widget.setProperty(_ICON, None)


def dress(widget: QWidget) -> None:
    """Put on ``widget`` again what it was given; for a change of look."""
    if widget.property(_SIZE):
        _dress_type(widget)
    if widget.property(_TONE):
        _dress_tone(widget)
    if widget.property(_ICON):
        _dress_icon(widget)


def _dress_type(widget: QWidget) -> None:
    widget.setFont(
        scaled_font(
            widget.property(_SIZE),
            strong=bool(widget.property(_STRONG)),
            figures=bool(widget.property(_FIGURES)),
        )
    )


def _dress_tone(widget: QWidget) -> None:
    palette = QPalette()
    ink = QColor(getattr(STATE.tokens, widget.property(_TONE)))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Active, role, ink)
        palette.setColor(QPalette.ColorGroup.Inactive, role, ink)
    widget.setPalette(palette)


def _dress_icon(widget: QWidget) -> None:
    name, tone = widget.property(_ICON), widget.property(_ICON_TONE)
    side = round(int(widget.property(_ICON_SIDE)) * max(1.0, STATE.text_factor))
    if isinstance(widget, QAbstractButton):
        widget.setIcon(icon(name, tone, side))
        widget.setIconSize(QSize(side, side))
    elif isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, tone, side, widget.devicePixelRatioF()))
