"""How much a bad line takes at once, learned from what went over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from perpusdesk.protocol.messages import FRAME_BYTES

SMALLEST: Final = 4 * 1024
_SECONDS: Final = 4.0
_TELLING: Final = 2 * 1024
"""Less than that says more of the latency than of the line."""


@dataclass(slots=True)
class Pace:
    """``frame``: the bytes of packages in one message, such that it takes some seconds at most."""

    frame: int = FRAME_BYTES
    rate: float = 0.0

    def went(self, count: int, seconds: float) -> None:
        """Note that so many bytes went over in so many seconds, either way."""
        if count < _TELLING:
            return
        measured = count / max(seconds, 0.001)
        self.rate = measured if not self.rate else 0.7 * self.rate + 0.3 * measured
        self.frame = _within(max(self.rate * _SECONDS, self.frame / 2))

    def broke(self) -> None:
        """Note that the line broke: less at once gets through more surely."""
        self.frame = _within(self.frame / 2)


def _within(size: float) -> int:
    return int(min(FRAME_BYTES, max(SMALLEST, size)))
