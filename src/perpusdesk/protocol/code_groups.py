"""Codes that people read and type: groups of characters, the last of each checks the group.

The characters are Crockford's base 32, without letters that are taken for others. The check finds
each wrong character of a group, each swap of two, and a group in another place than its own:
whoever typed is told which group to look at again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT: Final = str.maketrans("OIL", "011")
_SEPARATORS: Final = re.compile(r"[\s\-–—_.,:;|]+")


def squeezed(text: str) -> str:
    """Return a typed text in capitals without spaces, dashes and what else people put between."""
    return _SEPARATORS.sub("", text).upper()


def parts(text: str) -> list[str]:
    """Return what stands between the separators, in capitals."""
    return [part for part in _SEPARATORS.split(text.strip().upper()) if part]


def cut(text: str, size: int) -> list[str]:
    """Return a text in pieces of ``size``; the last may be shorter."""
    return [text[start : start + size] for start in range(0, len(text), size)]


def groups_of(data: bytes, size: int) -> list[str]:
    """Return bytes as groups of ``size`` characters, check included; filled up by zeros."""
    bits = len(data) * 8
    symbols = -(-bits // 5)
    number = int.from_bytes(data, "big") << symbols * 5 - bits
    text = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(symbols)))
    pieces = [piece.ljust(size - 1, "0") for piece in cut(text, size - 1)]
    return [piece + _check_symbol(piece, place) for place, piece in enumerate(pieces, 1)]


def bytes_of(groups: Sequence[str]) -> bytes:
    """Return the bytes of sound groups; fewer than eight bits at the end are dropped."""
    number, symbols = 0, 0
    for group in groups:
        for symbol in group.translate(_MEANT)[:-1]:
            number, symbols = number << 5 | ALPHABET.index(symbol), symbols + 1
    bits = symbols * 5
    return (number >> bits % 8).to_bytes(bits // 8, "big")


def wrong_groups(groups: Sequence[str], size: int) -> tuple[int, ...]:
    """Return the places (from 1) of the groups that are not as they were written."""
    return tuple(
        place for place, group in enumerate(groups, 1) if not _is_sound(group, place, size)
    )


def _is_sound(group: str, place: int, size: int) -> bool:
    meant = group.translate(_MEANT)
    return (
        len(meant) == size
        and all(symbol in ALPHABET for symbol in meant)
        and _check_symbol(meant[:-1], place) == meant[-1]
    )


def _check_symbol(piece: str, place: int) -> str:
    """Return the value of a polynomial over GF(32) (x^5 + x^2 + 1), begun with the place."""
    value = place % 31 + 1
    for symbol in piece:
        value = _times_x(value) ^ ALPHABET.index(symbol)
    return ALPHABET[_times_x(value)]


def _times_x(value: int) -> int:
    return value << 1 ^ (0b100101 if value & 16 else 0)
