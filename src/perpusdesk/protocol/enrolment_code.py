"""The one-time code by which a device joins a library, as text and as the text of a QR code.

It names the server, the library, the fingerprint of its authority, a secret that is good once, and
for a hub without a public name the SHA-256 of its TLS certificate. The text is Crockford's base 32
in groups of five with a sixth character that checks the group and its place, and 24 bits of check
over all: whoever types it is told which group to look at again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Final
from urllib.parse import urlsplit

from perpusdesk.protocol.code_groups import (
    bytes_of,
    cut,
    groups_of,
    parts,
    squeezed,
    wrong_groups,
)

PREFIX: Final = "PDESK"
SECRET_BYTES: Final = 10
FINGERPRINT_BYTES: Final = 16
_VERSION: Final = 1
_GROUP: Final = 6
_CHECK_BYTES: Final = 3
_HEAD_BYTES: Final = 3
_ID_BYTES: Final = 16
_PIN_BYTES: Final = 32
_TIME_BYTES: Final = 4
_HAS_LIBRARY, _HAS_PIN, _IS_HTTPS = 1, 2, 4
_HTTPS: Final = "https://"
_MOST_URL: Final = 120


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """What a code says.

    ``library`` is ``None`` for a server that has none yet and takes over that of the first device.
    ``authority`` is the fingerprint of its key. ``expires_s`` (Unix seconds) is for show: only the
    server's clock decides.
    """

    server: str
    library: bytes | None
    authority: bytes
    secret: bytes
    expires_s: int
    tls: bytes | None = None


class CodeFault(StrEnum):
    """Why a text is no enrolment code that can be used."""

    NOT_A_CODE = "not_a_code"
    INCOMPLETE = "incomplete"
    MISTYPED = "mistyped"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class BadCode:
    """The text cannot be used; ``groups`` are those to look at again, counted from 1."""

    reason: CodeFault
    groups: tuple[int, ...] = ()


def write(code: EnrolmentCode) -> str:
    """Return the text, for reading and typing; raises ``ValueError`` for what no code can hold."""
    return "-".join([PREFIX, *groups_of(_packed(code), _GROUP)])


def qr_text(code: EnrolmentCode) -> str:
    """Return the same for a QR code: in the characters of which it takes most."""
    return write(code).replace("-", "")


def looks_like_code(text: str) -> bool:
    """Whether a text that somebody scanned or typed is meant as an enrolment code."""
    return squeezed(text).startswith(PREFIX)


def read(text: str) -> EnrolmentCode | BadCode:
    """Return what a code says, however it is spaced and in whatever case."""
    if not looks_like_code(text):
        return BadCode(CodeFault.NOT_A_CODE)
    given = parts(text)
    groups = given[1:] if given[0] == PREFIX else cut(squeezed(text)[len(PREFIX) :], _GROUP)
    wrong = wrong_groups(groups, _GROUP)
    length = _length(groups) if groups and 1 not in wrong else None
    if length is not None and len(groups) < length:
        return BadCode(CodeFault.INCOMPLETE, tuple(sorted({*wrong, len(groups) + 1})))
    too_many = tuple(range(length + 1, len(groups) + 1)) if length is not None else ()
    if wrong or too_many:
        return BadCode(CodeFault.MISTYPED, tuple(sorted({*wrong, *too_many})))
    return _unpacked(bytes_of(groups)) if groups else BadCode(CodeFault.INCOMPLETE, (1,))


def usable_server(url: str) -> bool:
    """Whether a text is the address of a server: http or https, a host, nothing smuggled in."""
    if len(url) > _MOST_URL or not url.isascii() or re.search(r"[\s\x00-\x1f\x7f\\]", url):
        return False
    try:
        there = urlsplit(url)
        known = there.scheme in {"http", "https"} and bool(there.hostname) and there.port != 0
    except ValueError:
        return False
    return known and not (there.username or there.password or there.query or there.fragment)


def _packed(code: EnrolmentCode) -> bytes:
    sizes = {len(code.secret): SECRET_BYTES, len(code.authority): FINGERPRINT_BYTES}
    sizes |= {len(code.library): _ID_BYTES} if code.library is not None else {}
    sizes |= {len(code.tls): _PIN_BYTES} if code.tls is not None else {}
    if not usable_server(code.server) or any(is_ != must for is_, must in sizes.items()):
        raise ValueError(code.server)
    https = code.server.startswith(_HTTPS)
    flags = (
        (_HAS_LIBRARY if code.library is not None else 0)
        | (_HAS_PIN if code.tls is not None else 0)
        | (_IS_HTTPS if https else 0)
    )
    rest = b"".join(
        (
            code.authority,
            code.secret,
            code.expires_s.to_bytes(_TIME_BYTES, "big"),
            code.library or b"",
            code.tls or b"",
            code.server.removeprefix(_HTTPS).encode("ascii"),
        )
    )
    whole = bytes((_VERSION, len(rest) + _HEAD_BYTES + _CHECK_BYTES, flags)) + rest
    return whole + _check(whole)


def _unpacked(data: bytes) -> EnrolmentCode | BadCode:
    version, length, flags = data[:_HEAD_BYTES] if len(data) >= _HEAD_BYTES else (0, 0, 0)
    if version > _VERSION:
        return BadCode(CodeFault.NEWER)
    whole = data[: length - _CHECK_BYTES]
    if version != _VERSION or _check(whole) != data[length - _CHECK_BYTES : length]:
        return BadCode(CodeFault.MISTYPED)
    rest = _Rest(whole[_HEAD_BYTES:])
    try:
        code = EnrolmentCode(
            authority=rest.take(FINGERPRINT_BYTES),
            secret=rest.take(SECRET_BYTES),
            expires_s=int.from_bytes(rest.take(_TIME_BYTES), "big"),
            library=rest.take(_ID_BYTES) if flags & _HAS_LIBRARY else None,
            tls=rest.take(_PIN_BYTES) if flags & _HAS_PIN else None,
            server=(_HTTPS if flags & _IS_HTTPS else "") + rest.left.decode("ascii"),
        )
    except ValueError:
        return BadCode(CodeFault.MISTYPED)
    return code if usable_server(code.server) else BadCode(CodeFault.MISTYPED)


class _Rest:
    """Bytes from which one piece after the other is taken."""

    def __init__(self, data: bytes) -> None:
        self.left = data

    def take(self, count: int) -> bytes:
        """Return the next piece; raises ``ValueError`` when there is too little."""
        piece, self.left = self.left[:count], self.left[count:]
        if len(piece) < count:
            raise ValueError(count)
        return piece


def _check(data: bytes) -> bytes:
    return blake2b(data, digest_size=_CHECK_BYTES, person=b"perpus code").digest()


def _length(groups: Sequence[str]) -> int:
    """Return how many groups the first one promises."""
    promised = bytes_of(groups[:1])[1]
    return -(-promised * 8 // (5 * (_GROUP - 1)))
