"""The palette Qt paints with, made from our tokens."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor, QPalette

from perpusdesk.ui.kit.theme.tokens import Tokens

_Role = QPalette.ColorRole

_ROLES: Final = {
    _Role.Window: "window",
    _Role.WindowText: "text",
    _Role.Base: "card",
    _Role.AlternateBase: "hover",
    _Role.Text: "text",
    _Role.PlaceholderText: "muted",
    _Role.Button: "card",
    _Role.ButtonText: "text",
    _Role.BrightText: "bad",
    _Role.Light: "card",
    _Role.Midlight: "hover",
    _Role.Mid: "hairline",
    _Role.Dark: "line",
    _Role.Shadow: "line",
    _Role.Highlight: "accent_tint",
    _Role.HighlightedText: "text",
    _Role.Accent: "accent",
    _Role.Link: "accent",
    _Role.LinkVisited: "accent",
    _Role.ToolTipBase: "text",
    _Role.ToolTipText: "window",
}

_DISABLED: Final = (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText)


def palette_of(tokens: Tokens) -> QPalette:
    """Return the application palette for ``tokens``; disabled text is the muted tone."""
    palette = QPalette()
    for role, token in _ROLES.items():
        palette.setColor(role, QColor(getattr(tokens, token)))
    for role in _DISABLED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.muted))
    return palette
