"""One program per library: a second start brings the window that is open to the front.

It may hand over files that were opened (``given``): their paths alone, in one bounded message, and
only between programs of one user.
"""

from __future__ import annotations

import contextlib
import getpass
import hashlib
import json
import os
import socket as sockets
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

_ANSWERS_WITHIN: Final = 2_000
"""Milliseconds that a second start waits for the first."""

MOST_FILES: Final = 20
MOST_BYTES: Final = 64 * 1024
"""Of one message; who sends more is not heard."""

_ANY_PROGRAM: Final = -1


def call_first(folder: Path, given: Sequence[Path] = ()) -> bool:
    """Ask the program that has ``folder`` open to come to the front; tell whether there is one.

    ``given`` are files that it is to open.
    """
    socket = QLocalSocket()
    socket.connectToServer(_name_of(folder))
    if not socket.waitForConnected(_ANSWERS_WITHIN) or not _is_same_user(socket):
        return False
    _let_others_come_to_the_front()
    answered = socket.bytesAvailable() > 0 or socket.waitForReadyRead(_ANSWERS_WITHIN)
    if answered and given:
        socket.write(_message(given))
        socket.waitForBytesWritten(_ANSWERS_WITHIN)
    socket.disconnectFromServer()
    if socket.state() is not QLocalSocket.LocalSocketState.UnconnectedState:
        socket.waitForDisconnected(_ANSWERS_WITHIN)
    return answered


class First(QObject):
    """The program that has ``folder`` open: ``asked`` comes when another start calls for it.

    ``given`` carries the files that it hands over, a list of absolute paths.
    """

    asked = Signal()
    given = Signal(object)

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
            if not _is_same_user(caller):
                caller.abort()
                continue
            caller.setReadBufferSize(MOST_BYTES)
            caller.readyRead.connect(lambda caller=caller: self._heard(caller))
            caller.disconnected.connect(caller.deleteLater)
            caller.write(b"here\n")
            caller.flush()
            self.asked.emit()
            self._heard(caller)

    def _heard(self, caller: QLocalSocket) -> None:
        """Take a whole message; one that is too long is not waited for."""
        if not caller.canReadLine():
            if caller.bytesAvailable() >= MOST_BYTES:
                caller.abort()
            return
        given = _paths(bytes(caller.readLine(MOST_BYTES).data()))
        if given:
            self.given.emit(given)


def _message(given: Sequence[Path]) -> bytes:
    return json.dumps([str(one) for one in given[:MOST_FILES]]).encode("ascii") + b"\n"


def _paths(message: bytes) -> list[Path]:
    """Return the absolute paths in a message, none where it is no such message."""
    try:
        words = json.loads(message)
    except ValueError:
        return []
    if not isinstance(words, list) or len(words) > MOST_FILES:
        return []
    texts = [word for word in words if isinstance(word, str) and "\0" not in word]
    return [path for path in map(Path, texts) if path.is_absolute()]


def _is_same_user(socket: QLocalSocket) -> bool:
    """Whether the other end is this user's; Windows lets nobody else connect at all."""
    if not sys.platform.startswith("linux"):
        return True
    try:
        with sockets.socket(fileno=os.dup(int(socket.socketDescriptor()))) as other:
            size = struct.calcsize("3i")
            told = other.getsockopt(sockets.SOL_SOCKET, sockets.SO_PEERCRED, size)
    except OSError:
        return False
    return bool(struct.unpack("3i", told)[1] == os.getuid())


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
