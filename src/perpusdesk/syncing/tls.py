"""TLS: a hub's own certificate, and connections that accept exactly that one.

A server with a public name stands behind a reverse proxy with a certificate that everybody's system
trusts. A hub in a branch's network has no such name: it makes its own certificate once, and the
enrolment code carries the SHA-256 of it (of its DER bytes, as browsers show it).
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import ipaddress
import socket
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import psutil
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from perpusdesk.common.files import write_atomically

VALID: Final = timedelta(days=3650)
_SKEW: Final = timedelta(days=366)  # desks whose clock stands a year back connect too
_MOST_NAMES: Final = 50


@dataclass(frozen=True, slots=True)
class OwnTls:
    """A hub's certificate and key, as files for the web server, and what devices pin."""

    certificate: Path
    key: Path
    sha256: bytes


class PinError(ssl.SSLCertVerificationError):
    """The other side is not the one whose certificate is pinned."""


def own_tls(folder: Path, now: datetime) -> OwnTls:
    """Return the hub's certificate in ``folder``, made when there is none.

    It stays the same for ten years, also when the machine's addresses change: devices know it by
    its SHA-256. Raises ``KnownError`` when the folder cannot be written.
    """
    own = _files(folder)
    try:
        pem = own[0].read_bytes()
        own[1].read_bytes()
    except OSError:
        pem = _make(own, machine_names(), now)
    return OwnTls(*own, sha256=fingerprint_of(pem))


def fingerprint_of(pem: bytes) -> bytes:
    """Return the SHA-256 of a certificate in PEM."""
    return x509.load_pem_x509_certificate(pem).fingerprint(SHA256())


def machine_names() -> list[str]:
    """Return the names and addresses by which this machine is reached, the name first."""
    names = [socket.gethostname(), "localhost"]
    for addresses in psutil.net_if_addrs().values():
        names += [one.address.partition("%")[0] for one in addresses if one.family in _INTERNET]
    return list(dict.fromkeys(name for name in names if name))[:_MOST_NAMES]


def plain_is_safe(url: str) -> bool:
    """Whether plain HTTP to this address stays in this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def acceptable(url: str, *, allow_plain: bool = False) -> bool:
    """Whether a library may be exchanged with this address: TLS, this machine, or as set."""
    return urlsplit(url).scheme == "https" or plain_is_safe(url) or allow_plain


def context_for(pin: bytes | None) -> ssl.SSLContext:
    """Return what verifies the other side: by its pinned SHA-256, else as the system does."""
    return ssl.create_default_context() if pin is None else _pinned(pin)


def _pinned(pin: bytes) -> ssl.SSLContext:
    """Accept exactly the certificate with this SHA-256, before a byte of ours is sent."""

    class PinnedSocket(ssl.SSLSocket):
        def do_handshake(self, block: bool = False) -> None:
            super().do_handshake(block)
            _check(self.getpeercert(binary_form=True), pin)

    class PinnedObject(ssl.SSLObject):
        def do_handshake(self) -> None:
            super().do_handshake()
            _check(self.getpeercert(binary_form=True), pin)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # the handshake proves the key, the pin says whose it is
    context.sslsocket_class = PinnedSocket
    context.sslobject_class = PinnedObject
    return context


def _check(der: bytes | None, pin: bytes) -> None:
    if der is None or not hmac.compare_digest(hashlib.sha256(der).digest(), pin):
        raise PinError("the certificate is not the pinned one")


def _files(folder: Path) -> tuple[Path, Path]:
    return folder / "hub-certificate.pem", folder / "hub-key.pem"


def _make(files: tuple[Path, Path], names: Iterable[str], now: datetime) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    pem = _certificate(key, list(names), now).public_bytes(Encoding.PEM)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    files[0].parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    files[1].unlink(missing_ok=True)
    write_atomically(files[1], secret)
    files[1].chmod(0o600)
    write_atomically(files[0], pem)
    return pem


def _certificate(
    key: ec.EllipticCurvePrivateKey, names: list[str], now: datetime
) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0][:64])])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now.astimezone(UTC) - _SKEW)
        .not_valid_after(now.astimezone(UTC) + VALID)
        .add_extension(x509.SubjectAlternativeName(_general(names)), False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
        .sign(key, SHA256())
    )


def _general(names: list[str]) -> list[x509.GeneralName]:
    """Return the names as certificates hold them; one that no certificate can hold is left out."""
    found: list[x509.GeneralName] = []
    for name in names:
        try:
            found.append(x509.IPAddress(ipaddress.ip_address(name)))
        except ValueError:
            with contextlib.suppress(UnicodeError, ValueError):
                found.append(x509.DNSName(name.encode("idna").decode("ascii")))
    return found


_INTERNET: Final[tuple[Any, ...]] = (socket.AF_INET, socket.AF_INET6)
