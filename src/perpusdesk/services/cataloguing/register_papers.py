"""A part of the accession register on paper and as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from perpusdesk.common.formats import short_date
from perpusdesk.common.i18n import _
from perpusdesk.common.whole_file import Beside
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.exchange.sheet_write import write_sheet
from perpusdesk.printing.register import Register, RegisterRow
from perpusdesk.services.cataloguing.register import (
    Part,
    RegisterLine,
    imprint,
    part_name,
    register_lines,
    remarks,
)
from perpusdesk.services.circulation.papers import letterhead, place_of, signature
from perpusdesk.services.desk import Desk


def register_paper(desk: Desk, part: Part) -> Register | Refused:
    """Return a part put together for printing. ``NOTHING_CHOSEN`` also for an empty part."""
    lines = register_lines(desk, part)
    if isinstance(lines, Refused):
        return lines
    if not lines:
        return Refused(Reason.NOTHING_CHOSEN)
    branch = desk.branches.get(part.branch) if part.branch else None
    return Register(
        head=letterhead(desk),
        branch=branch.name if branch else "",
        part=part_name(part),
        place=place_of(desk),
        made=desk.today(),
        rows=tuple(_row(line) for line in lines),
        signatures=(signature(desk),),
    )


def register_sheet(desk: Desk, part: Part, path: Path) -> int | Refused:
    """Write a part as a workbook; return how many lines went in. ``NOTHING_CHOSEN``.

    The file is whole or not there. Raises ``KnownError`` (disk).
    """
    lines = register_lines(desk, part)
    if isinstance(lines, Refused):
        return lines
    if not lines:
        return Refused(Reason.NOTHING_CHOSEN)
    rows: Iterable[Sequence[str | int]] = (
        [
            place,
            short_date(line.received) if line.received else "",
            line.inventory,
            line.barcode,
            line.author,
            line.title,
            line.publisher,
            line.place,
            line.year,
            line.source,
            line.supplier,
            line.price,
            remarks(line),
        ]
        for place, line in enumerate(lines, 1)
    )
    with Beside(path) as beside:
        return write_sheet(beside, [_head()], rows)


def _row(line: RegisterLine) -> RegisterRow:
    return RegisterRow(
        line.received,
        line.inventory or line.barcode,
        line.author,
        line.title,
        imprint(line),
        ": ".join(part for part in (line.source, line.supplier) if part),
        line.price,
        remarks(line),
    )


def _head() -> list[str]:
    return [
        _("No."),
        _("Date"),
        _("Inventory number"),
        _("Barcode"),
        _("Author"),
        _("Title"),
        _("Publisher"),
        _("Place"),
        _("Year"),
        _("Source"),
        _("Supplier or donor"),
        _("Price (Rp)"),
        _("Remarks"),
    ]
