"""Buttons with a verb on them: primary (one per view), ordinary, quiet, and icon alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from perpusdesk.ui.kit.theme import TARGET, Tone, set_icon, set_tone
from perpusdesk.ui.kit.theme.controls import BUTTON_KEYS, BUTTON_KIND


def button(
    text: str, run: Callable[[], object] | None = None, *, icon: str = "", keys: str = ""
) -> QPushButton:
    """Return an ordinary button; ``keys`` is shown beside the verb, not bound."""
    return _make(text, run, icon=icon, keys=keys, kind="ordinary", tone="text")


def primary_button(
    text: str, run: Callable[[], object] | None = None, *, icon: str = "", keys: str = ""
) -> QPushButton:
    """Return the one button that matters most in a view."""
    return _make(text, run, icon=icon, keys=keys, kind="primary", tone="on_accent")


def quiet_button(
    text: str, run: Callable[[], object] | None = None, *, icon: str = "", keys: str = ""
) -> QPushButton:
    """Return a button that looks like a link until it is used."""
    return _make(text, run, icon=icon, keys=keys, kind="quiet", tone="accent")


def icon_button(
    icon: str, name: str, run: Callable[[], object] | None = None, parent: QWidget | None = None
) -> QToolButton:
    """Return a button of an icon alone; ``name`` is its accessible name and its tip."""
    made = QToolButton(parent)
    made.setAutoRaise(True)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    made.setMinimumSize(QSize(TARGET, TARGET))
    made.setAccessibleName(name)
    made.setToolTip(name)
    set_icon(made, icon, "muted")
    if run is not None:
        made.clicked.connect(lambda _checked: run())
    return made


def _make(
    text: str,
    run: Callable[[], object] | None,
    *,
    icon: str,
    keys: str,
    kind: str,
    tone: Tone,
) -> QPushButton:
    made = QPushButton(text)
    made.setProperty(BUTTON_KEYS, keys)
    made.setProperty(BUTTON_KIND, kind)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    if tone != "text":
        set_tone(made, tone)
    if icon:
        set_icon(made, icon, tone)
    if run is not None:
        made.clicked.connect(lambda _checked: run())
    return made
