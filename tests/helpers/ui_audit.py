"""Walks every control of a window and says what a person could not use.

``audit(window)`` looks at the window as it is; ``audit_everywhere(app, window)`` looks at it light
and dark, at 1366x768, and at 1024x768 with text of 150 %. An empty list is the wish:
``assert audit(window) == []``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollBar,
    QSplitterHandle,
    QWidget,
)

from perpusdesk.ui.kit import theme
from perpusdesk.ui.kit.theme.contrast import LINES_AT_LEAST, TEXT_AT_LEAST

Pixels = NDArray[np.uint32]

LEAST_TARGET = 24
_SLACK = 1
_CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox)


def audit(window: QWidget) -> list[str]:
    """Return one line per finding, each naming the control; nothing when all is well."""
    app = QApplication.instance()
    assert app is not None
    settle(window)
    picture, ratio = _pixels(window)
    found = [*_overflow(window)]
    for widget in _shown(window):
        where = _path(widget, window)
        checks = (
            _name(widget),
            _target(widget),
            _cut(widget),
            _contrast(widget, window, picture, ratio),
        )
        found += [f"{where}: {finding}" for finding in checks if finding]
    return found


def audit_everywhere(app: QApplication, window: QWidget) -> list[str]:
    """Audit ``window`` in all looks and sizes that are promised; the look is put back."""
    before = app.findChild(theme.Theme)
    settings = before.settings if before else theme.ThemeSettings()
    size = window.size()
    found = []
    for scheme in (theme.Scheme.LIGHT, theme.Scheme.DARK):
        for width, percent in ((1366, 100), (1024, 150)):
            theme.apply(app, theme.ThemeSettings(scheme, percent))
            window.resize(width, 768)
            label = f"{scheme} {width}x768 {percent} %"
            found += [f"{label}: {finding}" for finding in audit(window)]
    theme.apply(app, settings)
    window.resize(size)
    return found


def settle(window: QWidget) -> None:
    """Let layouts take effect."""
    for _ in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
    window.repaint()


def _shown(window: QWidget) -> Iterator[QWidget]:
    """Yield the visible parts of ``window``, but not the innards of Qt's own controls."""
    for widget in window.findChildren(QWidget):
        inner = isinstance(widget.parentWidget(), (QAbstractSpinBox, QComboBox))
        if widget.isVisibleTo(window) and not widget.visibleRegion().isEmpty() and not inner:
            yield widget


def _path(widget: QWidget, window: QWidget) -> str:
    names: list[str] = []
    part: QWidget | None = widget
    while part is not None and part is not window:
        label = part.objectName() or _text(part) or part.accessibleName()
        names.append(f"{type(part).__name__}[{label[:30]}]" if label else type(part).__name__)
        part = part.parentWidget()
    return " < ".join(names[:4])


def _text(widget: QWidget) -> str:
    plain = isinstance(widget, (QLabel, QAbstractButton, QLineEdit))
    return widget.text() if plain else ""


def _name(widget: QWidget) -> str:
    inner = widget.objectName().startswith("qt_") or isinstance(
        widget, (QScrollBar, QHeaderView, QSplitterHandle)
    )
    if inner or widget.focusPolicy().value == 0 or not widget.isEnabled():
        return ""
    if widget.focusProxy() is not None:
        return ""
    interface = QAccessible.queryAccessibleInterface(widget)
    name = interface.text(QAccessible.Text.Name) if interface else widget.accessibleName()
    return "" if name.strip() else "has the focus but no accessible name"


def _target(widget: QWidget) -> str:
    if isinstance(widget, _CONTROLS) and min(widget.width(), widget.height()) < LEAST_TARGET:
        return f"is only {widget.width()}x{widget.height()} to hit"
    return ""


