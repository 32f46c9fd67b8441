"""A package whose signature was checked and whose ops were read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from perpusdesk.domain.merge.lanes import lane_of_stream
from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol.messages import Heads, Package


@dataclass(frozen=True, slots=True)
class Opened:
    """``ops`` are those of the package: of one stream, from ``first`` without a gap."""

    package: Package
    device: bytes
    incarnation: int
    first: int
    ops: tuple[Op, ...]

    @property
    def last(self) -> int:
        """The seq of the last op."""
        return self.first + len(self.ops) - 1

    @property
    def lane(self) -> int:
        """The lane in which it is sent."""
        return lane_of_stream(self.incarnation)


class Arrival(NamedTuple):
    """A package as a store has it: the how manieth of its lane, and which device brought it."""

    lane: int
    arrival: int
    package: Package
    source: bytes | None


@dataclass(frozen=True, slots=True)
class Accepted:
    """What came of packages: how many ops were new, known, or held for a newer program."""

    new: int = 0
    known: int = 0
    held: int = 0


class PeerState(msgspec.Struct, array_like=True):
    """How far an exchange with one peer has come; kept in the transaction of what it speaks of.

    ``cursor``: read of the peer's log; ``witness``: the furthest of it that we were ever told;
    ``sent``: by lane, up to which of our arrivals the peer has all.
    """

    epoch: bytes = b""
    cursor: Heads = {}
    witness: Heads = {}
    sent: dict[int, int] = {}
    last_ms: int = 0


@dataclass(slots=True)
class Transferred:
    """Counts of one exchange."""

    sent: int = 0
    received: int = 0
    refused: list[str] = field(default_factory=list)
