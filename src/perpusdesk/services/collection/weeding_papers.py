"""The proposal and the report of a weeding, put together for printing and as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from perpusdesk.common.formats import short_date
from perpusdesk.common.i18n import _
from perpusdesk.common.whole_file import Beside
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.exchange.sheet_write import write_sheet
from perpusdesk.printing.official import Signature
from perpusdesk.printing.weeding_report import WeedingReport, WeedingRow
from perpusdesk.services.circulation.papers import letterhead, place_of, signature
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import weeding as query
from perpusdesk.storage.queries.names import staff_name
from perpusdesk.storage.queries.weeding import WeedingLine


def weeding_paper(desk: Desk, decree: str = "") -> WeedingReport | Refused:
    """Return the report of a decision, or (without one) the proposal of this branch.

    ``NOTHING_CHOSEN`` when there is nothing on it.
    """
    lines = weeding_list(desk, decree)
    if not lines:
        return Refused(Reason.NOTHING_CHOSEN)
    branch = desk.branches.get(desk.branch)
    days = [line.withdrawn_on for line in lines if line.withdrawn_on]
    clerk = Signature(_("Librarian"), staff_name(desk.library, desk.staff))
    head = signature(desk)
    return WeedingReport(
        head=letterhead(desk),
        branch=branch.name if branch else "",
        place=place_of(desk),
        made=desk.today(),
        rows=tuple(_row(line) for line in lines),
        decree=decree,
        decided=max(days, default=None) if decree else None,
        signatures=(clerk, Signature(head.office, head.name, head.staff_number, _("Approved by"))),
    )


def weeding_list(desk: Desk, decree: str = "") -> Sequence[WeedingLine]:
    """Return what a decision withdrew, or what is proposed at this branch."""
    if decree:
        return query.withdrawn_by(desk.library, decree)
    return query.proposed(desk.library, desk.branch)


def weeding_sheet(desk: Desk, path: Path, decree: str = "") -> int | Refused:
    """Write the same list as a workbook; return how many lines went in. ``NOTHING_CHOSEN``.

    The file is whole or not there. Raises ``KnownError`` (disk).
    """
    lines = weeding_list(desk, decree)
    if not lines:
        return Refused(Reason.NOTHING_CHOSEN)
    rows: Iterable[Sequence[str | int]] = (
        [
            place,
            line.inventory,
            line.barcode,
            line.title,
            line.author,
            line.year,
            line.call_number,
            line.location,
            line.price,
            line.reason,
            line.paper,
            short_date(line.withdrawn_on) if line.withdrawn_on else "",
        ]
        for place, line in enumerate(lines, 1)
    )
    with Beside(path) as beside:
        return write_sheet(beside, [_head()], rows)


def _row(line: WeedingLine) -> WeedingRow:
    return WeedingRow(
        line.barcode, line.inventory, line.title, line.author, line.year, line.reason, line.price
    )


def _head() -> list[str]:
    return [
        _("No."),
        _("Inventory number"),
        _("Barcode"),
        _("Title"),
        _("Author"),
        _("Year"),
        _("Call number"),
        _("Location"),
        _("Price (Rp)"),
        _("Reason"),
        _("Decision"),
        _("Date"),
    ]
