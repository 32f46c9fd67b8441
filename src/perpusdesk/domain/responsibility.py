"""Who made a work, out of its statement of responsibility as the title page words it."""

from __future__ import annotations

import re
from typing import Final

_LEAD: Final = re.compile(
    r"^(?:oleh|by|karya|karangan|penulis|disusun oleh|ditulis oleh|\[)[\s:,]*", re.IGNORECASE
)
_REST: Final = re.compile(r"\s*(?:[;/\[(\]]|\.{3}|\u2026).*$")
_ROLE: Final = re.compile(
    r"\b(penerjemah|alih bahasa|editor|penyunting|ilustrator|disunting|diterjemahkan)\b",
    re.IGNORECASE,
)
_SEVERAL: Final = re.compile(r",\s+|\s+(?:dan|and|&)\s+", re.IGNORECASE)


def first_name(written: str) -> str:
    """Return the first author's name; empty where somebody else (a translator) is named first.

    ``oleh Eniarti Djohan ... [et al.]`` gives ``Eniarti Djohan``.
    """
    plain = " ".join(written.split())
    while (shorter := _LEAD.sub("", plain)) != plain:
        plain = shorter
    first = _REST.sub("", plain)
    return "" if _ROLE.search(first) else _SEVERAL.split(first)[0].strip(" ,.;:") if first else ""
