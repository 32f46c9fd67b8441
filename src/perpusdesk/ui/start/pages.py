"""The pages of the start: something takes a while; something stands in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.wording.faults import Told
from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.help_button import help_button
from perpusdesk.ui.kit.words import picture, words
from perpusdesk.ui.start import text

Step = tuple[str, Callable[[], object]]
_WHOLE = 1000


class WaitPage(QWidget):
    """Says what takes a while and how far it is; can be left where that harms nothing."""

    def __init__(self, heading: str, why: str = "", cancel: Step | None = None) -> None:
        super().__init__()
        self.help_place = "start/wait"
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(heading)
        self._far = words("", "caption", "muted", figures=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(words(heading, "title", strong=True, wrap=True))
        if why:
            column.addWidget(words(why, tone="muted", wrap=True))
        column.addSpacing(8)
        column.addWidget(self._bar)
        column.addWidget(self._far)
        if cancel:
            row = QHBoxLayout()
            row.addWidget(button(*cancel))
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(2)

    def show_progress(self, done: int, of: int) -> None:
        """Move the bar; ``of`` of 0 means that nobody knows yet."""
        self._bar.setRange(0, of)
        self._bar.setValue(done)
        self._far.setText(text.progress(done, of))

    def show_share(self, share: float) -> None:
        """Move the bar to a share from 0 to 1."""
        self._bar.setRange(0, _WHOLE)
        self._bar.setValue(round(share * _WHOLE))
        self._far.setText(text.share(share))


class ProblemPage(QWidget):
    """What happened, what is safe, what to do, and the ways on; the first one has the keyboard."""

    def __init__(self, told: Told, steps: Sequence[Step], place: str = "start") -> None:
        """``place`` is what the manual's table calls it."""
        super().__init__()
        self.help_place = place
        self._details = told.details
        self.buttons = [_made(number, step) for number, step in enumerate(steps)]
        row = QHBoxLayout()
        row.setSpacing(8)
        for each in self.buttons:
            row.addWidget(each)
        row.addWidget(help_button())
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(picture("warning", "warn", 48))
        column.addWidget(words(told.what, "title", strong=True, wrap=True))
        for sentence in (told.safe, told.todo):
            if sentence:
                column.addWidget(words(sentence, "lead", wrap=True))
        column.addSpacing(8)
        column.addLayout(row)
        if self._details:
            details = words(self._details, "caption", "muted", wrap=True)
            details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(details)
            copy = QHBoxLayout()
            copy.addWidget(quiet_button(_("Copy details"), self._copy, icon="copy"))
            copy.addStretch(1)
            column.addLayout(copy)
        column.addStretch(2)
        self.setAccessibleName(told.what)
        self.setFocusProxy(self.buttons[0])
        announce(self, str(told))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


def _made(number: int, step: Step) -> QPushButton:
    return (primary_button if number == 0 else button)(*step)
