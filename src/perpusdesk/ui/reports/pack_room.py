"""The room of packs: which one, for when and where; its lines, and where a number comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.figures.months import Period
from perpusdesk.domain.packs.form import Pack
from perpusdesk.services.figures.pack_table import PackTable, TableLine
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.record_list import EDGE, RecordList, RowWords
from perpusdesk.ui.kit.two_panes import TwoPanes
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.reports import text
from perpusdesk.ui.reports.proof_panel import ProofPanel


class Doings(Protocol):
    """What the room's buttons ask for."""

    def chosen(self) -> None:
        """Another pack, period or branch is chosen."""

    def print_paper(self) -> None:
        """Make the paper that is signed."""

    def save_list(self) -> None:
        """Save the workbook."""

    def schedule(self) -> None:
        """Ask where the pack is written by itself."""

    def to_entries(self) -> None:
        """Go where missing figures are typed in."""


class PackRoom(QWidget):
    """Choices above, the lines at the left, the proof of a line at the right."""

    def __init__(self, doings: Doings, proof: ProofPanel) -> None:
        super().__init__()
        self.pack: Choice[Pack] = Choice([])
        self.period: Choice[Period] = Choice([])
        self.branch: Choice[UUID | None] = Choice([])
        self.notes = words("", tone="warn", wrap=True)
        self.lines = RecordList(_("Lines of the pack"), self._words)
        self.table: PackTable | None = None
        self.top = QVBoxLayout()
        self.entries = quiet_button(_("Type missing figures in"), doings.to_entries, icon="edit")
        back = quiet_button(_("Back to the list"), self._back, icon="chevron-left")
        proof.add_back(back)
        nobody = EmptyState(
            "reports",
            _("Where does this number come from?"),
            _("Choose a line: what it counts and the list behind it stand here."),
        )
        self.panes = TwoPanes(self._left(doings), self.lines, proof, back, nobody)
        self.panes.share(6, 4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self._choices())
        whole.addLayout(self.top)
        whole.addWidget(self.panes, 1)
        for choice in (self.pack, self.period, self.branch):
            choice.activated.connect(lambda _place: doings.chosen())

    def _choices(self) -> QWidget:
        form = Form(3)
        form.add(Field(_("Report"), self.pack, name="pack"))
        form.add(Field(_("Period"), self.period, name="period"))
        form.add(Field(_("Branch"), self.branch, name="branch"))
        return form

    def _left(self, doings: Doings) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setContentsMargins(EDGE, 0, 0, 0)
        row.addWidget(self.notes)
        column.addWidget(
            Flow(
                primary_button(_("Paper to sign"), doings.print_paper, icon="print", keys="Ctrl+P"),
                button(_("Save XLSX"), doings.save_list, icon="file"),
                quiet_button(_("Schedule"), doings.schedule, icon="calendar"),
                self.entries,
            )
        )
        column.addLayout(row)
        column.addWidget(self.lines, 1)
        return left

    def offer_periods(self, options: Sequence[tuple[str, Period]]) -> None:
        """Offer these periods; the one before the present stands in front where there is one."""
        self.period.set_options(list(options))
        if len(options) > 1:
            self.period.setCurrentIndex(1)

    def show_table(self, table: PackTable) -> None:
        """Show a filled pack."""
        self.table = table
        self.lines.show_records(table.lines)
        self.notes.setText(text.notes(table))
        self.notes.setVisible(bool(self.notes.text()))
        self.entries.setVisible(bool(table.filled.missing))
        self.panes.show_nobody()

    def chosen_line(self) -> TableLine | None:
        """Return the line that is chosen, if it has a number."""
        line = self.lines.chosen_record()
        return line if isinstance(line, TableLine) and line.values else None

    def _words(self, line: TableLine) -> RowWords:
        assert self.table is not None
        return text.line_row(self.table, line)

    def _back(self) -> None:
        self.panes.leave_panel()
