"""The one style: Fusion's behaviour, our shapes. No style sheets anywhere.

A button is made primary or quiet by ``kit.buttons``; the style reads it from a property.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QProxyStyle,
    QPushButton,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionFrame,
    QTableView,
    QWidget,
)

from perpusdesk.ui.kit.theme import controls
from perpusdesk.ui.kit.theme.tokens import RING, TARGET

_P = QStyle.PrimitiveElement
_C = QStyle.ControlElement
_M = QStyle.PixelMetric
_H = QStyle.StyleHint
_T = QStyle.ContentsType
_X = QStyle.ComplexControl

Paint = Callable[[QStyleOption, QPainter, QWidget | None], None]

_PRIMITIVES: Final[dict[QStyle.PrimitiveElement, Paint]] = {
    _P.PE_PanelButtonCommand: controls.button,
    _P.PE_PanelButtonTool: controls.tool_button,
    _P.PE_PanelLineEdit: controls.field,
    _P.PE_FrameLineEdit: controls.nothing,
    _P.PE_FrameFocusRect: controls.nothing,
    _P.PE_FrameDefaultButton: controls.nothing,
    _P.PE_IndicatorCheckBox: controls.check_box,
    _P.PE_IndicatorItemViewItemCheck: controls.check_box,
    _P.PE_IndicatorRadioButton: controls.radio_button,
    _P.PE_PanelItemViewItem: controls.item,
    _P.PE_PanelItemViewRow: controls.nothing,
    _P.PE_Frame: controls.frame,
    _P.PE_IndicatorHeaderArrow: controls.sort_arrow,
    _P.PE_FrameTabBarBase: controls.nothing,
    _P.PE_FrameTabWidget: controls.nothing,
    _P.PE_PanelStatusBar: controls.nothing,
    _P.PE_FrameStatusBarItem: controls.nothing,
    _P.PE_IndicatorDockWidgetResizeHandle: controls.nothing,
}

_CONTROLS: Final[dict[QStyle.ControlElement, Paint]] = {
    _C.CE_PushButtonLabel: controls.button_label,
    _C.CE_FocusFrame: controls.focus_ring,
    _C.CE_HeaderSection: controls.header_section,
    _C.CE_HeaderEmptyArea: controls.header_section,
    _C.CE_TabBarTabShape: controls.tab,
    _C.CE_ProgressBarGroove: controls.progress_groove,
    _C.CE_ProgressBarContents: controls.progress_contents,
    _C.CE_Splitter: controls.nothing,
}

_COMPLEX: Final[dict[QStyle.ComplexControl, Paint]] = {
    _X.CC_ComboBox: controls.combo_box,
    _X.CC_SpinBox: controls.spin_box,
    _X.CC_ScrollBar: controls.scroll_bar,
}

_METRICS: Final[dict[QStyle.PixelMetric, int]] = {
    _M.PM_FocusFrameHMargin: 2 * RING,
    _M.PM_FocusFrameVMargin: 2 * RING,
    _M.PM_ButtonDefaultIndicator: 0,
    _M.PM_ButtonShiftHorizontal: 0,
    _M.PM_ButtonShiftVertical: 0,
    _M.PM_ButtonMargin: 20,
    _M.PM_IndicatorWidth: 18,
    _M.PM_IndicatorHeight: 18,
    _M.PM_ExclusiveIndicatorWidth: 18,
    _M.PM_ExclusiveIndicatorHeight: 18,
    _M.PM_CheckBoxLabelSpacing: 8,
    _M.PM_RadioButtonLabelSpacing: 8,
    _M.PM_ScrollBarExtent: 12,
    _M.PM_LayoutLeftMargin: 16,
    _M.PM_LayoutTopMargin: 16,
    _M.PM_LayoutRightMargin: 16,
    _M.PM_LayoutBottomMargin: 16,
    _M.PM_LayoutHorizontalSpacing: 8,
    _M.PM_LayoutVerticalSpacing: 8,
    _M.PM_ButtonIconSize: 20,
    _M.PM_SmallIconSize: 20,
    _M.PM_ToolBarIconSize: 20,
    _M.PM_TabBarTabHSpace: 24,
    _M.PM_TabBarBaseOverlap: 0,
    _M.PM_TabBarTabShiftHorizontal: 0,
    _M.PM_TabBarTabShiftVertical: 0,
    _M.PM_HeaderMargin: 12,
    _M.PM_SplitterWidth: 8,
    _M.PM_DockWidgetSeparatorExtent: 4,
    _M.PM_DockWidgetFrameWidth: 0,
    _M.PM_MenuVMargin: 4,
    _M.PM_MenuHMargin: 4,
}

_ROOM_FOR_ROUND_CORNERS: Final = 3
_CELL: Final = 12 - (2 * RING + 1)
"""What Qt's own distance from the focus frame lacks of 12 pixels round the words of a cell."""

