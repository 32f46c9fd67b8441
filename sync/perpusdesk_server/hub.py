"""A hub's way to its city: in the background, by itself, for as long as the hub runs."""

from __future__ import annotations

import asyncio
import logging
import threading
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.log import Code
from perpusdesk.storage.library import Library
from perpusdesk.syncing.connections import Connection, connections
from perpusdesk.syncing.enrol_http import post_enrolment
from perpusdesk.syncing.http_link import HttpLink
from perpusdesk.syncing.http_transport import Exchanged, exchange_once
from perpusdesk.syncing.scheduling import Rhythm
from perpusdesk_server.serving import Serving

WAY: Final = "hub"
log = logging.getLogger(__name__)


class Upstream:
    """Exchanges with the city again and again; desks are answered meanwhile, also without it."""

    def __init__(self, serving: Serving, connection: Connection) -> None:
        self._serving = serving
        self._link = HttpLink(connection, serving.identity)
        self._connection = connection
        self._rhythm = Rhythm()
        self._news, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="upstream", daemon=True)
        serving.on_news = self._news.set

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; what is under way is broken off, and goes on at the next start."""
        self._ended.set()
        self._link.stop()
        self._news.set()
        self._thread.join(30)

    async def enrol(self, request: bytes) -> bytes:
        """Pass a device's wish to be admitted on to the city, and its answer back."""
        where = self._connection
        return await asyncio.to_thread(
            post_enrolment, where.url, request, where.pin, allow_plain=where.allow_plain
        )

    def _run(self) -> None:
        while not self._ended.is_set():
            pause = self._once()
            if self._news.wait(pause) and not self._ended.is_set():
                self._ended.wait(self._rhythm.nudged())
            self._news.clear()

    def _once(self) -> float:
        """Exchange once; return for how long to wait then."""
        try:
            done = exchange_once(
                self._serving.member, self._link, on_store=self._serving.store, way=WAY
            )
        except KnownError as error:
            log.error("the library failed in an exchange", exc_info=error)
            return self._rhythm.after(done=False, moved=False)
        except Exception as error:
            log.error("a bug in an exchange", exc_info=error)
            return self._rhythm.after(done=False, moved=False)
        _tell(done)
        moved = bool(done.outcome.sent or done.outcome.received)
        return self._rhythm.after(done=done.done, moved=moved)


def upstream_of(library: Library, url: str = "") -> Connection:
    """Return where the city is: as enrolled, or at another address of the same server.

    Raises ``KnownError`` for a library that has none.
    """
    known = connections(library)
    if not known:
        raise KnownError(Fault.UNUSABLE_INPUT, cause="--upstream-code")
    if url and url.rstrip("/") != known[0].url:
        return Connection(url.rstrip("/"), known[0].pin, known[0].allow_plain)
    return known[0]


def _tell(done: Exchanged) -> None:
    facts = {
        "outcome": Code(done.reason or "ok"),
        "sent": done.outcome.sent,
        "received": done.outcome.received,
        "waiting": done.waiting,
        "up": done.bytes_up,
        "down": done.bytes_down,
        "ms": done.took_ms,
    }
    log.info("exchanged with the city %s", facts)
