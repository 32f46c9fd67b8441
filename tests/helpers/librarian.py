"""Somebody at a real desk: scans, types and presses keys in the real window, and looks at it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from helpers import keys
from perpusdesk.app.program import Program
from perpusdesk.services.circulation.turn import Turn
from perpusdesk.ui.shell.messages import Said

T = TypeVar("T", bound=QWidget)


@dataclass(slots=True)
class Librarian:
    """Works at ``program``; ``heard`` is what the window said beside the answers of the desk."""

    program: Program
    heard: list[Said] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.program.window.messages.said.connect(self.heard.append)

    # -- hands ----------------------------------------------------------------------------------

    def scan(self, *codes: str) -> Turn:
        """Scan codes with the USB scanner, wherever the focus is; wait for the last answer."""
        for code in codes:
            keys.scan(self.program.window, code)
            self.wait()
        return self.turn

    def types(self, text: str) -> Turn:
        """Type ``text`` into the scan box and send it with Enter."""
        self.program.window.box.take_focus()
        edit = self.program.window.box.edit
        if text.isascii():
            QTest.keyClicks(edit, text)
        else:  # no key of a keyboard, but of an input method
            edit.insert(text)
        QTest.keyClick(edit, Qt.Key.Key_Return)
        self.wait()
        return self.turn

    def pastes(self, text: str) -> None:
        """Paste ``text`` into the scan box and press Enter."""
        QApplication.clipboard().setText(text)
        self.program.window.box.take_focus()
        self.program.window.box.edit.paste()
        QTest.keyClick(self.program.window.box.edit, Qt.Key.Key_Return)
        self.wait()

    def presses(self, shortcut: str) -> Turn:
        """Press a key or a combination of keys in the window."""
        combination = QKeySequence(shortcut)[0]
        focus = QApplication.focusWidget() or self.program.window
        QTest.keyClick(focus, combination.key(), combination.keyboardModifiers())
        self.wait()
        return self.turn

    def answers(self, text: str) -> Turn:
        """Type an answer to the question that has the focus, and press Enter."""
        field_ = QApplication.focusWidget()
        assert field_ is not None
        QTest.keyClicks(field_, text)
        QTest.keyClick(field_, Qt.Key.Key_Return)
        self.wait()
        return self.turn

    def clicks(self, verb: str) -> Turn:
        """Click the button with this verb."""
        QTest.mouseClick(self.button(verb), Qt.MouseButton.LeftButton)
        self.wait()
        return self.turn

    def wait(self) -> None:
        """Wait until nothing is under way and everything is painted."""
        for _ in range(2):
            QApplication.processEvents()
            self.program.tasks.wait_idle()
        QApplication.processEvents()

    # -- eyes -----------------------------------------------------------------------------------

    @property
    def turn(self) -> Turn:
        """What the last scan or key came to."""
        found = self.program.desk_page.last
        assert found is not None
        return found

    def button(self, verb: str) -> QPushButton:
        """The visible button with this verb."""
        seen = self._shown(QPushButton)
        found = [one for one in seen if one.text() == verb]
        assert found, f"no button {verb!r}; there are {sorted({one.text() for one in seen})}"
        return found[0]

    def buttons(self) -> set[str]:
        """The verbs of all buttons on the desk."""
        return {one.text() for one in self._shown(QPushButton)}

    def reads(self) -> str:
        """All words on the desk and in the toasts, as a person reads them."""
        return "\n".join(label.text() for label in self._shown(QLabel) if label.text())

    def told(self) -> str:
        """The last thing the window said beside the answers of the desk."""
        assert self.heard, "the window said nothing"
        return self.heard[-1].text

    def toast(self) -> str:
        """The toast on the screen, or nothing."""
        return self.program.window.toasts.text

    def _shown(self, kind: type[T]) -> list[T]:
        window = self.program.window
        return [one for one in window.findChildren(kind) if one.isVisibleTo(window)]
