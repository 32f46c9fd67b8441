"""From the bytes of a package to its ops, once it is certain whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from perpusdesk.protocol import wire
from perpusdesk.protocol.certificates import short_name
from perpusdesk.protocol.keys import package_bytes, redacted_bytes, verify
from perpusdesk.protocol.messages import Package
from perpusdesk.protocol.opened import Opened
from perpusdesk.protocol.redacted import read_note
from perpusdesk.syncing.engine.ports import Trust


class Flaw(StrEnum):
    """Why a package is not taken in."""

    UNKNOWN = "unknown_device"
    FORGED = "forged"
    DAMAGED = "damaged"


@dataclass(slots=True)
class Sorted:
    """Packages that are good, devices that nobody certified yet, and the rest with its place."""

    opened: list[Opened] = field(default_factory=list)
    unknown: set[bytes] = field(default_factory=set)
    refused: list[tuple[int, str]] = field(default_factory=list)


def open_package(package: Package, trust: Trust, library: bytes) -> Opened | str:
    """Return the package opened, or why not: a ``Flaw`` or a reason of ``protocol.wire``.

    The signature is checked before anything is unpacked.
    """
    try:
        header = wire.read_header(package.body)
    except wire.WireError as error:
        return error.fault
    signer = _redactor if package.redacted else _writer
    device = signer(package, header.device_name, trust, library)
    if isinstance(device, Flaw):
        return device
    try:
        ops = wire.decode(package.body, device)
    except wire.WireError as error:
        return error.fault
    return Opened(package, device, header.incarnation, header.first, tuple(ops))


def _writer(package: Package, name: bytes, trust: Trust, library: bytes) -> bytes | Flaw:
    """Return the device that wrote a package and signed it."""
    keys = trust.keys_of(name)
    if not keys:
        return Flaw.UNKNOWN
    signed = package_bytes(library, package.body)
    found = next((who for who, key in keys if verify(key, package.signature, signed)), None)
    return found or Flaw.FORGED


def _redactor(package: Package, name: bytes, trust: Trust, library: bytes) -> bytes | Flaw:
    """Return the device that wrote a package out of which another one took words.

    Believed is who serves or administers the library, and who wrote it.
    """
    note = read_note(package.redacted)
    if note is None or short_name(note.origin) != name:
        return Flaw.DAMAGED
    keys = trust.keys_of(note.by)
    if not keys:
        return Flaw.UNKNOWN
    signed = redacted_bytes(library, package.redacted, package.body)
    for who, key in keys:
        if verify(key, package.signature, signed):
            return note.origin if who == note.origin or trust.may_redact(who) else Flaw.FORGED
    return Flaw.FORGED


def signer_of(package: Package) -> bytes:
    """Return the short name of the device that signed a package; it can be read."""
    note = read_note(package.redacted) if package.redacted else None
    return note.by if note else wire.read_header(package.body).device_name


def open_all(packages: Iterable[Package], trust: Trust, library: bytes) -> Sorted:
    """Open packages, good and bad apart."""
    found = Sorted()
    for place, package in enumerate(packages):
        one = open_package(package, trust, library)
        if isinstance(one, Opened):
            found.opened.append(one)
        elif one == Flaw.UNKNOWN:
            found.unknown.add(signer_of(package))
        else:
            found.refused.append((place, one))
    return found
