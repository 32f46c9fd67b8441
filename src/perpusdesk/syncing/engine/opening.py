"""From the bytes of a package to its ops, once it is certain whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from perpusdesk.protocol import wire
from perpusdesk.protocol.keys import package_bytes, verify
from perpusdesk.protocol.messages import Package
from perpusdesk.protocol.opened import Opened
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
    keys = trust.keys_of(header.device_name)
    if not keys:
        return Flaw.UNKNOWN
    signed = package_bytes(library, package.body)
    device = next((who for who, key in keys if verify(key, package.signature, signed)), None)
    if device is None:
        return Flaw.FORGED
    try:
        ops = wire.decode(package.body, device)
    except wire.WireError as error:
        return error.fault
    return Opened(package, device, header.incarnation, header.first, tuple(ops))


def open_all(packages: Iterable[Package], trust: Trust, library: bytes) -> Sorted:
    """Open packages, good and bad apart."""
    found = Sorted()
    for place, package in enumerate(packages):
        one = open_package(package, trust, library)
        if isinstance(one, Opened):
            found.opened.append(one)
        elif one == Flaw.UNKNOWN:
            found.unknown.add(wire.read_header(package.body).device_name)
        else:
            found.refused.append((place, one))
    return found
