"""What a running desk does unasked: a look at the file after a power cut, the turn of the day."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import QObject, QTimer

from perpusdesk.common.errors import Fault
from perpusdesk.common.i18n import _
from perpusdesk.services.circulation.holds import expire_holds
from perpusdesk.services.desk import Desk
from perpusdesk.services.searching.search import warm_up
from perpusdesk.storage.folder import is_low
from perpusdesk.storage.upgrade import drop_former
from perpusdesk.ui.kit.in_page_bar import Problem
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages

FIRST_AFTER: Final = 3_000
"""Milliseconds from the open window to the first look: the desk comes first."""

EVERY: Final = 60_000
CHAIN_OPS: Final = 2_000
CHAIN_PAUSE: Final = 500
"""Ops that get their hash chain in one piece of work, and milliseconds to the next piece."""


class Chores(QObject):
    """Looks after the file, the day and the clock; tells when a person is needed.

    ``new_day`` is called on the interface thread when the desk's date has changed, ``unclean`` when
    the program ended without closing the library, and nobody looked at it since.
    """

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        messages: Messages,
        new_day: Callable[[], object],
        unclean: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._new_day, self._unclean = new_day, unclean
        self._day: date | None = None
        self._suspect = self._low = False
        self._closing = threading.Event()
        self._clock = QTimer(self)
        self._clock.setInterval(EVERY)
        self._clock.timeout.connect(self.look)

    def start(self) -> None:
        """Begin, a moment after the window is up."""
        self._watch_clock()
        QTimer.singleShot(FIRST_AFTER, self, self.first_look)
        self._clock.start()

    def close(self) -> None:
        """Stop; a check under way gives up."""
        self._closing.set()
        self._clock.stop()

    def first_look(self) -> None:
        """Look at everything for the first time, the file too if the program ended unclean."""
        if self._closing.is_set():
            return
        self.look()
        self._tasks.aside(warm_up)
        self._chain()
        if self._desk.library.unchecked:
            self._unclean()

    def _chain(self) -> None:
        """Make hash chains of ops from before there were any, in short pieces beside the work."""
        store = self._desk.library.exchange
        self._tasks.run(lambda: store.build_chains(CHAIN_OPS)[1], self._chained)

    def _chained(self, more: bool) -> None:
        if more and not self._closing.is_set():
            QTimer.singleShot(CHAIN_PAUSE, self, self._chain)

    def look(self) -> None:
        """See whether the day has turned, the clock makes sense and the disk has room."""
        self._watch_clock()
        self._tasks.run(self._turn_of_day, self._turned)
        folder = self._desk.library.folder
        self._tasks.aside(lambda: is_low(folder), self._say_room)

    def _turn_of_day(self) -> bool:
        today, before = self._desk.today(), self._day
        if today == before or not self._desk.attended:
            return False
        self._day = today
        expire_holds(self._desk)
        drop_former(self._desk.library.folder, self._desk.library.now_ms())
        return before is not None

    def _turned(self, turned: bool) -> None:
        if turned:
            self._new_day()

    def _say_room(self, low: bool) -> None:
        if low and not self._low:
            self._messages.problem(
                Problem(
                    _("The disk is nearly full."),
                    _("Everything so far is saved."),
                    _("Free some space today, before nothing can be saved any more."),
                    place=f"fault/{Fault.DISK_FULL}",
                )
            )
        self._low = low

    def _watch_clock(self) -> None:
        suspect, before = self._desk.library.clock_suspect, self._suspect
        self._suspect = suspect
        if suspect and not before:
            self._messages.problem(
                Problem(
                    _("The computer's clock looks wrong."),
                    _("PerpusDesk goes on from the last saved time; nothing is lost."),
                    _("Set the computer's date and time. If they are right, say so here."),
                    steps=((_("The clock is right"), self._believe),),
                    place="clock",
                )
            )
        elif before and not suspect:
            self._messages.solved()

    def _believe(self) -> None:
        self._tasks.run(
            self._desk.library.believe_clock, lambda _none: self._watch_clock(), owner=self
        )
