"""A number of millimetres, written with the comma of the language and read with comma or point."""

from __future__ import annotations

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox

from perpusdesk.common.i18n import language


class Millimetres(QDoubleSpinBox):
    """From ``least`` to ``most``, with as many ``decimals`` as a ruler can tell."""

    def __init__(self, least: float, most: float, decimals: int, step: float) -> None:
        super().__init__()
        self.setRange(least, most)
        self.setDecimals(decimals)
        self.setSingleStep(step)

    def textFromValue(self, value: float) -> str:
        """Write the value as people do here, without needless zeros."""
        text = f"{value:.{self.decimals()}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        text = "0" if text in ("", "-0") else text
        return text.replace(".", ",") if language() == "id" else text

    def valueFromText(self, text: str) -> float:
        """Read the value with a comma or a point."""
        try:
            return float(text.strip().replace(",", "."))
        except ValueError:
            return self.value()

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Let digits, a sign and one comma or point be typed."""
        plain = text.strip().replace(",", ".")
        if plain in ("", "-", ".", "-."):
            return QValidator.State.Intermediate, text, place
        try:
            value = float(plain)
        except ValueError:
            return QValidator.State.Invalid, text, place
        if "e" in plain.lower() or "_" in plain or "n" in plain.lower():
            return QValidator.State.Invalid, text, place
        inside = self.minimum() <= value <= self.maximum()
        state = QValidator.State.Acceptable if inside else QValidator.State.Intermediate
        return state, text, place
