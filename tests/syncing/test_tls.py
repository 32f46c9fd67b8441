"""A hub known by its certificate, over real TLS on this machine."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from cryptography import x509

from perpusdesk.syncing import tls
from perpusdesk.syncing.tls import OwnTls

NOW = datetime(2026, 11, 2, tzinfo=UTC)


@pytest.fixture
def own(tmp_path: Path) -> OwnTls:
    return tls.own_tls(tmp_path / "keys", NOW)


@pytest.fixture
def hub(own: OwnTls) -> Iterator[tuple[str, list[bytes]]]:
    """A TLS server that answers once; the list holds what it was sent."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own.certificate, own.key)
    heard: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(10)

    def serve() -> None:
        plain, _ = listener.accept()
        with plain:
            try:
                with context.wrap_socket(plain, server_side=True) as secure:
                    heard.append(secure.recv(4096))
                    secure.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
            except OSError:
                return

    thread = threading.Thread(target=serve)
    thread.start()
    with closing(listener):
        yield f"https://127.0.0.1:{listener.getsockname()[1]}/", heard
        thread.join(10)


def get(url: str, pin: bytes | None) -> str:
    with httpx2.Client(verify=tls.context_for(pin), trust_env=False) as client:
        return client.get(url).text


def test_a_hub_is_known_by_its_certificate_whatever_its_address(
    own: OwnTls, hub: tuple[str, list[bytes]]
) -> None:
    assert get(hub[0], own.sha256) == "ok"


def test_another_certificate_is_refused_before_anything_is_sent(
    own: OwnTls, hub: tuple[str, list[bytes]]
) -> None:
    with pytest.raises(httpx2.ConnectError):
        get(hub[0], bytes(32))
    assert b"".join(hub[1]) == b""


def test_without_a_pin_the_system_decides_and_it_trusts_no_hub(
    hub: tuple[str, list[bytes]],
) -> None:
    with pytest.raises(httpx2.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
        get(hub[0], None)
    assert b"".join(hub[1]) == b""


def test_the_certificate_is_made_once_and_its_key_is_the_owner_s(
    own: OwnTls, tmp_path: Path
) -> None:
    again = tls.own_tls(tmp_path / "keys", NOW.replace(year=2030))
    assert again == own
    assert own.key.stat().st_mode & 0o777 == 0o600
    assert own.certificate.parent.stat().st_mode & 0o777 == 0o700


def test_the_certificate_names_the_machine_and_holds_ten_years(own: OwnTls) -> None:
    made = x509.load_pem_x509_certificate(own.certificate.read_bytes())
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "localhost" in names.get_values_for_type(x509.DNSName)
    assert "127.0.0.1" in map(str, names.get_values_for_type(x509.IPAddress))
    assert made.not_valid_after_utc.year == 2036
    assert made.not_valid_before_utc.year == 2025
    assert tls.fingerprint_of(own.certificate.read_bytes()) == own.sha256


def test_a_name_that_no_certificate_can_hold_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tls, "machine_names", lambda: ["meja..depan", "x" * 70, "10.0.0.5"])
    made = x509.load_pem_x509_certificate(
        tls.own_tls(tmp_path / "odd", NOW).certificate.read_bytes()
    )
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert [str(one) for one in names.get_values_for_type(x509.IPAddress)] == ["10.0.0.5"]


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://perpus.example", True),
        ("http://127.0.0.1:8470", True),
        ("http://[::1]:8470", True),
        ("http://localhost:8470", True),
        ("http://192.168.1.5:8470", False),
        ("http://localhost.example", False),
        ("http://127.0.0.1.example", False),
    ],
)
def test_plain_http_stays_in_the_machine(url: str, *, safe: bool) -> None:
    assert tls.acceptable(url) is safe
    assert tls.acceptable(url, allow_plain=True)
