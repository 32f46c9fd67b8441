"""What a new device and the server say to each other: one request, one answer, MessagePack each.

The code's secret makes an Ed25519 key. The server keeps its public part alone, so that neither its
database nor a recorded request lets anybody else use the code. The answer is signed by the
library's authority, whose fingerprint the code carried, and says to which request it belongs.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from hashlib import blake2b
from typing import Final, TypeVar

import msgspec

from perpusdesk.protocol.certificates import Certificate, CertificateError
from perpusdesk.protocol.certificates import read as read_certificate
from perpusdesk.protocol.keys import fingerprint, public_of, sign, verify

PATH: Final = "/v1/enrol"
MOST_BYTES: Final = 4096
MOST_NUMBER: Final = 1_000_000
VERSION: Final = 2
"""From 2 on a computer may replace the device of its code; what else is asked says 1."""
REPLACED: Final = bytes(16)
"""Stands for the device that the code is for, whose id the computer that replaces it learns."""
_REQUEST: Final = b"perpusdesk enrol 1\0"
_ANSWER: Final = b"perpusdesk enrolled 1\0"

T = TypeVar("T")


class EnrolFault(StrEnum):
    """Why a server does not admit a device, or why a device does not believe an answer."""

    MALFORMED = "malformed"
    NEWER_PROGRAM = "newer_program"
    CODE_UNKNOWN = "code_unknown"
    CODE_USED = "code_used"
    CODE_EXPIRED = "code_expired"
    WRONG_LIBRARY = "wrong_library"
    DEVICE_KNOWN = "device_known"
    CODE_FOR_ANOTHER = "code_for_another"
    CODE_FOR_NEW = "code_for_new"
    DEVICE_REVOKED = "device_revoked"
    NOTHING_TO_JOIN = "nothing_to_join"
    NOT_THE_SERVER = "not_the_server"
    NOT_SECURE = "not_secure"
    CLOCK_WRONG = "clock_wrong"


class EnrolRequest(msgspec.Struct, frozen=True, array_like=True):
    """A device asks to be admitted.

    ``code`` is the public key of the code's secret, ``exchange`` the X25519 key for which the
    answer's secret is sealed. A device that has data names its library, its branch, its device
    number and the highest it knows of; a new one leaves them out; one that replaces the device of
    its code calls itself ``REPLACED``. ``proof`` is signed by the code, ``own`` by the device.
    """

    version: int
    code: bytes
    device: bytes
    key: bytes
    exchange: bytes
    nonce: bytes
    name: str
    program: str
    library: bytes | None = None
    branch: bytes | None = None
    number: int = 0
    highest: int = 0
    proof: bytes = b""
    own: bytes = b""


class Enrolled(msgspec.Struct, frozen=True, array_like=True, tag=1):
    """Admitted: the bytes of a ``Welcome``, and the authority's signature."""

    body: bytes
    signature: bytes


class EnrolRefused(msgspec.Struct, frozen=True, array_like=True, tag=2):
    """Not admitted: an ``EnrolFault`` (or a later word), and what people should know of it."""

    reason: str
    facts: dict[str, str] = {}


class Welcome(msgspec.Struct, frozen=True, array_like=True):
    """What the new device needs: certificates are the signed bytes.

    ``secret`` is the library's key for folders and sticks, sealed for the request's ``exchange``.
    """

    certificate: bytes
    authority: bytes
    library: bytes
    library_name: str
    secret: bytes
    server: bytes


class _Version(msgspec.Struct, frozen=True, array_like=True):
    version: int


_VERSIONS: Final = msgspec.msgpack.Decoder(_Version)
_REQUESTS: Final = msgspec.msgpack.Decoder(EnrolRequest)
_WELCOMES: Final = msgspec.msgpack.Decoder(Welcome)
_ANSWERS: Final = msgspec.msgpack.Decoder(Enrolled | EnrolRefused)


class EnrolError(Exception):
    """What was received cannot be used; ``reason`` says why, ``facts`` what people should know."""

    def __init__(self, reason: EnrolFault, **facts: str) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.facts = facts


def code_key(secret: bytes) -> bytes:
    """Return the private key that the secret of a code stands for."""
    return blake2b(secret, digest_size=32, person=b"perpus enrol").digest()


