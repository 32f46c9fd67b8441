"""Ways into the program: the desktop and the demo library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from perpusdesk.app.application import SafetyNet, make_application
from perpusdesk.app.program import Program
from perpusdesk.app.single import bring_to_front
from perpusdesk.app.start import Place, Start
from perpusdesk.common.paths import (
    default_data_folder,
    demo_data_folder,
    kept_folder,
    log_folder,
    settings_file,
)
from perpusdesk.common.settings import SettingsFile
from perpusdesk.services.set_up import open_desk
from perpusdesk.storage.library import Library

__all__ = ["make_application", "run_demo", "run_desktop", "run_kiosk"]


def run_desktop(data: Path | None, language: str | None, given: Sequence[Path] = ()) -> int:
    """Open the window on the library in ``data`` (default: this device's); return at its end.

    A computer that is set to start as guest book begins with the kiosk. ``given`` are files that
    were opened: the window offers what can be done with them.
    """
    settings = SettingsFile(settings_file())
    as_kiosk = settings.values.start_as_kiosk and not given
    return _Running(
        settings, _place(settings, data), language, as_kiosk=as_kiosk, given=given
    ).run()


def run_kiosk(data: Path | None, language: str | None) -> int:
    """Fill the screen with the guest book of the library in ``data``; staff leads on to the desk.

    Returns at the end of the program.
    """
    settings = SettingsFile(settings_file())
    return _Running(settings, _place(settings, data), language, as_kiosk=True).run()


def _place(settings: SettingsFile, data: Path | None) -> Place:
    kept = settings.values.data_folder
    if data is not None:
        return Place(data)
    return Place(kept_folder(kept), known=True) if kept else Place(default_data_folder())


def run_demo(data: Path | None, language: str | None) -> int:
    """Open the window on the demo library, made first where there is none."""
    settings = SettingsFile(settings_file())
    return _Running(settings, Place(data or demo_data_folder(), demo=True), language).run()


class _Running:
    """One run of the program, from its start to its last window."""

    def __init__(
        self,
        settings: SettingsFile,
        place: Place,
        language: str | None,
        *,
        as_kiosk: bool = False,
        given: Sequence[Path] = (),
    ) -> None:
        self._settings, self._as_kiosk, self._given = settings, as_kiosk, given
        self._net = SafetyNet(log_folder())
        self._app: QApplication = make_application(settings.values, language)
        self._program: Program | None = None
        self._start = self._begun(Start(settings, place, given=given))

    def _begun(self, start: Start) -> Start:
        start.ready.connect(self._open)
        start.given_up.connect(self._app.quit)
        self._net.tell = start.bug
        return start

    def run(self) -> int:
        """Return when the last window is closed."""
        self._start.begin_soon()
        code = self._app.exec()
        self._start.close()
        self._net.close()
        return code

    def _open(self, library: Library, place: Place) -> None:
        program = Program(
            open_desk(library),
            demo=place.demo,
            settings=self._settings,
            automatic=not place.demo,
        )
        program.reopen_asked.connect(lambda how: self._reopen(place, how))
        self._program = program
        self._net.tell = program.window.messages.bug
        first = self._start.first
        if first is not None:
            first.asked.connect(lambda: bring_to_front(program.front))
            first.given.connect(program.given.take)
        program.show(as_kiosk=self._as_kiosk)
        given, self._given = self._given, ()
        program.given.take(given)

    def _reopen(self, place: Place, how: Callable[[Path], Library]) -> None:
        """Close the window, and open the library anew in another way: after a restore."""
        before, program = self._start, self._program
        again = Place(place.folder, known=True, demo=place.demo)
        self._start = self._begun(Start(self._settings, again, opening=how))
        self._start.wait_for_it()
        if program is not None:
            program.window.close()
        before.close()
        self._start.begin_soon()
