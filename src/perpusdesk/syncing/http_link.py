"""A line to one server over HTTP: a proven session, retries, and what went over it.

Requests are sent one after the other and may all be repeated. Nothing here touches a library, so
any thread may use a line, one at a time; ``stop`` may be called from any other.
"""

from __future__ import annotations

import contextlib
import random
import socket
import threading
import time
from collections.abc import Callable
from secrets import token_bytes
from typing import Any, Final, TypeVar

import httpx2

from perpusdesk import __version__
from perpusdesk.protocol import certificates, messages, session
from perpusdesk.protocol.messages import MESSAGE_BYTES, MessageError, Request, Response
from perpusdesk.protocol.session import Challenge, Proof, Session, SessionRefused, SessionWanted
from perpusdesk.protocol.shortening import Shortener
from perpusdesk.protocol.wire import WireError
from perpusdesk.storage.timekeeping import Sources
from perpusdesk.syncing.connections import Connection
from perpusdesk.syncing.identity import Identity
from perpusdesk.syncing.link_faults import PASSING, LinkError, LinkFault, fault_of, fault_of_status
from perpusdesk.syncing.pace import Pace
from perpusdesk.syncing.tls import acceptable, context_for, plain_is_safe

ATTEMPTS: Final = 7
_TIMEOUT: Final = httpx2.Timeout(45.0, connect=20.0)
_MOST_WAIT_S: Final = 30.0
_NEW_SESSION: Final = "unauthorised"
_LEAST_LEFT_S: Final = 60.0
T = TypeVar("T")


