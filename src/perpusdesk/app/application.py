"""The Qt application: its language, its look, its icon, and what happens when something fails."""

from __future__ import annotations

import contextlib
import faulthandler
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from perpusdesk.common.i18n import set_language
from perpusdesk.common.log import start_logging
from perpusdesk.common.paths import is_frozen
from perpusdesk.common.settings import Settings
from perpusdesk.ui.kit import theme
from perpusdesk.ui.kit.qt_language import QtLanguage, install

Told = Callable[[BaseException], object]


def make_application(settings: Settings, language: str | None = None) -> QApplication:
    """Return the dressed application; ``language`` wins over the settings for this run."""
    set_language(language or settings.language)
    found = QApplication.instance()
    _name_for_taskbar()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("PerpusDesk")
    app.setDesktopFileName("perpusdesk")
    if app.findChild(QtLanguage) is None:
        install(app)
    theme.apply(app, look_of(settings))
    app.setWindowIcon(theme.icon("book", "accent"))
    return app


def _name_for_taskbar() -> None:
    """Stand on Windows' taskbar with the icon of the window, not with that of Python.

    A packed program has its own icon, and no name: else a pinned link to it would stand beside the
    running window.
    """
    if sys.platform == "win32" and not is_frozen():
        import ctypes

        with contextlib.suppress(AttributeError, OSError):
            ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID("PerpusDesk.Desktop")


def look_of(settings: Settings) -> theme.ThemeSettings:
    """Return the look that the device's settings ask for."""
    contrast = settings.colour_scheme == "high_contrast"
    scheme = theme.Scheme.SYSTEM if contrast else theme.Scheme(settings.colour_scheme)
    return theme.ThemeSettings(scheme, settings.text_size, True if contrast else None)


class SafetyNet:
    """Catches what nobody expected: into the log, then to whoever can say it on the screen."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is where the log, and what is left of a crash, are written."""
        self.tell: Told | None = None
        start_logging(folder)
        self._log, self._crash = sys.excepthook, None
        try:
            self._crash = (folder / "crash.log").open("a", encoding="utf-8")
            faulthandler.enable(self._crash, all_threads=True)
        except OSError:
            faulthandler.enable(all_threads=True) if sys.stderr else None
        sys.excepthook = self._caught

    def close(self) -> None:
        """Let go of the files; later failures are the interpreter's own matter."""
        sys.excepthook = sys.__excepthook__
        faulthandler.disable()
        if self._crash is not None:
            self._crash.close()

    def _caught(
        self, kind: type[BaseException], error: BaseException, where: TracebackType | None
    ) -> None:
        self._log(kind, error, where)
        if self.tell is None or not isinstance(error, Exception):
            return
        try:
            self.tell(error)
        except Exception:
            traceback.print_exc()
