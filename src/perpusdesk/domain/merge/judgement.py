"""What the library has said about whole streams, which changes how their ops are folded.

- The server **caps** the clock of ops that come from a device whose clock runs ahead: from then on
  they count as if they were made at the cap, on every device alike (``eff_hlc``).
- A **revoked** device's ops beyond the cut, the last seq accepted of each stream, are withheld:
  kept and relayed, but not folded, until somebody lifts the revocation or moves the cut.

Both are facts of the log themselves, so every device that holds the same ops judges alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from perpusdesk.domain.merge.ops import DELETE, SET, VOID, Op, Stamp, voided_stamps

CAPPED = "clock.capped"
REVOKED = "revoked"
JUDGING = ("clock_cap", "device")
_ROUNDS = 4
Stream = tuple[bytes, int]


class Cap(NamedTuple):
    """Ops ``first`` to ``last`` of a stream count as made at ``clock`` at the latest."""

    first: int
    last: int
    clock: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """All caps by stream, and by revoked device the last accepted seq of each incarnation."""

    caps: Mapping[Stream, tuple[Cap, ...]] = field(default_factory=dict)
    cuts: Mapping[bytes, Mapping[int, int]] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing was ever said: the common case."""
        return not self.caps and not self.cuts

    def withheld(self, device: bytes, incarnation: int, seq: int) -> bool:
        """Whether an op is beyond what was accepted of a revoked device."""
        cut = self.cuts.get(device)
        return cut is not None and seq > cut.get(incarnation, 0)

    def effective(self, stamp: Stamp) -> Stamp:
        """Return a stamp with the clock that counts."""
        caps = self.caps.get((stamp.device, stamp.incarnation), ())
        clock = min(
            (cap.clock for cap in caps if cap.first <= stamp.seq <= cap.last), default=stamp.clock
        )
        return stamp if clock >= stamp.clock else stamp._replace(clock=clock)

    def judge(self, op: Op) -> Op | None:
        """Return the op as it counts, or ``None`` when it is withheld."""
        if self.empty:
            return op
        if self.withheld(op.stamp.device, op.stamp.incarnation, op.stamp.seq):
            return None
        if not self.caps:
            return op
        return replace(op, stamp=self.effective(op.stamp), payload=self._payload(op))

    def judged(self, ops: Iterable[Op]) -> Iterable[Op]:
        """Yield the ops that count, as they count."""
        return ops if self.empty else (one for op in ops if (one := self.judge(op)) is not None)

    def _payload(self, op: Op) -> Mapping[str, Any]:
        """Return the payload with the clocks that count wherever it names other ops."""
        if op.kind in (SET, DELETE) and (base := op.payload.get("base")):
            said = {name: self.effective(Stamp(*stamp)) for name, stamp in base.items()}
            return {**op.payload, "base": said}
        if op.kind == VOID:
            return {**op.payload, "of": [self.effective(Stamp(*one)) for one in op.payload["of"]]}
        return op.payload


def changed_streams(before: Judgement, after: Judgement) -> tuple[set[Stream], set[bytes]]:
    """Return the streams whose caps, and the devices whose cuts, are no longer what they were."""
    streams = before.caps.keys() | after.caps.keys()
    devices = before.cuts.keys() | after.cuts.keys()
    return (
        {one for one in streams if before.caps.get(one) != after.caps.get(one)},
        {one for one in devices if before.cuts.get(one) != after.cuts.get(one)},
    )


def judgement_of(ops: Iterable[Op]) -> Judgement:
    """Return what all raw ops about devices and clocks come to, the same for any order of them.

    A revoked device cannot judge any more, so it cannot let itself in again either: whether what
    lifts a cut counts is asked while all cuts hold. Where two devices revoked each other unseen,
    both are: a person must settle it.
    """
    known = list({op.stamp: op for op in ops}.values())
    caps = _caps(known)
    clocks = Judgement(caps)
    known.sort(key=lambda op: clocks.effective(op.stamp))
    cuts, rounds = _cuts(known, lifted=False), []
    for _ in range(_ROUNDS):
        judged = Judgement(caps, cuts)
        now = _cuts([op for op in known if not judged.withheld(*op.stamp[1:])])
        if now == cuts:
            return judged
        rounds.append(now)
        cuts = now
    union: dict[bytes, Mapping[int, int]] = {}
    for one in rounds:
        union = {**one, **union}
    return Judgement(caps, union)


def _caps(ops: Iterable[Op]) -> dict[Stream, tuple[Cap, ...]]:
    told = list(ops)
    voided = voided_stamps(told)
    found: dict[Stream, set[Cap]] = {}
    for op in told:
        if op.kind == CAPPED and op.stamp not in voided:
            payload: Any = op.payload
            stream = (payload.get("device"), int.from_bytes(payload.get("incarnation") or b""))
            cap = Cap(payload.get("first") or 0, payload.get("last") or 0, payload.get("clock"))
            if stream[0] and cap.clock:
                found.setdefault(stream, set()).add(cap)
    return {stream: tuple(sorted(caps)) for stream, caps in found.items()}


def _cuts(ops: Iterable[Op], *, lifted: bool = True) -> dict[bytes, Mapping[int, int]]:
    """Return the cut of each device by its last word, ``ops`` being in the order that counts.

    Who answers a word that stands (its base names it) comes after it whatever their clocks say: a
    device whose clock ran ahead must not have the last word for days.
    """
    cuts: dict[bytes, Mapping[int, int]] = {}
    words = [op for op in ops if op.entity_type == "device" and op.kind == SET and _judges(op)]
    answered = {tuple(base[1:]) for op in words if (base := _answers(op))} if lifted else set()
    for op in words:
        if tuple(op.stamp[1:]) in answered:
            continue
        value = op.payload["fields"][REVOKED]
        if lifted:
            cuts.pop(op.entity.bytes, None)
        if value is not None:
            cuts[op.entity.bytes] = read_cut(value)
    return cuts


def _judges(op: Op) -> bool:
    return REVOKED in op.payload["fields"]


def _answers(op: Op) -> Any:
    """Return the stamp of the word on the same device that the writer of an op had seen."""
    return op.payload.get("base", {}).get(REVOKED)


def read_cut(value: Any) -> Mapping[int, int]:
    """Read the field ``revoked`` of a device: text ``incarnation:seq`` in hex, one per stream.

    What cannot be read accepts nothing.
    """
    cut: dict[int, int] = {}
    for part in value.split() if isinstance(value, str) else ():
        run, _, seq = part.partition(":")
        try:
            cut[int(run, 16)] = int(seq, 16)
        except ValueError:
            continue
    return cut


def write_cut(cut: Mapping[int, int]) -> str:
    """Return the value of the field ``revoked``."""
    return " ".join(f"{run:x}:{seq:x}" for run, seq in sorted(cut.items()) if seq)
