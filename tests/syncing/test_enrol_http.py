"""The way to a server: its certificate, a wrong clock, a login page, no TLS; over real sockets."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from secrets import token_bytes
from threading import Thread

import pytest

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.protocol.enrolment import EnrolError, EnrolFault
from perpusdesk.syncing import tls
from perpusdesk.syncing.enrol_http import post_enrolment
from perpusdesk.syncing.enrolment import Joined, NotJoined, ask, hear
from syncing.enrolling import Server, applicant, make_server

Answering = Callable[[bytes], tuple[int, bytes]]
PORTAL = b"<html><title>Wi-Fi</title>Silakan masuk</html>"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = make_server(tmp_path / "server")
    yield made
    made.library.close()


class Hub:
    """A web server with a certificate of its own that answers as it is told."""

    def __init__(self, folder: Path, made: datetime) -> None:
        self.own = tls.own_tls(folder, made)
        self.answering: Answering = lambda _request: (200, b"")
        self.heard: list[bytes] = []
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                hub.heard.append(body)
                code, answer = hub.answering(body)
                self.send_response(code)
                self.send_header("content-length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                return

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.own.certificate, self.own.key)
        self._http = _Quiet(("127.0.0.1", 0), Handler)
        self._http.socket = context.wrap_socket(self._http.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self._http.server_port}"
        Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


class _Quiet(HTTPServer):
    def handle_error(self, *_: object) -> None:
        return


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    made = Hub(tmp_path / "keys", datetime.now(UTC))
    yield made
    made.close()


def refusal(hub: Hub, pin: bytes | None, url: str = "") -> EnrolError:
    with pytest.raises(EnrolError) as caught:
        post_enrolment(url or hub.url, b"request", pin)
    return caught.value


def joined_through(hub: Hub, server: Server) -> Joined | NotJoined:
    asked = ask(server.code(), applicant(), token_bytes)
    assert not isinstance(asked, NotJoined)
    return hear(asked, post_enrolment(hub.url, asked.request, hub.own.sha256))


def test_a_device_joins_through_a_hub_with_a_certificate_of_its_own(
    hub: Hub, server: Server
) -> None:
    hub.answering = lambda request: (200, server.answer(request))
    assert isinstance(joined_through(hub, server), Joined)


def test_another_hub_is_told_nothing(hub: Hub) -> None:
    assert refusal(hub, token_bytes(32)).reason is EnrolFault.NOT_THE_SERVER
    assert refusal(hub, None).reason is EnrolFault.NOT_THE_SERVER
    assert hub.heard == []


def test_a_certificate_of_other_days_means_a_wrong_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Hub(tmp_path / "late", datetime(2045, 1, 1, tzinfo=UTC))
    monkeypatch.setenv("SSL_CERT_FILE", str(late.own.certificate))  # the system trusts it
    assert refusal(late, None).reason is EnrolFault.CLOCK_WRONG
    # a pinned one holds whatever the clock says
    assert post_enrolment(late.url, b"request", late.own.sha256) == b""
    late.close()


def test_a_login_page_is_not_the_server(hub: Hub, server: Server) -> None:
    hub.answering = lambda _request: (200, PORTAL)
    heard = joined_through(hub, server)
    assert isinstance(heard, NotJoined)
    assert heard.reason is EnrolFault.NOT_THE_SERVER


@pytest.mark.parametrize(("code", "why"), [(302, "HTTP 302"), (404, "HTTP 404"), (429, "busy")])
def test_any_other_answer_is_none(hub: Hub, code: int, why: str) -> None:
    hub.answering = lambda _request: (code, PORTAL)
    with pytest.raises(KnownError) as caught:
        post_enrolment(hub.url, b"request", hub.own.sha256)
    assert caught.value.fault is Fault.UNREACHABLE
    assert caught.value.facts["why"] == why


def test_an_endless_answer_ends(hub: Hub) -> None:
    hub.answering = lambda _request: (200, bytes(2_000_000))
    assert len(post_enrolment(hub.url, b"request", hub.own.sha256)) < 200_000


def test_nothing_is_sent_in_the_open(hub: Hub) -> None:
    assert refusal(hub, None, "http://192.0.2.7:8470").reason is EnrolFault.NOT_SECURE
