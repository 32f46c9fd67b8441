"""Moving in, step by step: files, a dry run, the import beside the desk's work, the way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from perpusdesk.common.errors import KnownError
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer.import_history import RunLine
from perpusdesk.services.transfer.import_lists import new_log
from perpusdesk.services.transfer.import_manners import Manners
from perpusdesk.services.transfer.import_report import ImportReport
from perpusdesk.services.transfer.import_rights import may_import
from perpusdesk.services.transfer.import_run import Progress, Wishes, plan, run
from perpusdesk.services.transfer.import_undo import UndoneRun, undo_run
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.ui.kit.in_page_bar import Problem
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.transfer import report_text
from perpusdesk.ui.transfer.asks import ask_files
from perpusdesk.ui.transfer.chosen_files import ChosenFiles
from perpusdesk.ui.transfer.intake_room import At, IntakeRoom
from perpusdesk.ui.transfer.job import Job
from perpusdesk.ui.transfer.odd_rows import OddRows, open_folder

T = TypeVar("T")
TURN: Final = 0.03
"""Seconds for which an import keeps the library to itself before the desk's tasks get it."""


class Intake(QObject):
    """The part that moves in. ``front_wanted`` asks to be shown; ``changed``: runs are others."""

    front_wanted = Signal()
    changed = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self.files = ChosenFiles(desk, tasks)
        self.odd_rows = OddRows(desk, tasks, messages)
        self._job: Job | None = None
        self._back_to = At.CHOOSE
        self._last: tuple[Sequence[Path], Wishes] = ((), Wishes())
        self.report: ImportReport | None = None
        self.room = IntakeRoom(self.odd_rows.fetch)
        self._connect()

    @property
    def title(self) -> str:
        """The word on the tab."""
        return _("Bring in")

    @property
    def busy(self) -> bool:
        """Whether a dry run, an import or an undoing is under way."""
        return self._job is not None

    def refresh(self) -> None:
        """Say beforehand when whoever is at the desk may not import."""

        def read() -> str:
            refusal = may_import(self._desk)
            said = say_refusal(refusal) if refusal is not None else None
            return f"{said.what} {said.todo}" if said else ""

        self._tasks.run(read, self.room.show_right, owner=self)

    # --- files -------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for files."""
        if not self.busy:
            self.take_files(ask_files(self.room))

    def take_files(self, paths: Sequence[Path]) -> None:
        """Look at these files, besides those that were chosen before."""
        if self.busy or not paths:
            return
        if self.room.at not in (At.CHOOSE, At.FILES):
            self.start_over()
        self.files.add(paths)

    def start_over(self) -> None:
        """Forget all files and what came of them."""
        if self.busy:
            return
        self.report = None
        self.files.clear()

    def _show_files(self) -> None:
        self.room.show_files(self.files.looks, looking=self.files.looking)

    def _files_changed(self) -> None:
        """Show what is known of the files now; not while or after they are taken in."""
        if not self.busy:
            self._show_files()

    # --- trying and importing ----------------------------------------------------------------

    def try_it(self) -> None:
        """Read everything and tell what an import would do; nothing is written."""
        if self.busy or not self.room.files.go.isEnabled() or not self.files.usable:
            return
        files, wishes, log = self.files.usable, self._wishes(), new_log()

        def work(job: Job) -> ImportReport:
            with self._desk.beside() as quiet:
                return plan(quiet, files, wishes, progress=job.tell, stop=job.stopped, log=log)

        self._begin(At.FILES, _("Trying: nothing is written"), "", work, self._tried)

    def bring_in(self) -> None:
        """Take the files in that were tried."""
        if not self.busy and self.room.at is At.TRIED and self.room.go.isEnabled():
            self._run(self.files.usable, self._wishes())

    def resume(self, line: RunLine) -> None:
        """Go on with an import that was broken off."""
        if not self.busy:
            self.front_wanted.emit()
            wishes = Wishes(mend=line.mend, formats=line.formats, resumed=line.run)
            self._run(line.paths, wishes)

    def resume_this(self) -> None:
        """Go on with the import that was just stopped."""
        report = self.report
        if not self.busy and self.room.at is At.DONE and report is not None and report.stopped:
            files, wishes = self._last
            self._run(files, replace(wishes, resumed=report.run))

    def undo(self, run_id: UUID) -> None:
        """Take a whole import back."""
        if self.busy:
            return
        self.front_wanted.emit()

        def work(job: Job) -> UndoneRun | Refused:
            return undo_run(self._desk, run_id, progress=job.tell, manners=self._manners())

        note = _("The desk goes on. What was used or changed since stays.")
        heading = _("Taking the import back")
        self._begin(At.CHOOSE, heading, note, work, self._undone, stoppable=False)

    def undo_this(self) -> None:
        """Take back the import that was just done."""
        if self.report is not None and self.report.run is not None:
            self.undo(self.report.run)

    def stop(self) -> None:
        """Ask what is under way to stop."""
        if self._job is not None:
            self._job.stop()

    def go_on(self) -> None:
        """Do what the main button of the view in front does."""
        steps = {
            At.CHOOSE: self.choose,
            At.FILES: self.try_it,
            At.TRIED: self.bring_in,
            At.DONE: self.resume_this if self._stopped() else self.start_over,
        }
        if not self.busy:
            steps[self.room.at]()

    def _stopped(self) -> bool:
        return self.report is not None and self.report.stopped

    def back(self) -> None:
        """From what was tried, back to the files."""
        if not self.busy and self.room.at is At.TRIED:
            self._show_files()

    def _wishes(self) -> Wishes:
        return Wishes(mend=self.room.files.mend.isChecked(), formats=self.files.formats)

    def _manners(self) -> Manners:
        return Manners(self._tasks.turn, TURN)

    def _run(self, files: Sequence[Path], wishes: Wishes) -> None:
        log, self._last = new_log(), (files, wishes)

        def work(job: Job) -> ImportReport:
            return run(
                self._desk,
                files,
                wishes,
                progress=job.tell,
                stop=job.stopped,
                log=log,
                manners=self._manners(),
            )

        note = _("The desk goes on lending. If you stop, what is in by then stays.")
        self._begin(At.TRIED, _("Bringing in"), note, work, self._brought)

    def _begin(
        self,
        back_to: At,
        heading: str,
        note: str,
        work: Callable[[Job], T],
        then: Callable[[T], object],
        *,
        stoppable: bool = True,
    ) -> None:
        job = self._job = Job()
        self._back_to = back_to if self.room.at is back_to else At.CHOOSE
        job.told.connect(self._show_far)
        job.broke.connect(self._broke)
        self.room.begin(heading, note, stoppable=stoppable)
        self._tasks.aside(lambda: job.do(lambda: work(job)), then, self._failed, owner=self)
        self.changed.emit()

    def _show_far(self, told: object) -> None:
        if not self.busy:
            return
        if isinstance(told, Progress):
            share = told.done / told.of if told.of else None
            self.room.running.show_far(share, report_text.far(told))
        elif isinstance(told, tuple):
            done, of = told
            self.room.running.show_far(
                done / of if of else None, report_text.records_done(done, of)
            )

    # --- what came of it ---------------------------------------------------------------------

    def _tried(self, report: ImportReport) -> None:
        self._job = None
        if report.stopped:
            self._show_files()
            self._messages.toast(_("Stopped; nothing was written."), replace="transfer")
        else:
            self.report = report
            self.room.show_tried(report)
            self.odd_rows.show(report.log, self.room.rows)
            self._say_elsewhere(report_text.tried(report))
        self.changed.emit()

    def _brought(self, report: ImportReport) -> None:
        self._job = None
        if report.refusal is not None:
            self._show_files()
            self._refused(report.refusal)
            return
        self.report = report
        self.room.show_done(report)
        self.odd_rows.show(report.log, self.room.rows)
        self._say_elsewhere(report_text.took_in(report))
        self.changed.emit()

    def _undone(self, answer: UndoneRun | Refused) -> None:
        self._job = None
        self.start_over()
        if isinstance(answer, Refused):
            self._refused(answer)
            return
        self._messages.toast(report_text.taken_back(answer), tone="ok", replace="transfer")
        self.changed.emit()

    def _refused(self, refusal: Refused) -> None:
        """Say why nothing was done."""
        said = say_refusal(refusal)
        self._messages.toast(f"{said.what} {said.todo}".strip(), tone="warn", replace="transfer")
        self.changed.emit()

    def _failed(self, error: KnownError) -> None:
        """Say what happened; what was written before it stays and is in the history."""
        self._job = None
        told = say_fault(error)
        writing = self._back_to is not At.FILES
        safe = _("What was brought in before stays; it can be gone on with or undone.")
        self._messages.problem(
            Problem(told.what, safe if writing else told.safe, told.todo, told.details)
        )
        self._go_back()

    def _broke(self) -> None:
        self._job = None
        self._go_back()

    def _go_back(self) -> None:
        if self._back_to is At.TRIED and self.report is not None:
            self.room.show_tried(self.report)
        else:
            self._show_files()
        self.changed.emit()

    def _say_elsewhere(self, what: str) -> None:
        """Tell somebody who works on another screen meanwhile."""
        if not self.room.isVisible():
            look = ToastAction(_("Have a look"), self.front_wanted.emit)
            self._messages.toast(what, tone="ok", action=look, replace="transfer")

    def open_set_aside(self) -> None:
        """Open the folder in which the rows lie that were not taken."""
        if self.report is not None and self.report.set_aside is not None:
            open_folder(self.report.set_aside)

    def _connect(self) -> None:
        room = self.room
        room.chosen.connect(self.choose)
        room.dropped.connect(self.take_files)
        room.files.changed.connect(self.files.say_format)
        room.files.columns_said.connect(self.files.say_columns)
        room.files.removed.connect(self.files.leave_out)
        self.files.changed.connect(self._files_changed)
        room.files.try_asked.connect(self.try_it)
        room.files.over_asked.connect(self.start_over)
        room.running.stop_asked.connect(self.stop)
        room.bring_in_asked.connect(self.bring_in)
        room.back_asked.connect(self.back)
        room.resume_asked.connect(self.resume_this)
        room.undo_asked.connect(self.undo_this)
        room.another_asked.connect(self.start_over)
        room.aside_asked.connect(self.open_set_aside)
        room.narrowed.connect(self.odd_rows.narrow)
        room.save_asked.connect(self.odd_rows.save)
