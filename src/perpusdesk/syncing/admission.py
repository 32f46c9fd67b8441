"""The server's part of enrolling a device, free of I/O: is the code good, and who comes in how.

Everything can be repeated: a device that did not hear the answer asks again with the same key and
is answered again. One call at a time for a library.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import msgspec

from perpusdesk.protocol import sealing
from perpusdesk.protocol.certificates import Certificate, Role
from perpusdesk.protocol.enrolment import (
    REPLACED,
    EnrolError,
    EnrolFault,
    EnrolRequest,
    Welcome,
    read_request,
    write_refusal,
    write_welcome,
)
from perpusdesk.storage.device_book import CodeRecord
from perpusdesk.syncing.authority import Authority


class Book(Protocol):
    """What the server knows of its library's devices (``syncing.book.LibraryBook``)."""

    def library(self) -> bytes | None:
        """Return the id of the library, ``None`` while the server has none."""

    def library_name(self) -> str:
        """Return its name."""

    def claim(self, library: bytes) -> None:
        """Take over the library that a device has."""

    def code(self, key: bytes) -> CodeRecord | None:
        """Return what a one-time code is for."""

    def use_code(self, key: bytes, device: bytes, device_key: bytes, now_ms: int) -> bool:
        """Use it up; ``False`` when another was quicker."""

    def certificates(self, device: bytes) -> list[Certificate]:
        """Return what was issued to a device, the newest first."""

    def data_of(self, certificate: Certificate) -> bytes:
        """Return the signed bytes of one of them."""

    def taken(self, device: bytes) -> bool:
        """Whether another device has the same short name."""

    def revoked(self, device: bytes) -> bool:
        """Whether a device was shut out."""

    def numbers(self) -> Mapping[int, bytes]:
        """Return every device number ever given, with its device."""

    def admit(self, certificate: Certificate, data: bytes, *, own_record: bool) -> None:
        """Keep a certificate and tell all devices; ``own_record``: the device tells its name."""


def answer(
    data: bytes, book: Book, authority: Authority, now_ms: int, random: Callable[[int], bytes]
) -> bytes:
    """Return the bytes to answer any request with; ``now_ms`` is the server's own clock.

    ``random`` gives good chance, ``secrets.token_bytes`` where it matters.
    """
    try:
        request = _named(read_request(data), book)
        _check(request, book, now_ms)
        library = book.library()
        sealed = sealing.seal(request.exchange, authority.secret, random(sealing.KEY_BYTES))
        if library is None:
            library = request.library or b""
            book.claim(library)
        certificate = _admitted(request, library, book, authority, now_ms)
        server = certified_server(library, book, authority, now_ms, request.highest)
    except EnrolError as error:
        return write_refusal(error.reason, **error.facts)
    except sealing.SealError:
        return write_refusal(EnrolFault.MALFORMED)
    welcome = Welcome(
        certificate=book.data_of(certificate),
        authority=authority.public,
        library=library,
        library_name=book.library_name(),
        secret=sealed,
        server=book.data_of(server),
    )
    return write_welcome(authority.private, data, welcome)


def certified_server(
    library: bytes, book: Book, authority: Authority, now_ms: int, highest: int = 0
) -> Certificate:
    """Return the server's own certificate for the library, made when there is none yet."""
    known = _of_key(book, authority.device, authority.device_key)
    if known is not None:
        return known
    certificate, data = authority.certify(
        library=library,
        device=authority.device,
        key=authority.device_key,
        role=Role.SERVER,
        branch=None,
        number=_number(book, authority.device, 0, highest),
        name=authority.server_name,
        now_ms=now_ms,
    )
    book.admit(certificate, data, own_record=False)
    return certificate


def _named(request: EnrolRequest, book: Book) -> EnrolRequest:
    """Give a computer that replaces a device the id of the one that its code is for."""
    if request.device != REPLACED:
        return request
    record = book.code(request.code)
    if record is None:
        raise EnrolError(EnrolFault.CODE_UNKNOWN)
    if record.device in (None, REPLACED):
        raise EnrolError(EnrolFault.CODE_FOR_NEW)
    return msgspec.structs.replace(request, device=record.device)


def _check(request: EnrolRequest, book: Book, now_ms: int) -> None:
    """Use the code up for this device; raises ``EnrolError`` when it must not come in."""
    record = book.code(request.code)
    if record is None:
        raise EnrolError(EnrolFault.CODE_UNKNOWN)
    again = (record.used_by, record.used_key) == (request.device, request.key)
    if record.used and not again:
        raise EnrolError(EnrolFault.CODE_USED)
    if not again and now_ms >= record.expires_ms:
        raise EnrolError(EnrolFault.CODE_EXPIRED)
    if record.device not in (None, request.device):
        raise EnrolError(EnrolFault.CODE_FOR_ANOTHER, name=record.name)
    _check_library(request, book)
    _check_device(request, record, book)
    if not again and not book.use_code(request.code, request.device, request.key, now_ms):
        raise EnrolError(EnrolFault.CODE_USED)


def _check_library(request: EnrolRequest, book: Book) -> None:
    mine = book.library()
    if mine is None and request.library is None:
        raise EnrolError(EnrolFault.NOTHING_TO_JOIN)
    if mine is not None and request.library not in (None, mine):
        raise EnrolError(EnrolFault.WRONG_LIBRARY, library=book.library_name())


def _check_device(request: EnrolRequest, record: CodeRecord, book: Book) -> None:
    if book.revoked(request.device):
        raise EnrolError(EnrolFault.DEVICE_REVOKED)
    if book.taken(request.device):
        raise EnrolError(EnrolFault.DEVICE_KNOWN)
    known = book.certificates(request.device)
    same_key = any(one.key == request.key for one in known)
    if known and not same_key and record.device != request.device:
        raise EnrolError(EnrolFault.DEVICE_KNOWN, name=known[0].name)


def _admitted(
    request: EnrolRequest, library: bytes, book: Book, authority: Authority, now_ms: int
) -> Certificate:
    record = book.code(request.code)
    if record is None:
        raise EnrolError(EnrolFault.CODE_UNKNOWN)
    known = book.certificates(request.device)
    same = next((one for one in known if one.key == request.key), None)
    if same is not None and (same.role, record.used_ms) == (record.role, same.issued_ms):
        book.admit(same, book.data_of(same), own_record=same.number == request.number)
        return same
    number = (
        known[0].number if known else _number(book, request.device, request.number, request.highest)
    )
    certificate, data = authority.certify(
        library=library,
        device=request.device,
        key=request.key,
        role=record.role,
        branch=record.branch or request.branch,
        number=number,
        name=record.name or request.name,
        now_ms=record.used_ms,
    )
    book.admit(certificate, data, own_record=number == request.number)
    return certificate


def _number(book: Book, device: bytes, wanted: int, highest: int) -> int:
    """Return the number that a device has or wants, a free one when another has that."""
    owners = book.numbers()
    had = next((number for number, owner in owners.items() if owner == device), 0)
    if had or (wanted and wanted not in owners):
        return had or wanted
    return max((*owners, highest)) + 1


def _of_key(book: Book, device: bytes, key: bytes) -> Certificate | None:
    return next((one for one in book.certificates(device) if one.key == key), None)