def write_request(request: EnrolRequest, secret: bytes, private: bytes) -> bytes:
    """Return the bytes of a request, proven by the code's secret and the device's own key."""
    plain = msgspec.structs.replace(request, code=public_of(code_key(secret)), proof=b"", own=b"")
    said = _said(plain)
    proven = msgspec.structs.replace(
        plain, proof=sign(code_key(secret), said), own=sign(private, said)
    )
    return msgspec.msgpack.encode(proven)


def read_request(data: bytes) -> EnrolRequest:
    """Return a request of sound shape whose two proofs hold.

    Raises ``EnrolError``: malformed, of a newer program, or with a proof that does not fit
    (CODE_UNKNOWN: whoever sent it does not have the secret).
    """
    if len(data) > MOST_BYTES:
        raise EnrolError(EnrolFault.MALFORMED)
    if _decoded(data, _VERSIONS.decode).version > VERSION:
        raise EnrolError(EnrolFault.NEWER_PROGRAM)
    request = _decoded(data, _REQUESTS.decode)
    ids = (request.device, request.library or bytes(16), request.branch or bytes(16), request.nonce)
    keys = (request.code, request.key, request.exchange)
    if not (
        all(len(one) == 16 for one in ids)
        and all(len(one) == 32 for one in keys)
        and 0 <= request.number <= MOST_NUMBER
        and 0 <= request.highest <= MOST_NUMBER
        and len(request.name) <= 200
        and len(request.program) <= 100
        and (request.device != REPLACED or request.version > 1)
    ):
        raise EnrolError(EnrolFault.MALFORMED)
    said = _said(request)
    if not verify(request.code, request.proof, said):
        raise EnrolError(EnrolFault.CODE_UNKNOWN)
    if not verify(request.key, request.own, said):
        raise EnrolError(EnrolFault.MALFORMED)
    return request


def write_welcome(authority_private: bytes, request: bytes, welcome: Welcome) -> bytes:
    """Return the answer to exactly these request bytes."""
    body = msgspec.msgpack.encode(welcome)
    return msgspec.msgpack.encode(Enrolled(body, sign(authority_private, _answer(request, body))))


def write_refusal(reason: EnrolFault, **facts: str) -> bytes:
    """Return the answer that refuses."""
    return msgspec.msgpack.encode(EnrolRefused(reason.value, facts))


def read_answer(
    data: bytes, request: bytes, authority: bytes
) -> tuple[Welcome, Certificate] | EnrolRefused:
    """Return what the authority with this fingerprint answered to these request bytes.

    Raises ``EnrolError``: malformed, or not from the library's server (NOT_THE_SERVER).
    """
    if len(data) > 4 * MOST_BYTES:
        raise EnrolError(EnrolFault.MALFORMED)
    answer = _decoded(data, _ANSWERS.decode)
    if isinstance(answer, EnrolRefused):
        return answer
    welcome = _decoded(answer.body, _WELCOMES.decode)
    genuine = fingerprint(welcome.authority) == authority and verify(
        welcome.authority, answer.signature, _answer(request, answer.body)
    )
    if not genuine:
        raise EnrolError(EnrolFault.NOT_THE_SERVER)
    try:
        own = read_certificate(welcome.certificate, welcome.authority, welcome.library)
        server = read_certificate(welcome.server, welcome.authority, welcome.library)
    except CertificateError as error:
        raise EnrolError(EnrolFault.NOT_THE_SERVER) from error
    asked = _decoded(request, _REQUESTS.decode)
    meant = asked.device in (own.device, REPLACED) and own.device != REPLACED
    if not meant or own.key != asked.key or not server.may_enrol:
        raise EnrolError(EnrolFault.NOT_THE_SERVER)
    return welcome, own


def _said(request: EnrolRequest) -> bytes:
    return _REQUEST + msgspec.msgpack.encode(msgspec.structs.replace(request, proof=b"", own=b""))


def _answer(request: bytes, body: bytes) -> bytes:
    return _ANSWER + blake2b(request, digest_size=32).digest() + body


def _decoded(data: bytes, decode: Callable[[bytes], T]) -> T:
    try:
        return decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise EnrolError(EnrolFault.MALFORMED) from error
