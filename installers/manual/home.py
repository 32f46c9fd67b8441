"""Where the pictures are made: the demo library of that day, and programs on copies of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QApplication

from installers.manual.clock import Clock
from installers.manual.stage import DeskStage, Stage
from perpusdesk.app.application import make_application
from perpusdesk.app.first_run import first_wizard
from perpusdesk.app.program import Program
from perpusdesk.common.settings import Settings, SettingsFile
from perpusdesk.exchange.demo_plan import DemoSize
from perpusdesk.protocol.recovery_code import SEED_BYTES, new_code
from perpusdesk.services.circulation.visit import close_visit
from perpusdesk.services.demo.demo import build_demo
from perpusdesk.services.desk import Desk
from perpusdesk.services.safety.recovery import give_recovery
from perpusdesk.services.set_up import open_desk
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.window import USUAL
from perpusdesk.ui.start.window import StartWindow
from perpusdesk.ui.wizard.page import WizardPage

READABLE: Final = 1120
"""Width of the window: a page of the manual shrinks a wider one until its words are too small."""

TALL: Final = 900
"""Height of the window that asks the first questions."""


class Home:
    """A folder to work in, and one for the pictures."""

    def __init__(self, work: Path, out: Path, size: DemoSize | None = None) -> None:
        self.work, self._out, self._size = work, out, size
        self.clock = Clock()
        self.made: list[Path] = []
        os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # nobody's own keys
        self._app = make_application(_settings(), "id")
        self._app.setCursorFlashTime(0)

    def library(self, name: str, *, small: bool = False, kept: bool = False) -> Path:
        """Return a copy of the demo library of that day (or a tenth of it), made at first.

        ``kept``: somebody printed its recovery sheet already.
        """
        made = self.work / ("small" if small else "demo")
        if not (made / FILE_NAME).exists():
            build_demo(made, Clock().now, size=DemoSize().scaled(0.1) if small else self._size)
        copy = self.fresh(name)
        shutil.copytree(made, copy)
        if kept:
            with self.open(copy) as library:
                give_recovery(library, new_code(bytes(SEED_BYTES)))
        return copy

    def fresh(self, name: str) -> Path:
        """Return a folder where nothing is, nor beside it of a library that was there."""
        for left in ("", ".keys", ".backup", ".device"):
            shutil.rmtree(self.work / f"{name}{left}", ignore_errors=True)
        return self.work / name

    def open(self, folder: Path, *, encrypted: bool = False) -> Library:
        """Open a library that goes by the clock that stands still."""
        return Library.open(folder, sources=self.clock.sources(), encrypted=encrypted)

    @contextmanager
    def at_desk(
        self,
        name: str,
        desk: Desk | None = None,
        *,
        encrypted: bool = False,
        kept: bool | None = None,
        wide: int | None = None,
    ) -> Iterator[DeskStage]:
        """Open the program on a fresh copy of the demo library, or at ``desk``.

        ``wide``: the window's width where a page needs more than what is readable in the manual.
        """
        if desk is None:
            folder = self.library(name, kept=encrypted if kept is None else kept)
            desk = open_desk(self.open(folder, encrypted=encrypted))
        close_visit(desk)
        device = self.work / f"{name}.device"
        settings = SettingsFile(device / "settings.toml")
        settings.change(sounds=False, colour_scheme="light", language="id")
        program = Program(desk, settings=settings, reports=device)
        program.show()
        program.window.resize(wide or READABLE, USUAL.height())
        program.window.activateWindow()
        stage = DeskStage(program, self.clock, self._out)
        stage.wait(10)
        try:
            yield stage
        finally:
            self.made += stage.made
            program.window.close()
            QApplication.processEvents()

    @contextmanager
    def first_run(self, name: str) -> Iterator[Stage]:
        """Show the questions of a first start, where there is no library yet."""
        window, tasks = StartWindow(), Tasks(on_bug=_raise, on_known=_raise)
        stage = Stage(window, tasks, self.clock, self._out)
        self.clock.tell_screens()
        window.show_page(WizardPage(first_wizard(self.fresh(name))))
        window.resize(window.width(), TALL)  # the longest question is seen whole
        window.show()
        window.activateWindow()
        stage.wait(10)
        try:
            yield stage
        finally:
            self.made += stage.made
            tasks.close()
            window.hide()


def _raise(error: BaseException) -> None:
    raise error


def _settings() -> Settings:
    return Settings(colour_scheme="light", sounds=False, language="id")
