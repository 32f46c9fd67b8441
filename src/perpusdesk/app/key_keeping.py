"""The tab of the key in a running desktop, and the reminder until there is a recovery sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from perpusdesk.common.files import write_atomically
from perpusdesk.common.i18n import _
from perpusdesk.common.passing import passing_folder
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.safety import recovery
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.ui.key import text
from perpusdesk.ui.key.part import KeyPart
from perpusdesk.ui.kit.in_page_bar import Problem
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages


class KeyKeeping(QObject):
    """Makes sheets; a new code counts only when a group of it was typed back from the paper."""

    show_asked = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__(messages if isinstance(messages, QObject) else None)
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._part: KeyPart | None = None
        self._code, self._group = "", 0
        self.opener: Callable[[QUrl], object] = QDesktopServices.openUrl

    def part(self) -> KeyPart:
        """Make what stands behind the tab."""
        part = self._part = KeyPart()
        part.opened_now.connect(self._look)
        part.sheet_asked.connect(self._make)
        part.confirmed.connect(self._confirm)
        part.given_up.connect(self._give_up)
        return part

    def remind(self) -> None:
        """Say calmly that there is no recovery sheet, as long as there is none."""
        self._tasks.run(self._is_missing, self._say_missing, owner=self)

    def _is_missing(self) -> bool:
        desk = self._desk
        missing = desk.library.key is not None and recovery.recovery_since(desk) is None
        return missing and recovery.may_use_code(desk) is None

    def _say_missing(self, missing: bool) -> None:
        if missing:
            step = (_("Make a recovery sheet"), self.show_asked.emit)
            bar = Problem(
                text.sheet(None),
                text.sheet_why(),
                tone="accent",
                steps=(step,),
                place="safety/key",
                waits=True,
            )
            self._messages.problem(bar)

    def _look(self) -> None:
        def read() -> tuple[bool, date | None, bool]:
            desk = self._desk
            may = recovery.may_use_code(desk) is None
            return desk.library.key is not None, recovery.recovery_since(desk), may

        def show(found: tuple[bool, date | None, bool]) -> None:
            encrypted, since, may = found
            kept = system_key_store(self._desk.library.folder).kept.value
            if self._part is not None:
                self._part.show_state(encrypted=encrypted, kept=kept, since=since, may=may)

        self._tasks.run(read, show, owner=self)

    def _make(self) -> None:
        self._code = recovery.draw_code()
        self._group = recovery.group_to_ask(self._code)
        code = self._code
        self._tasks.run(lambda: recovery.sheet_of(self._desk, code), self._draw, owner=self)

    def _draw(self, sheet: object) -> None:
        from perpusdesk.printing.recovery_sheet import SheetData, recovery_sheet

        assert isinstance(sheet, SheetData)
        file = passing_folder() / f"recovery-{datetime.now():%Y%m%d-%H%M%S}.pdf"

        def write() -> Path:
            write_atomically(file, recovery_sheet(sheet))
            return file

        self._tasks.aside(write, self._written, owner=self)

    def _written(self, file: Path) -> None:
        if self.opener(QUrl.fromLocalFile(str(file))):
            told = _("Open to be printed: {file}").format(file=file.name)
        else:
            told = _("Saved; no program here opens it: {file}").format(file=file)
        self._messages.toast(told, tone="ok")
        if self._part is not None:
            self._part.ask(self._group)

    def _confirm(self, typed: str) -> None:
        if not self._code:
            return
        if not recovery.is_group(self._code, self._group, typed):
            if self._part is not None:
                self._part.say_wrong()
            return
        code = self._code
        self._tasks.run(lambda: recovery.use_code(self._desk, code), self._used, owner=self)

    def _used(self, answer: Done[str] | Refused) -> None:
        if isinstance(answer, Refused):
            said = say_refusal(answer, self._desk)
            self._messages.toast(f"{said.what} {said.todo}", tone="warn")
        else:
            self._messages.solved()
            self._messages.toast(text.in_force(), tone="ok")
        self._give_up()
        self._look()

    def _give_up(self) -> None:
        self._code, self._group = "", 0
        if self._part is not None:
            self._part.ask(0)
