"""Actions into ops: who wrote them, in which order, and what the writer had seen; no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from perpusdesk.domain.ids import drawn_id, run_tag
from perpusdesk.domain.merge.kinds import understood
from perpusdesk.domain.merge.lanes import LANES, lane_of_type, stream_of
from perpusdesk.domain.merge.ops import DELETE, SET, VOID, Op, Stamp
from perpusdesk.protocol import payload as wire
from perpusdesk.storage.drafts import Action, Draft
from perpusdesk.storage.timekeeping import Timekeeper

Seen = dict[tuple[str, UUID], dict[str, Stamp]]
"""Of the records that a transaction writes to: the stamp of each field, as it is by then."""

Clocks = Callable[[str, UUID], dict[str, Stamp]]
RawStamp = Callable[[Stamp], Stamp]


class Pen:
    """Writes the streams of one run of the program on one device."""

    def __init__(self, device: bytes, time: Timekeeper, random: Callable[[int], bytes]) -> None:
        self.device = device
        self._time, self._random = time, random
        self.begin_run()

    def begin_run(self) -> None:
        """Begin streams of our own: also a copied or restored file never goes on with an old."""
        self._run = int.from_bytes(self._random(8), "big") >> 1
        self._seqs = dict.fromkeys(LANES, 0)
        self._tag, self._drawn = run_tag(self.device, self._run), 0

    @property
    def run(self) -> int:
        """What the streams are named by (``domain.merge.lanes``)."""
        return self._run

    def new_id(self) -> UUID:
        """Return a new record id (UUIDv7 of the believed time)."""
        self._drawn += 1
        return drawn_id(self._time.now_ms(), self._drawn, self._tag)

    def ops_of(self, action: Action, clocks: Clocks, raw: RawStamp, seen: Seen) -> list[Op]:
        """Return the ops of an action, stamped.

        ``clocks`` returns the stamp of each field of a record. ``raw`` returns a stamp with the
        clock that its op was written with: that is what ops name others by, whatever the library
        says of clocks later. ``seen`` carries what is there from one action of a transaction to
        the next.
        """
        if not action.drafts:
            raise ValueError(f"the action {action.verb!r} does nothing")
        believed, action_id = self._time.now_ms(), self.new_id()
        at = believed if action.at is None else action.at
        ops = []
        for draft in action.drafts:
            lane = lane_of_type(draft.entity_type)
            self._seqs[lane] += 1
            run = stream_of(self._run, lane)
            stamp = Stamp(self._time.tick(), self.device, run, self._seqs[lane])
            payload = _with_base(draft, stamp, clocks, raw, seen)
            when = at if draft.at is None else draft.at
            ops.append(_op(action, draft, payload, stamp=stamp, of=action_id, at=when))
        return ops


def _op(action: Action, draft: Draft, payload: Any, *, stamp: Stamp, of: UUID, at: int) -> Op:
    op = Op(
        stamp=stamp,
        action=of,
        verb=action.verb,
        staff=action.staff,
        branch=action.branch,
        at=at,
        zone=action.zone,
        kind=draft.kind,
        entity_type=draft.entity_type,
        entity=draft.entity,
        payload=wire.decode(wire.encode(payload)),  # just as every other device will see it
    )
    if not understood(op):
        raise ValueError(f"no rule to fold {op.kind!r} of {op.entity_type!r}: {payload}")
    return op


def _with_base(
    draft: Draft, stamp: Stamp, clocks: Clocks, raw: RawStamp, seen: Seen
) -> Mapping[str, Any]:
    """Return the payload with what the writer had seen, where the op replaces something."""
    if draft.kind == VOID:
        return {**draft.payload, "of": [raw(Stamp(*one)) for one in draft.payload["of"]]}
    if draft.kind not in (SET, DELETE):
        return draft.payload
    key = (draft.entity_type, draft.entity)
    if key not in seen:
        seen[key] = {} if draft.fresh else clocks(*key)
    there = seen[key]
    names = draft.payload["fields"] if draft.kind == SET else tuple(there)
    base = {name: there[name] for name in names if name in there}
    base = draft.payload.get("base", base)
    if draft.kind == SET:
        there.update(dict.fromkeys(names, stamp))
    if not base:
        return draft.payload
    rest = {name: value for name, value in draft.payload.items() if name != "base"}
    return {"base": {name: raw(one) for name, one in base.items()}, **rest}
