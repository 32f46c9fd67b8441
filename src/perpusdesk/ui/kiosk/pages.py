"""The kiosk's pages: the beginning, one question, a number, the greeting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kiosk import text
from perpusdesk.ui.kiosk.parts import NumberPad, large_button, small_button
from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.theme import Tone, set_icon, set_tone
from perpusdesk.ui.kit.words import picture, words

_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter
_MOST_OPTIONS: Final = 24
_COLUMNS: Final = ((4, 1), (10, 2), (99, 3))
"""Up to so many answers stand in so many columns."""
_LONGEST_NUMBER: Final = 4
_PAD_WIDTH: Final = 640

Offer = tuple[str, str, Callable[[], object]]
"""Words, icon, and what it begins."""


class StartPage(QWidget):
    """Asks for a card; large buttons for who has none, for groups, and for what is offered."""

    def __init__(self, no_card: Callable[[], object], group: Callable[[], object]) -> None:
        super().__init__()
        self.places: list[QPushButton] = []
        self.camera_room = QVBoxLayout()
        self._buttons = QGridLayout()
        self._buttons.setSpacing(16)
        self._offers = Flow(gap=16)
        self._offers.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addStretch(2)
        column.addLayout(self.camera_room)
        column.addWidget(picture("scan", "accent", 96), 0, _CENTRE)
        for label in (
            words(_("Welcome to the library"), "hero", strong=True),
            words(_("Scan your member card"), "title", "muted"),
        ):
            label.setAlignment(_CENTRE)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch(2)
        column.addLayout(self._buttons)
        column.addWidget(self._offers, 0, _CENTRE)
        column.addStretch(1)
        for place, (words_, icon, run) in enumerate(
            ((_("No card with me"), "person", no_card), (_("We are a group"), "members", group))
        ):
            made = large_button(words_, run, icon=icon, keys=str(place + 1))
            self._buttons.addWidget(made, 0, place)
            self.places.append(made)

    def add(self, words_: str, icon: str, run: Callable[[], object]) -> None:
        """Offer one more thing, more quietly, below what people come here for."""
        made = small_button(words_, run, icon=icon, keys=str(len(self.places) + 1))
        self._offers.row.addWidget(made)
        self._offers.show()
        self.places.append(made)


class QuestionPage(QWidget):
    """One question with its answers; the same buttons serve every question and visitor."""

    answered = Signal(str)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._codes: tuple[str, ...] = ()
        self._question = words("", "hero", strong=True, wrap=True)
        self._question.setAlignment(_CENTRE)
        self._step = words("", "lead", "muted")
        self._step.setAlignment(_CENTRE)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._buttons = [large_button("", partial(self.choose, at)) for at in range(_MOST_OPTIONS)]
        foot = QHBoxLayout()
        foot.addWidget(small_button(_("Back"), self.back.emit, icon="chevron-left", keys="Esc"))
        foot.addStretch(1)
        foot.addWidget(small_button(_("Skip"), self.skip, icon="chevron-right", keys="0"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(self._step)
        column.addWidget(self._question)
        column.addLayout(self._grid, 6)
        column.addStretch(1)
        column.addLayout(foot)

    def ask(self, question: str, step: str, options: Sequence[tuple[str, str]]) -> None:
        """Ask; ``options`` are (words, code)."""
        self._question.setText(question)
        self._step.setText(step)
        shown = options[:_MOST_OPTIONS]
        self._codes = tuple(code for _words, code in shown)
        columns = next(number for most, number in _COLUMNS if len(shown) <= most)
        for place, made in enumerate(self._buttons):
            self._grid.removeWidget(made)
            made.setVisible(place < len(shown))
            if place < len(shown):
                _name(made, shown[place][0], place)
                self._grid.addWidget(made, place // columns, place % columns)
            else:
                _name(made, "", place)
        announce(self, question)

    def choose(self, place: int) -> None:
        """Answer with one of the options, by its place."""
        if 0 <= place < len(self._codes):
            self.answered.emit(self._codes[place])

    def skip(self) -> None:
        """Answer nothing."""
        self.answered.emit("")

    def clear(self) -> None:
        """Leave nothing of what was asked."""
        self.ask("", "", ())


class PeoplePage(QWidget):
    """How many a group is."""

    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.pad = NumberPad(_("Go on"), _LONGEST_NUMBER)
        question = words(text.question("people"), "hero", strong=True, wrap=True)
        question.setAlignment(_CENTRE)
        foot = QHBoxLayout()
        foot.addWidget(small_button(_("Back"), self.back.emit, icon="chevron-left", keys="Esc"))
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(question)
        self.pad.setMaximumWidth(_PAD_WIDTH)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self.pad, 100)
        middle.addStretch(1)
        column.addLayout(middle, 1)
        column.addLayout(foot)


class ThanksPage(QWidget):
    """Who was counted is greeted; a touch goes back to the beginning."""

    def __init__(self, on: Callable[[], object]) -> None:
        super().__init__()
        self._picture = picture("check", "ok", 96)
        self._said = words("", "hero", strong=True, wrap=True)
        self._under = words("", "title", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addStretch(2)
        column.addWidget(self._picture, 0, _CENTRE)
        for label in (self._said, self._under):
            label.setAlignment(_CENTRE)
            column.addWidget(label)
        column.addStretch(3)
        column.addWidget(small_button(_("Done"), on, keys="Enter"), 0, _CENTRE)

    def say(self, said: str, under: str, icon: str = "check", tone: Tone = "ok") -> None:
        """Greet."""
        set_icon(self._picture, icon, tone, 96)
        set_tone(self._said, "text" if tone == "ok" else tone)
        self._said.setText(said)
        self._under.setText(under)
        announce(self, f"{said}. {under}")

    def clear(self) -> None:
        """Leave nothing of who was greeted."""
        self._said.clear()
        self._under.clear()


def _name(made: QPushButton, said: str, place: int) -> None:
    made.setText(said)
    made.setAccessibleName(said)
    made.setProperty("pd_keys", str(place + 1) if said and place < 9 else "")
