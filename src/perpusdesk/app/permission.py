"""A step on screen that needs a right: asked when it is taken, and refused in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.services.desk import Desk
from perpusdesk.services.safety.safety_jobs import refused_for
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.text import refusal_of


class Permission(QObject):
    """One right; who sits at the desk may change while the step is in front."""

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, right: str) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages, self._right = desk, tasks, messages, right

    @property
    def given(self) -> bool:
        """Whether who is here has the right."""
        return refused_for(self._desk, self._right) is None

    def ask(
        self, then: Callable[[], object], otherwise: Callable[[], object] | None = None
    ) -> None:
        """Do ``then`` if who is here has the right; else say that it is missing (``otherwise``)."""

        def told(said: Said | None) -> None:
            if said is None:
                then()
                return
            self.refuse(said)
            if otherwise is not None:
                otherwise()

        self._tasks.run(self._refusal, told, owner=self)

    def refuse(self, said: Said) -> None:
        """Say a refusal; it stays until something else succeeds."""
        self._messages.problem(refusal_of(said))

    def _refusal(self) -> Said | None:
        try:
            refused = refused_for(self._desk, self._right)
        except KnownError as error:
            if error.fault is Fault.DAMAGED:  # who may what cannot be read any more: repair
                return None
            raise
        return None if refused is None else say_refusal(refused, self._desk)
