"""All that survives a power cut on a simulated device, copied as a whole."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from perpusdesk.domain.merge.fields import FieldState
from perpusdesk.domain.merge.lanes import LANES
from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol.messages import Package

Mark = tuple[bytes, int, int]
"""What names an op for good: device, incarnation, seq."""

Stream = tuple[bytes, int]
Entity = tuple[str, bytes]
START = bytes(8)


class Kept(NamedTuple):
    """A package as it lies in a log of arrivals, with the running hash behind it."""

    package: Package
    stream: Stream
    first: int
    last: int
    source: bytes | None
    hash: bytes


@dataclass(slots=True)
class Disk:
    """Plain dictionaries whose values are never changed in place, so that a copy is flat."""

    log: dict[Mark, Op] = field(default_factory=dict)
    entities: dict[Entity, tuple[Op, ...]] = field(default_factory=dict)
    reach: dict[Stream, int] = field(default_factory=dict)
    top: dict[Stream, int] = field(default_factory=dict)
    records: dict[Entity, FieldState] = field(default_factory=dict)
    rows: dict[Entity, tuple[Any, ...]] = field(default_factory=dict)
    marks: dict[Entity, int] = field(default_factory=dict)
    held: dict[Mark, None] = field(default_factory=dict)
    stale: dict[Mark, None] = field(default_factory=dict)
    lanes: dict[int, tuple[Kept, ...]] = field(default_factory=lambda: dict.fromkeys(LANES, ()))
    of_stream: dict[Stream, tuple[Kept, ...]] = field(default_factory=dict)
    peers: dict[bytes, bytes] = field(default_factory=dict)
    pieces: dict[bytes, bytes] = field(default_factory=dict)
    certificates: dict[bytes, bytes] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def copied(self) -> Disk:
        """Return a disk that goes its own way from here."""
        return Disk(**{one.name: copy.copy(getattr(self, one.name)) for one in fields(self)})
