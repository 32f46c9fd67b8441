"""The colours, distances and sizes of the whole program, named by what they are for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Tone = Literal["text", "muted", "accent", "ok", "warn", "bad", "on_accent"]

SPACE: Final = (4, 8, 12, 16, 24, 32, 48)
"""The only distances used, in device independent pixels."""

RADIUS_CARD: Final = 8
RADIUS_FIELD: Final = 6
RING: Final = 2
"""Thickness of the focus ring, and the gap between it and what it surrounds."""

TARGET: Final = 32
"""Least height of anything that can be clicked."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colours as ``#RRGGBB``.

    ``line`` outlines what can be used (3:1 on window and card); ``hairline`` only divides and
    carries no meaning. The ``*_tint`` colours are quiet grounds that all tones of text pass on.
    """

    name: str
    dark: bool
    text: str
    muted: str
    accent: str
    on_accent: str
    ok: str
    warn: str
    bad: str
    line: str
    hairline: str
    window: str
    card: str
    hover: str
    accent_tint: str
    ok_tint: str
    warn_tint: str
    bad_tint: str


LIGHT: Final = Tokens(
    name="light",
    dark=False,
    text="#1B2430",
    muted="#55606E",
    accent="#0B5FBF",
    on_accent="#FFFFFF",
    ok="#1B6E3C",
    warn="#8A5300",
    bad="#B3261E",
    line="#7A8594",
    hairline="#DFE3E9",
    window="#F6F7F9",
    card="#FFFFFF",
    hover="#ECEFF3",
    accent_tint="#E7F0FB",
    ok_tint="#E9F5EE",
    warn_tint="#FDF4E3",
    bad_tint="#FDEDEC",
)

DARK: Final = Tokens(
    name="dark",
    dark=True,
    text="#E8ECF1",
    muted="#A9B3C0",
    accent="#7DB7FF",
    on_accent="#10161D",
    ok="#6FD08C",
    warn="#F2B84B",
    bad="#FF8A80",
    line="#748091",
    hairline="#343C47",
    window="#1D232B",
    card="#242B34",
    hover="#2C343F",
    accent_tint="#22364E",
    ok_tint="#22382F",
    warn_tint="#3B3426",
    bad_tint="#402C2E",
)

LIGHT_CONTRAST: Final = Tokens(
    name="light-contrast",
    dark=False,
    text="#000000",
    muted="#2B333D",
    accent="#003E8A",
    on_accent="#FFFFFF",
    ok="#0B4A24",
    warn="#5C3600",
    bad="#8C0F0A",
    line="#2B333D",
    hairline="#7A8594",
    window="#FFFFFF",
    card="#FFFFFF",
    hover="#E6EAEF",
    accent_tint="#E3EEFC",
    ok_tint="#E6F5EC",
    warn_tint="#FDF2DC",
    bad_tint="#FDEAE8",
)

DARK_CONTRAST: Final = Tokens(
    name="dark-contrast",
    dark=True,
    text="#FFFFFF",
    muted="#DDE3EA",
    accent="#A9D0FF",
    on_accent="#000000",
    ok="#9BE8B2",
    warn="#FFD27A",
    bad="#FFB4AD",
    line="#C3CCD7",
    hairline="#748091",
    window="#000000",
    card="#000000",
    hover="#1C232B",
    accent_tint="#0F2338",
    ok_tint="#0E2417",
    warn_tint="#2A210E",
    bad_tint="#2E1513",
)

ALL: Final = (LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST)

TONES: Final = ("text", "muted", "accent", "ok", "warn", "bad")
GROUNDS: Final = ("window", "card", "hover", "accent_tint", "ok_tint", "warn_tint", "bad_tint")

TEXT_PAIRS: Final = (
    *((tone, ground) for tone in TONES for ground in GROUNDS),
    ("on_accent", "accent"),
    ("window", "text"),
)
"""Every (text, ground) pair the program may show: at least 4.5:1 (tested)."""

LINE_PAIRS: Final = (("line", "window"), ("line", "card"))
"""Every (outline, ground) pair that carries meaning: at least 3:1 (tested)."""
