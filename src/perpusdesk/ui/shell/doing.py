"""Doing something at the library from any screen: done and undoable, or refused in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.undo import Undone, undo
from perpusdesk.services.wording.actions import action_name
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.text import refusal_of

T = TypeVar("T")
WhenRefused = Callable[[Refused, Said], bool]
"""Told of a refusal; answers whether the screen says it itself."""


class Doing(QObject):
    """Runs services on the database's thread; says what came of it, with the undo.

    ``changed`` carries every ``Done`` that wrote something, after it was told: time to repaint.
    """

    changed = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages

    def run(
        self,
        work: Callable[[], Done[T] | Refused],
        then: Callable[[Done[T]], object] | None = None,
        *,
        say: Callable[[Done[T]], str] | None = None,
        refused: WhenRefused | None = None,
    ) -> None:
        """Do ``work``; tell ``then`` when it was done, ``refused`` when it was not.

        ``say`` makes the words of the toast (default: the action's name).
        """

        def told() -> tuple[Done[T] | Refused, Said | None]:
            answer = work()
            said = say_refusal(answer, self._desk) if isinstance(answer, Refused) else None
            return answer, said

        def shown(pair: tuple[Done[T] | Refused, Said | None]) -> None:
            answer, said = pair
            if isinstance(answer, Refused):
                assert said is not None
                if refused is None or not refused(answer, said):
                    self.refuse(said)
                return
            self._done(answer, say(answer) if say else action_name(answer.verb))
            if then is not None:
                then(answer)

        self._tasks.run(told, shown, owner=self)

    def refuse(self, said: Said) -> None:
        """Say a refusal; it stays until something else succeeds."""
        self._messages.problem(refusal_of(said))

    def undo(self, action: UUID) -> None:
        """Take an action back."""
        self.run(lambda: undo(self._desk, action), say=_undone)

    def _done(self, done: Done[Any], text: str) -> None:
        self._messages.solved()
        action = done.action
        if action is None:
            self._messages.toast(_("Nothing had to be changed."))
            return
        step = ToastAction(_("Undo"), lambda: self.undo(action), "Ctrl+Z")
        is_undo = isinstance(done.value, Undone)
        self._messages.toast(text, action=None if is_undo else step, tone="ok")
        self.changed.emit(done)


def _undone(done: Done[Undone]) -> str:
    return _("Undone: {action}").format(action=action_name(done.value.verb))