def _cut(widget: QWidget) -> str:
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            wanted = widget.heightForWidth(widget.width())
            longest = _longest_word(widget)
            if longest > widget.contentsRect().width() + _SLACK:
                return f"a word of {longest} px in {widget.contentsRect().width()} px"
            if wanted > widget.height() + _SLACK:
                return f"is {widget.height()} px high, the words need {wanted}"
            return ""
        return _short_of(widget, widget.sizeHint().width())
    if isinstance(widget, QAbstractButton):
        return _short_of(widget, widget.minimumSizeHint().width())
    if isinstance(widget, QLineEdit) and not widget.text():
        words = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        return _short_of(widget, words)
    return ""


def _short_of(widget: QWidget, wanted: int) -> str:
    if wanted > widget.width() + _SLACK:
        return f"is cut off: {widget.width()} px wide, the words need {wanted}"
    return ""


def _longest_word(label: QLabel) -> int:
    metrics = label.fontMetrics()
    return max(
        (metrics.horizontalAdvance(word) for word in re.split(r"[\s\u200b]+", label.text())),
        default=0,
    )


def _contrast(widget: QWidget, window: QWidget, picture: Pixels, ratio: float) -> str:
    """Compare what stands out most in the painted control with its ground."""
    least = _least_contrast(widget)
    if not least or not widget.isEnabled() or _scrolled_away(widget):
        return ""
    corner = widget.mapTo(window, QPoint(0, 0))
    seen = QRect(corner, widget.size()).intersected(
        widget.visibleRegion().boundingRect().translated(corner)
    )
    measured = _strongest(picture, seen, ratio)
    if measured < least:
        return f"contrast {measured:.1f}, needs {least}"
    return ""


def _scrolled_away(widget: QWidget) -> bool:
    """Tell whether a part of ``widget`` is out of sight because a list scrolls."""
    part: QWidget | None = widget
    while part is not None and not isinstance(part, QAbstractScrollArea):
        part = part.parentWidget()
    return part is not None and widget.visibleRegion().boundingRect() != widget.rect()


def _least_contrast(widget: QWidget) -> float:
    if isinstance(widget, QCheckBox):
        return TEXT_AT_LEAST
    if isinstance(widget, QLabel):
        if widget.text():
            return TEXT_AT_LEAST
        shows_icon = bool(widget.property("pd_icon")) and not widget.pixmap().isNull()
        return LINES_AT_LEAST if shows_icon else 0.0
    if isinstance(widget, QAbstractButton):
        return TEXT_AT_LEAST if widget.text() else LINES_AT_LEAST
    if isinstance(widget, QLineEdit):
        return TEXT_AT_LEAST if widget.text() or widget.placeholderText() else 0.0
    return 0.0


def _strongest(picture: Pixels, place: QRect, ratio: float) -> float:
    top, left = round(place.y() * ratio), round(place.x() * ratio)
    bottom, right = top + round(place.height() * ratio), left + round(place.width() * ratio)
    seen, counts = np.unique(picture[top:bottom, left:right], return_counts=True)
    if not len(seen):
        return TEXT_AT_LEAST
    ground = f"#{seen[counts.argmax()]:06x}"
    return max(theme.contrast(f"#{colour:06x}", ground) for colour in seen)


def _pixels(window: QWidget) -> tuple[Pixels, float]:
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), -1)
    return flat[:, : image.width()] & 0xFFFFFF, image.devicePixelRatio()


def _overflow(window: QWidget) -> Iterator[str]:
    if window.minimumSizeHint().width() > window.width():
        yield (
            f"the window is {window.width()} px wide, its parts need "
            f"{window.minimumSizeHint().width()}"
        )
    for area in window.findChildren(QAbstractScrollArea):
        bar = area.horizontalScrollBar()
        if area.isVisibleTo(window) and bar is not None and bar.maximum() > 0:
            kind = "table" if isinstance(area, QAbstractItemView) else "area"
            yield f"{_path(area, window)}: the {kind} scrolls sideways by {bar.maximum()} px"
