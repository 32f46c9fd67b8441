"""How each control is painted; called by the style, one small function per part."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionFrame,
    QStyleOptionHeader,
    QStyleOptionProgressBar,
    QStyleOptionSlider,
    QStyleOptionSpinBox,
    QStyleOptionTab,
    QWidget,
)

from perpusdesk.ui.kit.theme.dress import scaled_font
from perpusdesk.ui.kit.theme.paint import chevron, rounded, tick, token_colour
from perpusdesk.ui.kit.theme.tokens import RADIUS_FIELD, RING

BUTTON_KIND: Final = "pd_button"
"""Property of a push button: ``primary`` or ``quiet``; anything else is an ordinary one."""

BUTTON_KEYS: Final = "pd_keys"
"""Property of a push button: the keys that do the same, shown quietly after the verb."""

NESTED: Final = "pd_nested"
"""Property of a row of tabs that stands inside another tab."""

GAP: Final = 8
"""Between icon, verb and keys of a button."""

_S = QStyle.StateFlag


def nothing(_option: QStyleOption, _painter: QPainter, _widget: QWidget | None) -> None:
    """Paint nothing: the part only clutters."""


def button(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Paint the ground of a push button."""
    enabled, down, over = _states(option)
    kind = widget.property(BUTTON_KIND) if widget else None
    if isinstance(option, QStyleOptionButton) and (
        option.features & QStyleOptionButton.ButtonFeature.Flat
    ):
        kind = "quiet"
    if kind == "primary" and enabled:
        rounded(painter, option.rect, fill="accent")
        if over or down:
            rounded(painter, option.rect.adjusted(2, 2, -2, -2), line="on_accent", radius=4)
    elif kind == "quiet":
        if enabled and (over or down):
            rounded(painter, option.rect, fill="accent_tint" if down else "hover")
    else:
        ground = "accent_tint" if down else "hover" if over else "card"
        rounded(painter, option.rect, fill=ground, line="line" if enabled else "hairline")


