"""A watch over connections: one that gives no answer for too long is cut, never cancelled.

A cancel that reaches PostgreSQL while it waits in a commit for its standby makes it report success
for what no other machine has. A cut connection leaves the outcome unknown, which is the truth.
"""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
import weakref
from typing import Any, Final

from psycopg import Connection

_STEP: Final = 0.5


class Watch:
    """Cuts connections that are busy with one statement for longer than they may be."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._watched: weakref.WeakSet[Busy] = weakref.WeakSet()
        self._thread: threading.Thread | None = None

    def add(self, busy: Busy) -> None:
        """Watch over a connection for as long as anybody has it."""
        with self._lock:
            self._watched.add(busy)
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="postgres", daemon=True)
                self._thread.start()

    def _look(self) -> None:
        while True:
            time.sleep(_STEP)
            with self._lock:
                if not self._watched:
                    self._thread = None
                    return
                busy = list(self._watched)
            for one in busy:
                one.cut_if_late()
            del busy


class Busy:
    """Since when a connection has waited for an answer."""

    def __init__(self, connection: Connection[Any], seconds: float) -> None:
        self._connection = connection
        self.seconds = seconds
        self._since: float | None = None
        self.was_cut = False

    def begin(self) -> None:
        """A statement is on its way."""
        self._since = time.monotonic()

    def end(self) -> None:
        """Its answer is here."""
        self._since = None

    def cut_if_late(self) -> None:
        """Cut the connection if an answer is overdue."""
        since = self._since
        if since is not None and time.monotonic() - since > self.seconds:
            self.was_cut = True
            cut(self._connection)


def cut(connection: Connection[Any]) -> None:
    """Shut the line of a connection, whatever it is doing; from any thread."""
    with contextlib.suppress(Exception):
        line = socket.socket(fileno=os.dup(connection.fileno()))
        with line:
            line.shutdown(socket.SHUT_RDWR)


WATCH: Final = Watch()
