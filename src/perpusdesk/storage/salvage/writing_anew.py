"""What only rows still told, written down as ops of this device: in streams of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from perpusdesk.domain.ids import drawn_id, run_tag
from perpusdesk.domain.merge.kinds import understood
from perpusdesk.domain.merge.lanes import LANES, lane_of_type, stream_of
from perpusdesk.domain.merge.ops import Op, Stamp
from perpusdesk.protocol import payload as wire
from perpusdesk.storage.salvage.leftovers import Left

VERB: Final = "salvage"


def ops_of(left: Iterable[Left], device: bytes, random: bytes, now_ms: int) -> list[Op]:
    """Return the ops; ``random`` are 8 bytes for the run that they are streams of."""
    run = int.from_bytes(random, "big") >> 1
    tag, seqs = run_tag(device, run), dict.fromkeys(LANES, 0)
    action = drawn_id(now_ms, 1, tag)
    ops = []
    for one in sorted(left, key=lambda one: (one.clock, one.entity_type, one.entity)):
        lane = lane_of_type(one.entity_type)
        op = Op(
            stamp=Stamp(one.clock, device, stream_of(run, lane), seqs[lane] + 1),
            action=action,
            verb=VERB,
            staff=UUID(bytes=one.staff) if one.staff else None,
            branch=UUID(bytes=one.branch) if one.branch else None,
            at=one.at,
            zone=one.zone,
            kind=one.kind,
            entity_type=one.entity_type,
            entity=UUID(bytes=one.entity),
            payload=wire.decode(wire.encode(one.payload)),
        )
        if understood(op):
            seqs[lane] += 1
            ops.append(op)
    return ops
