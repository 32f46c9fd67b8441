"""Runs of seqs by stream: what a stick holds."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable

Run = tuple[bytes, int, int, int]


class Runs:
    """(device, incarnation, first, last) of several streams, overlapping or not."""

    def __init__(self, runs: Iterable[Run] = ()) -> None:
        self._runs: dict[tuple[bytes, int], list[tuple[int, int]]] = {}
        for device, incarnation, first, last in runs:
            insort(self._runs.setdefault((device, incarnation), []), (first, last))

    def dense(self, device: bytes, incarnation: int) -> int:
        """Return up to which seq a stream is there from its first op on (0: not at all)."""
        reach = 0
        for first, last in self._runs.get((device, incarnation), ()):
            if first > reach + 1:
                break
            reach = max(reach, last)
        return reach

    def covers(self, device: bytes, incarnation: int, first: int, last: int) -> bool:
        """Whether all seqs from ``first`` to ``last`` are there."""
        reach = first - 1
        for start, end in self._runs.get((device, incarnation), ()):
            if start > reach + 1:
                break
            reach = max(reach, end)
        return reach >= last

    def merged(self) -> list[Run]:
        """Return the runs with neighbours joined, in order."""
        found: list[Run] = []
        for (device, incarnation), runs in sorted(self._runs.items()):
            for first, last in runs:
                if found and found[-1][:2] == (device, incarnation) and first <= found[-1][3] + 1:
                    start, end = found[-1][2], max(found[-1][3], last)
                    found[-1] = (device, incarnation, start, end)
                else:
                    found.append((device, incarnation, first, last))
        return found
