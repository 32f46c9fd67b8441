"""Stock-takes as the command line's JSON and its lines for people have them."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.stock_take import Figures, StockCount
from perpusdesk.services.desk import Desk
from perpusdesk.services.stock.stock_counts import CountState
from perpusdesk.services.stock.stock_file import FileCounted
from perpusdesk.services.stock.stock_lists import ODD
from perpusdesk.services.stock.stock_scan import Counted
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.storage.queries.stock_lines import StockLine

_FIGURES: Final = (
    "expected",
    "found",
    "missing",
    "away",
    *(outcome.value for outcome in ODD),
)


def state_document(state: CountState) -> dict[str, Any]:
    """Return a count and how it stands."""
    return {
        "count": {
            "id": state.count.id,
            "name": state.count.name,
            "scope": state.scope,
            "started": state.count.started,
            "ended": state.count.ended,
        },
        "figures": figures_document(state.figures),
    }


def figures_document(figures: Figures | None) -> dict[str, int] | None:
    """Return figures by name, or nothing."""
    return {name: getattr(figures, name) for name in _FIGURES} if figures else None


def history_document(count: StockCount) -> dict[str, Any]:
    """Return a count as the history has it."""
    return {
        "id": count.id,
        "name": count.name,
        "started": count.started,
        "ended": count.ended,
        "figures": figures_document(count.figures),
    }


def history_line(count: StockCount) -> str:
    """Return a count of the history in one line."""
    told = progress(count.figures) if count.figures else _("under way")
    return f"{count.name}  {count.started.date()}  {told}"


def progress(figures: Figures) -> str:
    """Return how far a count is."""
    template = _("{found} of {expected} found, {missing} not")
    return template.format(found=figures.found, expected=figures.expected, missing=figures.missing)


def scan_document(counted: Counted) -> dict[str, Any]:
    """Return what one scan came to."""
    return {
        "code": counted.code,
        "outcome": counted.outcome,
        "copy": counted.barcode or None,
        "title": counted.title.title if counted.title else None,
        "again": counted.before is not None,
        "restored": counted.restored,
        "scan": counted.scan,
    }


def file_document(desk: Desk, path: Path, told: FileCounted) -> dict[str, Any]:
    """Return what a file of codes came to."""
    refused = [
        {"code": code, "reason": reason, "message": say_refusal(Refused(reason), desk).what}
        for code, reason in told.refused.items()
    ]
    return {
        "file": str(path),
        "read": told.read,
        "again": told.again,
        "outcomes": {outcome.value: number for outcome, number in told.by_outcome.items()},
        "refused": refused,
    }


def row_document(line: StockLine) -> dict[str, Any]:
    """Return one row of a list."""
    return {
        "code": line.code,
        "outcome": line.outcome,
        "title": line.title,
        "call_number": line.call_number,
        "location": line.location,
        "condition": line.condition if line.copy else None,
        "settled": line.settled,
        "scanned_at": line.at,
        "place": line.place,
        "device": line.device,
        "staff": line.staff,
    }
