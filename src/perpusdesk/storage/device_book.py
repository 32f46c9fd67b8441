"""Who may exchange with this library: one-time codes and the certificates of devices.

Both belong to this device alone. The server keeps codes, by their public keys; every device keeps
the certificates of those whose packages it has, all that a device ever had: what it signed before
it lost a key stays proven.
"""

from __future__ import annotations

from typing import Any

import msgspec

from perpusdesk.protocol.certificates import Certificate
from perpusdesk.storage.library import Library
from perpusdesk.storage.meta import LIBRARY


class CodeRecord(msgspec.Struct, frozen=True, array_like=True):
    """A one-time code as the server keeps it: what it is for, and who used it; times in Unix ms.

    ``device`` is the one device it is for (one that lost its key), ``None`` for any new one.
    """

    role: str
    branch: bytes | None
    name: str
    device: bytes | None
    issued_ms: int
    expires_ms: int
    issued_by: str = ""
    used_ms: int = 0
    used_by: bytes = b""
    used_key: bytes = b""

    @property
    def used(self) -> bool:
        """Whether a device was admitted by it."""
        return bool(self.used_key)


def put_code(library: Library, key: bytes, record: CodeRecord) -> None:
    """Keep a new code by its public key."""
    with library.local_work() as database:
        query = "insert into enrol_code(hash, value) values (?, ?)"
        database.execute_sql(query, (key, msgspec.msgpack.encode(record)))


def code(library: Library, key: bytes) -> CodeRecord | None:
    """Return what is known of a code."""
    value = library.value("select value from enrol_code where hash = ?", key)
    return None if value is None else _record(value)


def codes(library: Library) -> list[tuple[bytes, CodeRecord]]:
    """Return all codes, the newest first."""
    rows = library.rows("select hash, value from enrol_code")
    found = [(bytes(key), _record(value)) for key, value in rows]
    return sorted(found, key=lambda one: (-one[1].issued_ms, one[0]))


def use_code(library: Library, key: bytes, device: bytes, device_key: bytes, now_ms: int) -> bool:
    """Note that a device uses a code; ``False`` when there is no such code or it was used."""
    with library.local_work() as database:
        query = "select value from enrol_code where hash = ?"
        rows = database.execute_sql(query, (key,)).fetchall()
        record = _record(rows[0][0]) if rows else None
        if record is None or record.used:
            return False
        used = msgspec.structs.replace(record, used_ms=now_ms, used_by=device, used_key=device_key)
        query = "update enrol_code set value = ? where hash = ?"
        database.execute_sql(query, (msgspec.msgpack.encode(used), key))
    return True


def forget_code(library: Library, key: bytes) -> None:
    """Take a code back that nobody used."""
    with library.local_work() as database:
        database.execute_sql("delete from enrol_code where hash = ?", (key,))


def put_certificate(library: Library, certificate: Certificate, data: bytes) -> None:
    """Keep a certificate that was read and found good; a later one for the same key replaces it."""
    with library.local_work() as database:
        database.execute_sql(
            "insert into certificate(short, key, device, issued, data) values (?, ?, ?, ?, ?)"
            " on conflict(short, key) do update set issued = excluded.issued, data = excluded.data"
            " where excluded.issued >= certificate.issued",
            (
                certificate.short,
                certificate.key,
                certificate.device,
                certificate.issued_ms,
                data,
            ),
        )


def certificates(library: Library, short: bytes) -> list[bytes]:
    """Return the certificates of the device with this short name, the newest first."""
    rows = library.rows(
        "select data from certificate where short = ? order by issued desc, key", short
    )
    return [bytes(data) for (data,) in rows]


def all_certificates(library: Library) -> list[bytes]:
    """Return every certificate, each device's newest first."""
    rows = library.rows("select data from certificate order by short, issued desc, key")
    return [bytes(data) for (data,) in rows]


def claimed(library: Library) -> bool:
    """Whether there is a library in the file: somebody wrote something, or it was taken over."""
    return library.value("select 1 from op limit 1") is not None or bool(library.local("claimed"))


def claim(library: Library, id_: bytes) -> None:
    """Make the empty file of a new server the file of a library that a device has already.

    Raises ``ValueError`` when something was written to it.
    """
    with library.local_work() as database:
        if claimed(library) and library.id != id_:
            raise ValueError(library.id)
        database.execute_sql("update meta set value = ? where key = ?", (id_, LIBRARY))
        library.keep_local("claimed", 1)
    library.id = id_


def highest_number(library: Library) -> int:
    """Return the highest device number that the library's records know; 0 for none."""
    return int(library.value("select max(number) from device") or 0)


def _record(value: Any) -> CodeRecord:
    return msgspec.msgpack.decode(bytes(value), type=CodeRecord)