_HINTS: Final[dict[QStyle.StyleHint, int]] = {
    _H.SH_DialogButtonBox_ButtonsHaveIcons: 0,
    _H.SH_EtchDisabledText: 0,
    _H.SH_ComboBox_Popup: 0,
    _H.SH_ItemView_ShowDecorationSelected: 1,
    _H.SH_UnderlineShortcut: 0,
    _H.SH_Widget_Animation_Duration: 0,
    _H.SH_FocusFrame_AboveWidget: 1,
    _H.SH_ScrollBar_LeftClickAbsolutePosition: 0,
}

_TALL_AS_A_TARGET: Final = frozenset(
    {
        _T.CT_PushButton,
        _T.CT_ToolButton,
        _T.CT_LineEdit,
        _T.CT_ComboBox,
        _T.CT_SpinBox,
        _T.CT_CheckBox,
        _T.CT_RadioButton,
        _T.CT_MenuItem,
        _T.CT_ItemViewItem,
        _T.CT_TabBarTab,
        _T.CT_HeaderSection,
    }
)


class DeskStyle(QProxyStyle):
    """Fusion with our radius, focus ring, heights and colours."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Paint a simple part."""
        paint = _PRIMITIVES.get(element)
        if paint is None:
            super().drawPrimitive(element, option, painter, widget)
        else:
            paint(option, painter, widget)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Paint a control or a piece of one."""
        paint = _CONTROLS.get(element)
        if paint is None:
            super().drawControl(element, option, painter, widget)
        else:
            paint(option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Paint a control made of several parts."""
        paint = _COMPLEX.get(control)
        if paint is None:
            super().drawComplexControl(control, option, painter, widget)
        else:
            paint(option, painter, widget)

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        """Return where a part lies; scroll bars have no arrows."""
        if control == _X.CC_ScrollBar:
            rect = controls.scroll_bar_part(option, part)
            if rect is not None:
                return rect
        rect = super().subControlRect(control, option, part, cast("QWidget", widget))
        if part == QStyle.SubControl.SC_ComboBoxEditField and control == _X.CC_ComboBox:
            return rect.adjusted(5, 0, 0, 0)
        if part == QStyle.SubControl.SC_SpinBoxEditField and control == _X.CC_SpinBox:
            return rect.adjusted(4, 0, 0, 0)
        return rect

    def subElementRect(
        self,
        element: QStyle.SubElement,
        option: QStyleOption,
        widget: QWidget | None = None,
    ) -> QRect:
        """Return where a piece lies; words keep a distance from the edge of their field."""
        rect = super().subElementRect(element, option, cast("QWidget", widget))
        framed = isinstance(option, QStyleOptionFrame) and option.lineWidth > 0
        if element == QStyle.SubElement.SE_LineEditContents and framed:
            return rect.adjusted(6, 0, -6, 0)
        if element == QStyle.SubElement.SE_ItemViewItemText and isinstance(widget, QTableView):
            return rect.adjusted(_CELL, 0, -_CELL, 0)
        return rect

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        """Return a distance of ours, else Fusion's."""
        ours = _METRICS.get(metric)
        if metric == _M.PM_DefaultFrameWidth and isinstance(widget, QAbstractScrollArea):
            return _ROOM_FOR_ROUND_CORNERS
        return super().pixelMetric(metric, option, widget) if ours is None else ours

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        """Return a habit of ours, else Fusion's."""
        ours = _HINTS.get(hint)
        return super().styleHint(hint, option, widget, returned) if ours is None else ours

    def sizeFromContents(
        self,
        kind: QStyle.ContentsType,
        option: QStyleOption,
        contents: QSize,
        widget: QWidget | None = None,
    ) -> QSize:
        """Return Fusion's size, made high enough to hit and to breathe."""
        size = super().sizeFromContents(kind, option, contents, cast("QWidget", widget))
        if kind in _TALL_AS_A_TARGET:
            height = max(TARGET, option.fontMetrics.height() + 14)
            even = kind in (_T.CT_PushButton, _T.CT_SpinBox)
            size.setHeight(height if even else max(size.height(), height))
            if kind in (_T.CT_PushButton, _T.CT_ToolButton):
                size.setWidth(max(size.width(), TARGET))
        if kind == _T.CT_PushButton:
            gap = 4 if isinstance(widget, QPushButton) and not widget.icon().isNull() else 0
            size.setWidth(size.width() + controls.keys_width(widget) + gap)
        return size
