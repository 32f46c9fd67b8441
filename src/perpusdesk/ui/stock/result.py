"""The answer to a scan on the stock's screen: what it was, what came of it, what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy

from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.cards import ResultCard
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.theme import Tone
from perpusdesk.ui.kit.words import words


class Answer(ResultCard):
    """A ``ResultCard`` with advice and steps; hidden until the first answer."""

    def __init__(self) -> None:
        super().__init__()
        self.advice = words("", wrap=True)
        self.steps = Flow()
        self.right.addWidget(self.advice)
        self.right.addWidget(self.steps)
        row = self.layout()
        assert isinstance(row, QBoxLayout)
        for place in (1, 2):
            row.setStretch(place, 1)
        room = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        room.setHeightForWidth(True)
        self.setSizePolicy(room)
        self.hide()

    def say(
        self,
        icon: str,
        state: str,
        tone: Tone,
        *,
        title: str = "",
        under: str = "",
        terms: str = "",
        advice: str = "",
        steps: Sequence[QPushButton] = (),
    ) -> None:
        """Show an answer."""
        self.show_result(icon=icon, state=state, tone=tone, title=title, under=under, terms=terms)
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))
        self.steps.fill(*steps)
        self.show()
        announce(self, ". ".join(filter(None, (state, title, terms, advice))))
