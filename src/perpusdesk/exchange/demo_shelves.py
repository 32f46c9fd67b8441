"""Which copies of the demo library are on the shelf, and which one a reader takes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

from perpusdesk.exchange.demo_copies import PlannedCopy
from perpusdesk.exchange.demo_dice import Dice

_LENT_KINDS = frozenset({"Umum", "Anak"})


class Shelves:
    """The copies to lend, by branch and audience; titles are asked for by their popularity."""

    def __init__(self, copies: Sequence[PlannedCopy], weights: Sequence[float], rng: Dice) -> None:
        self._copies, self._rng = copies, rng
        self._free: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._on_shelf: dict[int, int] = defaultdict(int)
        pools: dict[tuple[int, bool], set[int]] = defaultdict(set)
        for place, copy in enumerate(copies):
            if copy.kind in _LENT_KINDS:
                self.put_back(place)
                pools[copy.branch, copy.kind == "Anak"].add(copy.title)
        self._pools = {key: sorted(titles) for key, titles in pools.items()}
        self._weights = {
            key: list(accumulate(weights[title] for title in titles))
            for key, titles in self._pools.items()
        }

    def wish(self, branch: int, *, for_children: bool) -> int | None:
        """Return a title that a reader of this branch asks for, free or not."""
        key = (branch, for_children)
        if key not in self._pools:
            return None
        return self._rng.choices(self._pools[key], cum_weights=self._weights[key])[0]

    def take(self, branch: int, title: int) -> int | None:
        """Take a copy of the title from the branch's shelf; ``None`` when all are out."""
        free = self._free[branch, title]
        if not free:
            return None
        self._on_shelf[title] -= 1
        return free.pop(0)

    def put_back(self, copy: int) -> None:
        """Put a copy on its own branch's shelf."""
        planned = self._copies[copy]
        self._free[planned.branch, planned.title].append(copy)
        self._on_shelf[planned.title] += 1

    def all_out(self, title: int) -> bool:
        """Tell whether no branch has a copy of the title on the shelf."""
        return self._on_shelf[title] == 0
