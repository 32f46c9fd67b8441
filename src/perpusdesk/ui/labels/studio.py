"""The studio: the queue at the left, the page in the middle, how it is printed at the right."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from perpusdesk.common.i18n import _
from perpusdesk.printing.label_sheets import Pair
from perpusdesk.printing.labels import DrawnLabels
from perpusdesk.scan.types import Scan
from perpusdesk.services.circulation.read_code import read_code
from perpusdesk.services.desk import Desk
from perpusdesk.services.labels import label_job, label_prints, label_queue
from perpusdesk.services.labels.label_fill import Found
from perpusdesk.services.labels.label_job import LabelJob
from perpusdesk.services.labels.label_prints import Choices
from perpusdesk.services.labels.label_queue import LabelKind
from perpusdesk.services.labels.queue_sheet import queue_sheet
from perpusdesk.storage.label_queue import Waiting
from perpusdesk.ui.kit.id_table import Rows
from perpusdesk.ui.kit.pdf_picture import page_picture
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.labels import paper_out, text
from perpusdesk.ui.labels.desk_state import State, places_of, read_state
from perpusdesk.ui.labels.filling import Filling
from perpusdesk.ui.labels.output import Output
from perpusdesk.ui.labels.room import StudioRoom
from perpusdesk.ui.labels.side_forms import SideForms, Tools
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.list_saving import ListSaving
from perpusdesk.ui.shell.messages import Messages

_PAUSE = 60
"""Milliseconds without a further change before the page is drawn anew."""


class LabelStudio(QObject):
    """``shown`` tells that the page that was asked for is on the screen."""

    shown = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, folder: Path) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._state: State | None = None
        self._page, self._asked = 0, 0
        self._pdf = b""
        self.saving = ListSaving(desk, tasks, messages)
        self.room = StudioRoom(self._fetch, self.saving.parts)
        self.widget: QWidget = self.room
        self.filling = Filling(desk, tasks, messages, self.room.queue)
        self.output = Output(desk, tasks, messages, folder, self.room.sent)
        self.doing = Doing(desk, tasks, messages)
        tools = Tools(desk, tasks, self.doing, self.room)
        self.forms = SideForms(tools, lambda: self._state.job.sheet if self._state else None)
        self._pause = QTimer(self.room)  # ends with what it moves
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._draw)
        self._connect()
        tasks.aside(paper_out.printers, self.room.choices.offer_printers)

    def _connect(self) -> None:
        queue, choices, preview = self.room.queue, self.room.choices, self.room.preview
        queue.kind_chosen.connect(self._turn_to)
        queue.fill_asked.connect(self.offer)
        queue.removed.connect(self._remove)
        queue.cleared.connect(self.clear)
        queue.save_list_asked.connect(self.save_list)
        queue.copies_changed.connect(self._set_copies)
        self.filling.changed.connect(self.refresh)
        self.output.changed.connect(self.refresh)
        self.output.drawn.connect(choices.show_progress)
        self.doing.changed.connect(lambda _done: self.refresh())
        choices.changed.connect(self._choose)
        choices.begun.connect(self._begin_at)
        choices.nudged.connect(self._nudge)
        choices.print_asked.connect(self.print)
        choices.save_asked.connect(self.save)
        choices.test_asked.connect(self.test_page)
        choices.own_asked.connect(self.forms.measure)
        choices.colours_asked.connect(self.forms.colour)
        preview.turned.connect(self._turn_page)
        preview.resized.connect(self._render)
        preview.picked.connect(lambda place: self._begin_at(place + 1))
        self.forms.tried.connect(self._tried)
        self.forms.kept.connect(self._choose_sheet)
        self.forms.left.connect(self.refresh)

    # --- what comes in -----------------------------------------------------------------------

    @property
    def filled(self) -> bool:
        """Whether anything waits to be printed."""
        return self._state is not None and bool(self._state.job.total)

    @property
    def state(self) -> State | None:
        """What is shown, once it was read."""
        return self._state

    def handle_scan(self, scan: Scan) -> None:
        """A copy or a card is put into its queue."""
        self._tasks.run(
            lambda: read_code(self._desk, scan.text), self.filling.take_code, owner=self
        )

    def put(self, kind: LabelKind, entities: Sequence[UUID]) -> None:
        """Put copies or members into their queue."""
        self.filling.put(kind, Found(tuple(entities)))

    def escape(self) -> None:
        """Leave the question or a form at the side."""
        if self.saving.ask.isVisible():
            self.saving.ask.leave()
        elif self.forms.open:
            self.forms.leave()

    def into_list(self) -> None:
        """Move the keyboard into the queue."""
        self.room.queue.rows.enter()

    def refresh(self) -> None:
        """Read everything anew."""
        kind = self.filling.kind
        self._tasks.run(lambda: read_state(self._desk, kind), self._show, owner=self)

    # --- what can be done --------------------------------------------------------------------

    def offer(self) -> None:
        """Open the menu of ways to fill the queue."""
        self.filling.offer()

    def print(self) -> None:
        """Print all that waits."""
        if (job := self.job()) is not None and job.total:
            self.output.print(job)

    def save(self) -> None:
        """Write all that waits into a PDF and show where it is."""
        if (job := self.job()) is not None and job.total:
            self.output.save(job)

    def test_page(self) -> None:
        """Print the outlines of the sheet with rulers."""
        if (job := self.job()) is not None:
            self.output.test_page(job)

    def save_list(self) -> None:
        """Save the queue in front as a workbook."""
        if self._state is not None:
            self.saving.begin(queue_sheet(self._state.job.kind, self._state.entries))

    def clear(self) -> None:
        """Empty the queue; it can be brought back."""
        kind = self.filling.kind
        self._tasks.run(lambda: label_queue.clear(self._desk, kind), self._taken, owner=self)

    # --- the queue ---------------------------------------------------------------------------

    def _turn_to(self, kind: LabelKind) -> None:
        self.filling.kind = kind
        self._page = 0
        self.refresh()

    def _remove(self, positions: Sequence[int]) -> None:
        self._tasks.run(lambda: label_queue.remove(self._desk, positions), self._taken, owner=self)

    def _taken(self, taken: list[Waiting]) -> None:
        if taken:
            undo = ToastAction(_("Undo"), lambda: self._put_back(taken), "Ctrl+Z")
            self._messages.toast(text.taken_out(len(taken)), replace="labels", action=undo)
        self.refresh()

    def _put_back(self, taken: Sequence[Waiting]) -> None:
        self._tasks.run(
            lambda: label_queue.put_back(self._desk, taken),
            lambda _none: self.refresh(),
            owner=self,
        )

    def _set_copies(self, position: int, copies: int) -> None:
        self._tasks.run(
            lambda: label_queue.set_copies(self._desk, position, copies),
            lambda _none: self.refresh(),
            owner=self,
        )

    def _fetch(self, ids: Sequence[Hashable], answer: Callable[[Rows], None]) -> None:
        state = self._state
        known = state.entries if state else {}
        entries = [known[one] for one in ids if isinstance(one, int) and one in known]
        kind = state.job.kind if state else LabelKind.COPY

        def told(rows: Any) -> None:
            answer(rows)
            self.room.queue.show_chosen()

        self._tasks.run(lambda: label_queue.lines(self._desk, kind, entries), told, owner=self)

    # --- how it is printed -------------------------------------------------------------------

    def _choose(self, made: Choices) -> None:
        self._tasks.run(
            lambda: label_prints.keep_choices(self._desk, made),
            lambda _none: self.refresh(),
            owner=self,
        )

    def _choose_sheet(self, key: str) -> None:
        if self._state is not None:
            self._choose(replace(self._state.job.choices, sheet=key))

    def _tried(self) -> None:
        self._page = 0
        self._pause.start()

    def _begin_at(self, start: int) -> None:
        state = self._state
        if state is None or self.forms.trial is not None:
            return
        self._page = 0
        self._tasks.run(
            lambda: label_prints.keep_start(self._desk, state.job.sheet.key, start),
            lambda _none: self.refresh(),
            owner=self,
        )

    def _nudge(self, nudge: Pair) -> None:
        if self._state is not None:
            printer = self._state.job.choices.printer
            self._state = replace(self._state, job=replace(self._state.job, nudge=nudge))
            self._tasks.run(lambda: label_prints.keep_nudge(self._desk, printer, nudge))
            self._pause.start()

    # --- the page ----------------------------------------------------------------------------

    def job(self) -> LabelJob | None:
        """Return the print of all that waits, on the sheet that is being tried if one is."""
        if self._state is None:
            return None
        trial = self.forms.trial
        return replace(self._state.job, sheet=trial, start=1) if trial else self._state.job

    def _show(self, state: State) -> None:
        job = state.job
        if job.kind is not self.filling.kind:
            return  # another tab was chosen meanwhile
        self._state = state
        self.room.queue.show_queue(job.kind, list(state.entries), job.total, job.pages)
        self.room.choices.show_choices(job.kind, job.choices, state.sheets)
        self.room.choices.show_place(job.sheet, job.start, job.nudge)
        self.room.choices.allow(printing=bool(job.total))
        self._draw()

    def _turn_page(self, page: int) -> None:
        self._page = page
        self._draw()

    def _draw(self) -> None:
        """Read what is on the page, draw it beside everything else, show it if still wanted."""
        job = self.job()
        if job is None:
            return
        self._page = min(self._page, job.pages - 1)
        self._asked += 1
        asked, page = self._asked, self._page
        self.room.preview.show_page(page, job.pages, places_of(job, page))
        dots = self.room.preview.dots_per_mm

        def drawn_with(content: label_job.LabelContent) -> None:
            def draw() -> tuple[DrawnLabels, QImage]:
                drawn = label_job.draw(job, content, page)
                return drawn, page_picture(drawn.pdf, 0, dots)

            self._tasks.aside(draw, lambda made: self._drawn(asked, job, *made), owner=self)

        self._tasks.run(
            lambda: label_job.read(self._desk, job.kind, job.on_page(page)), drawn_with, owner=self
        )

    def _drawn(self, asked: int, job: LabelJob, drawn: DrawnLabels, image: QImage) -> None:
        if asked != self._asked:
            return
        self._pdf = drawn.pdf
        self.room.preview.show_image(image)
        self.room.choices.show_note(text.notes_of(job, drawn))
        self.shown.emit()

    def _render(self) -> None:
        """Make the picture of the same page at another size."""
        pdf, dots, asked = self._pdf, self.room.preview.dots_per_mm, self._asked
        if not pdf:
            return

        def then(image: QImage) -> None:
            if asked == self._asked:
                self.room.preview.show_image(image)
                self.shown.emit()

        self._tasks.aside(lambda: page_picture(pdf, 0, dots), then, owner=self)
