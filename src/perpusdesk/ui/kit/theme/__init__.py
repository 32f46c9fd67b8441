"""Colours, type, distances, shapes and icons of the whole program.

``apply(app, ThemeSettings(...))`` once before the first window, and again whenever the person
chooses otherwise: every widget follows. A screen uses only what is named here.
"""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from perpusdesk.ui.kit.theme.contrast import contrast
from perpusdesk.ui.kit.theme.dress import drop_icon, scaled_font, set_icon, set_tone, set_type
from perpusdesk.ui.kit.theme.focus import FocusRing
from perpusdesk.ui.kit.theme.icons import icon, icon_names, pixmap
from perpusdesk.ui.kit.theme.look import Scheme, Theme, ThemeSettings, colour, tokens
from perpusdesk.ui.kit.theme.style import DeskStyle
from perpusdesk.ui.kit.theme.tokens import (
    RADIUS_CARD,
    RADIUS_FIELD,
    SPACE,
    TARGET,
    Tokens,
    Tone,
)


def apply(app: QApplication, settings: ThemeSettings | None = None) -> Theme:
    """Dress ``app`` in ``settings`` and return the one ``Theme`` (its ``changed`` tells)."""
    theme = app.findChild(Theme)
    if theme is None:
        app.setStyle(DeskStyle())
        theme = Theme(app, FocusRing(app))
    theme.use(settings or ThemeSettings())
    return theme


def in_use() -> Theme | None:
    """Return the one ``Theme``, once ``apply`` was called; its ``changed`` tells of a new look."""
    app = QApplication.instance()
    return app.findChild(Theme) if app is not None else None


__all__ = [
    "RADIUS_CARD",
    "RADIUS_FIELD",
    "SPACE",
    "TARGET",
    "Scheme",
    "Theme",
    "ThemeSettings",
    "Tokens",
    "Tone",
    "apply",
    "colour",
    "contrast",
    "drop_icon",
    "icon",
    "icon_names",
    "in_use",
    "pixmap",
    "scaled_font",
    "set_icon",
    "set_tone",
    "set_type",
    "tokens",
]
