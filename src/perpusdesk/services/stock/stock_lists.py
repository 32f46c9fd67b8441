"""The lists of a stock-take: ids at once, rows as they are shown, and all of it as a workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from uuid import UUID

from perpusdesk.common.formats import date_and_time
from perpusdesk.common.i18n import _
from perpusdesk.domain.stock_take import Outcome, StockCount
from perpusdesk.services.desk import Desk
from perpusdesk.services.wording.stock import condition_name, outcome_name
from perpusdesk.storage.parts import in_parts
from perpusdesk.storage.queries import stock_lines as lines
from perpusdesk.storage.queries import stock_lists as query
from perpusdesk.storage.queries.stock_lines import StockLine

Entry = tuple[UUID, Outcome]
"""Names a row: a scan (of what is missing: a copy) and what it came to."""

ODD: Final = (
    Outcome.MISPLACED,
    Outcome.WRONG_BRANCH,
    Outcome.ON_LOAN,
    Outcome.ON_ITS_WAY,
    Outcome.LOST,
    Outcome.WITHDRAWN,
    Outcome.UNKNOWN,
)
"""What somebody has to look after, in the order of the lists."""
_AT_ONCE: Final = 400


def entries(desk: Desk, count: StockCount, *outcomes: Outcome) -> list[Entry]:
    """Return the rows of lists: missing copies as the shelves stand, then scans newest first.

    No outcome named: every scan.
    """
    found: list[Entry] = []
    if Outcome.MISSING in outcomes:
        found += [(copy, Outcome.MISSING) for copy in query.missing_ids(desk.library, count)]
    scans = [outcome for outcome in outcomes if outcome is not Outcome.MISSING]
    if scans or not outcomes:
        found += query.scan_ids(desk.library, count, scans)
    return found


def rows(desk: Desk, count: StockCount, wanted: Sequence[Entry]) -> dict[Entry, StockLine]:
    """Return the rows of these entries; what is gone is left out."""
    ended = count.ended is not None
    missing = [id_ for id_, outcome in wanted if outcome is Outcome.MISSING]
    scans = [entry for entry in wanted if entry[1] is not Outcome.MISSING]
    found: dict[Entry, StockLine] = dict(lines.lines_of_scans(desk.library, scans))
    for copy, line in lines.lines_of_missing(desk.library, missing, ended=ended).items():
        found[copy, Outcome.MISSING] = line
    return found


def all_rows(desk: Desk, count: StockCount, *outcomes: Outcome) -> Iterator[StockLine]:
    """Yield every row of some lists, list after list in the order named, with bounded memory."""
    place = {outcome: number for number, outcome in enumerate(outcomes)}
    wanted = entries(desk, count, *outcomes)
    wanted.sort(key=lambda entry: place.get(entry[1], 0))
    for part in in_parts(wanted, _AT_ONCE):
        known = rows(desk, count, part)
        yield from (known[entry] for entry in part if entry in known)


def head() -> tuple[str, ...]:
    """Return the headings of a list as a table."""
    return (
        _("Outcome"),
        _("Barcode"),
        _("Title"),
        _("Author"),
        _("Call number"),
        _("Location"),
        _("Branch"),
        _("Condition"),
        _("Scanned at"),
        _("Shelf"),
        _("Device"),
        _("Staff"),
    )


def cells(line: StockLine) -> tuple[str, ...]:
    """Return one row under ``head``."""
    known = line.copy is not None
    return (
        outcome_name(line.outcome),
        line.code,
        line.title,
        line.author,
        line.call_number,
        line.location,
        line.branch,
        condition_name(line.condition) if known else "",
        date_and_time(line.at) if line.at else "",
        line.place,
        line.device,
        line.staff,
    )


def write_workbook(
    desk: Desk, count: StockCount, path: Path, outcomes: Sequence[Outcome] = (*ODD, Outcome.MISSING)
) -> int:
    """Write lists into one sheet of a new XLSX file; return how many rows went in.

    The file is whole or not there. Raises ``KnownError`` (disk).
    """
    from perpusdesk.common.whole_file import Beside
    from perpusdesk.exchange.sheet_write import write_sheet

    told = (cells(line) for line in all_rows(desk, count, *outcomes))
    with Beside(path) as beside:
        return write_sheet(beside, [head()], told)
