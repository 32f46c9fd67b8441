"""What devices ask: to be admitted, to be let in, to exchange, to keep their backups."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.log import Code
from perpusdesk.protocol import backup_store, enrolment, session, update
from perpusdesk.protocol.messages import MESSAGE_BYTES, MessageError
from perpusdesk.protocol.session import SessionRefused
from perpusdesk.protocol.update import UpdateError, Wanted
from perpusdesk_server import described
from perpusdesk_server.admin.ports import LogLine
from perpusdesk_server.bodies import (
    WrongRequestError,
    address_of,
    body_of,
    ours,
    refused,
    token_of,
)
from perpusdesk_server.limits import Buckets
from perpusdesk_server.metrics import Metrics
from perpusdesk_server.serving import Answer, Serving, device_word
from perpusdesk_server.sessions import Guest
from perpusdesk_server.worker import BusyError

T = TypeVar("T")
log = logging.getLogger(__name__)
Enrol = Callable[[bytes], Awaitable[bytes]]


class Api:
    """What devices ask of one library."""

    def __init__(self, serving: Serving, metrics: Metrics, enrol: Enrol | None = None) -> None:
        """``enrol`` passes a device's wish to be admitted on (a hub asks its city)."""
        self._serving, self._metrics = serving, metrics
        self._admit = enrol or self._admit_here
        limits = serving.limits
        self._enrols, self._sessions = Buckets(limits.enrol), Buckets(limits.session)
        self._exchanges, self._failures = Buckets(limits.exchange), Buckets(limits.failure)
        self._backups = Buckets(limits.exchange)
        self.router = APIRouter()
        for path, endpoint, description in (
            (enrolment.PATH, self.enrol, described.ENROL),
            (session.PATH, self.session, described.SESSION),
            (session.EXCHANGE_PATH, self.exchange, described.EXCHANGE),
            (update.PATH, self.update, described.UPDATE),
            (backup_store.PATH, self.backup, described.BACKUP),
        ):
            self.router.add_api_route(
                path, endpoint, methods=["POST"], response_class=Response, **description
            )

    # -- the endpoints --------------------------------------------------------------------------

    async def enrol(self, request: Request) -> Response:
        """Admit a device by its one-time code."""

        async def work() -> tuple[Response, Answer, bytes | None, int]:
            self._slow_down(self._enrols, request)
            body = await self._body(request, enrolment.MOST_BYTES)
            answer = await self._admit(body)
            return ours(answer), Answer(answer, "Enrol"), None, len(body)

        return await self._answered(request, "Enrol", work)

    async def session(self, request: Request) -> Response:
        """Let a device in that proves who it is."""

        async def work() -> tuple[Response, Answer, bytes | None, int]:
            self._slow_down(self._sessions, request)
            body = await self._body(request, session.MOST_BYTES)
            asked = session.decode_asked(body)
            answer = await self._done(lambda: self._serving.session(asked))
            reason = answer.reason if isinstance(answer, SessionRefused) else ""
            if reason:
                self._failures.take(address_of(request))
            data = session.encode(answer)
            return ours(data), Answer(data, "Session", reason), asked.device, len(body)

        return await self._answered(request, "Session", work)

    async def exchange(self, request: Request) -> Response:
        """Answer one message of an exchange."""

        async def work() -> tuple[Response, Answer, bytes | None, int]:
            guest = self._guest(self._exchanges, request)
            body = await self._body(request, MESSAGE_BYTES)
            answer = await self._done(lambda: self._serving.exchange(guest, body))
            return ours(answer.body), answer, guest.device, len(body)

        return await self._answered(request, "Exchange", work)

    async def update(self, request: Request) -> Response:
        """Tell a device the newest release, or give it a piece of its package."""

        async def work() -> tuple[Response, Answer, bytes | None, int]:
            guest = self._guest(self._exchanges, request)
            body = await self._body(request, update.MOST_WANTED)
            data = await asyncio.to_thread(self._release, update.decode_wanted(body))
            return ours(data), Answer(data, "Update"), guest.device, len(body)

        return await self._answered(request, "Update", work)

    def _release(self, wanted: Wanted) -> bytes:
        updates = self._serving.updates
        if updates is None:
            return b""
        if not wanted.sha256:
            return updates.manifest_bytes()
        return updates.piece(wanted.sha256, wanted.at, wanted.most)

    async def backup(self, request: Request) -> Response:
        """Keep a piece of a device's own backups, or give it back."""

        async def work() -> tuple[Response, Answer, bytes | None, int]:
            guest = self._guest(self._backups, request)
            body = await self._body(request, backup_store.MOST_BYTES)
            wanted = backup_store.decode_wanted(body)
            answer = await self._kept(guest.device, wanted)
            data = backup_store.encode(answer)
            return ours(data), Answer(data, "Backup", answer.reason), guest.device, len(body)

        return await self._answered(request, "Backup", work)

    async def _kept(self, device: bytes, wanted: backup_store.Wanted) -> backup_store.Answer:
        library, backups = self._serving.member.library, self._serving.backups
        if backups is None:
            return backup_store.Answer(backup_store.NOT_OFFERED)
        if await self._done(lambda: library.exchange.revoked(device)):
            return backup_store.Answer(backup_store.REVOKED)
        return await asyncio.to_thread(backups.answer, device, wanted)

    # -- what they share ------------------------------------------------------------------------

    def _guest(self, buckets: Buckets, request: Request) -> Guest:
        """Return who asks within a session, and count it. Raises ``WrongRequestError``."""
        guest = self._serving.sessions.guest(token_of(request))
        if guest is None:
            raise WrongRequestError(401, "unauthorised")
        _take(buckets, guest.device)
        return guest

    def _slow_down(self, buckets: Buckets, request: Request) -> None:
        _take(buckets, address_of(request))

    async def _body(self, request: Request, most: int) -> bytes:
        return await body_of(request, most, self._serving.limits.body_seconds)

    async def _done(self, work: Callable[[], T]) -> T:
        """Do it on the store's thread; who waits may go away, what has begun goes on."""
        return await asyncio.wrap_future(self._serving.store.submit(work))

    async def _admit_here(self, body: bytes) -> bytes:
        return await self._done(lambda: self._serving.enrol(body))

    async def _answered(
        self,
        request: Request,
        what: str,
        work: Callable[[], Awaitable[tuple[Response, Answer, bytes | None, int]]],
    ) -> Response:
        began, came, device = time.monotonic(), 0, None
        try:
            wait = self._failures.wait(address_of(request))
            if wait:
                raise WrongRequestError(429, "busy", wait)
            response, answer, device, came = await work()
            what, reason = answer.what, answer.reason
        except Exception as error:
            wrong = _as_wrong(error)
            if wrong.status < 429:
                self._failures.take(address_of(request))
            response, reason = refused(wrong), wrong.reason
        took = time.monotonic() - began
        self._metrics.request(what, reason or "ok", took, came, len(response.body))
        self._note(reason, device, came, len(response.body))
        facts = {
            "what": Code(what),
            "outcome": Code(reason or "ok"),
            "device": device_word(device) if device else None,
            "came": came,
            "went": len(response.body),
            "ms": round(took * 1000, 1),
        }
        log.info("answered %s", facts)
        return response

    def _note(self, reason: str, device: bytes | None, came: int, went: int) -> None:
        self._serving.note(LogLine(time.time_ns() // 1_000_000, device, came, went, reason))


def _take(buckets: Buckets, whose: str | bytes) -> None:
    wait = buckets.take(whose)
    if wait:
        raise WrongRequestError(429, "busy", wait)


def _as_wrong(error: Exception) -> WrongRequestError:
    """Return what a failure is for who asked: a reason, and no word of what is inside."""
    if isinstance(error, WrongRequestError):
        return error
    if isinstance(error, MessageError):
        return WrongRequestError(413 if error.reason == "too_large" else 400, error.reason)
    if isinstance(error, UpdateError):
        return WrongRequestError(400, error.fault.value)
    if isinstance(error, BusyError):
        return WrongRequestError(503, "busy", 5)
    if isinstance(error, KnownError):
        log.error("the library failed", exc_info=error)
        if error.fault is Fault.DISK_FULL:
            return WrongRequestError(507, "server_full", 60)
        return WrongRequestError(503, "server_fault", 30)
    log.error("a bug while answering", exc_info=error)
    return WrongRequestError(500, "server_fault")
