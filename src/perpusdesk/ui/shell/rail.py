"""The left rail: the screens, who is at the desk, open questions, and the chip of trust."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.help_button import HELP_KEY
from perpusdesk.ui.kit.theme import (
    RADIUS_FIELD,
    TARGET,
    Tone,
    colour,
    pixmap,
    scaled_font,
    set_type,
)
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.theme.state import STATE
from perpusdesk.ui.shell.chip import TrustChip
from perpusdesk.ui.shell.page import Page

_PADDING: Final = 12
_ICON: Final = 20
_CHARS: Final = 35


class Rail(QWidget):
    """Words with icons; icons alone when ``narrow``."""

    chosen = Signal(str)
    """The name of the page somebody asked for."""

    staff_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.help = RailButton("help", _("Manual"), HELP_KEY)
        self.help.setCheckable(False)
        self.staff = RailButton("person", _("Staff"))
        self.staff.setCheckable(False)
        self.staff.clicked.connect(self.staff_asked)
        self.questions = TrustChip()
        self.questions.hide()
        self.chip = TrustChip()
        self._pages = QVBoxLayout()
        self._pages.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 16, 8, 12)
        column.setSpacing(4)
        column.addLayout(self._pages)
        column.addStretch(1)
        column.addWidget(self.help)
        column.addWidget(self.staff)
        column.addWidget(self.questions)
        column.addWidget(self.chip)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        set_type(self)
        self.narrow = False

    def add(self, page: Page) -> None:
        """Add the button of ``page`` below the others."""
        made = RailButton(page.icon, page.title, page.key)
        made.clicked.connect(lambda: self.chosen.emit(page.name))
        self._group.addButton(made)
        self._buttons[page.name] = made
        self._pages.addWidget(made)

    def show_chosen(self, name: str) -> None:
        """Mark page ``name`` as the one in front."""
        self._buttons[name].setChecked(True)

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or words with them."""
        self.narrow = narrow
        for made in (*self._buttons.values(), self.help, self.staff):
            made.set_narrow(narrow)
        self.chip.set_narrow(narrow)
        self.questions.set_narrow(narrow)

    def full_width(self) -> int:
        """Return the width with words, in which the chip has two lines."""
        return QFontMetrics(scaled_font()).averageCharWidth() * _CHARS

    def sizeHint(self) -> QSize:
        """Return the room for icons, or for words with them."""
        hint = super().sizeHint()
        if not self.narrow:
            hint.setWidth(max(hint.width(), self.full_width()))
        return hint

    def minimumSizeHint(self) -> QSize:
        """Return the same: the rail is never squeezed."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint one hairline at the right edge."""
        painter = QPainter(self)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), colour("hairline"))


class RailButton(QAbstractButton):
    """An icon, a word, and the key in quiet letters at the end."""

    def __init__(self, icon: str, text: str, key: str = "") -> None:
        super().__init__()
        self._icon, self._key, self._narrow = icon, key, False
        self.setCheckable(True)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_type(self)
        self.say(text)

    def say(self, text: str) -> None:
        """Change the word."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({self._key})" if self._key else text)
        self.updateGeometry()

    def set_narrow(self, narrow: bool) -> None:
        """Show the icon alone."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for what is shown."""
        height = max(TARGET + 8, self.fontMetrics().height() + 20)
        if self._narrow:
            return QSize(height, height)
        strong = scaled_font(strong=True)
        words = self.fontMetrics().horizontalAdvance(self.text())
        words = round(words * 1.08) if strong.weight() > self.font().weight() else words
        key = self.fontMetrics().horizontalAdvance(self._key) + 16 if self._key else 0
        return QSize(2 * _PADDING + self._side() + 12 + words + key, height)

    def minimumSizeHint(self) -> QSize:
        """Return the same: words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint it."""
        painter = QPainter(self)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            ground = "accent_tint" if chosen else "hover"
            rounded(painter, self.rect(), fill=ground, radius=RADIUS_FIELD)
        ink: Tone = "accent" if chosen else "text"
        side = self._side()
        top = (self.height() - side) // 2
        left = (self.width() - side) // 2 if self._narrow else _PADDING
        painter.drawPixmap(left, top, pixmap(self._icon, ink, side, self.devicePixelRatioF()))
        if not self._narrow:
            self._paint_words(painter, QRect(left + side + 12, 0, self.width(), self.height()))

    def _paint_words(self, painter: QPainter, room: QRect) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(scaled_font(strong=self.isChecked()))
        painter.setPen(colour("accent" if self.isChecked() else "text"))
        painter.drawText(room, middle, self.text())
        if self._key:
            painter.setFont(scaled_font("caption"))
            painter.setPen(colour("muted"))
            end = QRect(0, 0, self.width() - _PADDING, self.height())
            painter.drawText(end, middle | Qt.AlignmentFlag.AlignRight, self._key)

    @staticmethod
    def _side() -> int:
        return round(_ICON * max(1.0, STATE.text_factor))
