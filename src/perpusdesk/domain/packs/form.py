"""What a pack asks for: rows in the order of its form: a sum, a ratio, or a figure's parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from perpusdesk.domain.figures.months import Period

ENTRY: Final = "entry."
"""Begins the names of figures that are typed in, because the program cannot count them."""
KEY: Final = "="
"""Between a measure and the part of it that is meant: ``services.service=ict``."""
OPTIONAL: Final = "?"
"""Ends the names of figures that count as nothing where they are not known."""


class Span(StrEnum):
    """The period a pack is made for."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Columns(StrEnum):
    """What stands beside the figure of the period."""

    ALONE = "alone"
    MONTHS = "months"
    """Each of its months, then the whole."""
    YEAR_BEFORE = "year_before"
    """The same period a year before."""
    THREE_YEARS = "three_years"
    """The two years before, and the mean of the three."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the form.

    Its value is the sum of ``sum`` times ``times`` by ``divide``; with ``per`` divided by that sum.
    ``each``: a line for every part of this measure instead. ``monthly``: the mean of a month.
    ``at_least``: what a standard asks for (of ``at_least_of``, where it is named, else as it is).
    Without ``sum`` and ``each`` it is a heading. ``digits`` are decimal places.
    """

    key: str
    label: str
    code: str = ""
    sum: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    times: int = 1
    divide: int = 1
    digits: int = 0
    each: str = ""
    monthly: bool = False
    unit: str = ""
    note: str = ""
    at_least: Fraction | None = None
    at_least_of: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether it only says what the next lines are about."""
        return not self.sum and not self.each

    @property
    def needs(self) -> tuple[str, ...]:
        """All figures that it is made of, typed ones too."""
        beside = tuple(one for one in (self.at_least_of, self.each) if one)
        return tuple(one.removesuffix(OPTIONAL) for one in (*self.sum, *self.per, *beside))


@dataclass(frozen=True, slots=True)
class Pack:
    """A form in force since a day; ``source`` says where it comes from, ``note`` what it is not."""

    key: str
    name: str
    valid_from: date
    source: str
    span: Span
    columns: Columns
    rows: tuple[Row, ...]
    note: str = ""

    @property
    def measures(self) -> tuple[str, ...]:
        """What is to be counted for it, each once."""
        counted = (one for one in self._needs() if not one.startswith(ENTRY))
        return tuple(dict.fromkeys(one.partition(KEY)[0] for one in counted))

    @property
    def entries(self) -> tuple[str, ...]:
        """The names of what is to be typed in for it, each once, in the order of the form."""
        return tuple(dict.fromkeys(one for one in self._needs() if one.startswith(ENTRY)))

    @property
    def required_entries(self) -> tuple[str, ...]:
        """Those of them without which a row stays empty."""
        named = (one for row in self.rows for one in (*row.sum, *row.per, row.at_least_of))
        return tuple(
            dict.fromkeys(one for one in named if one.startswith(ENTRY) and one[-1:] != OPTIONAL)
        )

    def _needs(self) -> Iterable[str]:
        return (need for row in self.rows for need in row.needs)


def in_force(packs: Iterable[Pack], day: date) -> list[Pack]:
    """Return of each pack the form in force on a day, in the order given."""
    found: dict[str, Pack] = {}
    for pack in packs:
        known = found.get(pack.key)
        if pack.valid_from <= day and (known is None or known.valid_from <= pack.valid_from):
            found[pack.key] = pack
    return list(found.values())


def periods(columns: Columns, period: Period) -> Sequence[Period]:
    """Return the periods of a pack's columns, from left to right."""
    if columns is Columns.MONTHS:
        return [*(Period(month, month) for month in period.months), period]
    if columns is Columns.YEAR_BEFORE:
        return [period, period.year_before]
    if columns is Columns.THREE_YEARS:
        before = period.year_before
        return [before.year_before, before, period]
    return [period]
