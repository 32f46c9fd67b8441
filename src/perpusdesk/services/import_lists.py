"""The rows of an import that somebody should look at: in words, and as a file to work through."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from perpusdesk.common.i18n import _
from perpusdesk.common.whole_file import Beside
from perpusdesk.exchange.sheet_write import Cells, write_sheet
from perpusdesk.services.desk import Desk
from perpusdesk.services.import_report import DOUBLE, MENDED, NOTED, REFUSED
from perpusdesk.services.wording.import_rows import say_double, say_noted, say_row
from perpusdesk.storage.queries.record_names import record_names
from perpusdesk.storage.row_log import LoggedRow, RowLog

_KINDS: Final = ("titles", "copies", "members", "loans")
_PART: Final = 500


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


def save_list(desk: Desk, log: RowLog, path: Path, what: str = "", code: str = "") -> int:
    """Write the rows (all, or those of one reason) as XLSX, or as CSV by the file's ending.

    Returns how many. Raises ``KnownError`` (disk); then nothing is there.
    """
    header = [_("File"), _("Row"), _("State"), _("Reason"), _("Content"), _("Equal to")]
    count = 0

    def cells() -> Iterator[Cells]:
        nonlocal count
        for row in _listed_all(desk, log, what, code):
            count += 1
            yield row

    with Beside(path) as beside:
        if path.suffix.lower() == ".csv":
            with beside.open("w", newline="", encoding="utf-8-sig") as text:
                writer = csv.writer(text)
                writer.writerow(header)
                writer.writerows(cells())
        else:
            write_sheet(beside, [header], cells())
    return count


def _listed_all(desk: Desk, log: RowLog, what: str, code: str) -> Iterator[Cells]:
    states = {
        REFUSED: _("not taken"),
        NOTED: _("to be looked at"),
        DOUBLE: _("there already"),
        MENDED: _("put in order"),
    }
    ids = log.ids(what, code)
    for start in range(0, len(ids), _PART):
        for one in listed(desk, log.lines(ids[start : start + _PART])):
            row = one.row
            same = one.same or (f"{row.from_file}:{row.from_row}" if row.what == DOUBLE else "")
            yield [row.file, row.row, states[row.what], one.reason, row.text, same]
