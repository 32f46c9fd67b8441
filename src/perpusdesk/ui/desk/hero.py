"""The hero: what was just scanned, what became of it, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from perpusdesk.ui.desk.cover import typographic_cover
from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.cards import ResultCard
from perpusdesk.ui.kit.theme import Tone
from perpusdesk.ui.kit.words import words


@dataclass(frozen=True, slots=True)
class Step:
    """A button of the hero: a verb, its key as text, what it does."""

    verb: str
    run: Callable[[], object]
    keys: str = ""
    icon: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What the hero says: state in icon, word and colour; the thing; notices; next steps."""

    tone: Tone
    icon: str
    state: str
    terms: str = ""
    title: str = ""
    under: str = ""
    notices: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()


class Hero(ResultCard):
    """The result card with notices and next steps; it tells screen readers what it shows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices = QVBoxLayout()
        self._notices.setSpacing(4)
        self._steps = QHBoxLayout()
        self._steps.setSpacing(8)
        self._shown: Shown | None = None
        self.right.addLayout(self._notices)
        self.right.addLayout(self._steps)
        room = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        room.setHeightForWidth(True)
        self.setSizePolicy(room)
        self.hide()

    def tell(self, shown: Shown) -> None:
        """Show it, and announce the state and the title."""
        self.show_result(
            icon=shown.icon,
            state=shown.state,
            tone=shown.tone,
            title=shown.title,
            under=shown.under,
            terms=shown.terms,
            cover=typographic_cover(shown.title) if shown.title else None,
            cover_icon=shown.icon,
        )
        self._fill_notices(shown.notices)
        self._shown = shown
        self._fill_steps(shown.steps)
        self.show()
        announce(self, f"{shown.state}. {shown.title}. {shown.terms}")

    def press(self, keys: str) -> bool:
        """Do the step that shows these keys; tell whether there is one on the screen."""
        steps = self._shown.steps if self._shown and self.isVisible() else ()
        for step in steps:
            if step.keys == keys:
                step.run()
                return True
        return False

    def _fill_notices(self, notices: Sequence[str]) -> None:
        clear(self._notices)
        for text in notices:
            self._notices.addWidget(words(text, "lead", "warn", strong=True, wrap=True))

    def _fill_steps(self, steps: Sequence[Step]) -> None:
        clear(self._steps)
        for step in steps:
            make = quiet_button if step.quiet else button
            self._steps.addWidget(make(step.verb, step.run, icon=step.icon, keys=step.keys))
        self._steps.addStretch(1)


def clear(layout: QBoxLayout) -> None:
    """Take everything out of a row or column."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
