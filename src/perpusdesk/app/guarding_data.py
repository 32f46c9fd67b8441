"""What a running desk does for personal data: writes down who looked, minds the 3 x 24 hours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.desk import Desk
from perpusdesk.services.privacy.access_log import write_down
from perpusdesk.services.privacy.data_requests import Waiting, waiting
from perpusdesk.services.privacy.privacy_work import decide, work_off
from perpusdesk.ui.kit.in_page_bar import Problem
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.shell.messages import Messages

WRITE_EVERY: Final = 5_000
"""Milliseconds between two looks at what waits to be written down."""
LOOK_EVERY: Final = 1_800_000
FIRST_AFTER: Final = 4_000
WORK_EVERY: Final = 400
"""Milliseconds between two pieces of a cut, so that the desk never waits for more than one."""
_SOON: Final = 24


class GuardingData(QObject):
    """Writes the access log beside the work; tells of requests that are late or pressing.

    Cuts the history and carries out erasures, in short pieces.

    ``show`` brings the requests to the front.
    """

    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, show: Callable[[], object]
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages, self._show = desk, tasks, messages, show
        self._told = (0, 0)
        self._writing = QTimer(self)
        self._writing.setInterval(WRITE_EVERY)
        self._writing.timeout.connect(self.write)
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_EVERY)
        self._looking.timeout.connect(self.look)
        self._working = QTimer(self)
        self._working.setSingleShot(True)
        self._working.setInterval(WORK_EVERY)
        self._working.timeout.connect(self._work)

    def start(self) -> None:
        """Begin, a moment after the window is up."""
        QTimer.singleShot(FIRST_AFTER, self, self.look)
        self._writing.start()
        self._looking.start()

    def close(self) -> None:
        """Write down what is left, and stop."""
        self._writing.stop()
        self._looking.stop()
        self._working.stop()
        self.write()

    def write(self) -> None:
        """Write down who looked at whom, if anybody did."""
        if self._desk.looks.waiting:
            self._tasks.run(lambda: write_down(self._desk))

    def look(self) -> None:
        """See whether a request is late or nearly so."""
        self._tasks.run(lambda: waiting(self._desk), self._tell, owner=self)
        self._tasks.run(lambda: decide(self._desk), lambda _done: self._work(), owner=self)

    def _work(self) -> None:
        """Put a piece of what was decided into effect, and the next one a moment later."""
        self._tasks.run(
            lambda: work_off(self._desk),
            lambda more: self._working.start() if more else None,
            owner=self,
        )

    def _tell(self, found: Waiting) -> None:
        pressing = int(found.next is not None and found.next.hours < _SOON)
        state = (found.overdue, pressing)
        if state == self._told:
            return
        self._told = state
        if found.overdue:
            late = ngettext(
                "{n} request about personal data is late.",
                "{n} requests about personal data are late.",
                found.overdue,
            )
            self._messages.problem(
                Problem(
                    late.format(n=found.overdue),
                    _("The law gives 3 x 24 hours from when it was received."),
                    _("Answer it now and note the answer."),
                    steps=((_("Show the requests"), self._show),),
                    place="safety/privacy/requests",
                    waits=True,
                )
            )
        elif pressing:
            said = _("A request about personal data must be answered within a day.")
            step = ToastAction(_("Show the requests"), self._show)
            self._messages.toast(said, action=step, tone="warn", replace="data_request")
