"""How old the stock is, by the year of publication."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

BANDS: Final[tuple[tuple[str, int, int | None], ...]] = (
    ("0-5", 0, 5),
    ("6-10", 6, 10),
    ("11-20", 11, 20),
    ("21+", 21, None),
)
"""Name, youngest and oldest age in years. New stock is what is of the last five years."""
RECENT: Final = 5


@dataclass(frozen=True, slots=True)
class StockAge:
    """Copies by band; ``unknown`` have no year. ``median`` is the year in the middle.

    ``recent``: copies of the last five years.
    """

    copies: int
    unknown: int
    by_band: Mapping[str, int]
    median: int | None
    recent: int


def stock_age(by_year: Mapping[int | None, int], today: int) -> StockAge:
    """Return how old copies are; ``by_year`` says how many there are of each year of publication.

    ``today`` is the present year. A year to come counts as this one's.
    """
    known = sorted((year, count) for year, count in by_year.items() if year is not None)
    bands = {name: 0 for name, _, _ in BANDS}
    for year, count in known:
        age = max(0, today - year)
        for name, youngest, oldest in BANDS:
            if youngest <= age and (oldest is None or age <= oldest):
                bands[name] += count
    copies, unknown = sum(by_year.values()), by_year.get(None, 0)
    recent = sum(count for year, count in known if today - year <= RECENT)
    return StockAge(copies, unknown, bands, _median(known, copies - unknown), recent)


def _median(known: list[tuple[int, int]], copies: int) -> int | None:
    seen = 0
    for year, count in known:
        seen += count
        if seen * 2 >= copies:
            return year
    return None
