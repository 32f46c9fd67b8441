"""The imports of this device as a workbook."""

from __future__ import annotations

from collections.abc import Sequence

from perpusdesk.common.i18n import _
from perpusdesk.services.export_list import ListColumn, ListSheet, field, list_of
from perpusdesk.services.transfer.import_history import RunLine
from perpusdesk.services.wording.import_runs import say_state


def run_sheet(lines: Sequence[RunLine]) -> ListSheet:
    """Return these runs, in this order, as a list to save; the counts are of what each added."""

    def added(heading: str, kind: str) -> ListColumn:
        return ListColumn(heading, lambda line: int(line.added.get(kind, 0)), 12)

    columns = (
        field(_("Date"), "begun", 18),
        field(_("Files"), "names", 60),
        field(_("Staff"), "who", 24),
        ListColumn(_("State"), lambda line: say_state(line.state), 14),
        added(_("Titles"), "titles"),
        added(_("Copies"), "copies"),
        added(_("Members"), "members"),
        added(_("Loans"), "loans"),
        ListColumn(_("Updated"), lambda line: sum(line.updated.values()), 14),
        field(_("Not taken"), "refused", 14),
    )
    return list_of(_("Imports of this computer"), columns, lines)
