"""How long messages take over a bad line: arithmetic alone, no clock and no network.

A line has one way there and one back, each with its latency; bytes follow each other at its rate.
Each message may be cut at any of its bytes: then the connection is opened anew and the message is
sent again from its first byte, after a pause that grows as in ``http_link``.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple


class Frame(NamedTuple):
    """A request and its answer, in bytes."""

    up: int
    down: int


OPENING: Final = Frame(800, 3_200)
"""What goes over the line when a connection is opened, certificates of TLS among it."""

HEADS: Final = Frame(420, 240)
"""What HTTP and TLS add to a message and to its answer."""


@dataclass(frozen=True, slots=True)
class Line:
    """``latency_s`` is that of one way; ``cut`` how probable it is that a message is cut.

    ``handshakes`` are the round trips that opening a connection takes (TCP and TLS 1.3: two).
    """

    bytes_per_s: float = 8_000.0
    latency_s: float = 0.3
    cut: float = 0.02
    handshakes: int = 2

    def seconds(self, frames: Sequence[Frame], chance: random.Random) -> float:
        """Return how long the frames take, one after the other, from no connection at all."""
        spent, connected = 0.0, False
        for frame in frames:
            whole = self._whole(frame)
            attempt = 0
            while True:
                spent += 0.0 if connected else self._opened()
                connected = chance.random() >= self.cut
                if connected:
                    spent += whole
                    break
                spent += whole * chance.random() + 0.25 * (2**attempt - 1)
                attempt += 1
        return spent

    def _opened(self) -> float:
        return 2 * self.latency_s * self.handshakes + sum(OPENING) / self.bytes_per_s

    def _whole(self, frame: Frame) -> float:
        return 2 * self.latency_s + (sum(frame) + sum(HEADS)) / self.bytes_per_s
