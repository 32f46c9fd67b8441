"""What the branches' tab does, and what it says afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.rights import RULES
from perpusdesk.services.desk import Desk
from perpusdesk.services.library.branch_use import BranchLine, branch_lines
from perpusdesk.services.library.branches import (
    ADD,
    BranchForm,
    edit_branch,
    open_branch,
    put_back_branch,
    remove_branch,
)
from perpusdesk.services.library.devices import MOVE_VERB, RIGHT, move_device
from perpusdesk.services.results import Done
from perpusdesk.services.wording.actions import action_name
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.settings import branches_text as text
from perpusdesk.ui.settings.branches import BranchesSection
from perpusdesk.ui.shell.messages import Messages

Answer = Done[Any] | Refused
Read = tuple[list[BranchLine], bool, bool, int]


class BranchesControl(QObject):
    """``changed``: branches or where this computer works are different now."""

    changed = Signal()
    undo_asked = Signal(object)

    def __init__(
        self, section: BranchesSection, desk: Desk, tasks: Tasks, messages: Messages
    ) -> None:
        super().__init__(section)
        self.section = section
        self._desk, self._tasks, self._messages = desk, tasks, messages
        section.form.saved.connect(self._save)
        section.remove_asked.connect(lambda branch: self._do(lambda: remove_branch(desk, branch)))
        section.put_back_asked.connect(
            lambda branch: self._do(lambda: put_back_branch(desk, branch))
        )
        section.work_here_asked.connect(self._work_here)

    def read(self) -> None:
        """Bring the tab up to date."""
        self._tasks.run(self._read, self._show, owner=self)

    def _read(self) -> Read:
        desk = self._desk
        knows_nobody = desk.staff is None and not desk.people
        may = desk.may(RULES) or knows_nobody
        return branch_lines(desk), may, desk.may(RIGHT), desk.zone

    def _show(self, read: Read) -> None:
        lines, may, may_move, zone = read
        self.section.show_all(lines, may=may, may_move=may_move, zone=zone)

    def _save(self, branch: UUID | None, form: BranchForm) -> None:
        desk = self._desk
        if branch is None:
            self._do(lambda: open_branch(desk, form))
        else:
            self._do(lambda: edit_branch(desk, branch, form))

    def _work_here(self, branch: UUID) -> None:
        desk = self._desk
        device = UUID(bytes=desk.library.device)
        self._do(lambda: move_device(desk, device, branch))

    def _do(self, job: Callable[[], Answer]) -> None:
        desk = self._desk

        def run() -> tuple[Answer, Said | None, str]:
            answer = job()
            if isinstance(answer, Refused):
                return answer, say_refusal(answer, desk), ""
            here = desk.branches.get(desk.branch)
            return answer, None, here.name if here else ""

        self._tasks.run(run, lambda told: self._told(*told), owner=self)

    def _told(self, answer: Answer, said: Said | None, here: str) -> None:
        if isinstance(answer, Done):
            self._done(answer, here)
        elif said is not None and not (
            self.section.form.isVisible() and self.section.form.refuse(answer, said)
        ):
            whole = f"{said.what} {said.todo}".strip()
            self._messages.toast(whole, tone="warn", replace="branches")
            self.read()

    def _done(self, answer: Done[Any], here: str) -> None:
        self.section.close_form()
        action = answer.action
        if action is not None:
            undo = ToastAction(_("Undo"), lambda: self._undo(action), "Ctrl+Z")
            said = text.moved(here) if answer.verb == MOVE_VERB else action_name(answer.verb)
            self._messages.toast(said, tone="ok", replace="branches", action=undo)
        self._tasks.run(self._read, lambda read: self._show_after(answer, read), owner=self)
        self.changed.emit()

    def _show_after(self, answer: Done[Any], read: Read) -> None:
        self._show(read)
        if answer.verb == ADD:
            self.section.choose(answer.value)

    def _undo(self, action: UUID) -> None:
        self.undo_asked.emit(action)
        self.read()
        self.changed.emit()
