"""The sides of a question next to each other; below each other where the room is narrow."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from perpusdesk.domain.conflicts.kinds import side
from perpusdesk.ui.decisions.reading import Card
from perpusdesk.ui.decisions.side_card import Show, SideCard
from perpusdesk.ui.kit.theme import scaled_font

_SIDE_CHARS: Final = 36
"""Average characters a side needs at least to stand next to another."""

_GAP: Final = 16


class Sides(QWidget):
    """Two in a row, as many rows as there are pairs."""

    def __init__(self, show: Show) -> None:
        super().__init__()
        self._show = show
        self._across = 2
        self.cards: list[SideCard] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        room = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        room.setHeightForWidth(True)
        self.setSizePolicy(room)

    def show_sides(self, card: Card) -> None:
        """Show the sides of a question."""
        for old in self.cards:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = [
            SideCard(
                one, teller, links, self._show, proposed=card.said.proposal.code == side(number)
            )
            for number, (one, teller, links) in enumerate(
                zip(card.said.sides, card.tellers, card.links.sides, strict=True), 1
            )
        ]
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use one column where two have no room."""
        super().resizeEvent(event)
        chars = self.width() // max(1, QFontMetrics(scaled_font()).averageCharWidth())
        across = 2 if chars >= 2 * _SIDE_CHARS else 1
        if across != self._across:
            self._across = across
            self._place()

    def _place(self) -> None:
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1 if column < self._across else 0)
        for number, one in enumerate(self.cards):
            self._grid.removeWidget(one)
            self._grid.addWidget(one, *divmod(number, self._across))
