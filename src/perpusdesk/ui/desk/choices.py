"""Candidates: the text fits several members or titles, or a card and a copy share a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from perpusdesk.ui.desk.hero import clear
from perpusdesk.ui.desk.scrolling import scrolled
from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.words import Divider, picture, words


@dataclass(frozen=True, slots=True)
class Choice:
    """One candidate: what it is, what tells it apart, and what choosing it does."""

    icon: str
    name: str
    under: str
    verb: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Offer:
    """A heading, and the candidates under it; ``none`` is said where there are none."""

    heading: str
    choices: tuple[Choice, ...]
    none: str = ""


class Choices(QWidget):
    """Shows an offer; at most nine candidates, chosen by their number or a click."""

    def __init__(
        self, leave: Callable[[], object], leave_verb: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._heading: QLabel = words("", "title", strong=True, wrap=True)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._heading, 1)
        head.addWidget(quiet_button(leave_verb, leave, keys="Esc"))
        room = QWidget()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        inside = QVBoxLayout(room)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addLayout(self._rows)
        inside.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(scrolled(room), 1)

    def offer(self, offer: Offer) -> None:
        """Show the candidates."""
        self._choices = offer.choices[:9]
        self._heading.setText(offer.heading)
        clear(self._rows)
        for number, choice in enumerate(self._choices, 1):
            self._rows.addWidget(_row(choice, number))
        if not self._choices:
            self._rows.addWidget(words(offer.none, tone="muted", wrap=True))
        self.show()
        announce(self, offer.heading)

    def choose(self, number: int) -> bool:
        """Choose the candidate with this number (from 1); tell whether there was one."""
        if self.isVisible() and 1 <= number <= len(self._choices):
            self._choices[number - 1].run()
            return True
        return False


def _row(choice: Choice, number: int) -> QWidget:
    row = QWidget()
    text = QVBoxLayout()
    text.setSpacing(0)
    text.addWidget(words(choice.name, "lead", strong=True, wrap=True))
    if choice.under:
        text.addWidget(words(choice.under, "body", "muted", wrap=True, figures=True))
    line = QHBoxLayout()
    line.setContentsMargins(0, 8, 0, 8)
    line.setSpacing(16)
    line.addWidget(picture(choice.icon, "muted", 24))
    line.addLayout(text, 1)
    go = button(choice.verb, choice.run, keys=f"Alt+{number}")
    go.setAccessibleName(f"{choice.verb} {choice.name}")
    line.addWidget(go)
    whole = QVBoxLayout(row)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addLayout(line)
    whole.addWidget(Divider())
    return row
