"""The record of a stock-take, put together for printing."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from perpusdesk.common.formats import date_and_time, long_date
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.stock_take import Figures, Outcome, StockCount, main_class
from perpusdesk.printing.official import Signature
from perpusdesk.printing.stock_report import (
    ClassFigures,
    Figure,
    ListedCopy,
    StockList,
    StockReport,
)
from perpusdesk.services.circulation.papers import letterhead, place_of, signature
from perpusdesk.services.desk import Desk
from perpusdesk.services.stock.stock_counts import last_like, look
from perpusdesk.services.stock.stock_lists import ODD, Entry, entries, rows
from perpusdesk.services.wording.stock import outcome_name
from perpusdesk.services.wording.titles import hundred
from perpusdesk.storage.queries import stock_lists as query
from perpusdesk.storage.queries.stock_lines import StockLine, people

MOST_ROWS: Final = 1_000
"""Rows of each list on paper; what is more is in the workbook alone."""
_OUT_OF_ORDER: Final = "~"


def stock_paper(desk: Desk, count: UUID) -> StockReport | Refused:
    """Return the record of a count, ended or not. ``STOCK_COUNT_UNKNOWN``."""
    state = look(desk, count)
    if state is None:
        return Refused(Reason.STOCK_COUNT_UNKNOWN)
    known = state.count
    former = last_like(desk, known)
    return StockReport(
        head=letterhead(desk),
        name=known.name,
        scope=state.scope,
        place=place_of(desk),
        started=known.started,
        made=desk.now(),
        ended=known.ended,
        people=tuple(people(desk.library, count)),
        figures=_figures(state.figures, former.figures if former else None),
        classes=_classes(desk, known),
        lists=_lists(desk, known, state.figures),
        before=former.started if former else None,
        signatures=(Signature(_("Head of the counting team")), signature(desk)),
    )


def _figures(now: Figures, before: Figures | None) -> tuple[Figure, ...]:
    def figure(label: str, name: str) -> Figure:
        return Figure(label, getattr(now, name), getattr(before, name) if before else None)

    odd = [figure(outcome_name(outcome), outcome.value) for outcome in ODD]
    return (
        figure(_("Expected on the shelves"), "expected"),
        figure(outcome_name(Outcome.FOUND), Outcome.FOUND.value),
        figure(outcome_name(Outcome.MISSING), Outcome.MISSING.value),
        figure(_("On loan, on the way or used meanwhile"), "away"),
        *(one for one in odd if one.now or one.before),
    )


def _classes(desk: Desk, count: StockCount) -> tuple[ClassFigures, ...]:
    sums: dict[str, tuple[int, int]] = {}
    for start, (found, missing) in query.by_class(desk.library, count).items():
        key = main_class(start)
        had = sums.get(key, (0, 0))
        sums[key] = (had[0] + found, had[1] + missing)
    ordered = sorted(sums.items(), key=lambda one: one[0] or _OUT_OF_ORDER)
    return tuple(
        ClassFigures(hundred(key) if key else _("Without a class"), found, missing)
        for key, (found, missing) in ordered
    )


def _lists(desk: Desk, count: StockCount, figures: Figures) -> tuple[StockList, ...]:
    wanted = [outcome for outcome in (Outcome.MISSING, *ODD) if figures.of(outcome)]
    if not wanted:
        return ()
    ids: dict[Outcome, list[Entry]] = {outcome: [] for outcome in wanted}
    for entry in entries(desk, count, *wanted):
        ids[entry[1]].append(entry)
    return tuple(
        StockList(
            outcome_name(outcome),
            tuple(_listed(line) for line in _first(desk, count, found)),
            max(0, len(found) - MOST_ROWS),
        )
        for outcome, found in ids.items()
        if found
    )


def _first(desk: Desk, count: StockCount, found: list[Entry]) -> list[StockLine]:
    shown = found[:MOST_ROWS]
    known = rows(desk, count, shown)
    return [known[entry] for entry in shown if entry in known]


def _listed(line: StockLine) -> ListedCopy:
    return ListedCopy(line.code, line.title, line.call_number, line.location, remark(line))


def remark(line: StockLine) -> str:
    """Return what else there is to say of a row: whose it is, who has it, where it was."""
    parts = [
        line.branch if line.outcome is Outcome.WRONG_BRANCH else "",
        _("due {date}").format(date=long_date(line.due)) if line.due else "",
        _("seen at {place}").format(place=line.place) if line.place else "",
        date_and_time(line.at) if line.outcome is Outcome.UNKNOWN and line.at else "",
        _("settled") if line.settled else "",
    ]
    return ", ".join(part for part in parts if part)
