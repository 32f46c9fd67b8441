"""The strip that says what a scan means now, when it does not mean the usual."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from perpusdesk.common.formats import clock_time, weekday_date
from perpusdesk.common.i18n import _
from perpusdesk.services.circulation.modes import Mode, ModeKind
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.theme import RADIUS_CARD, set_icon
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.words import picture, words

_ICONS = {
    ModeKind.RETURNING: "return",
    ModeKind.READING: "book",
    ModeKind.BACKDATED: "clock",
    ModeKind.KIT: "stock",
}


class ModeStrip(QWidget):
    """Hidden at the usual desk; else an icon, a sentence and the way back."""

    def __init__(self, leave: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = picture("return", "accent", 24)
        self._text = words("", "lead", strong=True, wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(quiet_button(_("Back to lending"), leave, keys="Esc"))
        self.hide()

    def show_mode(self, mode: Mode) -> None:
        """Say what a scan means now."""
        text = _sentence(mode)
        if text:
            self._text.setText(text)
            set_icon(self._icon, _ICONS[mode.kind], "accent", 24)
        self.setVisible(bool(text))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the quiet ground."""
        rounded(QPainter(self), self.rect(), fill="accent_tint", radius=RADIUS_CARD)


def _sentence(mode: Mode) -> str:
    if mode.kind is ModeKind.RETURNING:
        return _("Taking back: every scan is a return")
    if mode.kind is ModeKind.READING:
        return _("Reading here: every scan counts a book read on site")
    if mode.kind is ModeKind.KIT:
        return _("Set of books “{name}”: every scan goes into it").format(name=mode.name)
    if mode.at is not None:
        when = f"{weekday_date(mode.at.date())} {clock_time(mode.at)}"
        return _("Paper slips of {when}").format(when=when)
    return ""
