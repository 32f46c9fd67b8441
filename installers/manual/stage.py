"""A window of the program with somebody's hands at it, and pictures of what is seen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabBar, QWidget

from installers.manual.clock import Clock
from installers.manual.pictures import write_picture
from perpusdesk.app.program import Program
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.fault_page import FaultPage

W = TypeVar("W", bound=QWidget)

MARGIN: Final = 8
"""Pixels around the part of a window that a picture shows."""

SCANNER_MS: Final = 8
_PATIENCE: Final = 300
"""Seconds for a step, so that the pictures come out on a machine that does much else."""

_key_times: Final = count(1_000_000, 10_000)


class Stage:
    """Somebody works at ``window``; ``tasks`` are what has to come to rest before a look at it."""

    def __init__(self, window: QWidget, tasks: Tasks, clock: Clock, out: Path) -> None:
        self.window, self.tasks, self.clock, self._out = window, tasks, clock, out
        self.made: list[Path] = []

    # -- hands ----------------------------------------------------------------------------------

    def scan(self, *codes: str) -> None:
        """Scan codes with the USB scanner, wherever the focus is."""
        for code in codes:
            self._send(code + "\r")
            self.wait()

    def _send(self, characters: str) -> None:
        handle, at = self.window.windowHandle(), next(_key_times)
        for character in characters:
            key = Qt.Key.Key_Return if character == "\r" else Qt.Key.Key_unknown
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, character)
                event.setTimestamp(at)
                QCoreApplication.sendEvent(handle, event)
            at += SCANNER_MS

    def types(self, text: str, into: QWidget | None = None) -> None:
        """Type ``text`` into a field (default: the one that has the keyboard)."""
        field = into or QApplication.focusWidget()
        assert field is not None
        if into is not None:
            field.setFocus()
        QTest.keyClicks(field, text)
        self.wait()

    def presses(self, *shortcuts: str) -> None:
        """Press keys or combinations of keys, one after the other."""
        for shortcut in shortcuts:
            focus = QApplication.focusWidget() or self.window
            QTest.keySequence(focus, QKeySequence(shortcut))
            self.wait()

    def clicks(self, verb: str, inside: QWidget | None = None) -> None:
        """Click the visible button that says ``verb``. Raises ``LookupError``."""
        QTest.mouseClick(self.button(verb, inside), Qt.MouseButton.LeftButton)
        self.wait()

    def turns(self, *tabs: str) -> None:
        """Click the visible tabs with these words, one after the other. Raises ``LookupError``."""
        for tab in tabs:
            bar, place = self._tab(tab)
            middle = bar.tabRect(place).center()
            QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=middle)
            self.wait(10)

    def _tab(self, tab: str) -> tuple[QTabBar, int]:
        for bar in self.seen(QTabBar):
            for place in range(bar.count()):
                if bar.tabText(place).replace("&", "") == tab:
                    return bar, place
        raise LookupError(tab)

    def wait(self, rounds: int = 3) -> None:
        """Wait until nothing is under way and everything is painted."""
        for _ in range(rounds):
            self.clock.tell_screens()
            QApplication.processEvents()
            self.tasks.wait_idle(_PATIENCE)
            time.sleep(0.01)  # what was posted by another thread comes in
        QApplication.processEvents()

    def wait_for(self, arrived: Callable[[], bool], seconds: float = 30) -> None:
        """Wait until ``arrived``. Raises ``TimeoutError``."""
        until = time.monotonic() + seconds
        while not arrived():
            if time.monotonic() > until:
                raise TimeoutError(arrived)
            self.wait(1)

    # -- eyes -----------------------------------------------------------------------------------

    def button(self, verb: str, inside: QWidget | None = None) -> QAbstractButton:
        """Return the visible button that says ``verb``. Raises ``LookupError``."""
        seen = list(self.seen(QAbstractButton, inside))
        for one in seen:
            if one.text().replace("&", "") == verb:
                return one
        raise LookupError(f"no button {verb!r} among {sorted({one.text() for one in seen})}")

    def seen(self, kind: type[W], inside: QWidget | None = None) -> Iterator[W]:
        """Yield the visible widgets of a kind."""
        within = inside or self.window
        return (one for one in within.findChildren(kind) if one.isVisibleTo(self.window))

    def picture(self, name: str, *parts: QWidget, height: int | None = None) -> None:
        """Take a picture of the window, or only of the rectangle around ``parts``.

        ``height``: no more than so many pixels from the top of it.
        """
        self.wait(10)
        image = self.window.grab()
        shown = self._around(parts) if parts else image.rect()
        if height is not None:
            shown.setHeight(min(height, shown.height()))
        file = self._out / f"{name}.png"
        write_picture(image.copy(shown).toImage(), file)
        self.made.append(file)

    def _around(self, parts: tuple[QWidget, ...]) -> QRect:
        shown = QRect()
        for part in parts:
            shown |= QRect(part.mapTo(self.window, QPoint(0, 0)), part.size())
        wider = shown.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        return wider & self.window.rect()


class DeskStage(Stage):
    """Somebody works at the desk of a whole program."""

    def __init__(self, program: Program, clock: Clock, out: Path) -> None:
        super().__init__(program.window, program.tasks, clock, out)
        self.program = program

    @property
    def room(self) -> QWidget:
        """What is right of the rail and below the scan box."""
        return self.program.window.stack

    def to_box(self) -> None:
        """Put the keyboard where it is when nothing was done yet."""
        self.program.window.box.take_focus()

    def part(self, kind: type[W]) -> W:
        """Return the visible widget of a kind. Raises ``StopIteration``."""
        return next(self.seen(kind))

    def types_in_box(self, text: str) -> None:
        """Type into the scan box, and Enter."""
        box = self.program.window.box
        box.take_focus()
        self.types(text, box.edit)
        self.presses("Return")

    def picture(self, name: str, *parts: QWidget, height: int | None = None) -> None:
        """Take a picture without what was only told in passing.

        Raises ``RuntimeError`` when the program failed.
        """
        self.wait(4)
        if any(self.seen(FaultPage)):
            raise RuntimeError(f"a fault page where {name} should be")
        self.program.window.toasts.clear()
        super().picture(name, *parts, height=height)
