"""Cutting a run of ops into bodies of a size that a bad link still carries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol import payload
from perpusdesk.protocol.wire.writing import encode

BODY_BYTES: Final = 32 * 1024
MOST_OPS: Final = 5_000
_MOST_WEIGHT: Final = 1024 * 1024
_ENVELOPE: Final = 32
_CAREFUL: Final = 0.9


def fit(ops: Sequence[Op], limit: int = BODY_BYTES) -> Iterator[bytes]:
    """Yield bodies for ops of one stream, in order, each at most ``limit`` bytes.

    One op alone may come to more. How many go into a body is guessed from the bodies before, so
    that few ops are encoded twice.
    """
    weights = [len(payload.encode(op.payload)) + _ENVELOPE for op in ops]
    begin, share = 0, 0.5
    while begin < len(ops):
        count = _count(weights, begin, limit * _CAREFUL / share)
        body = encode(ops[begin : begin + count])
        while len(body) > limit and count > 1:
            count = min(count - 1, max(1, int(count * _CAREFUL * limit / len(body))))
            body = encode(ops[begin : begin + count])
        share = max(0.05, len(body) / sum(weights[begin : begin + count]))
        yield body
        begin += count


def _count(weights: Sequence[int], begin: int, most: float) -> int:
    """Return how many ops from ``begin`` on weigh no more than that together, at least one."""
    most, count, weight = min(most, _MOST_WEIGHT), 0, 0
    for one in weights[begin : begin + MOST_OPS]:
        weight += one
        if weight > most:
            break
        count += 1
    return max(1, count)
