"""One program per library: a second start brings the window that is open to the front."""

from __future__ import annotations

import contextlib
import getpass
import hashlib
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

_ANSWERS_WITHIN: Final = 2_000
"""Milliseconds that a second start waits for the first."""

_ANY_PROGRAM: Final = -1


def call_first(folder: Path) -> bool:
    """Ask the program that has ``folder`` open to come to the front; tell whether there is one."""
    socket = QLocalSocket()
    socket.connectToServer(_name_of(folder))
    if not socket.waitForConnected(_ANSWERS_WITHIN):
        return False
    _let_others_come_to_the_front()
    answered = socket.bytesAvailable() > 0 or socket.waitForReadyRead(_ANSWERS_WITHIN)
    socket.disconnectFromServer()
    return answered


class First(QObject):
    """The program that has ``folder`` open: ``asked`` comes when another start calls for it."""

    asked = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        name = _name_of(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._called)
        if not self._server.listen(name):  # what a killed program left behind
            QLocalServer.removeServer(name)
            self._server.listen(name)

    def close(self) -> None:
        """Answer nobody any more."""
        self._server.close()

    def _called(self) -> None:
        while self._server.hasPendingConnections():
            caller = self._server.nextPendingConnection()
            caller.write(b"here\n")
            caller.flush()  # the server keeps its few callers until it is closed
        self.asked.emit()


def bring_to_front(window: QWidget) -> None:
    """Show ``window`` above the others, also when it was minimised."""
    if window.isMinimized():
        window.showNormal()
    window.show()
    window.raise_()
    window.activateWindow()


def _name_of(folder: Path) -> str:
    with contextlib.suppress(OSError):
        folder = folder.resolve()
    who = ""
    with contextlib.suppress(OSError, KeyError, ImportError):
        who = getpass.getuser()
    return "perpusdesk-" + hashlib.sha256(f"{who}/{folder}".encode()).hexdigest()[:24]


def _let_others_come_to_the_front() -> None:
    """Windows lets only the program that was just started hand the front to another."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROGRAM)
