"""The sentences of packs and typed figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perpusdesk.common.formats import number, short_date
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.domain.figures.months import Period, moved
from perpusdesk.domain.packs.form import Span
from perpusdesk.domain.surveys.rounding import rounded
from perpusdesk.services.figures.figure_entries import EntryLine
from perpusdesk.services.figures.month_close import Change
from perpusdesk.services.figures.pack_table import PackTable, TableLine, shown
from perpusdesk.services.wording.measures import measure_name, period_name
from perpusdesk.storage.queries.figure_entries import ClosedMonth
from perpusdesk.ui.kit.record_list import RowWords

_YEARS, _QUARTERS, _MONTHS = 6, 8, 24


def line_row(table: PackTable, line: TableLine) -> RowWords:
    """Return one line of a pack: what, its value, and what stands beside it."""
    if not line.values:
        return RowWords(line.label.upper() if line.level == 0 else line.label)
    main = main_column(table)
    others = [
        f"{head}: {shown(value)}"
        for place, (head, value) in enumerate(zip(table.columns, line.values, strict=True))
        if place != main
    ]
    label = f"– {line.label}" if line.level == 2 else line.label
    what = f"{line.code}  {label}" if line.code else label
    first = line.line.cells[0]
    under = "   ".join(part for part in (line.remark, *others) if part)
    value = f"{shown(line.values[main])} {line.unit}".strip()
    if line.values[main] is None:
        return RowWords(what, under, value, icon="edit", tone="warn")
    if first.met is None:
        return RowWords(what, under, value, tone="text")
    return RowWords(
        what,
        under,
        value,
        icon="check" if first.met else "warning",
        tone="ok" if first.met else "warn",
    )


def notes(table: PackTable) -> str:
    """Return what has to be known of a pack; of figures that are missing only how many."""
    told = list(table.notes)
    count = len(table.filled.missing)
    if count:
        words = ngettext(
            "{n} figure is still to be typed in.", "{n} figures are still to be typed in.", count
        )
        told.append(words.format(n=number(count)))
    return "\n".join(told)


def main_column(table: PackTable) -> int:
    """Return which column a pack is about: its period, else the mean or the whole at the end."""
    if table.filled.mean:
        return len(table.columns) - 1
    return list(table.filled.columns).index(table.filled.period)


def periods(span: Span, this_month: str) -> list[tuple[str, Period]]:
    """Return the periods that a pack can be made for, the latest that is over first."""
    year = int(this_month[:4])
    if span is Span.YEAR:
        found = [Period.year(year - back) for back in range(_YEARS)]
    elif span is Span.QUARTER:
        number = (int(this_month[5:]) - 1) // 3
        places = (divmod(year * 4 + number - back, 4) for back in range(_QUARTERS))
        found = [Period.quarter(of, quarter + 1) for of, quarter in places]
    else:
        months = (moved(this_month, -back) for back in range(_MONTHS))
        found = [Period(month, month) for month in months]
    return [(period_name(one), one) for one in found]


def entry_row(line: EntryLine) -> RowWords:
    """Return a typed figure with its value and where it comes from."""
    if line.value is None:
        former = ""
        if line.former is not None:
            former = _("last year {value}").format(value=shown(rounded(line.former, 0)))
        if not line.needed:
            return RowWords(line.name, line.hint, _("may stay empty"), former)
        return RowWords(line.name, line.hint, _("not typed in"), former, "edit", "warn")
    digits = 0 if line.value.denominator == 1 else 2
    return RowWords(
        line.name, line.source or line.hint, shown(rounded(line.value, digits)), tone="text"
    )


def typed_so_far(lines: Sequence[EntryLine]) -> str:
    """Return how many of the figures are typed in."""
    needed = [line for line in lines if line.needed]
    known = sum(line.value is not None for line in needed)
    told = _("{known} of {all} needed figures are typed in")
    return told.format(known=number(known), all=number(len(needed)))


@dataclass(frozen=True, slots=True)
class Use:
    """A service and how many people used it this month."""

    name: str
    people: int


def use_row(use: Use) -> RowWords:
    """Return a service with how many used it."""
    people = ngettext("{n} person", "{n} people", use.people).format(n=number(use.people))
    return RowWords(use.name, "", people, tone="text")


@dataclass(frozen=True, slots=True)
class Closing:
    """A month that is over: closed (and what changed since), or open; what was not counted."""

    month: str
    closed: ClosedMonth | None
    changes: tuple[Change, ...] = ()
    uncounted: tuple[str, ...] = ()


def uncounted(measures: Sequence[str]) -> str:
    """Return what was not counted in a month although the library was open."""
    names = ", ".join(measure_name(one) for one in measures)
    return _("not counted, although the library was open: {figures}").format(figures=names)


def missing_in(month: str, measures: Sequence[str]) -> str:
    """Return what was not counted in a month, with its name before."""
    return f"{period_name(Period(month, month))}: {uncounted(measures)}"


def closing_row(one: Closing) -> RowWords:
    """Return a month: open, closed, or closed with what changed since."""
    name = period_name(Period(one.month, one.month))
    if one.closed is None and one.uncounted:
        return RowWords(
            name, uncounted(one.uncounted), _("something is missing"), "", "warning", "warn"
        )
    if one.closed is None:
        return RowWords(name, "", _("open"), "", "clock", "muted")
    day = _("closed on {date}").format(date=short_date(one.closed.at))
    told = [
        _("{figure}: {then} then, {now} now").format(
            figure=measure_name(change.measure), then=number(change.then), now=number(change.now)
        )
        for change in one.changes
        if change.branch is None
    ]
    if told:
        return RowWords(name, "   ".join(told), _("changed since"), day, "warning", "warn")
    return RowWords(name, "", day, "", "check", "ok")
