"""The look in use: which tokens, which text size; tells everybody when it changes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication
from PySide6.QtWidgets import QApplication

from perpusdesk.ui.kit.theme.dress import dress
from perpusdesk.ui.kit.theme.focus import FocusRing
from perpusdesk.ui.kit.theme.palette import palette_of
from perpusdesk.ui.kit.theme.state import STATE
from perpusdesk.ui.kit.theme.tokens import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Tokens

SMALLEST_TEXT: Final = 90
LARGEST_TEXT: Final = 150


class Scheme(StrEnum):
    """Light or dark, or whatever the system says."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class ThemeSettings:
    """What a person chose; ``text_percent`` is kept within 90..150.

    ``high_contrast`` of ``None`` follows the system.
    """

    scheme: Scheme = Scheme.SYSTEM
    text_percent: int = 100
    high_contrast: bool | None = None


class Theme(QObject):
    """Keeps the application dressed; there is one, made by the first ``apply``."""

    changed = Signal()

    def __init__(self, app: QApplication, ring: FocusRing) -> None:
        super().__init__(app)
        self._ring = ring
        self._app = app
        self._base_font = QFont(app.font())
        self.settings = ThemeSettings()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)

    def use(self, settings: ThemeSettings) -> None:
        """Dress the application, and every widget that exists, in ``settings``."""
        self.settings = settings
        STATE.tokens = _tokens_for(settings)
        percent = min(max(settings.text_percent, SMALLEST_TEXT), LARGEST_TEXT)
        STATE.text_factor = percent / 100
        STATE.font = QFont(self._base_font)
        STATE.font.setPointSizeF(_points(self._base_font) * STATE.text_factor)
        self._app.setPalette(palette_of(STATE.tokens))
        self._app.setFont(STATE.font)
        for widget in self._app.allWidgets():
            dress(widget)
        self.changed.emit()

    def _follow_system(self) -> None:
        if _tokens_for(self.settings) is not STATE.tokens:
            self.use(self.settings)


def tokens() -> Tokens:
    """Return the colours in use."""
    return STATE.tokens


def colour(token: str) -> QColor:
    """Return the colour named ``token`` (a field of ``Tokens``) in the look in use."""
    return QColor(getattr(STATE.tokens, token))


def _points(font: QFont) -> float:
    return font.pointSizeF() if font.pointSizeF() > 0 else 10.0


def _tokens_for(settings: ThemeSettings) -> Tokens:
    hints = QGuiApplication.styleHints()
    high = settings.high_contrast
    if high is None:
        wanted = hints.accessibility().contrastPreference()
        high = wanted == Qt.ContrastPreference.HighContrast
    dark = settings.scheme is Scheme.DARK or (
        settings.scheme is Scheme.SYSTEM and hints.colorScheme() == Qt.ColorScheme.Dark
    )
    if high:
        return DARK_CONTRAST if dark else LIGHT_CONTRAST
    return DARK if dark else LIGHT
