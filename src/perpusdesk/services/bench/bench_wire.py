"""How many bytes the ops of a desk's day take on the way, beside the same as compressed JSON.

``alone`` counts a body as it is sent to a peer that has others of the same run (its context is told
by name, ``protocol.wire.contexts``); ``self_contained`` counts it as it is signed and kept.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import zstandard

from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol import wire
from perpusdesk.protocol.wire.contexts import context_of, shortened
from perpusdesk.services.bench.bench_desk import machine
from perpusdesk.services.bench.bench_wire_day import Days, Plan

BATCHES: Final = (1, 10, 100, 1000)
SIGNATURE: Final = 64
BRANCH_DAY: Final = 600
"""Ops of a branch in a day: what its evening's exchange is measured with."""

_JSON_LEVEL: Final = 3
_ROUNDS: Final = 5


def bench_wire(folder: Path, plan: Plan | None = None) -> tuple[Days, dict[str, Any]]:
    """Play days at a new library in ``folder`` and weigh the last; return it for more days."""
    plan = plan or Plan()
    days = Days(folder, plan)
    ops = days.play(plan.ops)
    return days, {"bench": "wire", "size": len(ops), "machine": machine(), **weigh(ops)}


def weigh(ops: Sequence[Op]) -> dict[str, Any]:
    """Return figures, baseline and ratio for ops of one stream, in batches of several sizes."""
    sizes = [size for size in BATCHES if size <= len(ops)]
    sent, whole = ({} for _ in range(2))
    for size in sizes:
        bodies = [wire.encode(part) for part in batches(ops, size)]
        counted = size * len(bodies)
        whole[f"{size}"] = sum(map(len, bodies)) / counted
        sent[f"{size}"] = sum(map(len, as_sent(bodies))) / counted
    signed = {name: value + SIGNATURE / int(name) for name, value in sent.items()}
    plain = {f"{size}": json_bytes(ops, size) for size in sizes}
    return {
        "figures": {
            "bytes_per_event": _rounded(sent),
            "bytes_per_event_signed": _rounded(signed),
            "bytes_per_event_self_contained": _rounded(whole),
            **_speed(ops),
        },
        "baseline": {"bytes_per_event_json_zstd": _rounded(plain)},
        "ratio": {
            "to_json_zstd": {name: round(value / plain[name], 2) for name, value in sent.items()}
        },
    }


def batches(ops: Sequence[Op], size: int) -> Iterator[Sequence[Op]]:
    """Yield whole batches of so many ops."""
    for begin in range(0, len(ops) - size + 1, size):
        yield ops[begin : begin + size]


def as_sent(bodies: Sequence[bytes]) -> Iterator[bytes]:
    """Yield bodies as a peer is sent them one after the other."""
    known: set[bytes] = set()
    for body in bodies:
        context = context_of(body)
        yield shortened(body) if context in known else body
        known.add(context)


def json_bytes(ops: Sequence[Op], size: int) -> float:
    """Return the bytes of an op as JSON with full names, in compressed batches."""
    compress = zstandard.ZstdCompressor(level=_JSON_LEVEL).compress
    found = [
        compress(json.dumps([_plain(op) for op in part]).encode()) for part in batches(ops, size)
    ]
    return sum(map(len, found)) / (size * len(found))


def _plain(op: Op) -> dict[str, Any]:
    fields = asdict(op)
    fields["stamp"] = op.stamp._asdict()
    named: dict[str, Any] = _as_json(fields)
    return named


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _as_json(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_as_json(part) for part in value]
    if isinstance(value, bytes):
        return str(UUID(bytes=value)) if len(value) == 16 else value.hex()
    return str(value) if isinstance(value, UUID) else value


def _speed(ops: Sequence[Op]) -> dict[str, int]:
    """Return ops encoded and decoded a second, in batches of 1,000; the best of some rounds."""
    ops = ops[:1000]
    body = wire.encode(ops)
    encoded, decoded = [], []
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        wire.encode(ops)
        half = time.perf_counter()
        wire.decode(body, ops[0].stamp.device)
        encoded.append(half - began)
        decoded.append(time.perf_counter() - half)
    return {
        "encoded_per_second": round(len(ops) / min(encoded)),
        "decoded_per_second": round(len(ops) / min(decoded)),
    }


def _rounded(values: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 1) for name, value in values.items()}
