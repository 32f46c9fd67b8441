"""Makes the dictionary that short bodies are packed with: once for each format, never again.

``PYTHONPATH=tests python -m helpers.wire_dictionary`` writes ``resources/wire/dictionary-1.zdict``.
The samples are ops of the demo library and of a day at the small one, in bodies of 1 to 12 ops,
with other ids in each: what is worth knowing beforehand are words and forms, not ids.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch
from uuid import UUID

import zstandard

from helpers.desk_day import work
from helpers.library import build
from perpusdesk.common.paths import resources
from perpusdesk.domain.merge.ops import Op
from perpusdesk.exchange.demo_plan import DemoSize
from perpusdesk.protocol.wire import writing
from perpusdesk.services.demo.demo import build_demo
from perpusdesk.storage.library import Library

FILE = resources("wire", "dictionary-1.zdict")
BYTES = 16 * 1024
_SIZES = (1, 2, 5, 12)
_OF_EACH = 500
_UNTIL = datetime(2026, 11, 20, 16, 0, tzinfo=timezone(timedelta(hours=7)))


def make(folder: Path, chance: Random) -> bytes:
    """Return the dictionary's bytes."""
    samples = [_data(_with_other_ids(ops, chance)) for ops in _bodies(folder, chance)]
    return zstandard.train_dictionary(BYTES, samples, level=3).as_bytes()


def _bodies(folder: Path, chance: Random) -> Iterator[list[Op]]:
    build_demo(folder / "demo", _UNTIL, size=DemoSize().scaled(0.5))
    with Library.open(folder / "demo") as library:
        by_type = defaultdict(list)
        for op in library.all_ops():
            by_type[op.entity_type].append(op)
    for ops in by_type.values():
        for size in _SIZES:
            for _ in range(min(_OF_EACH, len(ops))):
                begin = chance.randrange(max(1, len(ops) - size))
                yield ops[begin : begin + size]
    small = build(folder / "small")
    for _step in work(small):
        pass
    yield from ([op] for op in small.library.all_ops())
    small.library.close()


def _with_other_ids(ops: list[Op], chance: Random) -> list[Op]:
    """Return the ops as those of another stream, with ids that no other sample has."""
    others: defaultdict[bytes, bytes] = defaultdict(lambda: chance.randbytes(16))

    def other(value: Any) -> Any:
        if isinstance(value, bytes) and len(value) == 16:
            return others[value]
        if isinstance(value, dict):
            return {name: other(part) for name, part in value.items()}
        return [other(part) for part in value] if isinstance(value, list) else value

    def id_(value: UUID | None) -> UUID | None:
        return value and UUID(bytes=others[value.bytes])

    device = chance.randbytes(16)
    return [
        replace(
            op,
            stamp=op.stamp._replace(device=device, incarnation=2, seq=seq),
            action=id_(op.action),
            entity=id_(op.entity),
            staff=id_(op.staff),
            branch=id_(op.branch),
            payload=other(op.payload),
        )
        for seq, op in enumerate(ops, start=1)
    ]


def _data(ops: list[Op]) -> bytes:
    """Return what is packed of a body."""
    seen: list[bytes] = []
    with patch.object(writing, "pack", lambda data: (seen.append(data), (0, data))[1]):
        writing.encode(ops)
    return seen[0]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        FILE.write_bytes(make(Path(made), Random(1)))
    sys.stdout.write(f"{FILE.stat().st_size} bytes\n")
