"""Candidates: the text fits several members or titles, or a card and a copy share a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from perpusdesk.ui.desk.hero import clear
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.words import Divider, picture, words


@dataclass(frozen=True, slots=True)
class Choice:
    """One candidate: what it is, what tells it apart, and what choosing it does (if anything)."""

    icon: str
    name: str
    under: str
    verb: str = ""
    run: Callable[[], object] | None = None


class Choices(QWidget):
    """A heading and at most nine candidates, chosen by their number or a click."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading: QLabel = words("", "title", strong=True, wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._choices: list[Choice] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addLayout(self._rows)

    def offer(self, heading: str, choices: list[Choice]) -> None:
        """Show the candidates."""
        self._choices = choices[:9]
        self._heading.setText(heading)
        clear(self._rows)
        number = 0
        for choice in self._choices:
            if choice.run:
                number += 1
            self._rows.addWidget(_row(choice, number))
        self.show()

    def choose(self, number: int) -> bool:
        """Choose the candidate with this number (from 1); tell whether there was one."""
        able = [choice for choice in self._choices if choice.run]
        if self.isVisible() and 1 <= number <= len(able):
            run = able[number - 1].run
            assert run is not None
            run()
            return True
        return False


def _row(choice: Choice, number: int) -> QWidget:
    row = QWidget()
    text = QVBoxLayout()
    text.setSpacing(0)
    text.addWidget(words(choice.name, "lead", strong=True, wrap=True))
    text.addWidget(words(choice.under, "body", "muted", wrap=True, figures=True))
    line = QHBoxLayout()
    line.setContentsMargins(0, 8, 0, 8)
    line.setSpacing(16)
    line.addWidget(picture(choice.icon, "muted", 24))
    line.addLayout(text, 1)
    if choice.run:
        go = button(choice.verb, choice.run, keys=f"Alt+{number}")
        go.setAccessibleName(f"{choice.verb} {choice.name}")
        line.addWidget(go)
    whole = QVBoxLayout(row)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addLayout(line)
    whole.addWidget(Divider())
    return row
