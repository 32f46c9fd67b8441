"""Ids that are told by where they were told before.

0 is the next id of the list; an odd number tells how far back in that list an id was, an even one
how far back it was drawn, counted from the op that speaks of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from perpusdesk.protocol.wire.errors import WireError, WireFault


class ReferenceWriter:
    """Tells ids, in the order in which a reader asks for them."""

    def __init__(self, own: dict[int, int], own_after: Sequence[int]) -> None:
        """``own`` has the place of each drawn id; ``own_after`` how many were drawn by each op."""
        self.numbers: list[int] = []
        self.told: dict[bytes, int] = {}
        self._own, self._own_after = own, own_after

    def tell(self, places: Sequence[int], ids: Sequence[bytes]) -> None:
        """Tell one id of each op."""
        numbers, told, own = self.numbers, self.told, self._own
        for place, id_ in zip(places, ids, strict=True):
            drawn = own.get(int.from_bytes(id_, "big"), -1)
            after = self._own_after[place]
            if 0 <= drawn < after:
                numbers.append(2 * (after - drawn))
            elif id_ in told:
                numbers.append(2 * (len(told) - told[id_]) - 1)
            else:
                numbers.append(0)
                told[id_] = len(told)


class ReferenceReader:
    """Gives the ids again."""

    def __init__(
        self,
        numbers: Sequence[int],
        told: Sequence[bytes],
        own: Sequence[bytes],
        own_after: Sequence[int],
    ) -> None:
        self._numbers = iter(numbers)
        self._told, self._own, self._own_after = told, own, own_after
        self._known = 0

    def take(self, places: Sequence[int]) -> list[bytes]:
        """Return one id for each op."""
        return [self._one(next(self._numbers), place) for place in places]

    def _one(self, number: int, place: int) -> bytes:
        if number == 0:
            self._known += 1
            return self._told[self._known - 1]
        if number & 1:
            back, at = number + 1 >> 1, self._known
            ids = self._told
        else:
            back, at = number >> 1, self._own_after[place]
            ids = self._own
        if back > at:
            raise WireError(WireFault.DAMAGED)
        return ids[at - back]
