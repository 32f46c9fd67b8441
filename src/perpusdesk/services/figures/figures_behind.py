"""Where a number comes from: what it counts, how, and the list of all that was counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from perpusdesk.common.i18n import _
from perpusdesk.domain.complaints import channel_of, kind_of, state_of
from perpusdesk.domain.figures.measures import CATALOGUE, UNUSED_MONTHS, Over
from perpusdesk.domain.figures.months import Period
from perpusdesk.domain.rights import MEMBERS
from perpusdesk.exchange.list_sheet import Cell
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListColumn, ListSheet, list_of
from perpusdesk.services.feedback.service_lists import said
from perpusdesk.services.figures.figures import Group, figures
from perpusdesk.services.visits.visit_profile import answer_name
from perpusdesk.services.wording import service, surveys
from perpusdesk.services.wording.measures import (
    key_name,
    measure_formula,
    measure_meaning,
    measure_name,
    period_name,
)
from perpusdesk.storage.queries import figure_rows as query
from perpusdesk.storage.queries.figure_rows import Where
from perpusdesk.storage.queries.values import as_day, as_moment, bounds_of_day

_FAMILIES: Final[Mapping[str, str]] = {
    "visits": "visit",
    "groups": "visit",
    **dict.fromkeys(("loans", "renewals", "returns", "lost"), "loan"),
    "readings": "reading",
    "transfers": "transfer",
    "questions": "reference",
    "services": "service_use",
    "answers": "answer",
    "stops": "stop_session",
    **dict.fromkeys(("borrowers", "visitors", "members", "members_new"), "member"),
    **dict.fromkeys(("copies", "copies_added", "copies_withdrawn", "copies_unused"), "copy"),
    **dict.fromkeys(("titles", "titles_added"), "title"),
    "holds": "hold",
    "complaints": "complaint",
}


@dataclass(frozen=True, slots=True)
class Behind:
    """A number with its proof: ``meaning`` and ``formula`` in words, ``place`` and period named.

    ``value`` is the number itself, ``sheet`` what was counted, one line each (a line of a group
    counts as many as it says). ``people``: whether the list names members.
    """

    measure: str
    name: str
    value: int
    meaning: str
    formula: str
    period: str
    place: str
    sheet: ListSheet


def behind(
    desk: Desk,
    measure: str,
    first_month: str,
    last_month: str,
    *,
    branch: UUID | None = None,
    stop: UUID | None = None,
    key: str | None = None,
) -> Behind:
    """Return what is behind a number. Reads only; of a year of a city it takes a second.

    ``key``: of one part alone (``None``: all). Names and cards of members are in the list only for
    who may work with members. Raises ``KeyError``, ``ValueError`` as ``figures``.
    """
    period = Period(first_month, last_month)
    by = (Group.KEY,) if key is not None else ()
    table = figures(desk, [measure], first_month, last_month, branch=branch, stop=stop, by=by)
    name = measure_name(measure)
    if key is not None:
        name = f"{name}: {key_name(desk, measure, key)}"
    where = Where(period, _bytes(branch), _bytes(stop), key)
    sheet = _sheet(desk, measure, where, name)
    return Behind(
        measure=measure,
        name=name,
        value=table.value(measure, key=key or ""),
        meaning=measure_meaning(measure),
        formula=measure_formula(measure),
        period=period_name(period),
        place=place_name(desk, branch, stop),
        sheet=sheet,
    )


def place_name(desk: Desk, branch: UUID | None, stop: UUID | None = None) -> str:
    """Return how a branch or a stop is called; all together where none is chosen."""
    if stop is not None:
        found = desk.library.value("select name from stop where id = ?", stop.bytes)
        return str(found or "")
    known = desk.branches.get(branch) if branch else None
    return known.name if known else _("All branches")


def _bytes(id_: UUID | None) -> bytes | None:
    return None if id_ is None else id_.bytes


def _sheet(desk: Desk, measure: str, where: Where, name: str) -> ListSheet:
    one = CATALOGUE[measure]
    if one.over is Over.CALENDAR:
        return _calendar(desk, where, name)
    base = measure.partition(".")[0]
    if base == "searches_missed":
        columns = (_at(0, _("Searched for"), 40), _at(1, _("How often"), 12))
        return list_of(name, columns, query.missed_of(desk.library, where))
    family = _FAMILIES[base]
    ids = _ids(desk, measure, where)
    shown, people = _COLUMNS[family](desk), family in _PERSONAL
    named = people and desk.may(MEMBERS)
    if people and not named:
        shown = shown[:-2]

    def fetch(other: Desk, some: Sequence[Any]) -> Mapping[Any, Any]:
        return query.read_rows(other.library, family, some)

    return ListSheet(name, shown, ids, fetch, people=len(ids) if named else 0)


def _ids(desk: Desk, measure: str, where: Where) -> Sequence[int]:
    library, one = desk.library, CATALOGUE[measure]
    base = measure.partition(".")[0]
    if one.over is Over.DAYS:
        return query.rows_of_days(library, measure, where)
    if base in {"borrowers", "visitors"}:
        return query.persons_of(library, measure, where)
    if base.startswith("copies"):
        unused = Period.up_to(where.period.last, UNUSED_MONTHS)
        since, _after = bounds_of_day(unused.begins, desk.zone)
        _since, until = bounds_of_day(unused.ends, desk.zone)
        return query.copies_of(library, measure, where, (since, until))
    if base.startswith("titles"):
        return query.titles_of(library, measure, where)
    if base.startswith("members"):
        return query.members_of(library, measure, where)
    return query.records_of(library, measure, where)


def _calendar(desk: Desk, where: Where, name: str) -> ListSheet:
    branches = [UUID(bytes=where.branch)] if where.branch else list(desk.branches)
    rows = []
    for branch in branches:
        calendar, day = desk.calendar(branch), where.period.begins
        while day <= min(where.period.ends, desk.today()):
            for opens, closes in calendar.sessions(day):
                times = (opens.isoformat("minutes"), closes.isoformat("minutes"))
                rows.append((day, place_name(desk, branch), *times))
            day += timedelta(days=1)
    headings = (_("Date"), _("Branch"), _("Opens"), _("Closes"))
    return list_of(name, [_at(place, text, 16) for place, text in enumerate(headings)], rows)


# -- how lists read ----------------------------------------------------------------------------


def _at(place: int, heading: str, width: int = 16) -> ListColumn:
    return ListColumn(heading, lambda row: row[place], width)


def _worded(place: int, heading: str, word: Callable[[str], str]) -> ListColumn:
    return ListColumn(heading, lambda row: word(row[place]) if row[place] else "", 16)


def _when(place: int, heading: str) -> ListColumn:
    def cell(row: Any) -> Cell:
        return None if row[place] is None else _moment(row[place], row[place + 1])

    return ListColumn(heading, cell, 18)


def _moment(at: int, zone: int | None) -> datetime:
    return as_moment(at, zone or 0)


def _day(place: int, heading: str) -> ListColumn:
    return ListColumn(heading, lambda row: as_day((row[place] or "")[:10]), 14)


def _person(place: int) -> tuple[ListColumn, ...]:
    return (_at(place, _("Card"), 14), _at(place + 1, _("Name"), 30))


def _book(place: int) -> tuple[ListColumn, ...]:
    return (
        _at(place, _("Barcode"), 14),
        _at(place + 1, _("Title"), 44),
        _at(place + 2, _("Author"), 24),
        _at(place + 3, _("Call number"), 18),
    )


def _said(desk: Desk, name: str, column: ListColumn) -> ListColumn:
    def cell(row: Any) -> Cell:
        code = column.cell(row)
        return answer_name(desk, name, code) if isinstance(code, str) and code else code

    return ListColumn(column.heading, cell, column.width)


def _visit(desk: Desk) -> tuple[ListColumn, ...]:
    return (
        _when(0, _("Time")),
        _at(2, _("Branch")),
        _at(3, _("Room")),
        _at(4, _("People"), 8),
        _said(desk, "sex", _at(5, _("Sex"), 12)),
        _at(6, _("Age"), 8),
        _said(desk, "occupation", _at(7, _("Occupation"), 16)),
        _said(desk, "education", _at(8, _("Education"), 14)),
        _said(desk, "purpose", _at(9, _("Purpose"), 16)),
        _at(10, _("Institution"), 26),
        *_person(11),
    )


def _loan(_desk: Desk) -> tuple[ListColumn, ...]:
    return (
        _when(0, _("Lent")),
        _at(2, _("Branch")),
        *_book(3),
        _day(7, _("Due")),
        _when(8, _("Ended")),
        _at(10, _("Renewals"), 10),
        *_person(11),
    )


_COLUMNS: Final[Mapping[str, Callable[[Desk], tuple[ListColumn, ...]]]] = {
    "visit": _visit,
    "loan": _loan,
    "reading": lambda _desk: (_when(0, _("Time")), _at(2, _("Branch")), *_book(3), *_person(7)),
    "transfer": lambda _desk: (
        _when(0, _("Sent")),
        _at(2, _("From")),
        _at(3, _("To")),
        _at(4, _("Barcode")),
        _at(5, _("Title"), 44),
        _at(6, _("Paper")),
    ),
    "reference": lambda _desk: (
        _when(0, _("Time")),
        _at(2, _("Branch")),
        _at(3, _("Kind")),
        _at(4, _("Topic"), 44),
        _at(5, _("Minutes"), 10),
        ListColumn(_("Answered"), lambda row: _("yes") if row[6] == 1 else _("no"), 12),
        _at(7, _("Source"), 24),
    ),
    "service_use": lambda _desk: (
        _when(0, _("Time")),
        _at(2, _("Branch")),
        _at(3, _("Service"), 24),
        _at(4, _("People"), 10),
        _at(5, _("Note"), 40),
    ),
    "answer": lambda _desk: (
        _when(0, _("Time")),
        _at(2, _("Branch")),
        _at(3, _("Survey"), 40),
        _worded(4, _("Channel"), surveys.channel_name),
    ),
    "stop_session": lambda _desk: (
        _when(0, _("Begun")),
        _at(2, _("Van")),
        _at(3, _("Stop"), 30),
        _when(4, _("Ended")),
        _at(6, _("Note"), 40),
    ),
    "member": lambda _desk: (
        _at(0, _("Category")),
        _at(1, _("Branch")),
        _day(2, _("Registered")),
        _day(3, _("Valid until")),
        *_person(4),
    ),
    "copy": lambda _desk: (
        _at(0, _("Barcode"), 14),
        _at(1, _("Inventory number"), 20),
        _at(2, _("Title"), 44),
        _at(3, _("Author"), 24),
        _at(4, _("Year"), 8),
        _at(5, _("Call number"), 18),
        _at(6, _("Branch")),
        _day(7, _("Received")),
        _day(8, _("Withdrawn")),
    ),
    "title": lambda _desk: (
        _at(0, _("Title"), 50),
        _at(1, _("Author"), 30),
        _at(2, _("Year"), 8),
        _at(3, _("Call number"), 18),
        _at(4, _("Copies"), 10),
    ),
    "hold": lambda _desk: (
        _when(0, _("Placed")),
        _at(2, _("Pickup at")),
        _at(3, _("Title"), 44),
        _at(4, _("Author"), 24),
        _at(5, _("State")),
    ),
    "complaint": lambda desk: (
        _day(0, _("Received")),
        _at(1, _("Branch")),
        _worded(2, _("Kind"), lambda code: service.kind_name(kind_of(code))),
        _worded(3, _("Category"), lambda code: said(desk, "category", code)),
        _worded(4, _("Channel"), lambda code: service.channel_name(channel_of(code))),
        _worded(5, _("State"), lambda code: service.state_name(state_of(code))),
        _day(6, _("Answered")),
    ),
}
_PERSONAL: Final = frozenset({"visit", "loan", "reading", "member"})
