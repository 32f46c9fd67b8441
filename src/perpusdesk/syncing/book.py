"""The server's book of devices, kept in its library file (``admission.Book``), and its codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.protocol import keys
from perpusdesk.protocol.certificates import Certificate, CertificateError, read, short_name
from perpusdesk.protocol.enrolment import code_key
from perpusdesk.protocol.enrolment_code import SECRET_BYTES, EnrolmentCode
from perpusdesk.storage import device_book
from perpusdesk.storage.device_book import CodeRecord
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries import policy
from perpusdesk.syncing.authority import Authority

ENROL_VERB: Final = "enrol_device"
DAY_MS: Final = 24 * 3600 * 1000


class LibraryBook:
    """What a server's library file says of devices; the caller lets one thread in at a time."""

    def __init__(self, library: Library, authority: bytes) -> None:
        """Read the book of ``library``; ``authority`` is the public key of its authority."""
        self._library = library
        self._authority = authority
        self.admitted: set[bytes] = set()
        """Devices that were given a certificate by this book."""

    def library(self) -> bytes | None:
        """Return the id of the library, ``None`` while the server has none."""
        return self._library.id if device_book.claimed(self._library) else None

    def library_name(self) -> str:
        """Return its name; none is known before the first exchange after a claim."""
        return str(policy.settings(self._library).get("library_name", ""))

    def claim(self, library: bytes) -> None:
        """Take over the library that a device has."""
        device_book.claim(self._library, library)

    def code(self, key: bytes) -> CodeRecord | None:
        """Return what a one-time code is for."""
        return device_book.code(self._library, key)

    def use_code(self, key: bytes, device: bytes, device_key: bytes, now_ms: int) -> bool:
        """Use it up; ``False`` when another was quicker."""
        return device_book.use_code(self._library, key, device, device_key, now_ms)

    def certificates(self, device: bytes) -> list[Certificate]:
        """Return what was issued to a device, the newest first."""
        return [one for one, _ in self._of(short_name(device)) if one.device == device]

    def data_of(self, certificate: Certificate) -> bytes:
        """Return the signed bytes of the newest certificate of its key."""
        return next(data for one, data in self._of(certificate.short) if one.key == certificate.key)

    def taken(self, device: bytes) -> bool:
        """Whether another device has the same short name."""
        return any(one.device != device for one, _ in self._of(short_name(device)))

    def revoked(self, device: bytes) -> bool:
        """Whether a device was shut out."""
        return self._library.exchange.revoked(device)

    def numbers(self) -> Mapping[int, bytes]:
        """Return every device number ever given, with its device."""
        rows = self._library.rows("select number, id from device where number is not null")
        certified = (self._read(data) for data in device_book.all_certificates(self._library))
        return {
            **{one.number: one.device for one in certified if one is not None},
            **{int(number): bytes(device) for number, device in rows},
        }

    def admit(self, certificate: Certificate, data: bytes, *, own_record: bool) -> None:
        """Keep a certificate and tell all devices of it by the device's record.

        ``own_record``: the device itself tells its name, branch and number. Writes nothing that is
        written already.
        """
        device_book.put_certificate(self._library, certificate, data)
        self.admitted.add(certificate.device)
        query = "select certificate from device where id = ?"
        row = self._library.row(query, certificate.device)
        if row is not None and row[0] is not None and bytes(row[0]) == data:
            return
        fields: dict[str, Any] = {
            "key": certificate.key,
            "role": certificate.role,
            "made": _iso(certificate.issued_ms),
            "certificate": data,
        }
        if not own_record:
            fields |= {"name": certificate.name, "number": certificate.number}
            fields |= {"branch": certificate.branch} if certificate.branch else {}
        action = Action(ENROL_VERB, branch=_id(certificate.branch))
        action.set("device", UUID(bytes=certificate.device), fields, fresh=row is None)
        self._library.write(action)

    def renew(self, authority: Authority, now_ms: int) -> int:
        """Issue again what has less than three years left, to devices that are not shut out.

        Returns how many. To be called at the server's start and once a day.
        """
        newest: dict[bytes, Certificate] = {}
        for data in device_book.all_certificates(self._library):
            one = self._read(data)
            if one is not None and one.device not in newest:
                newest[one.device] = one
        count = 0
        for certificate in newest.values():
            renewed = authority.renewed(certificate, now_ms)
            if renewed is not None and not self.revoked(certificate.device):
                self.admit(*renewed, own_record=True)
                count += 1
        return count

    def _of(self, short: bytes) -> list[tuple[Certificate, bytes]]:
        found = device_book.certificates(self._library, short)
        return [(one, data) for data in found if (one := self._read(data)) is not None]

    def _read(self, data: bytes) -> Certificate | None:
        try:
            return read(data, self._authority)
        except CertificateError:
            return None


def issue_code(
    library: Library,
    authority: Authority,
    server: str,
    *,
    role: str,
    random: Callable[[int], bytes],
    now_ms: int,
    branch: bytes | None = None,
    name: str = "",
    device: bytes | None = None,
    tls: bytes | None = None,
    issued_by: str = "",
    valid_ms: int = DAY_MS,
) -> EnrolmentCode:
    """Make a one-time code and keep the public part of its secret; nobody can tell it again.

    ``server`` is the address as devices reach it, ``tls`` the SHA-256 of its own certificate when
    no public authority vouches for it, ``device`` one that lost its key and shall come back. Raises
    ``ValueError`` for an address that cannot be one.
    """
    claimed = device_book.claimed(library)
    code = EnrolmentCode(
        server=server.rstrip("/"),
        library=library.id if claimed else None,
        authority=authority.fingerprint,
        secret=random(SECRET_BYTES),
        expires_s=(now_ms + valid_ms) // 1000,
        tls=tls,
    )
    record = CodeRecord(
        role=role,
        branch=branch,
        name=name,
        device=device,
        issued_ms=now_ms,
        expires_ms=now_ms + valid_ms,
        issued_by=issued_by,
    )
    device_book.put_code(library, keys.public_of(code_key(code.secret)), record)
    return code


def _iso(moment_ms: int) -> str:
    return datetime.fromtimestamp(moment_ms / 1000, UTC).isoformat(timespec="seconds")


def _id(value: bytes | None) -> UUID | None:
    return UUID(bytes=value) if value else None
