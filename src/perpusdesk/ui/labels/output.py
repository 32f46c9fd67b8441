"""Out of the studio: onto a printer, into a PDF; and what is kept of it once it came out well."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import write_atomically
from perpusdesk.common.i18n import _
from perpusdesk.printing.calibration import calibration_page
from perpusdesk.services.desk import Desk
from perpusdesk.services.labels import label_job, label_prints
from perpusdesk.services.labels.label_job import LabelJob
from perpusdesk.services.labels.label_prints import Printed, kind_name
from perpusdesk.ui.kit.in_page_bar import Problem
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.labels import paper_out, text
from perpusdesk.ui.labels.sent_bar import SentBar
from perpusdesk.ui.shell.messages import Messages

_BREATH: Final = 0.002
"""Seconds after each page in which the interface has Python to itself."""


class Output(QObject):
    """Makes the whole PDF, hands it on, and asks whether it was printed well.

    Nothing leaves the queue, and no sheet moves on, before somebody says that it was.
    """

    changed = Signal()
    drawn = Signal(int, int)
    """How many pages of how many are drawn; told from another thread."""

    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, folder: Path, bar: SentBar
    ) -> None:
        """``folder`` is where PDF files are written."""
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._folder, self._bar = folder, bar
        self._job: LabelJob | None = None
        self.busy = False
        bar.well.connect(self._well)

    def print(self, job: LabelJob) -> None:
        """Print the job; without a printer a program opens its PDF."""
        if not job.choices.printer:
            self.save(job)
            return
        self._make(job, lambda pdf: self._send(job, pdf))

    def save(self, job: LabelJob) -> None:
        """Write the job into a PDF that a program opens."""
        self._make(job, lambda pdf: self._write(job, pdf, kind_name(job.kind)))

    def test_page(self, job: LabelJob) -> None:
        """Print outlines and rulers of the job's sheet as its printer prints them."""
        printer = job.choices.printer
        if printer:
            self._tasks.aside(
                lambda: paper_out.print_pages(calibration_page(job.sheet, job.nudge), printer),
                lambda _none: self._messages.toast(_("Test page sent to the printer"), tone="ok"),
                self._failed,
                owner=self,
            )
        else:
            self._tasks.aside(
                lambda: calibration_page(job.sheet, job.nudge),
                lambda pdf: self._write(None, pdf, "halaman-uji"),
                owner=self,
            )

    # --- inside ------------------------------------------------------------------------------

    def _make(self, job: LabelJob, then: Callable[[bytes], object]) -> None:
        if self.busy:
            return
        self.busy = True
        self.drawn.emit(0, job.pages)

        def made(pdf: bytes) -> None:
            self._stop()
            then(pdf)

        def read(content: label_job.LabelContent) -> None:
            self._tasks.aside(
                lambda: label_job.draw(job, content).pdf, made, self._failed, owner=self
            )

        self._tasks.run(
            lambda: label_job.read(self._desk, job.kind, job.entities), read, owner=self
        )

    def _send(self, job: LabelJob, pdf: bytes) -> None:
        name = job.choices.printer.partition(":")[2]
        self._tasks.aside(
            lambda: paper_out.print_pages(pdf, job.choices.printer),
            lambda _none: self.ask(job, name),
            self._failed,
            owner=self,
        )

    def _write(self, job: LabelJob | None, pdf: bytes, name: str) -> None:
        file = self._folder / f"{name}-{datetime.now():%Y%m%d-%H%M%S-%f}.pdf"

        def write() -> None:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(file, pdf)

        self._tasks.aside(write, lambda _none: self._written(job, file), owner=self)

    def _written(self, job: LabelJob | None, file: Path) -> None:
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(file))):
            told = _("Open to be printed: {file}").format(file=file.name)
        else:
            told = _("Saved: {file}").format(file=file)
        self._messages.solved()
        self._messages.toast(told, tone="ok", replace="labels")
        if job is not None:
            self.ask(job, "")

    def ask(self, job: LabelJob, printer: str) -> None:
        """Ask whether a job came out well on this printer (empty: from its PDF)."""
        self._messages.solved()
        self._job = job
        self._bar.ask(job.total, printer)

    def _stop(self) -> None:
        self.busy = False
        self.drawn.emit(0, 0)

    def _failed(self, error: KnownError) -> None:
        self._stop()
        if error.fault is not Fault.PRINTER:
            self._messages.known(error)
            return
        facts = error.facts
        happened = _("{printer} did not take the print.").format(printer=facts.get("target", ""))
        safe = _("Nothing was taken off the queue.")
        todo = _("Check paper, cable and power, then print again; or save the PDF.")
        self._messages.problem(Problem(happened, safe, todo, str(facts.get("cause", ""))))

    def _well(self, labels: int) -> None:
        job = self._job
        if job is None:
            return
        good = job.entries if labels >= job.total else job.first(labels)
        start = job.sheet.next_start(job.start, labels)
        key = job.sheet.key

        def note() -> Printed:
            return label_prints.note_done(self._desk, good, key, job.start, start)

        self._job = None
        self._tasks.run(note, lambda done: self._noted(done, labels, job), owner=self)

    def _noted(self, done: Printed, labels: int, job: LabelJob) -> None:
        said = text.done(labels, done.start, on_sheet=job.sheet.count > 1)
        undo = ToastAction(_("Undo"), lambda: self._take_back(done), "Ctrl+Z")
        self._messages.toast(said, tone="ok", replace="labels", action=undo)
        self.changed.emit()

    def _take_back(self, done: Printed) -> None:
        self._tasks.run(
            lambda: label_prints.take_back(self._desk, done),
            lambda _none: self.changed.emit(),
            owner=self,
        )
