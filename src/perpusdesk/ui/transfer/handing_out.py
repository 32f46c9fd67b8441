"""Moving out: what, in which form, where to; members' data only with a reason that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from perpusdesk.common.errors import KnownError
from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.privacy.hand_out import hand_out
from perpusdesk.services.searching.search import every_hit
from perpusdesk.services.transfer.export_formats import ExportFormat
from perpusdesk.services.transfer.export_run import Exported, export
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.storage.queries.imports import counts
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.transfer import out_text, report_text
from perpusdesk.ui.transfer.asks import ask_place
from perpusdesk.ui.transfer.counts import counts_of
from perpusdesk.ui.transfer.handing_room import HandingRoom, Order, What
from perpusdesk.ui.transfer.job import Job
from perpusdesk.ui.transfer.odd_rows import open_folder
from perpusdesk.ui.transfer.problems import not_written

_PAUSE: Final = 250
_ENDINGS: Final = {
    ExportFormat.MARC: ("mrc",),
    ExportFormat.MARCXML: ("xml",),
    ExportFormat.OAI_DC: ("xml",),
    ExportFormat.SLIMS: ("csv",),
    ExportFormat.INLISLITE: ("xlsx",),
    ExportFormat.XLSX: ("xlsx",),
    ExportFormat.CSV: ("csv",),
    ExportFormat.MEMBERS: ("xlsx", "csv"),
}


class HandingOut(QObject):
    """The part that moves out; the library is only read, beside everything else."""

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._job: Job | None = None
        self._of = self._counting = 0
        self._files: Sequence[Path] = ()
        self.room = HandingRoom()
        self._pause = QTimer(self.room)  # ends with what it moves
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.count)
        self.room.query_edited.connect(self._pause.start)
        self.room.choice_changed.connect(self.count)
        self.room.go_asked.connect(self.hand_out)
        self.room.running.stop_asked.connect(self.stop)
        self.room.folder_asked.connect(self.open_folder)

    @property
    def title(self) -> str:
        """The word on the tab."""
        return _("Take out")

    @property
    def busy(self) -> bool:
        """Whether files are being written."""
        return self._job is not None

    def refresh(self) -> None:
        """Count anew what there is."""
        self.count()

    def count(self) -> None:
        """Say how much the choice comes to."""
        order = self.room.order()
        self._counting += 1
        number = self._counting

        def show(pair: tuple[int, int]) -> None:
            if number == self._counting:
                self.room.show_count(*pair)

        def read() -> tuple[int, int]:
            with self._desk.beside() as quiet:
                if order.what is What.FOUND:
                    return every_hit(quiet, order.query).total, 0
                found = counts(quiet.library)
                return found["titles"], found["members"]

        self._tasks.aside(read, show, owner=self)

    def hand_out(self) -> None:
        """Ask where to, note who takes members' data out, and write."""
        order = self.room.order()
        if self.busy or not self.room.check():
            return
        path = ask_place(self.room, out_text.export_file(order.format), _ENDINGS[order.format])
        if path is not None:
            self.write_to(path, order)

    def write_to(self, path: Path, order: Order) -> None:
        """Write to this file; members' data first leaves its mark."""
        if not order.people:
            self._write(path, order)
            return

        def note() -> str:
            answer = hand_out(self._desk, order.format, order.reason)
            if isinstance(answer, Refused):
                return say_refusal(answer, self._desk).what
            return ""

        self._tasks.run(note, lambda no: self._noted(no, path, order), owner=self)

    def _noted(self, refusal: str, path: Path, order: Order) -> None:
        if refusal:
            self._messages.toast(refusal, tone="warn", replace="transfer")
        else:
            self._write(path, order)

    def stop(self) -> None:
        """Ask the writing to stop; the file at hand is then not written."""
        if self._job is not None:
            self._job.stop()

    def open_folder(self) -> None:
        """Open the folder of what was written."""
        if self._files:
            open_folder(self._files[0])

    def _write(self, path: Path, order: Order) -> None:
        job = self._job = Job()
        job.told.connect(self._show_far)
        job.broke.connect(self._broke)

        def work() -> Exported:
            with self._desk.beside() as quiet:
                only, self._of = self._extent(quiet, order)
                return export(
                    quiet,
                    path,
                    order.format,
                    only,
                    people=order.people,
                    progress=job.tell,
                    stop=job.stopped,
                )

        self.room.begin(out_text.export_name(order.format))
        failed = partial(self._failed, path)
        self._tasks.aside(lambda: job.do(work), self._written, failed, owner=self)

    @staticmethod
    def _extent(desk: Desk, order: Order) -> tuple[tuple[UUID, ...] | None, int]:
        """Return the titles wanted (``None``: all), and about how many steps it takes."""
        found = counts(desk.library)
        if order.format is ExportFormat.MEMBERS:
            return None, found["members"]
        only = every_hit(desk, order.query).ids if order.what is What.FOUND else None
        titles = found["titles"] if only is None else len(only)
        twice = 2 if order.format is ExportFormat.SLIMS else 1
        return only, twice * titles + (found["members"] if order.people else 0)

    def _show_far(self, done: object) -> None:
        if isinstance(done, int) and self.busy:
            share = done / self._of if self._of else None
            self.room.running.show_far(share, report_text.records_done(done, max(done, self._of)))

    def _written(self, exported: Exported) -> None:
        self._job, self._files = None, exported.files
        if exported.stopped:
            self.room.show_form()
            said = _("Stopped; the file was not written.")
            self._messages.toast(said, replace="transfer")
            return
        self.room.show_written(written(exported), [str(path) for path in exported.files])
        if not self.room.isVisible():
            self._messages.toast(written(exported), tone="ok", replace="transfer")

    def _failed(self, path: Path, error: KnownError) -> None:
        self._job = None
        self.room.show_form()
        self._messages.problem(not_written(error, path))

    def _broke(self) -> None:
        self._job = None
        self.room.show_form()


def written(exported: Exported) -> str:
    """Say what went out."""
    amount = {"titles": exported.titles, "copies": exported.copies, "members": exported.members}
    what = counts_of(amount) or _("nothing")
    said = _("Written: {what}.").format(what=what)
    if left := len(exported.refused):
        words = ngettext(
            "{count} title is too long for this format and is left out.",
            "{count} titles are too long for this format and are left out.",
            left,
        )
        said += " " + words.format(count=number(left))
    return said
