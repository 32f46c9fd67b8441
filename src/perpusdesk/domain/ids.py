"""Record ids: UUIDv7 (RFC 9562), made from a given time and given random bytes."""

from __future__ import annotations

from uuid import UUID, uuid5

NAMESPACE = UUID("6f1d3f0e-6d3c-5c0e-9d1e-0d5a2c1b7a44")


def uuid7(milliseconds: int, random_bytes: bytes) -> UUID:
    """Return the UUIDv7 of a Unix time in ms and 10 random bytes."""
    value = (milliseconds & (2**48 - 1)) << 80 | int.from_bytes(random_bytes[:10], "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def named_id(kind: str, name: str) -> UUID:
    """Return the same id on every device for one named thing (a setting, a seeded rule)."""
    return uuid5(NAMESPACE, f"{kind}/{name}")
