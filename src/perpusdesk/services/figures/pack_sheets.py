"""Saving a pack as a workbook in the form's own order."""

from __future__ import annotations

from pathlib import Path

from perpusdesk.common.i18n import _
from perpusdesk.common.whole_file import Beside
from perpusdesk.exchange.pack_sheet import PackBook, SheetLine, write_pack
from perpusdesk.services.circulation.papers import letterhead
from perpusdesk.services.desk import Desk
from perpusdesk.services.figures.pack_table import PackTable, lacking


def save_pack(desk: Desk, table: PackTable, path: Path) -> int:
    """Write the workbook, whole or not at all; return its lines. Raises ``KnownError`` (disk)."""
    head = letterhead(desk)
    book = PackBook(
        name=table.filled.pack.key,
        above=(table.title, head.library, table.subtitle),
        heads=(_("Code"), _("What is counted"), *table.columns, _("Unit"), _("Remark")),
        lines=tuple(
            SheetLine(
                one.code,
                one.label,
                one.values,
                one.unit,
                one.remark,
                one.line.row.digits,
                one.level,
            )
            for one in table.lines
        ),
        below=(
            *(note for note in (*table.notes, lacking(table.filled)) if note),
            _("Form: {source}").format(source=table.filled.pack.source),
            _("Proof code {seal}").format(seal=table.seal),
        ),
        proof_name=_("Where from"),
        proof_heads=(_("Figure"), _("Value"), _("Counted as")),
        proofs=tuple((one.figure, one.value, one.meaning) for one in table.proofs),
    )
    with Beside(path) as beside:
        return write_pack(beside, book)
