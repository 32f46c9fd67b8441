"""A box that holds one frame between two threads: the newest replaces the one not yet taken."""

from __future__ import annotations

import threading

from perpusdesk.scan.types import Picture


class Mailbox:
    """One frame at most; ``close`` wakes everybody and makes every later call return at once."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._frame: Picture | None = None
        self._busy = False
        self._closed = False

    def put(self, frame: Picture) -> None:
        """Leave ``frame`` for the other thread, in place of one that it did not take."""
        with self._changed:
            self._frame = frame
            self._changed.notify_all()

    def take(self) -> Picture | None:
        """Wait for a frame; ``None`` once closed. Taking the next one says the last is done."""
        with self._changed:
            self._busy = False
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._closed or self._frame is not None)
            frame, self._frame = self._frame, None
            self._busy = frame is not None
            return None if self._closed else frame

    def wait_until_done(self) -> None:
        """Wait until the frame that was put has been taken and dealt with (or closed)."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or (self._frame is None and not self._busy))

    def close(self) -> None:
        """End it: nobody waits any longer, no frame is handed over."""
        with self._changed:
            self._closed = True
            self._frame = None
            self._changed.notify_all()
