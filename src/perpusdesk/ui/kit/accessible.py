"""What people who do not see the screen are told."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def named(widget: QWidget, name: str, more: str = "") -> None:
    """Give ``widget`` the name that screen readers say, and what they may add."""
    widget.setAccessibleName(name)
    if more:
        widget.setAccessibleDescription(more)


def announce(widget: QWidget, text: str) -> None:
    """Have screen readers say ``text`` now, without moving the focus."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))
