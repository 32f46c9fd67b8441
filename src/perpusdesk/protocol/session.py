"""How a device and a server prove to each other who they are before they exchange anything.

It does not lean on TLS: each signs the other's nonce with the key that the library's authority
certified, together with both names, so that nothing said here is of use with anybody else. What
comes of it is a token for the requests of some hours.
"""

from __future__ import annotations

from typing import Any, Final, TypeVar

import msgspec

from perpusdesk.protocol.keys import sign, verify
from perpusdesk.protocol.messages import MessageError

PATH: Final = "/v1/session"
EXCHANGE_PATH: Final = "/v1/exchange"
MEDIA_TYPE: Final = "application/msgpack"
VERSION: Final = 1
MOST_BYTES: Final = 8192
NONCE_BYTES: Final = 16
_SERVER: Final = b"perpusdesk session server 1\0"
_DEVICE: Final = b"perpusdesk session device 1\0"
_ID_BYTES: Final = 16


class SessionWanted(msgspec.Struct, frozen=True, array_like=True, tag="session?"):
    """A device of a library wants to exchange; ``nonce`` is for the server to sign."""

    version: int
    library: bytes
    device: bytes
    nonce: bytes


class Challenge(msgspec.Struct, frozen=True, array_like=True, tag="challenge"):
    """Who the server is, proven; ``nonce`` is for the device to sign, good once and soon."""

    certificate: bytes
    nonce: bytes
    now_ms: int
    signature: bytes


class Proof(msgspec.Struct, frozen=True, array_like=True, tag="proof"):
    """The device's certificate, and its signature."""

    library: bytes
    device: bytes
    nonce: bytes
    certificate: bytes
    signature: bytes


class Session(msgspec.Struct, frozen=True, array_like=True, tag="session"):
    """The token, for how many seconds it is good, and the device's newer certificate if any."""

    token: str
    seconds: int
    certificate: bytes = b""


class SessionRefused(msgspec.Struct, frozen=True, array_like=True, tag="refused"):
    """No, and why."""

    reason: str


Asked = SessionWanted | Proof
Answered = Challenge | Session | SessionRefused
T = TypeVar("T")

_asked: Final = msgspec.msgpack.Decoder(Asked)
_answered: Final = msgspec.msgpack.Decoder(Answered)


def encode(message: Asked | Answered) -> bytes:
    """Return the bytes of a message."""
    return msgspec.msgpack.encode(message)


def decode_asked(data: bytes) -> Asked:
    """Read what a device says; raises ``MessageError``."""
    asked: Asked = _decoded(_asked, data)
    ids = (asked.library, asked.device)
    if any(len(one) != _ID_BYTES for one in ids) or not asked.nonce:
        raise MessageError("damaged")
    return asked


def decode_answered(data: bytes) -> Answered:
    """Read what a server says; raises ``MessageError``."""
    answered: Answered = _decoded(_answered, data)
    return answered


def server_signature(private: bytes, wanted: SessionWanted, server: bytes, nonce: bytes) -> bytes:
    """Return what the server signs to be believed."""
    return sign(private, _server_says(wanted, server, nonce))


def server_proven(key: bytes, wanted: SessionWanted, server: bytes, answer: Challenge) -> bool:
    """Whether the device ``server`` with this public key answered."""
    return verify(key, answer.signature, _server_says(wanted, server, answer.nonce))


def device_signature(
    private: bytes, library: bytes, device: bytes, server: bytes, nonce: bytes
) -> bytes:
    """Return what the device signs to be let in: good at this server alone."""
    return sign(private, _DEVICE + library + device + server + nonce)


def device_proven(key: bytes, proof: Proof, server: bytes) -> bool:
    """Whether the device with this public key asks this server."""
    said = _DEVICE + proof.library + proof.device + server + proof.nonce
    return verify(key, proof.signature, said)


def _server_says(wanted: SessionWanted, server: bytes, nonce: bytes) -> bytes:
    return _SERVER + wanted.library + server + wanted.device + wanted.nonce + nonce


def _decoded(decoder: msgspec.msgpack.Decoder[Any], data: bytes) -> Any:
    if len(data) > MOST_BYTES:
        raise MessageError("too_large")
    try:
        return decoder.decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise MessageError("damaged") from error
