"""Newer versions in a running desktop: looked for when that is wished, never installed unasked.

The server is asked on the thread of the exchange, a piece at a time, so that exchanges go first;
sticks are looked at when they are plugged in. The installer starts when a person says so.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from perpusdesk.app.exchange_runner import ExchangeRunner
from perpusdesk.app.permission import Permission
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import _
from perpusdesk.common.settings import SettingsFile
from perpusdesk.domain.rights import UPDATES
from perpusdesk.protocol.update import UpdateError, UpdateFault
from perpusdesk.services.desk import Desk
from perpusdesk.services.safety.installing import start_installer
from perpusdesk.services.safety.updating import (
    Offer,
    Progress,
    former,
    from_opened,
    go_back,
    install,
    offer,
    on_stick,
)
from perpusdesk.services.wording.updating import say_update_fault
from perpusdesk.storage.folder import mounts
from perpusdesk.storage.update_store import Installed, UpdateStore, publisher_keys
from perpusdesk.ui.kit.in_page_bar import Problem
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.settings.updates import UpdatePart, install_words
from perpusdesk.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from perpusdesk.syncing.http_link import HttpLink

FIRST_MS: Final = 120_000
EVERY_MS: Final = 6 * 3600 * 1000
PIECE_MS: Final = 1_000
"""Between two pieces: an exchange may go first."""
_STICKS_MS: Final = 30_000
_STICK_ROOTS: Final = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
_LOG: Final = logging.getLogger(__name__)

_Found = tuple[Offer | None, Installed | None]


class Updating(QObject):
    """Shows ``part`` how it stands; ``leave_asked``: the program has to end for an installer."""

    leave_asked = Signal()

    def __init__(
        self,
        window: MainWindow,
        tasks: Tasks,
        runner: ExchangeRunner,
        part: UpdatePart,
        *,
        settings: SettingsFile,
        folder: Path,
        desk: Desk,
        publishers: tuple[bytes, ...] | None = None,
        start: Callable[[Path], None] = start_installer,
    ) -> None:
        """``publishers`` and ``start`` are the program's own unless a test hands in others."""
        super().__init__(window)
        self._window, self._tasks, self._runner, self.part = window, tasks, runner, part
        self._settings, self._folder, self._start = settings, folder, start
        self._permission = Permission(desk, tasks, window.messages, UPDATES)
        keys = publisher_keys() if publishers is None else publishers
        self.store = UpdateStore(folder, keys)
        self.found: Offer | None = None
        self._before: Installed | None = None
        self._told = ""
        self._goes_back = self._closed = False
        self._seen: set[str] = set()
        self._clocks = [
            self._clock(self.look_unasked, EVERY_MS),
            self._clock(self._look_at_sticks, _STICKS_MS),
        ]
        part.look_asked.connect(self.look)
        part.install_asked.connect(self.install)
        part.back_asked.connect(self.go_back)

    def _clock(self, run: Callable[[], object], every: int) -> QTimer:
        clock = QTimer(self)
        clock.setInterval(every)
        clock.timeout.connect(run)
        return clock

    def start(self) -> None:
        """Begin, well after the window is up."""
        for clock in self._clocks:
            clock.start()
        QTimer.singleShot(FIRST_MS, self, self.look_unasked)
        self._tasks.aside(self._state, self._show, owner=self)

    def close(self) -> None:
        """Stop; what has come stays and is gone on with another day."""
        self._closed = True
        for clock in self._clocks:
            clock.stop()

    # --- looking -----------------------------------------------------------------------------

    def look_unasked(self) -> None:
        """Look at the server, if that is wished; else ask once whether it is."""
        values = self._settings.values
        if values.look_for_updates:
            self.look()
        elif not values.updates_asked and self._runner.member is not None:
            self._ask_once()

    def _ask_once(self) -> None:
        settings = self._settings
        self._tasks.aside(lambda: settings.change(updates_asked=True))
        self._window.messages.toast(
            _("May PerpusDesk look for newer versions at the library's server?"),
            action=ToastAction(_("Yes, look"), self._agree),
            replace="updates",
        )

    def _agree(self) -> None:
        settings = self._settings
        self._tasks.aside(lambda: settings.change(look_for_updates=True), lambda _now: self.look())

    def look(self) -> None:
        """Ask the server now, and let the package come if there is one."""
        self.part.show_state(self.found, self._name_before(), looking=True)
        if self._runner.member is None:
            self._tasks.aside(self._state, self._show_none, owner=self)
            return
        self._on_line(self._ask)

    def _on_line(self, work: Callable[[HttpLink], _Found]) -> None:
        self._runner.on_line(work, self._arrived, self._failed)

    def _ask(self, link: HttpLink) -> _Found:
        from perpusdesk.syncing.updates import ask_server

        ask_server(link, self.store)
        return self._state()

    def _piece(self, link: HttpLink) -> _Found:
        from perpusdesk.syncing.updates import fetch_piece

        if self.found is not None:
            fetch_piece(link, self.store, self.found.package)
        return self._state()

    def _state(self) -> _Found:
        return offer(self.store), former(self.store)

    def _arrived(self, state: _Found) -> None:
        self._show(state)
        found = self.found
        if found is not None and found.progress is not Progress.READY and not self._closed:
            QTimer.singleShot(PIECE_MS, self, lambda: self._on_line(self._piece))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UpdateError):
            self.part.say(say_update_fault(error.fault))
        elif isinstance(error, KnownError):
            self._window.messages.known(error)
        else:
            self.part.say(_("The server does not answer; it is tried again later."))

    def take_file(self, given: Path) -> None:
        """Take a release over from a file or folder that somebody opened, and offer it."""
        store = self.store
        self.part.show_state(self.found, self._name_before(), looking=True)

        def take() -> tuple[_Found, str]:
            found = from_opened(store, given)
            why = say_update_fault(found) if isinstance(found, UpdateFault) else ""
            return (offer(store), former(store)), why

        self._tasks.aside(take, lambda taken: self._taken(*taken), owner=self)

    def _taken(self, state: _Found, why: str) -> None:
        self._told = ""  # it was asked for: it is said again
        self._show(state)
        if why:
            self.part.say(why)
            self._window.messages.problem(Problem(why, _("Nothing was changed."), place="updates"))
        elif self.found is not None and self.found.progress is not Progress.READY:
            name = self.found.package.name
            self._window.messages.problem(
                Problem(
                    _("The package of this version, {name}, is not there.").format(name=name),
                    _("Nothing was changed."),
                    _("Put it into the same folder, and open the file once more."),
                    place="updates",
                )
            )

    def _look_at_sticks(self) -> None:
        store, seen = self.store, self._seen

        def look() -> _Found | None:
            there = {one.point for one in mounts() if _is_stick(one.point, one.options)}
            new = sorted(there - seen)
            seen.intersection_update(there)
            seen.update(new)
            found = [one for point in new if (one := on_stick(store, Path(point)))]
            return (found[-1], former(store)) if found else None

        self._tasks.aside(look, lambda state: self._show(state) if state else None, owner=self)

    # --- showing -----------------------------------------------------------------------------

    def _show_none(self, state: _Found) -> None:
        self._show(state)
        if self.found is None:
            self.part.say(_("This device has no server yet; a stick may bring a newer version."))

    def _show(self, state: _Found) -> None:
        self.found, self._before = state
        self.part.show_state(self.found, self._name_before())
        found = self.found
        if found is None or found.progress is not Progress.READY:
            return
        if self._told != found.manifest.version:
            self._told = found.manifest.version
            self._window.messages.toast(
                _("PerpusDesk {version} is ready.").format(version=found.manifest.version),
                action=ToastAction(install_words(found), self.install),
                replace="updates",
            )

    def _name_before(self) -> str:
        return self._before.version if self._before else ""

    # --- leaving -----------------------------------------------------------------------------

    def install(self) -> None:
        """Prove the package, start its installer and end, if who is here may."""
        found = self.found
        if found is not None:
            self._permission.ask(lambda: self._install(found))

    def _install(self, found: Offer) -> None:
        store, start = self.store, self._start

        def work() -> None:
            try:
                install(store, found, start)
            except UpdateError as error:
                cause = say_update_fault(error.fault)
                raise KnownError(Fault.UNUSABLE_INPUT, cause=cause) from error

        self._tasks.aside(
            work,
            lambda _none: self.leave_asked.emit(),
            self._window.messages.known,
            owner=self,
        )

    def go_back(self) -> None:
        """End, and then bring library and program back to the version before, if one may."""
        self._permission.ask(self._go_back)

    def _go_back(self) -> None:
        self._goes_back = True
        self.leave_asked.emit()

    def after_closing(self, key: bytes | None) -> None:
        """Do what needs the library closed."""
        if not self._goes_back:
            return
        try:
            go_back(self._folder, self.store, self._start, key)
        except (KnownError, UpdateError):
            _LOG.exception("the way back to the former version failed")


def _is_stick(point: str, options: str) -> bool:
    removable = "removable" in options.split(",")
    return removable or (sys.platform != "win32" and point.startswith(_STICK_ROOTS))
