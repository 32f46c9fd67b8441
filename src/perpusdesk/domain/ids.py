"""Record ids: UUIDv7 (RFC 9562), made from a given time and given random bytes.

The ids that one run of a program draws differ in their time and a counter alone; the other 50 bits
are the run's tag, a hash of the device and of the run's 63 random bits. So an exchange tells such
an id in a few bytes: time and counter, the tag once for all.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, Final, NamedTuple
from uuid import UUID, SafeUUID, uuid5

NAMESPACE = UUID("6f1d3f0e-6d3c-5c0e-9d1e-0d5a2c1b7a44")


def uuid7(milliseconds: int, random_bytes: bytes) -> UUID:
    """Return the UUIDv7 of a Unix time in ms and 10 random bytes."""
    value = (milliseconds & (2**48 - 1)) << 80 | int.from_bytes(random_bytes[:10], "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


_slots: Any = UUID
_UNKNOWN: Final = SafeUUID.unknown
_set_int, _set_safe = _slots.int.__set__, _slots.is_safe.__set__


def id_of(data: bytes) -> UUID:
    """Return the id of 16 bytes: as ``UUID(bytes=data)``, in a quarter of its time."""
    made = object.__new__(UUID)
    _set_int(made, int.from_bytes(data, "big"))
    _set_safe(made, _UNKNOWN)
    return made


_TAG_BITS: Final = 50
_TAG: Final = 2**_TAG_BITS - 1
_COUNTER: Final = 2**24 - 1
_LOW: Final = 2**62 - 1


class Parts(NamedTuple):
    """What a UUIDv7 is made of: Unix time in ms, counter (24 bits), tag of the run (50 bits)."""

    ms: int
    counter: int
    tag: int


def run_tag(device: bytes, run: int) -> int:
    """Return the tag that the ids drawn by one run of a device have in common."""
    digest = blake2b(device + run.to_bytes(8, "big"), digest_size=7).digest()
    return int.from_bytes(digest, "big") & _TAG


def drawn_id(milliseconds: int, counter: int, tag: int) -> UUID:
    """Return the id that a run draws as its ``counter``-th (it may begin anew after 24 bits)."""
    return UUID(int=joined(milliseconds, counter, tag))


def joined(milliseconds: int, counter: int, tag: int) -> int:
    """Return a UUIDv7 of these parts as a number of 128 bits."""
    low = (counter & _COUNTER) << _TAG_BITS | tag
    return milliseconds << 80 | (0x7000 | low >> 62) << 64 | 0x2 << 62 | low & _LOW


def parts_of(value: int) -> Parts | None:
    """Return what an id (as a number) was joined from; ``None``: no UUIDv7."""
    if value >> 76 & 0xF != 0x7 or value >> 62 & 0x3 != 0x2:
        return None
    low = (value >> 64 & 0xFFF) << 62 | value & _LOW
    return Parts(value >> 80, low >> _TAG_BITS, low & _TAG)


def named_id(kind: str, name: str) -> UUID:
    """Return the same id on every device for one named thing (a setting, a seeded rule)."""
    return uuid5(NAMESPACE, f"{kind}/{name}")
