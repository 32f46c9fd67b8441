"""The rows of an import that somebody should look at: in words, and as a file to work through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListColumn, ListSheet, field
from perpusdesk.services.transfer.import_report import DOUBLE, MENDED, NOTED, REFUSED
from perpusdesk.services.wording.import_rows import say_double, say_noted, say_row
from perpusdesk.storage.queries.record_names import record_names
from perpusdesk.storage.row_log import LoggedRow, RowLog

_KINDS: Final = ("titles", "copies", "members", "loans")


def new_log() -> RowLog:
    """Return an empty list; what was not taken comes first in it."""
    return RowLog((REFUSED, NOTED, DOUBLE, MENDED))


@dataclass(frozen=True, slots=True)
class ListedRow:
    """A row with its reason in words; ``same`` names the record that it equals."""

    row: LoggedRow
    reason: str
    same: str = ""


def listed(desk: Desk, rows: Sequence[LoggedRow]) -> list[ListedRow]:
    """Put rows into words; the library is asked what duplicates are equal to."""
    names: dict[bytes, str] = {}
    for kind in _KINDS:
        doubles = [one.record for one in rows if (one.what, one.code) == (DOUBLE, kind)]
        wanted = [id_ for id_ in doubles if id_ is not None]
        found = record_names(desk.library, kind, wanted)
        names.update((id_.bytes, name) for id_, name in found.items())
    return [
        ListedRow(one, reason_of(one), names.get(one.record.bytes, "") if one.record else "")
        for one in rows
    ]


def reason_of(row: LoggedRow) -> str:
    """Return why a row is in the list."""
    if row.what == REFUSED:
        return say_row(row.code, row.facts)
    return say_double(row.code) if row.what == DOUBLE else say_noted(row.code)


def odd_sheet(log: RowLog, ids: Sequence[int]) -> ListSheet:
    """Return these rows of a log, in this order, as a list to save."""
    columns = (
        field(_("File"), "row.file", 30),
        field(_("Row"), "row.row", 10),
        ListColumn(_("State"), _state, 18),
        field(_("Reason"), "reason", 50),
        field(_("Content"), "row.text", 80),
        ListColumn(_("Equal to"), _equal, 40),
    )

    def rows(desk: Desk, part: Sequence[int]) -> dict[int, ListedRow]:
        return {one.row.id: one for one in listed(desk, log.lines(part))}

    return ListSheet(_("Rows to look at"), columns, ids, rows, endings=("xlsx", "csv"))


def _state(one: ListedRow) -> str:
    states = {
        REFUSED: _("not taken"),
        NOTED: _("to be looked at"),
        DOUBLE: _("there already"),
        MENDED: _("put in order"),
    }
    return states[one.row.what]


def _equal(one: ListedRow) -> str:
    if one.row.what != DOUBLE:
        return one.same
    return one.same or f"{one.row.from_file}:{one.row.from_row}"
