"""The hero: what was just scanned, what became of it, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from perpusdesk.ui.desk import text
from perpusdesk.ui.kit.accessible import announce, named
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.cards import ResultCard
from perpusdesk.ui.kit.covers import cover_picture, typographic_cover
from perpusdesk.ui.kit.help_button import help_button
from perpusdesk.ui.kit.theme import Tone, set_tone
from perpusdesk.ui.kit.words import words

_LONGEST_TITLE: Final = 90
"""Letters of a title on the card; the whole of it is told to screen readers and in the tip."""


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
    """What the hero says.

    ``state`` in icon, word and colour; ``terms`` in a sentence; ``headline`` is what must be read
    from across the desk (until when, for whom, how much); ``advice`` what to do about a refusal;
    ``notices`` what staff must not miss, ``also`` what else speaks against it.
    """

    tone: Tone
    icon: str
    state: str
    terms: str = ""
    headline: str = ""
    title: str = ""
    under: str = ""
    advice: str = ""
    notices: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    cover: bool = True


class Hero(ResultCard):
    """The result card with headline, notices and next steps; it tells screen readers of itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headline = words("", "hero", strong=True, wrap=True, figures=True)
        self._advice = words("", tone="muted", wrap=True)
        self._notices = QVBoxLayout()
        self._notices.setSpacing(4)
        self._steps = QHBoxLayout()
        self._steps.setSpacing(8)
        self._shown: Shown | None = None
        self._help = help_button(brief=True)
        self._state.put_beside(self._help)
        self.right.addWidget(self._headline)
        self.right.addLayout(self._notices)
        self.right.addWidget(self._advice)
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
            title=text.shortened(shown.title, _LONGEST_TITLE),
            under=shown.under,
            terms=shown.terms,
            cover=typographic_cover(shown.title) if shown.title and shown.cover else None,
            cover_icon=shown.icon,
        )
        named(self, ". ".join(filter(None, (shown.state, shown.title, *_spoken(shown)))))
        self._share(evenly=bool(shown.headline))
        set_tone(self._headline, "text" if shown.tone == "ok" else shown.tone)
        for label, said in ((self._headline, shown.headline), (self._advice, shown.advice)):
            label.setText(said)
            label.setVisible(bool(said))
        self._fill_notices(shown.notices, shown.also)
        self._shown = shown
        self._fill_steps(shown.steps)
        self._help.setVisible(shown.tone == "bad")
        self.show()
        announce(self, self.accessibleName())

    def show_cover(self, title: str, image: bytes) -> None:
        """Show the book's own cover, if the card still tells of it."""
        if self._shown is not None and self._shown.title == title and self._shown.cover:
            self.put_cover(cover_picture(title, image))

    def press(self, keys: str) -> bool:
        """Do the step that shows these keys; tell whether there is one on the screen."""
        steps = self._shown.steps if self._shown and self.isVisible() else ()
        for step in steps:
            if step.keys == keys:
                step.run()
                return True
        return False

    def _share(self, *, evenly: bool) -> None:
        """Give the answer as much room as the title where it has a headline."""
        row = self.layout()
        assert isinstance(row, QBoxLayout)
        row.setStretch(1, 1 if evenly else 5)
        row.setStretch(2, 1 if evenly else 4)

    def _fill_notices(self, notices: Sequence[str], also: Sequence[str]) -> None:
        clear(self._notices)
        for told in notices:
            self._notices.addWidget(words(told, "lead", "warn", strong=True, wrap=True))
        for told in also:
            self._notices.addWidget(words(told, wrap=True))

    def _fill_steps(self, steps: Sequence[Step]) -> None:
        clear(self._steps)
        for step in steps:
            make = quiet_button if step.quiet else button
            self._steps.addWidget(make(step.verb, step.run, icon=step.icon, keys=step.keys))
        self._steps.addStretch(1)


def _spoken(shown: Shown) -> tuple[str, ...]:
    return (shown.terms, shown.headline, *shown.notices, *shown.also, shown.advice)


def clear(layout: QBoxLayout) -> None:
    """Take everything out of a row or column."""
    while layout.count():
        item = layout.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
