"""Makes the bodies that every later program must read: once for each format of the wire.

``PYTHONPATH=tests python -m protocol.make_frozen`` writes ``format_1.msgpack.gz``.
"""

from __future__ import annotations

import gzip
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from helpers.desk_day import work
from helpers.library import build_anew
from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol import wire

FILE = Path(__file__).with_name("format_1.msgpack.gz")


def flat(op: Op) -> list[Any]:
    """Return an op as plain values."""
    staff, branch = (one and one.bytes for one in (op.staff, op.branch))
    who = [op.action.bytes, op.verb, staff, branch, op.at, op.zone]
    return [list(op.stamp), *who, op.kind, op.entity_type, op.entity.bytes, op.payload]


def odd(good: Op) -> list[Op]:
    """Return ops as a newer program might write them."""
    stamp = list(good.stamp)
    payloads: list[Any] = [
        {"fields": {"name": "Nama", "marc/650/Laut": 1, "gone": None}, "base": {"name": stamp}},
        {"of": [stamp, [2**62, bytes(16), 2**64 - 1, 7]], "why": "Salah pindai"},
        {"a": True, "b": 1.5, "c": [1, "dua", b"3"], "d": {"e": {"f": {"g": "2026-11-22"}}}},
        ["no map"],
        {},
    ]
    return [
        replace(
            good,
            stamp=good.stamp._replace(seq=number, clock=good.stamp.clock + number),
            entity=UUID(int=number % 2),
            entity_type="thing_of_a_newer_program",
            staff=None,
            zone=-180,
            payload=payload,
        )
        for number, payload in enumerate(payloads, start=41)
    ]


def make(folder: Path) -> list[Any]:
    """Return [device, body, ops] for bodies of several sizes, plain ones and packed ones."""
    small = build_anew(folder)
    for _step in work(small):
        pass
    lanes: dict[int, list[Op]] = {}
    for op in small.library.all_ops():
        lanes.setdefault(op.stamp.incarnation, []).append(op)
    small.library.close()
    parts = [
        lane[begin : begin + 17] for lane in lanes.values() for begin in range(0, len(lane), 17)
    ]
    parts += [[op] for op in lanes[min(lanes)][-12:]]
    parts += [odd(lanes[min(lanes)][-1]), *lanes.values()]
    device = small.library.device
    return [[device, wire.encode(part), [flat(op) for op in part]] for part in parts]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        data = msgspec.msgpack.encode(make(Path(made) / "library"))
    FILE.write_bytes(gzip.compress(data, mtime=0))
