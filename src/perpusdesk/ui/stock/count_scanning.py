"""Scans of an open count: each saved, answered and heard, and what its answer offers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from perpusdesk.common.errors import KnownError
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.shelf_order import Walk
from perpusdesk.domain.stock_take import Outcome
from perpusdesk.services.circulation.found import Settled
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done, Returned
from perpusdesk.services.stock.stock_options import CountOptions
from perpusdesk.services.stock.stock_scan import Counted, count_code
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.sounds import Sound, Sounds
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.stock import count_text as text
from perpusdesk.ui.stock.count_answer import CountAnswer
from perpusdesk.ui.stock.count_jobs import CopyJobs
from perpusdesk.ui.stock.count_told import Told, refused, settled, told


class Scanning(QObject):
    """Shows the answers on its card; ``counted`` carries each that was not refused."""

    counted = Signal(object)
    answered = Signal()

    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, sounds: Sounds, copies: CopyJobs
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages, self._sounds = desk, tasks, messages, sounds
        self._copies = copies
        self._last: Counted | None = None
        self._told: Told | None = None
        self._walk = Walk()
        self.card = CountAnswer()

    @property
    def scan(self) -> UUID | None:
        """The scan that was answered last."""
        return self._last.scan if self._last else None

    def count(self, count: UUID, code: str, place: str, options: CountOptions) -> None:
        """Count what was scanned; the answer follows when it is saved."""

        def work() -> tuple[Done[Counted] | Refused, Said | None]:
            walk = self._walk if options.order else None
            done = count_code(
                self._desk, count, code, place=place, walk=walk, restore=options.restore
            )
            if isinstance(done, Refused):
                return done, say_refusal(done, self._desk)
            self._walk = done.value.walk
            return done, None

        self._tasks.run(work, lambda pair: self._answer(*pair), self._failed, owner=self)

    def refuse(self) -> None:
        """Say that no count is open."""
        self._messages.toast(text.nothing_open(), tone="warn", replace="count")
        self._sounds.play(Sound.ATTENTION)

    def forget(self, *, walk: bool = False) -> None:
        """Take the answer away; with ``walk`` a shelf begins anew."""
        self._last = self._told = None
        if walk:
            self._walk = Walk()
        self.card.hide()

    def take_back(self) -> None:
        """Take the copy of the last scan back, if it is recorded as on loan."""
        last = self._last
        if last is not None and last.outcome is Outcome.ON_LOAN and last.copy is not None:
            self._copies.take_back(last.copy, self._returned)

    def record_found(self) -> None:
        """Record the copy of the last scan as found, if it is recorded as lost."""
        last = self._last
        if last is not None and last.outcome is Outcome.LOST and last.copy is not None:
            self._copies.record_found(last.copy, self._found_again)

    def _answer(self, answer: Done[Counted] | Refused, said: Said | None) -> None:
        if isinstance(answer, Refused):
            assert said is not None
            self._last, self._told = None, refused(said)
            self.card.tell(self._told)
        else:
            self._messages.solved()
            self._last, self._told = answer.value, told(answer.value, self._desk)
            self.card.tell(self._told, self._steps(answer.value))
            self.counted.emit(answer.value)
        self._sounds.play(self._told.sound)
        self.answered.emit()

    def _steps(self, counted: Counted) -> Sequence[QPushButton]:
        made, scan = [], counted.scan
        if counted.outcome is Outcome.ON_LOAN:
            made.append(button(_("Take back"), self.take_back, icon="return", keys="F4"))
        if counted.outcome is Outcome.LOST and not counted.restored:
            made.append(button(_("Record as found"), self.record_found, icon="check", keys="F6"))
        if counted.before is None and scan is not None:
            undo = partial(self._copies.remove_scan, scan)
            made.append(quiet_button(_("Undo"), undo, icon="undo", keys="Ctrl+Z"))
        return made

    def _returned(self, done: Done[Returned]) -> None:
        self._settle(_("Taken back"), text.goes_where(done))

    def _found_again(self, _done: Done[Settled]) -> None:
        self._settle(_("Found again"), _("It is recorded as found: put it back on the shelf."))

    def _settle(self, state: str, advice: str) -> None:
        if self._told is not None:
            self.card.tell(settled(self._told, state, advice))

    def _failed(self, error: KnownError) -> None:
        """Say that it was not saved; the answer before must not be taken for the answer to it."""
        self.forget()
        self._messages.known(error)
        self._sounds.play(Sound.ATTENTION)
