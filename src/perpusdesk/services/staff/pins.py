"""PINs and passwords of staff as they are kept: by argon2id, never as they were typed.

A check takes about 60 ms and 46 MiB on a desk of today (an old one: three times as long), so it
runs beside the interface and beside the database. The parameters are the least that OWASP's
Password Storage Cheat Sheet gives for argon2id with one pass; a computer of 4 GB has room for them.
"""

from __future__ import annotations

from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from perpusdesk.domain.pins import plain

_HASHER: Final = PasswordHasher(time_cost=1, memory_cost=47_104, parallelism=1)
_TO_CHANGE: Final = "change:"
"""Stands before the PHC string of a secret that its owner did not choose."""


def sealed(secret: str, *, to_change: bool = False) -> str:
    """Return what is kept of a secret: a PHC string (``to_change``: given by somebody else)."""
    return (_TO_CHANGE if to_change else "") + _HASHER.hash(plain(secret))


def fits(kept: str, secret: str) -> bool:
    """Whether it is the secret that was kept; takes some 60 ms and 46 MiB."""
    try:
        return _HASHER.verify(kept.removeprefix(_TO_CHANGE), plain(secret))
    except (Argon2Error, InvalidHashError):
        return False


def must_change(kept: str) -> bool:
    """Whether its owner has to choose one of his own at the next sign-in."""
    return kept.startswith(_TO_CHANGE)


def is_outdated(kept: str) -> bool:
    """Whether it was kept with other parameters than those of today."""
    return _HASHER.check_needs_rehash(kept.removeprefix(_TO_CHANGE))
