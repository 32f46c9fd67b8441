"""What the staff's tab does, and what it says afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.rights import STAFF
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.staff.sign_in import change_own
from perpusdesk.services.staff.staff import (
    StaffForm,
    StaffLine,
    add_staff,
    deactivate,
    edit_staff,
    reactivate,
    remove_pin,
    set_pin,
    staff_lines,
)
from perpusdesk.services.wording.actions import action_name
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.storage.queries.actions import NOT_UNDOABLE
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.settings.staff import StaffSection
from perpusdesk.ui.shell.messages import Messages

Answer = Done[Any] | Refused
Read = tuple[list[StaffLine], dict[UUID, str], bool]


class StaffControl(QObject):
    """``changed``: something about people is different now. ``undo_asked`` carries an action."""

    changed = Signal()
    undo_asked = Signal(object)

    def __init__(self, section: StaffSection, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__(section)
        self.section = section
        self._desk, self._tasks, self._messages = desk, tasks, messages
        section.form.saved.connect(self._save)
        section.pin_form.given.connect(self._give_pin)
        section.no_pin_asked.connect(lambda person: self._do(lambda: remove_pin(desk, person)))
        section.close_asked.connect(lambda person: self._do(lambda: deactivate(desk, person)))
        section.open_asked.connect(lambda person: self._do(lambda: reactivate(desk, person)))

    def read(self) -> None:
        """Bring the tab up to date."""
        self._tasks.run(self._read, self._show)

    def _read(self) -> Read:
        desk = self._desk
        names = {branch.id: branch.name for branch in desk.branches.values()}
        return staff_lines(desk), names, desk.may(STAFF)

    def _show(self, read: Read) -> None:
        lines, branches, may = read
        self.section.show_all(lines, branches, may=may)

    def _save(self, person: UUID | None, form: StaffForm) -> None:
        desk = self._desk
        if person is None:
            self._do(lambda: add_staff(desk, form))
        else:
            self._do(lambda: edit_staff(desk, person, form))

    def _give_pin(self, person: UUID, present: str, new: str) -> None:
        desk, line = self._desk, self.section.line(person)
        if line is not None and line.here and line.signs_in:
            self._do(lambda: change_own(desk, present, new), self._refuse_pin)
        else:
            self._do(lambda: set_pin(desk, person, new), self._refuse_pin)

    def _do(
        self,
        job: Callable[[], Answer],
        refused: Callable[[Refused, Said], object] | None = None,
    ) -> None:
        desk = self._desk

        def run() -> tuple[Answer, Said | None]:
            answer = job()
            return answer, say_refusal(answer, desk) if isinstance(answer, Refused) else None

        def told(pair: tuple[Answer, Said | None]) -> None:
            answer, said = pair
            if isinstance(answer, Refused) and said is not None:
                (refused or self._refuse)(answer, said)
            elif isinstance(answer, Done):
                self._done(answer)

        self._tasks.run(run, told, owner=self)

    def _refuse(self, _refused: Refused, said: Said) -> None:
        whole = f"{said.what} {said.todo}".strip()
        self._messages.toast(whole, tone="warn", replace="staff")
        self.read()

    def _refuse_pin(self, refused: Refused, said: Said) -> None:
        present = refused.reason in (Reason.PIN_WRONG, Reason.SIGN_IN_WAIT)
        self.section.pin_form.refuse(f"{said.what} {said.todo}".strip(), present=present)

    def _done(self, answer: Done[Any]) -> None:
        self.section.close_forms()
        action = answer.action
        if action is not None:
            undo = None
            if answer.verb not in NOT_UNDOABLE:
                undo = ToastAction(_("Undo"), lambda: self._undo(action), "Ctrl+Z")
            said = action_name(answer.verb)
            self._messages.toast(said, tone="ok", replace="staff", action=undo)
        self.changed.emit()
        self.read()

    def _undo(self, action: UUID) -> None:
        self.undo_asked.emit(action)
        self.changed.emit()
        self.read()
