"""Ways into the program: the desktop, the demo library, the demo without a screen."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from perpusdesk.app.first_run import set_up_library
from perpusdesk.app.program import Program
from perpusdesk.common.errors import KnownError
from perpusdesk.common.i18n import set_language
from perpusdesk.common.log import start_log
from perpusdesk.common.paths import default_data_folder, demo_data_folder, log_folder
from perpusdesk.common.settings import Settings, SettingsFile
from perpusdesk.services.demo import ensure_demo
from perpusdesk.services.set_up import open_desk
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.ui.kit import theme
from perpusdesk.ui.kit.qt_language import speak


def make_application(settings: Settings, language: str | None) -> QApplication:
    """Return the dressed application in the chosen language."""
    set_language(language or settings.language)
    app = QApplication.instance()
    made = app if isinstance(app, QApplication) else QApplication(sys.argv[:1])
    made.setApplicationName("PerpusDesk")
    speak(made)
    theme.apply(made, look_of(settings))
    return made


def look_of(settings: Settings) -> theme.ThemeSettings:
    """Return the look that the device's settings ask for."""
    contrast = settings.colour_scheme == "high_contrast"
    scheme = "system" if contrast else settings.colour_scheme
    return theme.ThemeSettings(theme.Scheme(scheme), settings.text_size, True if contrast else None)
