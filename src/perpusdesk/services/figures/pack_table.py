"""A filled pack as a table of words and numbers, for the screen, the paper and the workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from perpusdesk.common.formats import number, short_date
from perpusdesk.common.i18n import _
from perpusdesk.domain.figures.months import Period, moved
from perpusdesk.domain.packs.form import ENTRY, KEY, OPTIONAL, Row
from perpusdesk.domain.surveys.rounding import rounded
from perpusdesk.exchange.pack_files import entry_names
from perpusdesk.services.desk import Desk
from perpusdesk.services.figures.figure_entries import EntryLine, entry_lines
from perpusdesk.services.figures.packs import FilledPack, PackLine
from perpusdesk.services.wording.measures import (
    key_name,
    measure_formula,
    measure_meaning,
    measure_name,
    period_name,
)

_GROUP: Final = 4
_GROUPS: Final = 3


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line: its place in the form, words, values as printed (``None``: not known), a remark.

    ``level`` 0 is a heading, 1 a row, 2 a part of it. ``line`` is what it was made of.
    """

    line: PackLine
    code: str
    label: str
    unit: str
    values: tuple[Decimal | None, ...]
    remark: str
    level: int


@dataclass(frozen=True, slots=True)
class Proof:
    """One figure that lines are made of: its value in the period, and how it was counted."""

    figure: str
    value: str
    meaning: str


@dataclass(frozen=True, slots=True)
class FigureProof:
    """A figure that one line is made of; ``measure`` (with ``key``) leads to the list behind it."""

    name: str
    value: str
    meaning: str
    measure: str = ""
    key: str | None = None


@dataclass(frozen=True, slots=True)
class PackTable:
    """Everything that is handed in. ``notes`` are what the reader has to know of the numbers.

    ``seal`` is a short sum over all numbers: who counts again and finds it, has the same ones.
    """

    filled: FilledPack
    title: str
    subtitle: str
    columns: tuple[str, ...]
    lines: tuple[TableLine, ...]
    notes: tuple[str, ...]
    proofs: tuple[Proof, ...]
    seal: str


def pack_table(desk: Desk, filled: FilledPack) -> PackTable:
    """Return a filled pack in words."""
    heads = [period_name(one) for one in filled.columns]
    if filled.mean:
        heads.append(_("Mean"))
    lines = tuple(_line(one) for one in filled.lines)
    branch = desk.branches.get(filled.branch) if filled.branch else None
    place = branch.name if branch else _("All branches")
    return PackTable(
        filled,
        filled.pack.name,
        f"{period_name(filled.period)} · {place}",
        tuple(heads),
        lines,
        tuple(_notes(filled)),
        tuple(_proofs(desk, filled)),
        seal_of(lines),
    )


def seal_of(lines: tuple[TableLine, ...]) -> str:
    """Return three groups of four letters and digits that stand for all numbers of a pack."""
    told = "\n".join(f"{one.line.row.key}/{one.line.key}/{one.values}" for one in lines)
    digest = hashlib.blake2b(told.encode(), digest_size=8).hexdigest().upper()
    parts = (digest[place : place + _GROUP] for place in range(0, _GROUP * _GROUPS, _GROUP))
    return "-".join(parts)


def shown(value: Decimal | None) -> str:
    """Return a number as Indonesians write it; a dash where it is not known."""
    if value is None:
        return "–"
    whole, _point, rest = str(abs(value)).partition(".")
    sign = "-" if value < 0 else ""
    said = number(int(whole))
    comma = "." if "," in number(1000) else ","
    return f"{sign}{said}{comma}{rest}" if rest else f"{sign}{said}"


def _line(one: PackLine) -> TableLine:
    row = one.row
    level = 0 if row.is_heading else 2 if one.is_part and one.cells else 1
    values = tuple(cell.shown(row.digits) for cell in one.cells)
    unit = row.unit if one.cells else ""
    code = "" if level == 2 else row.code
    return TableLine(one, code, one.label, unit, values, _remark(row, one), level)


