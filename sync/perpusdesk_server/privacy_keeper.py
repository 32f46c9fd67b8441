"""Cuts the history and carries out erasures on a server, in short pieces between its answers."""

from __future__ import annotations

import logging
import threading
from typing import Final

from perpusdesk.common.errors import KnownError
from perpusdesk.services.privacy.privacy_work import decide, work_off
from perpusdesk.services.set_up import open_desk
from perpusdesk.storage.library import Library
from perpusdesk_server.serving import Serving

_FIRST_S: Final = 20.0
_LOOK_S: Final = 60.0
_PAUSE_S: Final = 0.1
_DECIDE_EVERY: Final = 30
"""Looks between two in which new cuts and erasures are decided."""
log = logging.getLogger(__name__)


class PrivacyKeeper:
    """Does it on a thread of its own, each piece on the store's thread."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="privacy", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the piece under way."""
        self._ended.set()
        self._thread.join(10)

    def _run(self) -> None:
        pause, looks = _FIRST_S, 0
        while not self._ended.wait(pause):
            try:
                if looks % _DECIDE_EVERY == 0:
                    self._serving.within(_decide)
                more = self._serving.within(_work_off)
            except KnownError as error:
                log.error("privacy has to wait", exc_info=error)
                more = False
            looks += not more
            pause = _PAUSE_S if more else _LOOK_S


def _decide(library: Library) -> bool:
    return decide(open_desk(library))


def _work_off(library: Library) -> bool:
    return work_off(open_desk(library))
