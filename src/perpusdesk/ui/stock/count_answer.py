"""The answer to a scan of the stock-take: the call number as large as the shelf is far."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton

from perpusdesk.ui.kit.theme import set_tone
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.stock.count_told import Told
from perpusdesk.ui.stock.result import Answer


class CountAnswer(Answer):
    """An ``Answer`` with a headline under the title: where the copy has its place."""

    def __init__(self) -> None:
        super().__init__()
        self.headline = words("", "hero", strong=True, wrap=True, figures=True)
        self.left.addWidget(self.headline)

    def tell(self, told: Told, steps: Sequence[QPushButton] = ()) -> None:
        """Show what a scan came to."""
        self.headline.setText(told.headline)
        self.headline.setVisible(bool(told.headline))
        set_tone(self.headline, told.tone)
        self.say(
            told.icon,
            told.state,
            told.tone,
            title=told.title,
            under=told.under,
            terms=told.terms,
            advice=told.advice,
            steps=steps,
        )