class HttpLink:
    """A line to one server; keep it as long as the program runs, its session serves on.

    ``peer`` is the server's device id once it has proven it, ``offset_ms`` its clock less this
    computer's (as measured with the shortest way there and back), ``bytes_up`` and ``bytes_down``
    what HTTP carried, heads and bodies.
    """

    def __init__(
        self,
        connection: Connection,
        identity: Identity,
        wall_ms: Callable[[], int] | None = None,
    ) -> None:
        self.connection, self._identity = connection, identity
        self._wall_ms = wall_ms or Sources().wall_ms
        self.pace = Pace()
        self._shortener = Shortener()
        self.peer = b""
        self.offset_ms: int | None = None
        self.round_trip_ms = 0
        self.bytes_up = self.bytes_down = 0
        self.newer_certificate = b""
        self._token, self._until = "", 0.0
        self._stopped = threading.Event()
        self._client: httpx2.Client | None = None
        self._socket: socket.socket | None = None

    # -- for the exchange -----------------------------------------------------------------------

    def greet(self) -> bytes:
        """Prove each other who we are, unless that was done; return the server's device id.

        Raises ``LinkError``.
        """
        self._persist(self._see_to_session)
        return self.peer

    def ask(self, request: Request) -> Response:
        """Send one message and return the answer; raises ``LinkError``."""
        try:
            return self._shortener.ask(request, self._ask)
        except WireError as error:
            raise LinkError(LinkFault.NOT_OURS) from error

    def fetch(self, path: str, data: bytes) -> bytes:
        """Send other bytes within the session and return the answer's; raises ``LinkError``."""
        return self._within(path, data, bytes)

    def _ask(self, request: Request) -> Response:
        data = messages.encode(request)
        return self._within(
            session.EXCHANGE_PATH,
            data,
            lambda answer: self._decoded(messages.decode_response, answer),
        )

    def _within(self, path: str, data: bytes, read: Callable[[bytes], T]) -> T:
        """Send it within a session, which is opened anew when the server knows it no more."""

        def once() -> T:
            self._see_to_session()
            try:
                answer = self._post(path, data, self._token)
            except LinkError as error:
                if error.reason != _NEW_SESSION:
                    raise
                self._token = ""  # the server began anew, or the token's time is over
                raise LinkError(LinkFault.CUT) from error
            return read(answer)

        return self._persist(once)

    def stop(self) -> None:
        """End what is under way by a ``LinkError``, for good; from any thread."""
        self._stopped.set()
        line = self._socket
        if line is not None:
            with contextlib.suppress(OSError):  # a read that waits ends only by this
                socket.socket.shutdown(line, socket.SHUT_RDWR)
        self._drop_client()

    def close(self) -> None:
        """Close the connection; a later request opens another."""
        self._drop_client()

    # -- trying again ---------------------------------------------------------------------------

    def _persist(self, attempt: Callable[[], T]) -> T:
        """Do it until it works, a bad line or a busy server notwithstanding."""
        for number in range(ATTEMPTS):
            try:
                return attempt()
            except LinkError as error:
                if error.reason not in PASSING or number == ATTEMPTS - 1:
                    raise
                self._wait(number, error.after_s)
        raise LinkError(LinkFault.CUT)

    def _wait(self, number: int, after_s: float) -> None:
        backoff = 0.25 * (2**number - 1) * random.uniform(0.8, 1.2)  # noqa: S311 (no secret)
        if self._stopped.wait(min(max(backoff, after_s), _MOST_WAIT_S)):
            raise LinkError(LinkFault.STOPPED)

    # -- the session ----------------------------------------------------------------------------

    def _see_to_session(self) -> None:
        if not self._token or time.monotonic() > self._until:
            self._open_session()

    def _open_session(self) -> None:
        mine = self._identity
        wanted = SessionWanted(
            session.VERSION, mine.library, mine.device, token_bytes(session.NONCE_BYTES)
        )
        before, began = self._wall_ms(), time.monotonic()
        challenge = self._session(wanted, Challenge)
        took_ms = int((time.monotonic() - began) * 1000)
        peer = self._proven(wanted, challenge)
        self._measured(challenge.now_ms - before - took_ms // 2, took_ms)
        signature = session.device_signature(
            mine.private, mine.library, mine.device, peer, challenge.nonce
        )
        proof = Proof(mine.library, mine.device, challenge.nonce, mine.certificate, signature)
        opened = self._session(proof, Session)
        self.peer, self._token = peer, opened.token
        self.newer_certificate = opened.certificate
        self._until = time.monotonic() + max(opened.seconds - _LEAST_LEFT_S, _LEAST_LEFT_S)

    def _session(self, said: SessionWanted | Proof, kind: type[T]) -> T:
        answer = self._post(session.PATH, session.encode(said))
        heard = self._decoded(session.decode_answered, answer)
        if isinstance(heard, SessionRefused):
            raise LinkError(heard.reason)
        if not isinstance(heard, kind):
            raise LinkError(LinkFault.NOT_OURS)
        return heard

    def _proven(self, wanted: SessionWanted, challenge: Challenge) -> bytes:
        mine = self._identity
        try:
            server = certificates.read(challenge.certificate, mine.authority, mine.library)
        except certificates.CertificateError as error:
            raise LinkError(LinkFault.NOT_THE_SERVER) from error
        if not (
            server.may_serve and session.server_proven(server.key, wanted, server.device, challenge)
        ):
            raise LinkError(LinkFault.NOT_THE_SERVER)
        return server.device

    def _measured(self, offset_ms: int, took_ms: int) -> None:
        if self.offset_ms is None or took_ms <= self.round_trip_ms * 2:
            self.offset_ms, self.round_trip_ms = offset_ms, took_ms

    def _decoded(self, decode: Callable[[bytes], T], data: bytes) -> T:
        try:
            return decode(data)
        except MessageError as error:
            known = error.reason in (LinkFault.TOO_NEW, LinkFault.TOO_OLD)
            raise LinkError(error.reason if known else LinkFault.NOT_OURS) from error

    # -- one request ----------------------------------------------------------------------------

    def _post(self, path: str, data: bytes, token: str = "") -> bytes:
        if self._stopped.is_set():
            raise LinkError(LinkFault.STOPPED)
        url = self.connection.url.rstrip("/")
        if not acceptable(url, allow_plain=self.connection.allow_plain):
            raise LinkError(LinkFault.PLAIN)
        headers = {"authorization": f"Bearer {token}"} if token else {}
        began = time.monotonic()
        try:
            with self._open().stream(
                "POST",
                url + path,
                content=data,
                headers=headers,
                extensions={"trace": self._follow},
            ) as answer:
                self.bytes_up += len(data) + _size(answer.request)
                self.bytes_down += _size(answer)
                body = self._body(answer)
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, RuntimeError) as error:
            raise self._broken(error) from error
        self.pace.went(len(data) + len(body), time.monotonic() - began)
        return body

    def _follow(self, event: str, told: dict[str, Any]) -> None:
        """Know the socket in use, so that ``stop`` can end what waits on it."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            self._socket = told["return_value"].get_extra_info("socket")
            if self._stopped.is_set():  # just now: stop did not see this socket
                raise OSError("stopped")

    def _body(self, answer: httpx2.Response) -> bytes:
        ours = answer.headers.get("content-type", "").startswith(session.MEDIA_TYPE)
        if answer.status_code != httpx2.codes.OK or not ours:
            raise _refused(answer)
        body = bytearray()
        for piece in answer.iter_raw():
            body += piece
            self.bytes_down += len(piece)
            if len(body) > MESSAGE_BYTES:
                raise LinkError(LinkFault.NOT_OURS)
        return bytes(body)

    def _broken(self, error: Exception) -> LinkError:
        if self._stopped.is_set():
            return LinkError(LinkFault.STOPPED)
        self._drop_client()
        fault = fault_of(error)
        if fault in PASSING:
            self.pace.broke()
        return LinkError(fault)

    def _open(self) -> httpx2.Client:
        if self._client is None:
            self._client = httpx2.Client(
                verify=context_for(self.connection.pin),
                timeout=_TIMEOUT,
                trust_env=not plain_is_safe(self.connection.url),
                headers={
                    "user-agent": f"PerpusDesk/{__version__}",
                    "accept": session.MEDIA_TYPE,
                    "accept-encoding": "identity",
                    "content-type": session.MEDIA_TYPE,
                },
            )
        return self._client

    def _drop_client(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(Exception):  # closed in the middle of a request
                client.close()


def _refused(answer: httpx2.Response) -> LinkError:
    """Return what an answer means that brings no message."""
    status = answer.status_code
    if status == httpx2.codes.UNAUTHORIZED:
        return LinkError(_NEW_SESSION)
    reason = answer.headers.get("x-perpusdesk-reason", "")
    if reason in set(LinkFault):
        return LinkError(reason, after_s=_after_s(answer))
    return LinkError(fault_of_status(status), after_s=_after_s(answer))


def _after_s(answer: httpx2.Response) -> float:
    text = answer.headers.get("retry-after", "")
    return float(text) if text.isdigit() else 0.0


def _size(message: Any) -> int:
    """Return the bytes of the heads of a request or an answer, its first line included."""
    return 20 + sum(len(name) + len(value) + 4 for name, value in message.headers.raw)
