"""What is said of the forms in which data goes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perpusdesk.common.i18n import N_, _
from perpusdesk.services.transfer.export_formats import ExportFormat

_EXPORTS: Final[Mapping[ExportFormat, tuple[str, str]]] = {
    ExportFormat.INLISLITE: (
        N_("INLISLite sheets"),
        N_("The sheets that the Dinas asks of every branch; INLISLite reads them as they are."),
    ),
    ExportFormat.XLSX: (
        N_("Excel (XLSX)"),
        N_("One row per copy, to read, sort and count in Excel."),
    ),
    ExportFormat.CSV: (N_("CSV"), N_("The same as plain text, for any other program.")),
    ExportFormat.MARC: (
        N_("MARC 21"),
        N_("For other library programs and union catalogues; nothing of a record is lost."),
    ),
    ExportFormat.MARCXML: (
        N_("MARCXML"),
        N_("The same records as XML, for programs that want it so."),
    ),
    ExportFormat.OAI_DC: (
        N_("Dublin Core (OAI)"),
        N_("Short descriptions for Indonesia OneSearch and other portals."),
    ),
    ExportFormat.SLIMS: (
        N_("SLiMS (CSV)"),
        N_("The files that SLiMS imports: titles, copies and, if you wish, members."),
    ),
    ExportFormat.MEMBERS: (
        N_("List of members"),
        N_("All members with address and telephone, as Excel or CSV."),
    ),
}


def export_name(format_: ExportFormat) -> str:
    """Return what a format is called."""
    return _(_EXPORTS[format_][0])


def export_use(format_: ExportFormat) -> str:
    """Say in one sentence what a format is for."""
    return _(_EXPORTS[format_][1])


def export_file(format_: ExportFormat) -> str:
    """Return the usual name of a file that goes out."""
    names = {
        ExportFormat.MEMBERS: _("Members"),
        ExportFormat.INLISLITE: _("INLISLite sheet"),
        ExportFormat.SLIMS: "SLiMS",
    }
    return names.get(format_) or _("Catalogue")
