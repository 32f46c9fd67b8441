"""Counts in a row: a large figure over what it counts; what is nought is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpusdesk.common.formats import number
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.theme import Tone
from perpusdesk.ui.kit.words import words


@dataclass(frozen=True, slots=True)
class Figure:
    """One count; ``always`` shows it even when it is nought."""

    count: int
    of_what: str
    tone: Tone = "text"
    always: bool = False


class Figures(Flow):
    """Shows counts; they flow to the next line where the row is too short."""

    def __init__(self) -> None:
        super().__init__(gap=32)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these instead of what was there."""
        shown = [one for one in figures if one.count or one.always]
        self.fill(*(_block(one) for one in shown))


def _block(figure: Figure) -> QWidget:
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(words(number(figure.count), "title", figure.tone, strong=True, figures=True))
    column.addWidget(words(figure.of_what, "caption", "muted"))
    named(block, f"{number(figure.count)} {figure.of_what}")
    return block
