"""The settings screen of a running program, and what follows at once when something is changed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from perpusdesk.app.application import look_of
from perpusdesk.common.settings import Settings, SettingsFile, Value
from perpusdesk.protocol.enrolment_code import looks_like_code
from perpusdesk.scan.types import Scan
from perpusdesk.scan.wedge import WedgeSettings
from perpusdesk.services.desk import Desk
from perpusdesk.ui.camera.control import CameraControl
from perpusdesk.ui.camera.sources import offers
from perpusdesk.ui.kit import theme
from perpusdesk.ui.kit.sounds import Sound, Sounds
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.settings.branches_text import moved
from perpusdesk.ui.settings.page import SettingsPage
from perpusdesk.ui.shell.window import MainWindow

SHORTEST_CODE: Final = 60


class Preferences(QObject):
    """Makes ``page`` and lets window, sounds and camera follow it."""

    def __init__(
        self,
        desk: Desk,
        window: MainWindow,
        *,
        tasks: Tasks,
        sounds: Sounds,
        camera: CameraControl,
        settings: SettingsFile,
    ) -> None:
        super().__init__(window)
        self._window, self._sounds, self._camera = window, sounds, camera
        self._desk, self._tasks = desk, tasks
        self._look = look_of(settings.values)

        def cameras() -> list[tuple[str, Value]]:
            found = offers(settings.values.camera)
            return [(offer.name, offer.value) for offer in found if offer.value]

        choices = {"camera": cameras, "slip_printer": printers}
        self.page = SettingsPage(desk, tasks, window.messages, settings, choices)
        self.page.changed.connect(self.follow)
        self.page.sound_asked.connect(lambda: sounds.play(Sound.OK))
        window.take_first(self._take_code)

    def settle(self, *_about: object) -> None:
        """Let the desk go where an administrator elsewhere sent this device, and say so."""
        desk = self._desk

        def went() -> str:
            here = desk.branches.get(desk.branch) if desk.settle() else None
            return here.name if here else ""

        def told(branch: str) -> None:
            if branch:
                self._window.messages.toast(moved(branch), replace="branches")

        self._tasks.run(went, told, owner=self)

    def _take_code(self, scan: Scan) -> bool:
        """Take an enrolment code, wherever it is scanned; anything shorter is no code."""
        if len(scan.text) < SHORTEST_CODE or not looks_like_code(scan.text):
            return False
        self._camera.want(False)
        self._window.go(self.page.name)
        self.page.show_code(scan.text)
        return True

    def follow(self, settings: Settings) -> None:
        """Let everything be as it was just set."""
        self._sounds.on = settings.sounds
        self._sounds.set_volume(settings.volume)
        self._window.use_scanner(scanner_of(settings))
        self._camera.follow(settings)
        look, app = look_of(settings), QApplication.instance()
        if look != self._look and isinstance(app, QApplication):
            self._look = look
            theme.apply(app, look)


def scanner_of(settings: Settings) -> WedgeSettings:
    """Return how this desk's scanner types."""
    return WedgeSettings(
        gap_ms=float(settings.scanner_gap_ms),
        prefix=settings.scanner_prefix,
        suffix=settings.scanner_suffix,
        pace_ms=settings.scanner_pace_us / 1000,
        ends_alone=settings.scanner_ends_alone,
    )


def printers() -> list[tuple[str, Value]]:
    """Return the raw printers of this computer; beside the interface, it asks other programs."""
    from perpusdesk.printing.devices import targets

    return [(target.address, target.setting()) for target in targets()]
