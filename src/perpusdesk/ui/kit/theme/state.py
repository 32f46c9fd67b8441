"""What the look in use is made of; written by ``look`` alone, read by everything that paints."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtGui import QFont

from perpusdesk.ui.kit.theme.tokens import LIGHT, Tokens


@dataclass(slots=True)
class State:
    """The colours, the body font (already scaled) and the chosen text size as a factor."""

    tokens: Tokens = LIGHT
    font: QFont = field(default_factory=QFont)
    text_factor: float = 1.0


STATE = State()