def _remark(row: Row, one: PackLine) -> str:
    parts = [row.note] if row.note and one.cells else []
    if one.cells:
        first = one.cells[0]
        if first.met is not None and first.wanted is not None:
            wanted = shown(rounded(first.wanted, row.digits))
            told = _("met: at least {wanted}") if first.met else _("not met: at least {wanted}")
            parts.append(told.format(wanted=wanted))
        missing = dict.fromkeys(name for cell in one.cells for name in cell.missing)
        if missing:
            names = ", ".join(_typed_name(name) for name in missing)
            parts.append(_("not typed in yet: {names}").format(names=names))
    return " ".join(parts)


def _typed_name(key: str) -> str:
    return entry_names()[key][0] if key in entry_names() else key


def _notes(filled: FilledPack) -> Iterator[str]:
    if filled.pack.note:
        yield filled.pack.note
    if filled.unfinished:
        told = _("The period is not over: counted until {date}.")
        yield told.format(date=short_date(filled.day))
    for gap in filled.gaps:
        months = ", ".join(_runs(gap.months))
        told = _("Nothing was counted of “{figure}” in {months}, although the library was open.")
        yield told.format(figure=measure_name(gap.measure), months=months)


def lacking(filled: FilledPack) -> str:
    """Return which figures are still to be typed in, ``""`` for none."""
    names = ", ".join(_typed_name(name) for name in filled.missing)
    return _("Still to be typed in: {names}.").format(names=names) if names else ""


def proof_of(desk: Desk, table: PackTable, line: TableLine) -> list[FigureProof]:
    """Return what a line's number is made of, in the order of its form."""
    row, filled = line.line.row, table.filled
    if row.each:
        name, value = f"{row.each}{KEY}{line.line.key}", line.line.cells[0].value
        return [_figure_proof(desk, name, value, {})]
    told = {one.key: one for one in entry_lines(desk, filled.period, filled.branch)}
    names = dict.fromkeys(one.removesuffix(OPTIONAL) for one in (*row.sum, *row.per))
    return [_figure_proof(desk, name, filled.figures.get(name), told) for name in names]


def _figure_proof(
    desk: Desk, name: str, value: Fraction | None, told: Mapping[str, EntryLine]
) -> FigureProof:
    measure, part, key = name.partition(KEY)
    return FigureProof(
        _figure_name(desk, name),
        _said(value),
        _meaning(name, told),
        "" if name.startswith(ENTRY) else measure,
        key if part else None,
    )


def _said(value: Fraction | None) -> str:
    return "–" if value is None else shown(rounded(value, 0 if value.denominator == 1 else 2))


def _runs(months: Sequence[str]) -> Iterator[str]:
    """Yield months that follow each other as one period."""
    first = last = months[0]
    for month in (*months[1:], ""):
        if month and month == moved(last, 1):
            last = month
            continue
        yield period_name(Period(first, last))
        first = last = month


def _proofs(desk: Desk, filled: FilledPack) -> Iterator[Proof]:
    told = {one.key: one for one in entry_lines(desk, filled.period, filled.branch)}
    for name, value in filled.figures.items():
        yield Proof(_figure_name(desk, name), _said(value), _meaning(name, told))


def _figure_name(desk: Desk, name: str) -> str:
    if name.startswith(ENTRY):
        return _typed_name(name)
    measure, part, key = name.partition(KEY)
    if part:
        return f"{measure_name(measure)}: {key_name(desk, measure, key)}"
    return measure_name(measure)


def _meaning(name: str, told: Mapping[str, EntryLine]) -> str:
    if name.startswith(ENTRY):
        source = told[name].source if name in told else ""
        typed = _("typed in by the library")
        return f"{typed}: {source}" if source else typed
    measure = name.partition(KEY)[0]
    return f"{measure_meaning(measure)} {measure_formula(measure)}"
