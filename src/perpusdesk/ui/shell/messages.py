"""The one door for messages to people; a test can stand at it and listen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal

from perpusdesk.common.errors import KnownError
from perpusdesk.ui.kit.in_page_bar import InPageBar, Problem
from perpusdesk.ui.kit.theme import Tone
from perpusdesk.ui.kit.toasts import ToastAction, Toasts
from perpusdesk.ui.shell.text import problem_of

Kind = Literal["toast", "problem", "fault"]


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it was shown."""

    kind: Kind
    text: str


class Messages(QObject):
    """Shows toasts, problems and unexpected faults of one window."""

    said = Signal(object)
    """A ``Said``, for tests and for the log."""

    def __init__(
        self,
        toasts: Toasts,
        bar: InPageBar,
        show_fault: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._toasts = toasts
        self._bar = bar
        self._show_fault = show_fault

    def toast(
        self,
        text: str,
        *,
        action: ToastAction | None = None,
        tone: Tone = "text",
        replace: str = "",
    ) -> None:
        """Say something that may pass unread; never for what needs a person."""
        self._toasts.show(text, action=action, tone=tone, replace=replace)
        self.said.emit(Said("toast", text))

    def problem(self, problem: Problem) -> None:
        """Say something that needs a person; it stays until it is dealt with."""
        self._bar.say(problem)
        self.said.emit(Said("problem", problem.happened))

    def known(self, error: KnownError) -> None:
        """Say a failure whose cause we know (for ``Tasks`` and wherever one is caught)."""
        self.problem(problem_of(error))

    def solved(self) -> None:
        """Take the problem away: it is no more."""
        self._bar.clear()

    def bug(self, bug: BaseException) -> None:
        """Show that something went wrong that nobody expected (for ``Tasks`` and hooks)."""
        self._show_fault(bug)
        self.said.emit(Said("fault", repr(bug)))
