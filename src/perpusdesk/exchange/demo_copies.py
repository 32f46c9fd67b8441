"""Copies of the demo library: how many of each title, where, of what kind, at what price."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Final

from perpusdesk.exchange.demo_data import People
from perpusdesk.exchange.demo_dice import Dice, dice
from perpusdesk.exchange.title_record import TitleRecord

MOST_COPIES: Final = 5
_REFERENCE: Final = re.compile(
    r"\b(kamus|ensiklopedi\w*|dictionar\w+|encyclop\w+|atlas|statistik|sensus|directory|almanac)\b",
    re.IGNORECASE,
)
_REPORT: Final = re.compile(r"\bleaves\b|\bseminar\b|\blaporan\b", re.IGNORECASE)
_NUSANTARA: Final = frozenset({"ind", "may", "jav", "sun", "ban", "min", "bug", "mad", "ace"})


@dataclass(frozen=True, slots=True)
class PlannedCopy:
    """A copy to enter; ``title`` and ``branch`` are places in the plan's lists.

    ``kind`` is the name of a collection kind, ``source`` is ``Pembelian`` or ``Hibah``, ``price``
    whole rupiah.
    """

    barcode: str
    inventory: str
    title: int
    branch: int
    kind: str
    price: int
    source: str
    received: date


def popularity(titles: Sequence[TitleRecord], seed: int) -> list[float]:
    """Return how much each title is asked for: Zipf-like, led by stories and books at home here."""
    rng = dice(seed, "popularity")
    liking = [_taste(title) * rng.expovariate(1) for title in titles]
    weights = [0.0] * len(titles)
    for rank, place in enumerate(sorted(range(len(titles)), key=lambda place: -liking[place])):
        weights[place] = 1 / (rank + 5) ** 0.95
    return weights


def plan_copies(
    titles: Sequence[TitleRecord], people: People, count: int, seed: int, last_day: date
) -> list[PlannedCopy]:
    """Return about ``count`` copies (one to five of each title), barcodes B000001 and on.

    The books bought first have the lowest numbers.
    """
    maker = _CopyMaker(people, dice(seed, "copies"))
    numbers = _numbers(popularity(titles, seed), count)
    places = [place for place, number in enumerate(numbers) for _copy in range(number)]
    return maker.make(titles, places, last_day)


def _numbers(weights: Sequence[float], count: int) -> list[int]:
    """Share ``count`` copies out: one each, the rest by the square root of what is asked for."""
    wanted = [sqrt(weight) for weight in weights]
    numbers = [1] * len(wanted)
    waiting = [(-wish / 2, place) for place, wish in enumerate(wanted)]
    heapq.heapify(waiting)
    for _extra in range(count - len(wanted)):
        if not waiting:
            break
        place = heapq.heappop(waiting)[1]
        numbers[place] += 1
        if numbers[place] < MOST_COPIES:
            heapq.heappush(waiting, (-wanted[place] / (numbers[place] + 1), place))
    return numbers


def _taste(title: TitleRecord) -> float:
    if _REPORT.search(f"{title.extent} {title.title} {title.subtitle}"):
        return 0.2
    story = title.for_children or title.classification.startswith("8")
    return (2.0 if story else 1.0) * (2.0 if title.language in _NUSANTARA else 1.0)


def _kind(title: TitleRecord, nth: int, rng: Dice) -> str:
    if title.for_children:
        return "Anak"
    if _REFERENCE.search(title.title) or title.classification.startswith("03"):
        return "Referensi"
    if _REPORT.search(title.extent) and title.language in _NUSANTARA:
        return "Muatan lokal"
    return "Tandon" if nth == 3 and rng.random() < 0.3 else "Umum"


class _CopyMaker:
    """Makes copies in the order in which they were bought."""

    def __init__(self, people: People, rng: Dice) -> None:
        self._branches, self._rng = people.branch, rng

    def make(
        self, titles: Sequence[TitleRecord], places: Sequence[int], last_day: date
    ) -> list[PlannedCopy]:
        """Return one copy for each of ``places`` (a title's place, once for each copy)."""
        rng = self._rng
        days = sorted(last_day - timedelta(days=rng.randint(400, 3000)) for _place in places)
        order = rng.sample(places, len(places))
        seen: Counter[int] = Counter()
        copies = []
        for number, (place, day) in enumerate(zip(order, days, strict=True), 1):
            seen[place] += 1
            kind = _kind(titles[place], seen[place], rng)
            price = _price(titles[place], rng)
            copies.append(self._copy(number, place, day, kind=kind, price=price))
        return copies

    def _copy(
        self, number: int, title: int, received: date, *, kind: str, price: int
    ) -> PlannedCopy:
        shares = [branch.share for branch in self._branches]
        to_lend = kind in ("Umum", "Anak")
        branch = self._rng.choices(range(len(shares)), shares)[0] if to_lend else 0
        source = self._rng.choices(("Pembelian", "Hibah"), (3, 1))[0]
        code = self._branches[branch].code
        return PlannedCopy(
            barcode=f"B{number:06d}",
            inventory=f"{number:05d}/{code}/{source[0]}/{received.year}",
            title=title,
            branch=branch,
            kind=kind,
            price=price,
            source=source,
            received=received,
        )


def _price(title: TitleRecord, rng: Dice) -> int:
    low, high = (25, 75) if title.for_children else (35, 160)
    return 500 * round(2 * rng.triangular(low, high, low + 15))
