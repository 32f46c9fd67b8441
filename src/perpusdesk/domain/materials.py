"""Kinds of material (jenis bahan): which fields a form shows, and how a record of it is coded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

BOOK: Final = "book"


@dataclass(frozen=True, slots=True)
class Material:
    """One kind.

    ``leader`` are places 6 and 7 of the leader. ``fixed`` are places 18 to 34 of field 008,
    ``carrier`` a field 007 and ``form`` a field 006 (empty: none). ``kinds`` are term, code and
    source code of fields 336, 337 and 338. ``fields`` are the short fields in order.
    """

    code: str
    leader: str
    fixed: str
    carrier: str
    form: str
    kinds: tuple[tuple[str, str, str, str], ...]
    fields: tuple[str, ...]


def material_of(leader: str, carrier: str = "", fixed: str = "") -> str:
    """Return the kind that a record's leader, field 007 and field 008 tell."""
    kind, level, item = leader[6:7], leader[7:8], fixed[23:24]
    if carrier[:1] == "h" or (kind in ("a", "t") and item in ("a", "b", "c")):
        return "microform"
    if kind and kind in "dft":
        return "manuscript"
    if kind == "a" and level in ("b", "i", "s"):
        return "serial"
    if kind == "a" and item == "f":
        return "braille"
    if kind == "a" and item in ("o", "q", "s"):
        return "ebook"
    if kind == "r" and fixed[33:34] in ("g", "w"):
        return "game"
    return _OF_LEADER.get(kind, BOOK)


_OF_LEADER: Final[Mapping[str, str]] = {
    "c": "score",
    "e": "map",
    "g": "video",
    "i": "sound",
    "j": "music",
    "k": "picture",
    "m": "electronic",
    "o": "kit",
    "p": "kit",
    "r": "object",
}
