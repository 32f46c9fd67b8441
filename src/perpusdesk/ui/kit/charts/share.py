"""One bar that is cut into shares, each with its pattern, its name and its part in words below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from perpusdesk.common.formats import number
from perpusdesk.ui.kit.charts.chart import Chart, Mark, Twin
from perpusdesk.ui.kit.charts.patterns import ORDER, fill

_BAR: Final = 1.8
_ROW: Final = 1.6
_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the whole."""

    name: str
    value: int
    what: Any = None


def percent(part: int, whole: int) -> str:
    """Return a part of a whole in percent, rounded half up."""
    return f"{(part * _HUNDRED * 2 + whole) // (whole * 2)} %" if whole else "0 %"


class ShareChart(Chart):
    """Shares of one whole."""

    def __init__(self, name: str, headings: Sequence[str]) -> None:
        """``headings``: of the twin's three columns (name, number, part)."""
        super().__init__(name, "body")
        self._headings = tuple(headings)
        self._shares: Sequence[Share] = ()

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Show shares, from the left."""
        self._shares = shares
        self.renew()

    @property
    def _whole(self) -> int:
        return sum(share.value for share in self._shares)

    def lines(self) -> float:
        """Return the height in lines."""
        return _BAR + 0.6 + len(self._shares) * _ROW

    def twin(self) -> Twin:
        """Return a row for each share."""
        rows = [
            (share.name, number(share.value), percent(share.value, self._whole))
            for share in self._shares
        ]
        return Twin(self._headings, tuple(rows))

    def lay_out(self) -> list[tuple[QRectF, Mark]]:
        """Return a mark for each share: its line below the bar."""
        top, height = self.line * (_BAR + 0.6), self.line * _ROW
        places = []
        for place, share in enumerate(self._shares):
            said = f"{number(share.value)} ({percent(share.value, self._whole)})"
            box = QRectF(0, top + place * height, self.width(), height)
            places.append((box, Mark(share.name, said, share.what)))
        return places

    def paint(self, painter: QPainter) -> None:
        """Paint the bar and the lines below."""
        left, whole = 0.0, self._whole or 1
        for place, share in enumerate(self._shares):
            width = self.width() * share.value / whole
            bar = QRectF(left, 0, width, self.line * _BAR)
            fill(painter, bar.adjusted(0, 0, -1, 0), ORDER[place % len(ORDER)])
            left += width
        for place, (box, mark) in enumerate(self.lay_out()):
            side = self.line * 0.9
            key = QRectF(box.left() + 4, box.center().y() - side / 2, side * 1.4, side)
            fill(painter, key, ORDER[place % len(ORDER)])
            text = QRectF(key.right() + 8, box.top(), box.width() - key.right() - 8, box.height())
            self.write(painter, text, f"{mark.label}   {mark.value}", "text")
