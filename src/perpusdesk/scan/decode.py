"""Reading the codes of one frame: the interface (``cascade.Cascade`` is what stands behind it)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from perpusdesk.scan.types import Code, Picture, Quad


class Effort(IntEnum):
    """How long a frame may take (medians at 1280x720 on a slow desk PC)."""

    FAST = 1  # 3 ms: every camera frame
    FULL = 2  # 20 ms: some ten camera frames a second
    THOROUGH = 3  # 100 ms and more: pictures in files, where no next frame will come


@dataclass(frozen=True, slots=True)
class Reading:
    """What one frame held: codes, and bar-like regions that could not be read."""

    codes: tuple[Code, ...] = ()
    unread: tuple[Quad, ...] = ()


class Decoder(Protocol):
    """Reads one frame; safe on any picture; used by one thread at a time."""

    def read(self, picture: Picture, effort: Effort = Effort.FULL) -> Reading:
        """Return what is in ``picture`` (8-bit gray or BGR), in its own pixels."""
