"""From reads to scans: each code once, and a second agreeing read where one proves too little."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from perpusdesk.scan.types import Code, Point, Quad, Symbology

AGAIN_AFTER = 2.0
"""Seconds a code must have been out of sight before it counts as scanned again."""

AGREE_WITHIN = 2.0
"""Seconds within which a second read has to agree with the first."""

_Key: TypeAlias = tuple[Symbology, str]


@dataclass(slots=True)
class _Seen:
    first: float
    last: float
    reads: int
    counted: bool
    quad: Quad | None = None


class Agreement:
    """Decides, frame after frame, which codes count as scanned now.

    A code that stays in view counts once, however long; it counts again after ``AGAIN_AFTER``
    seconds out of sight. A code that is not confident needs a second frame that says the same,
    and two more reads than any other text of its symbology read at its place meanwhile: two
    texts that take turns (a torn label) never count.
    """

    def __init__(
        self, again_after: float = AGAIN_AFTER, agree_within: float = AGREE_WITHIN
    ) -> None:
        self._again_after = again_after
        self._agree_within = agree_within
        self._seen: dict[_Key, _Seen] = {}

    def take(self, codes: Iterable[Code], now: float) -> list[Code]:
        """Return those of one frame's ``codes`` that count as scanned at ``now`` (seconds)."""
        self._forget(now)
        distinct = {(code.symbology, code.text): code for code in codes}
        return [code for key, code in distinct.items() if self._counts(key, code, now)]

    def clear(self) -> None:
        """Forget everything: the next read of any code counts."""
        self._seen.clear()

    def _counts(self, key: _Key, code: Code, now: float) -> bool:
        seen = self._seen.setdefault(key, _Seen(now, now, 0, counted=False))
        seen.reads += 1
        seen.last, seen.quad = now, code.quad
        if seen.counted or not (code.confident or self._agreed(key, seen)):
            return False
        seen.counted = True
        return True

    def _agreed(self, key: _Key, seen: _Seen) -> bool:
        rivals = (
            other.reads
            for (symbology, text), other in self._seen.items()
            if symbology is key[0]
            and text != key[1]
            and not other.counted
            and _same_place(seen.quad, other.quad)
        )
        return seen.reads >= 2 + max(rivals, default=0)

    def _forget(self, now: float) -> None:
        def fresh(seen: _Seen) -> bool:
            limit = self._again_after if seen.counted else self._agree_within
            return 0 <= now - seen.last < limit

        self._seen = {key: seen for key, seen in self._seen.items() if fresh(seen)}


def _same_place(one: Quad | None, other: Quad | None) -> bool:
    """Tell whether two reads may be of one code, held by hand: not a length apart."""
    if one is None or other is None:
        return True
    length = max(math.dist(quad[0], corner) for quad in (one, other) for corner in quad)
    return math.dist(_middle(one), _middle(other)) < max(length, 1.0)


def _middle(quad: Quad) -> Point:
    return sum(x for x, _ in quad) / 4, sum(y for _, y in quad) / 4
