"""The bar for what needs a person: what happened, what is safe, what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.buttons import button, icon_button
from perpusdesk.ui.kit.help_button import help_button
from perpusdesk.ui.kit.theme import RADIUS_CARD, Tone, set_icon
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.words import picture, words

_GROUNDS: Final[dict[Tone, str]] = {"warn": "warn_tint", "bad": "bad_tint", "ok": "ok_tint"}
_ICONS: Final[dict[Tone, str]] = {"warn": "warning", "bad": "blocked", "ok": "check"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What the bar says; empty parts are left out. ``details`` are for who helps by telephone.

    ``steps`` are pairs of a verb and what it does. ``place`` is what the manual's table calls it
    (``"fault/printer"``), where it has a page of its own. A reminder ``waits`` until what is shown
    is dealt with.
    """

    happened: str
    safe: str = ""
    todo: str = ""
    details: str = ""
    tone: Tone = "warn"
    steps: Sequence[tuple[str, Callable[[], object]]] = ()
    place: str = ""
    waits: bool = False


class InPageBar(QWidget):
    """Hidden until it has something to say; stays until it is closed or solved."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem: Problem | None = None
        self._later: Problem | None = None
        self._icon = picture("warning", "warn", 24)
        self._happened = words("", strong=True, wrap=True)
        self._rest = words("", wrap=True)
        self._steps = QWidget()
        self._buttons = QHBoxLayout(self._steps)
        self._buttons.setSpacing(8)
        self._buttons.setContentsMargins(0, 4, 0, 0)
        text = QVBoxLayout()
        text.setSpacing(4)
        text.addWidget(self._happened)
        text.addWidget(self._rest)
        text.addWidget(self._steps)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 8, 12)
        row.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self._icon, 0, top)
        row.addLayout(text, 1)
        row.addWidget(icon_button("close", _("Close this notice"), self.clear), 0, top)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def say(self, problem: Problem) -> None:
        """Show ``problem`` instead of what was shown and announce it; a reminder waits its turn."""
        if problem.waits and self._problem is not None and not self._problem.waits:
            self._later = problem
            return
        if self._problem is not None and self._problem.waits and not problem.waits:
            self._later = self._problem
        self._problem = problem
        set_icon(self._icon, _ICONS.get(problem.tone, "info"), problem.tone, 24)
        self._happened.setText(problem.happened)
        rest = " ".join(part for part in (problem.safe, problem.todo) if part)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self._put_buttons(problem)
        self.setAccessibleName(f"{problem.happened} {rest}".strip())
        self.show()
        self.update()
        announce(self, f"{problem.happened} {rest}".strip())

    def clear(self) -> None:
        """Take the bar away; what waited for that is shown."""
        later, self._problem, self._later = self._later, None, None
        self.hide()
        if later is not None:
            self.say(later)

    @property
    def problem(self) -> Problem | None:
        """Return what is shown now."""
        return self._problem

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a quiet ground in the tone of the problem."""
        tone = self._problem.tone if self._problem else "warn"
        ground = _GROUNDS.get(tone, "accent_tint")
        rounded(QPainter(self), self.rect(), fill=ground, radius=RADIUS_CARD)

    def _put_buttons(self, problem: Problem) -> None:
        while (item := self._buttons.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        made: list[QAbstractButton] = [button(verb, run) for verb, run in problem.steps]
        if problem.details:
            made.append(button(_("Copy details"), self._copy, icon="copy"))
        if problem.place:
            made.append(help_button())
        for each in made:
            self._buttons.addWidget(each)
        self._buttons.addStretch(1)
        self._steps.setVisible(bool(made))

    def _copy(self) -> None:
        if self._problem is not None:
            QGuiApplication.clipboard().setText(self._problem.details)
