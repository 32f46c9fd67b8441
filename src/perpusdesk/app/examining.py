"""Examinations in a running desktop: the tab, the look after an unclean end, and the repairs."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from perpusdesk.app.permission import Permission
from perpusdesk.common.errors import KnownError
from perpusdesk.common.files import write_atomically
from perpusdesk.common.i18n import _
from perpusdesk.domain import rights
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.doctor.examine import examine, is_healthy
from perpusdesk.services.doctor.parts import Finding, Patient, Severity, StoppedError
from perpusdesk.services.doctor.record import (
    Repair,
    last_examined,
    note_examined,
    note_repairs,
    repairs,
)
from perpusdesk.services.doctor.salvage_job import repair_library
from perpusdesk.services.safety.safety_jobs import mend_library
from perpusdesk.services.wording.doctor import say_finding
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import Library
from perpusdesk.ui.doctor import text
from perpusdesk.ui.doctor.part import FILE, DoctorPart
from perpusdesk.ui.kit.in_page_bar import Problem
from perpusdesk.ui.kit.save_place import ask_place
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.window import MainWindow

State = tuple[tuple[int, list[Finding]] | None, list[Repair]]


class Examining(QObject):
    """``reopen_asked`` carries what opens the library of a folder when this one is closed."""

    reopen_asked = Signal(object)
    show_asked = Signal()
    _moved = Signal(float)
    _checked = Signal(str, object)

    def __init__(self, window: MainWindow, desk: Desk, tasks: Tasks) -> None:
        super().__init__(window)
        self._window, self._desk, self._tasks = window, desk, tasks
        self._part: DoctorPart | None = None
        self._permission = Permission(desk, tasks, window.messages, rights.REPAIR)
        self._stop = threading.Event()
        self._busy = False
        self._state: State = (None, [])
        self._moved.connect(self._show_work)
        self._checked.connect(self._show_check)

    @property
    def part(self) -> DoctorPart:
        """The tab's room, made when somebody looks."""
        if self._part is None:
            self._part = part = DoctorPart()
            part.examine_asked.connect(self.examine)
            part.stop_asked.connect(self._stop.set)
            part.mend_asked.connect(self.mend)
            part.save_asked.connect(self.save)
        return self._part

    @property
    def widget(self) -> DoctorPart:
        """What fills the room below the tabs."""
        return self.part

    def opened(self) -> None:
        """Bring what is shown up to date."""
        self.part.allow(self._permission.given)
        library = self._desk.library
        self._tasks.run(lambda: (last_examined(library), repairs(library)), self._show)

    def close(self) -> None:
        """Let an examination under way give up."""
        self._stop.set()

    # --- examining ---------------------------------------------------------------------------

    def examine(self) -> None:
        """Do all checks beside the work."""
        self._begin(quick=False)

    def look_after_unclean_end(self) -> None:
        """Do the quick checks, and tell only if a person is needed."""
        self._begin(quick=True)

    def _begin(self, *, quick: bool) -> None:
        if self._busy:
            return
        self._busy = True
        self._stop.clear()
        if self._part is not None:
            self._part.tell("", "muted")
        self._moved.emit(0.0)
        then = self._looked if quick else self._examined
        self._tasks.aside(lambda: self._look(quick=quick), then, self._failed)

    def _look(self, *, quick: bool) -> list[Finding] | None:
        """Examine on a connection of its own; ``None``: somebody stopped it."""
        library, found = self._desk.library, []
        try:
            with library.beside() as beside:
                keys = system_key_store(library.folder)
                patient = Patient(beside, keys, self._stop.is_set, self._moved.emit)
                for check, findings in examine(patient, quick=quick):
                    found += findings
                    self._checked.emit(check.name, findings)
        except StoppedError:
            return None
        return found

    def _examined(self, found: list[Finding] | None) -> None:
        self._end()
        if found is None:
            self.part.tell(_("Stopped. Nothing was changed."), "muted")
            self.opened()
            return
        library = self._desk.library

        def note() -> None:
            note_examined(library, found)
            if is_healthy(found):
                library.note_checked()

        self._tasks.run(note, lambda _none: self.opened(), owner=self)

    def _looked(self, found: list[Finding] | None) -> None:
        self._end()
        if found is None:
            return
        library = self._desk.library
        bad = [one for one in found if one.severity in (Severity.DAMAGE, Severity.WARNING)]
        if not bad:
            self._tasks.run(library.note_checked)
            return
        said = say_finding(bad[0])
        self._window.messages.problem(
            Problem(
                said.what,
                _("Everything else goes on as usual."),
                said.means,
                steps=((_("Look at it"), self.show_asked.emit),),
                place="safety/doctor",
            )
        )

    def _failed(self, error: KnownError) -> None:
        self._end()
        self._window.messages.known(error)

    def _end(self) -> None:
        self._busy = False
        if self._part is not None:
            self._part.show_work(None)

    # --- repairing ---------------------------------------------------------------------------

    def mend(self, findings: Sequence[Finding]) -> None:
        """Put right what was found: in the open library, or by closing it first."""
        if any(one.check == FILE for one in findings):
            self._permission.ask(lambda: self.reopen_asked.emit(_repaired))
            return
        desk = self._desk

        def work() -> bool | Said:
            told = mend_library(desk, findings)
            if isinstance(told, Refused):
                return say_refusal(told, desk)
            note_repairs(desk.library, [one for one, done in told if done])
            return all(done for one, done in told if one.mendable)

        self._tasks.run(work, self._mended, owner=self)

    def _mended(self, done: bool | Said) -> None:
        if isinstance(done, Said):
            self._permission.refuse(done)
            return
        if done:
            self._window.messages.toast(_("Repaired"), tone="ok")
        self.examine()

    # --- the report --------------------------------------------------------------------------

    def save(self, path: Path | None = None) -> None:
        """Save the report as a text file."""
        examined, done = self._state
        if examined is None:
            return
        place = path or ask_place(self.part, _("PerpusDesk examination"), ("txt",))
        if place is None:
            return
        told = text.report(examined, done, self._desk.now()).encode("utf-8")
        self._tasks.aside(lambda: write_atomically(place, told), self._saved, owner=self)

    def _saved(self, _none: object) -> None:
        self.part.tell(_("The report is saved. It names no person."), "ok")

    # --- what is shown -----------------------------------------------------------------------

    def _show(self, state: State) -> None:
        self._state = state
        self.part.show_examined(*state, self._desk.now())

    def _show_work(self, share: float) -> None:
        if self._part is not None and self._busy:
            self._part.show_work(share)

    def _show_check(self, check: str, findings: list[Finding]) -> None:
        if self._part is not None:
            self._part.show_check(check, findings)


def _repaired(folder: Path) -> Library:
    repair_library(folder)
    return Library.open(folder, encrypted=True)
