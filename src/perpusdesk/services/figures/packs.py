"""Packs of figures ready to be handed in: each row filled, with what is missing and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Final
from uuid import UUID

from perpusdesk.domain.figures.months import Period, month_of
from perpusdesk.domain.packs.filling import Cell, fill, mean
from perpusdesk.domain.packs.form import ENTRY, KEY, Columns, Pack, Row, periods
from perpusdesk.exchange.pack_files import packs as forms
from perpusdesk.services.desk import Desk
from perpusdesk.services.figures.figure_entries import entered
from perpusdesk.services.figures.figures import FigureTable, Group, figures
from perpusdesk.services.wording.measures import key_name

WATCHED: Final = ("visits", "loans")
"""Of which a month without any, although the library was open, is probably a gap."""


@dataclass(frozen=True, slots=True)
class PackLine:
    """One line: its row of the form, what it says, and a cell for each column.

    ``measure`` and ``key`` name the part of a figure, on a line of a row with ``each``.
    """

    row: Row
    label: str
    cells: tuple[Cell, ...]
    key: str = ""

    @property
    def is_part(self) -> bool:
        """Whether it is one part of a figure."""
        return bool(self.row.each)


@dataclass(frozen=True, slots=True)
class Gap:
    """Months in which nothing was counted of a measure, although the library was open."""

    measure: str
    months: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilledPack:
    """A pack for a period and place (``None``: all branches), counted on ``day``.

    ``columns`` are the periods from left to right, ``mean``: the last cell is their mean.
    ``missing`` are the typed figures that it lacks; ``gaps`` what was not counted; ``unfinished``:
    the period is not over. ``figures`` are what the rows of the period itself are made of.
    """

    pack: Pack
    period: Period
    branch: UUID | None
    columns: tuple[Period, ...]
    mean: bool
    lines: tuple[PackLine, ...]
    missing: tuple[str, ...]
    gaps: tuple[Gap, ...]
    day: date
    unfinished: bool
    figures: Mapping[str, Fraction | None]


def packs(desk: Desk) -> list[Pack]:
    """Return the packs that can be made, by the forms in force today."""
    return forms(desk.today())


def fill_pack(desk: Desk, pack: Pack, period: Period, branch: UUID | None = None) -> FilledPack:
    """Return a pack filled from the facts that are counted; ``figures_work.freshen`` first."""
    columns = tuple(periods(pack.columns, period))
    read = [_Column(desk, pack, one, branch) for one in columns]
    with_mean = pack.columns is Columns.THREE_YEARS
    lines = tuple(_lines(desk, pack, read, with_mean))
    main = read[-1] if with_mean else read[0]
    today = desk.today()
    return FilledPack(
        pack,
        period,
        branch,
        columns,
        with_mean,
        lines,
        tuple(dict.fromkeys(_lacking(lines))),
        tuple(_gaps(desk, pack, period, branch)),
        today,
        period.ends >= today,
        {name: main.look(name) for row in pack.rows if not row.each for name in row.needs},
    )


class _Column:
    """What is known of one period."""

    def __init__(self, desk: Desk, pack: Pack, period: Period, branch: UUID | None) -> None:
        first, last = period.first, period.last
        self.period = period
        self.typed = entered(desk, period, branch)
        self.whole = figures(desk, pack.measures, first, last, branch=branch)
        parts = [row.each for row in pack.rows if row.each]
        parts += [name.partition(KEY)[0] for row in pack.rows for name in row.needs if KEY in name]
        self.parts: FigureTable = figures(desk, parts, first, last, branch=branch, by={Group.KEY})

    def look(self, name: str) -> Fraction | None:
        """Return a figure of this period."""
        if name.startswith(ENTRY):
            return self.typed.get(name)
        measure, part, key = name.partition(KEY)
        if part:
            return Fraction(self.parts.value(measure, key=key))
        return Fraction(self.whole.value(measure))


def _lines(desk: Desk, pack: Pack, read: list[_Column], with_mean: bool) -> Iterator[PackLine]:
    for row in pack.rows:
        if row.each:
            parts = list(_parts(desk, row, read, with_mean))
            if parts:
                yield PackLine(row, row.label, ())
                yield from parts
        else:
            yield PackLine(row, row.label, () if row.is_heading else _cells(row, read, with_mean))


def _parts(desk: Desk, row: Row, read: list[_Column], with_mean: bool) -> Iterator[PackLine]:
    keys = dict.fromkeys(key for at in read for key in at.parts.keys(row.each))
    for key in keys:
        one = replace(row, sum=(f"{row.each}{KEY}{key}",), each="")
        cells = _cells(one, read, with_mean)
        if any(cell.value for cell in cells):
            yield PackLine(row, key_name(desk, row.each, key), cells, key)


def _cells(row: Row, read: list[_Column], with_mean: bool) -> tuple[Cell, ...]:
    cells = [fill(row, at.look, len(at.period.months)) for at in read]
    return (*cells, mean(cells)) if with_mean else tuple(cells)


def _lacking(lines: tuple[PackLine, ...]) -> Iterator[str]:
    return (name for line in lines for cell in line.cells for name in cell.missing)


def _gaps(desk: Desk, pack: Pack, period: Period, branch: UUID | None) -> Iterator[Gap]:
    names = [one for one in WATCHED if one in pack.measures]
    if not names:
        return
    asked = [*names, "open_days"]
    table = figures(desk, asked, period.first, period.last, branch=branch, by={Group.MONTH})
    over = [month for month in period.months if month < month_of(desk.today())]
    for name in names:
        months = tuple(
            month
            for month in over
            if table.value("open_days", month=month) and not table.value(name, month=month)
        )
        if months:
            yield Gap(name, months)
