"""The recovery code of a library: on paper alone, it opens every device and every backup.

The code is 128 random bits (the *seed*) in seven groups of five characters, of which the last of
each group checks it, with 12 bits of check over all. A key for X25519 is derived from the seed; its
public half is known to every device of the library, which seals its own key for it
(``protocol.sealing``). Who has the code can therefore open what was sealed, and nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from perpusdesk.protocol import sealing
from perpusdesk.protocol.code_groups import (
    bytes_of,
    cut,
    groups_of,
    parts,
    squeezed,
    wrong_groups,
)

SEED_BYTES: Final = 16
GROUPS: Final = 7
GROUP: Final = 5
PREFIX: Final = "PDKUNCI"
"""Begins the text of the QR code; it has letters (U, I) that no code has."""

_CHECK_BITS: Final = 12
_FILLED_BYTES: Final = 18  # 28 characters are 140 bits; 4 more make whole bytes
_INFO: Final = b"perpusdesk recovery 1\0"


class CodeFault(StrEnum):
    """Why a text is no recovery code."""

    EMPTY = "empty"
    INCOMPLETE = "incomplete"
    MISTYPED = "mistyped"


@dataclass(frozen=True, slots=True)
class BadCode:
    """The text is no recovery code; ``groups`` are those to look at again, counted from 1."""

    reason: CodeFault
    groups: tuple[int, ...] = ()


def new_code(random_bytes: bytes) -> str:
    """Return the code whose seed is ``random_bytes``: 16 of good chance (``secrets``)."""
    if len(random_bytes) != SEED_BYTES:
        raise ValueError(len(random_bytes))
    bits = int.from_bytes(random_bytes, "big") << _CHECK_BITS | _check(random_bytes)
    return "-".join(groups_of((bits << 4).to_bytes(_FILLED_BYTES, "big"), GROUP)[:GROUPS])


def read_code(text: str) -> bytes | BadCode:
    """Return the seed of a code as it was typed, pasted or scanned, however it is spaced."""
    groups = _groups(text)
    if not groups:
        return BadCode(CodeFault.EMPTY)
    wrong = wrong_groups(groups, GROUP)
    if len(groups) < GROUPS:
        return BadCode(CodeFault.INCOMPLETE, tuple(sorted({*wrong, len(groups) + 1})))
    if wrong or len(groups) > GROUPS:
        too_many = range(GROUPS + 1, len(groups) + 1)
        return BadCode(CodeFault.MISTYPED, tuple(sorted({*wrong, *too_many})))
    bits = int.from_bytes(bytes_of([*groups, _FILLER])[:_FILLED_BYTES], "big") >> 4
    seed = (bits >> _CHECK_BITS).to_bytes(SEED_BYTES, "big")
    if bits & (1 << _CHECK_BITS) - 1 != _check(seed):
        return BadCode(CodeFault.MISTYPED)
    return seed


def looks_like_code(text: str) -> bool:
    """Whether a text that somebody scanned is the QR code of a recovery sheet."""
    return squeezed(text).startswith(PREFIX)


def qr_text(code: str) -> str:
    """Return a code for a QR code: in the characters of which it takes most."""
    return PREFIX + squeezed(code)


def private_of(seed: bytes) -> bytes:
    """Return the private recovery key: 32 bytes, for ``sealing.unseal``."""
    return HKDF(SHA256(), sealing.KEY_BYTES, None, _INFO).derive(seed)


def public_of(seed: bytes) -> bytes:
    """Return the public recovery key: 32 bytes, for ``sealing.seal``; no secret."""
    return sealing.public_of(private_of(seed))


_FILLER: Final = "00000"


def _groups(text: str) -> list[str]:
    """Return the groups that were meant; dashes in other places than ours are no fault."""
    whole = squeezed(text).removeprefix(PREFIX)
    given = [part for part in parts(text) if part != PREFIX]
    as_ours = len(given) > 1 and not given[0].startswith(PREFIX)
    if as_ours and len(whole) != GROUPS * GROUP:
        return given
    return cut(whole, GROUP)


def _check(seed: bytes) -> int:
    digest = blake2b(seed, digest_size=2, person=b"perpus recovery").digest()
    return int.from_bytes(digest, "big") >> 16 - _CHECK_BITS
