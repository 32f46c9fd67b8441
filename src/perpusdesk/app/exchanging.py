"""The exchange in a running desktop: what runs by itself, its screen, the chip, what repaints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import psutil
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QNetworkInformation

from perpusdesk.app.deciding import Deciding
from perpusdesk.app.exchange_runner import FIRST_MS, ExchangeRunner, MakeKeys
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import _
from perpusdesk.common.settings import SettingsFile
from perpusdesk.services.desk import Desk
from perpusdesk.services.wording.exchange import say_reason
from perpusdesk.storage.data_use import note_use
from perpusdesk.syncing.status import Standing
from perpusdesk.ui.exchange.actions import exchange_actions
from perpusdesk.ui.exchange.page import ExchangePage
from perpusdesk.ui.kit.in_page_bar import Problem
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from perpusdesk.syncing.folder import FolderOutcome
    from perpusdesk.syncing.http_transport import Exchanged
    from perpusdesk.ui.exchange.checks import Check

_REVOKED: Final = "revoked"


class Exchanging(QObject):
    """``arrived`` tells that others wrote something: screens in front show it."""

    arrived = Signal()
    _stick = Signal(object, bool)

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        tasks: Tasks,
        *,
        settings: SettingsFile,
        deciding: Deciding,
        make_keys: MakeKeys | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._tasks = window, desk, tasks
        self._settings, self._deciding = settings, deciding
        self._at_stick = self._told_revoked = False
        self.runner = ExchangeRunner(desk, tasks, make_keys)
        self.page = ExchangePage(desk, tasks, window.messages, self._things)
        window.add_page(self.page)
        window.registry.add(*exchange_actions(self.page))
        self._join_page()
        self._join_runner()
        self._watch_network()

    def _join_page(self) -> None:
        page, window = self.page, self._window
        page.exchange_asked.connect(self.runner.exchange_now)
        page.stick_asked.connect(self.through_stick)
        page.test_asked.connect(self.test)
        page.decide_asked.connect(self._deciding.go)
        window.trust_asked.connect(lambda: window.go(page.name))
        window.questions_asked.connect(self._deciding.go)
        self._deciding.counted.connect(window.set_questions)
        self._stick.connect(lambda told, done: page.show_stick(told, done=done))

    def _join_runner(self) -> None:
        runner = self.runner
        runner.changed.connect(self._changed)
        runner.arrived.connect(self._arrived)
        runner.ran.connect(self._ran)
        runner.broke.connect(self._window.messages.known)
        runner.keyless.connect(self._say_keyless)

    def _watch_network(self) -> None:
        """Exchange when a network is back, where the system tells."""
        if not QNetworkInformation.loadDefaultBackend():
            return
        self._network = QNetworkInformation.instance()
        self._network.reachabilityChanged.connect(self._reachable)

    def _reachable(self, reach: QNetworkInformation.Reachability) -> None:
        away = (
            QNetworkInformation.Reachability.Disconnected,
            QNetworkInformation.Reachability.Unknown,
        )
        if reach not in away:
            self.runner.network_came()

    def start(self) -> None:
        """Begin, a moment after the window is up."""
        self.runner.start()
        QTimer.singleShot(FIRST_MS, self._deciding, self._deciding.count)

    def close(self) -> None:
        """End at once."""
        self.runner.close()

    # --- what is asked for -------------------------------------------------------------------

    def through_stick(self, folder: Path) -> None:
        """Exchange through a stick, in short turns beside the desk's work."""
        if self._at_stick:
            return
        self._at_stick = True

        def work() -> FolderOutcome:
            from perpusdesk.syncing.folder_sync import folder_exchange, run_noted

            library, keys = self._desk.library, self.runner.read_keys()
            with self._tasks.turn():
                exchange = folder_exchange(library, keys, folder)
            self.runner.seal()
            steps = run_noted(library, exchange, folder)
            while self._step(steps):
                self._stick.emit(exchange.outcome, False)
            return exchange.outcome

        self._tasks.aside(work, self._stick_done, self._stick_failed, owner=self)

    def _step(self, steps: Iterator[FolderOutcome]) -> bool:
        with self._tasks.turn():
            return next(steps, None) is not None

    def test(self) -> None:
        """Test the way to the first server step by step."""
        member = self.runner.member

        def work() -> list[Check]:
            from perpusdesk.syncing.connections import connections
            from perpusdesk.syncing.http_transport import test_connection
            from perpusdesk.ui.exchange.checks import line_checks

            if member is None:
                return line_checks("not_enrolled", 0, None)
            with self._tasks.turn():
                known = connections(self._desk.library)
            if not known:
                return line_checks("bad_address", 0, None)
            tested = test_connection(known[0], member.identity)
            return line_checks(tested.reason, tested.round_trip_ms, tested.offset_ms)

        self._tasks.aside(work, self.page.show_checks, owner=self)

    # --- what comes back ---------------------------------------------------------------------

    def _changed(self, now: Standing) -> None:
        from perpusdesk.ui.exchange.trust import trust_of

        running = self.runner.running
        self._window.set_trust(trust_of(now, self._desk.now(), running=running))
        self.page.show_standing(now, running=running)

    def _arrived(self) -> None:
        self._deciding.count()
        self.page.refresh()
        self.arrived.emit()

    def _ran(self, done: Exchanged) -> None:
        if done.outcome.standing == _REVOKED and not self._told_revoked:
            self._told_revoked = True
            told = say_reason(_REVOKED)
            self._window.messages.problem(
                Problem(told.what, told.safe, told.todo, place="exchange")
            )
        library, day = self._desk.library, self._desk.today()
        used = partial(note_use, library, day, done.bytes_up, done.bytes_down)
        if done.bytes_up or done.bytes_down:
            self._tasks.run(used, lambda _none: self.page.refresh(), owner=self)
        else:
            self.page.refresh()

    def _say_keyless(self) -> None:
        self._window.messages.problem(
            Problem(
                _("This device's key is not on this computer, so nothing can be exchanged."),
                _("Everything is saved on this computer and will be sent later."),
                _("Ask the library's administrator for a new code, and join again with it."),
                place=f"fault/{Fault.KEYS_LOST}",
            )
        )

    def _stick_done(self, told: FolderOutcome) -> None:
        self._at_stick = False
        self._stick.emit(told, True)
        self.runner.tell()
        self._arrived()

    def _stick_failed(self, error: KnownError) -> None:
        self._at_stick = False
        self.page.show_stick(None, done=True)
        self._window.messages.known(error)

    def _things(self) -> tuple[str, int | None]:
        return self._settings.values.slip_printer, battery()


def battery() -> int | None:
    """Return how full the battery is in percent; ``None`` for a computer without one."""
    read: Callable[[], object] | None = getattr(psutil, "sensors_battery", None)
    found = read() if read is not None else None
    percent = getattr(found, "percent", None)
    return None if percent is None else round(percent)