def button_label(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Paint icon, verb and keys of a push button, together in its middle."""
    if not isinstance(option, QStyleOptionButton) or widget is None:
        return
    keys = keys_of(widget)
    verb = option.fontMetrics.size(Qt.TextFlag.TextShowMnemonic, option.text).width()
    icon = 0 if option.icon.isNull() else option.iconSize.width() + (GAP if verb else 0)
    room = option.rect
    left = room.left() + (room.width() - icon - verb - keys_width(widget)) // 2
    if icon:
        mode = QIcon.Mode.Normal if option.state & _S.State_Enabled else QIcon.Mode.Disabled
        side = option.iconSize
        place = QRect(left, room.center().y() + 1 - side.height() // 2, side.width(), side.height())
        option.icon.paint(painter, place, Qt.AlignmentFlag.AlignCenter, mode)
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextHideMnemonic
    painter.setPen(option.palette.color(QPalette.ColorRole.ButtonText))
    painter.drawText(QRect(left + icon, room.top(), verb + 2, room.height()), flags, option.text)
    if keys:
        painter.setFont(scaled_font("caption"))
        if widget.property(BUTTON_KIND) != "primary":
            painter.setPen(token_colour("muted"))
        start = left + icon + verb + GAP
        painter.drawText(QRect(start, room.top(), room.width(), room.height()), flags, keys)


def keys_of(widget: QWidget | None) -> str:
    """Return the keys shown on a button, or nothing."""
    return str(widget.property(BUTTON_KEYS) or "") if widget is not None else ""


def keys_width(widget: QWidget | None) -> int:
    """Return the width the keys of a button take, the gap before them included."""
    keys = keys_of(widget)
    if not keys:
        return 0
    return GAP + QFontMetrics(scaled_font("caption")).horizontalAdvance(keys) + 2


def tool_button(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Paint the ground of a tool button: only when it is used or on."""
    _enabled, down, over = _states(option)
    if down or option.state & _S.State_On:
        rounded(painter, option.rect, fill="accent_tint")
    elif over:
        rounded(painter, option.rect, fill="hover")


def field(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Paint the ground and outline of a text field (none when it asks for no frame)."""
    if isinstance(option, QStyleOptionFrame) and option.lineWidth > 0:
        enabled, _down, _over = _states(option)
        ground, line = ("card", "line") if enabled else ("window", "hairline")
        rounded(painter, option.rect, fill=ground, line=line)


def frame(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Paint the outline of lists and text areas."""
    if isinstance(widget, QFrame) and widget.frameShape() != QFrame.Shape.NoFrame:
        rounded(painter, option.rect, fill="card", line="line")


def focus_ring(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Paint the ring, two pixels of accent at the outer edge of the focus frame."""
    rounded(painter, option.rect, line="accent", radius=RADIUS_FIELD + RING, width=RING)
    del widget


def check_box(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Paint the square of a check box."""
    enabled, _down, over = _states(option)
    if option.state & _S.State_On:
        rounded(painter, option.rect, fill="accent" if enabled else "muted", radius=4)
        tick(painter, option.rect, "on_accent" if enabled else "card")
        return
    ground = "hover" if over else "card"
    rounded(painter, option.rect, fill=ground, line="line", radius=4)
    if option.state & _S.State_NoChange:
        rounded(painter, option.rect.adjusted(5, 8, -5, -8), fill="accent", radius=1)


def radio_button(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Paint the circle of a radio button."""
    enabled, _down, over = _states(option)
    radius = option.rect.height() / 2
    on = bool(option.state & _S.State_On)
    rounded(
        painter,
        option.rect,
        fill="hover" if over else "card",
        line="accent" if on and enabled else "line",
        radius=radius,
        width=2 if on else 1,
    )
    if on:
        inner = option.rect.adjusted(5, 5, -5, -5)
        rounded(painter, inner, fill="accent" if enabled else "muted", radius=inner.height() / 2)


def item(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Paint the ground of a row: tinted when chosen, faint under the mouse."""
    if option.state & _S.State_Selected:
        painter.fillRect(option.rect, token_colour("accent_tint"))
    elif option.state & _S.State_MouseOver and option.state & _S.State_Enabled:
        painter.fillRect(option.rect, token_colour("hover"))


def header_section(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Paint a table heading: one line under it."""
    line = QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1)
    painter.fillRect(line, token_colour("hairline"))


def tab(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Paint a tab: a thick line under the chosen one, a hairline under all.

    Tabs within a tab (``NESTED``) are quieter: the chosen one stands on a tint, and no line runs
    under them. With the keyboard the chosen one has a ring.
    """
    rect = option.rect
    chosen = isinstance(option, QStyleOptionTab) and option.state & _S.State_Selected
    if widget is not None and widget.property(NESTED):
        _nested_tab(option, painter, chosen=bool(chosen))
        return
    if chosen and option.state & _S.State_HasFocus:
        rounded(painter, rect.adjusted(2, 1, -2, -5), line="accent", width=RING)
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), token_colour("hairline"))
    if chosen:
        bar = QRect(rect.left() + 8, rect.bottom() - 2, rect.width() - 16, 3)
        rounded(painter, bar, fill="accent", radius=1.5)
    elif option.state & _S.State_MouseOver:
        rounded(painter, rect.adjusted(4, 4, -4, -4), fill="hover")


def _nested_tab(option: QStyleOption, painter: QPainter, *, chosen: bool) -> None:
    rect = option.rect.adjusted(0, 1, 0, -1)
    if chosen:
        focused = option.state & _S.State_HasFocus
        width = float(RING if focused else 1)
        rounded(painter, rect, fill="accent_tint", line="accent", width=width)
    elif option.state & _S.State_MouseOver:
        rounded(painter, rect, fill="hover")


def progress_groove(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Paint the track of a progress bar."""
    rounded(painter, _track(option.rect), fill="hover", line="hairline", radius=4)


def progress_contents(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Paint how far a progress bar has come; a full bar when nobody knows."""
    if not isinstance(option, QStyleOptionProgressBar):
        return
    span = option.maximum - option.minimum
    share = (option.progress - option.minimum) / span if span > 0 else 1.0
    done = _track(option.rect)
    done.setWidth(round(option.rect.width() * share))
    if done.width() > 4:
        rounded(painter, done, fill="accent", radius=4)


def _track(rect: QRect) -> QRect:
    """Return the middle eight pixels of a progress bar."""
    return QRect(rect.left(), rect.center().y() - 3, rect.width(), 8)


def combo_box(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Paint a choice: a field with an arrow at its end."""
    if not isinstance(option, QStyleOptionComboBox):
        return
    enabled, down, over = _states(option)
    ground = "accent_tint" if down else "hover" if over else "card"
    ground = "card" if option.editable else ground
    rounded(painter, option.rect, fill=ground, line="line" if enabled else "hairline")
    end = QRect(option.rect.right() - 26, option.rect.top(), 20, option.rect.height())
    chevron(painter, end, "text" if enabled else "muted")


def spin_box(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Paint a number field with its two arrows."""
    if not isinstance(option, QStyleOptionSpinBox):
        return
    enabled, _down, _over = _states(option)
    rounded(painter, option.rect, fill="card", line="line" if enabled else "hairline")
    style = widget.style() if widget else None
    if style is None:
        return
    for part, up in ((_SUB.SC_SpinBoxUp, True), (_SUB.SC_SpinBoxDown, False)):
        rect = style.subControlRect(QStyle.ComplexControl.CC_SpinBox, option, part, widget)
        chevron(painter, rect, "text" if enabled else "muted", up=up)


_SUB = QStyle.SubControl


def sort_arrow(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Paint which way a column is ordered."""
    if isinstance(option, QStyleOptionHeader):
        up = option.sortIndicator == QStyleOptionHeader.SortIndicator.SortUp
        chevron(painter, option.rect, "muted", up=up)


def scroll_bar(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Paint a scroll bar: only the part that moves."""
    if not isinstance(option, QStyleOptionSlider):
        return
    slider = scroll_bar_part(option, _SUB.SC_ScrollBarSlider)
    if slider is None or option.maximum <= option.minimum:
        return
    across = option.orientation == Qt.Orientation.Horizontal
    thin = slider.adjusted(0, 3, 0, -3) if across else slider.adjusted(3, 0, -3, 0)
    over = bool(option.state & _S.State_MouseOver)
    rounded(painter, thin, fill="muted" if over else "line", radius=3)


def scroll_bar_part(option: QStyleOptionComplex, part: QStyle.SubControl) -> QRect | None:
    """Return where a part of a scroll bar without arrows lies; ``None`` for the other parts."""
    if not isinstance(option, QStyleOptionSlider):
        return None
    across = option.orientation == Qt.Orientation.Horizontal
    length = option.rect.width() if across else option.rect.height()
    span = option.maximum - option.minimum
    handle = length
    if span > 0:
        handle = min(length, max(32, length * option.pageStep // max(1, span + option.pageStep)))
    start = QStyle.sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - handle, option.upsideDown
    )
    if part == _SUB.SC_ScrollBarGroove:
        return QRect(option.rect)
    spans = {
        _SUB.SC_ScrollBarSlider: (start, handle),
        _SUB.SC_ScrollBarSubPage: (0, start),
        _SUB.SC_ScrollBarAddPage: (start + handle, length - start - handle),
        _SUB.SC_ScrollBarAddLine: (length, 0),
        _SUB.SC_ScrollBarSubLine: (0, 0),
    }
    if part not in spans:
        return None
    place, size = spans[part]
    if across:
        return QRect(option.rect.left() + place, option.rect.top(), size, option.rect.height())
    return QRect(option.rect.left(), option.rect.top() + place, option.rect.width(), size)


def _states(option: QStyleOption) -> tuple[bool, bool, bool]:
    state = option.state
    return (
        bool(state & _S.State_Enabled),
        bool(state & _S.State_Sunken) or bool(state & _S.State_On),
        bool(state & _S.State_MouseOver),
    )
