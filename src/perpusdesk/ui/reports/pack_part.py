"""The tab of packs: filled beside the desk's work from what is counted already."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.figures.months import Period
from perpusdesk.domain.packs.form import Pack
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet
from perpusdesk.services.figures.figures import this_month
from perpusdesk.services.figures.pack_table import (
    FigureProof,
    PackTable,
    TableLine,
    pack_table,
    proof_of,
)
from perpusdesk.services.figures.packs import fill_pack, packs
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.reports import text
from perpusdesk.ui.reports.pack_room import PackRoom
from perpusdesk.ui.reports.places import Places, offer_places, places
from perpusdesk.ui.reports.proof_panel import ProofPanel
from perpusdesk.ui.shell.list_saving import ListSaving
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.paper_files import PaperFiles

_Begun = tuple[list[Pack], Places, str]


class PackPart(QObject):
    """What stands behind the tab; ``entries_asked`` leads to the figures that are typed in.

    ``schedule_asked`` carries a pack that is to be written into a folder by itself.
    """

    entries_asked = Signal(object)
    schedule_asked = Signal(object)
    shown = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, folder: Path) -> None:
        """``folder`` is where papers are written."""
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._month, self._asked = "", 0
        self.proof = ProofPanel(self.save_behind)
        self.room = PackRoom(self, self.proof)
        self.saving = ListSaving(desk, tasks, messages)
        for strip in self.saving.parts:
            self.room.top.addWidget(strip)
        self.papers = PaperFiles(desk, tasks, messages, folder)
        self.room.lines.chosen.connect(lambda _id: self._line_chosen())
        self.widget: QWidget = self.room
        self._span = ""

    # --- what comes in -------------------------------------------------------------------------

    def opened(self) -> None:
        """Offer the packs, then count the one that is chosen anew."""

        def begin() -> _Begun:
            desk = self._desk
            return packs(desk), places(desk, _("All branches")), this_month(desk)

        self._tasks.run(begin, lambda begun: self._offer(*begun), owner=self)

    def escape(self) -> None:
        """Leave the proof where it covers the list, or the question of a list."""
        if not self.room.panes.leave_panel():
            self.saving.ask.leave()

    def into_list(self) -> None:
        """Move the keyboard from the box into the list."""
        self.room.panes.into_list()

    def search_edited(self, typed: str) -> None:
        """Do nothing: the form's order is what counts."""

    # --- what can be done ----------------------------------------------------------------------

    def chosen(self) -> None:
        """Fill the pack that is chosen."""
        pack = self.room.pack.value()
        if pack is None:
            return
        if pack.span.value != self._span:
            self._span = pack.span.value
            self.room.offer_periods(text.periods(pack.span, self._month))
        period, branch = self.room.period.value(), self.room.branch.value()
        if period is None:
            return
        self._asked += 1
        asked = self._asked

        def work() -> PackTable:
            with self._desk.beside() as desk:
                return pack_table(desk, fill_pack(desk, pack, period, branch))

        self._tasks.aside(work, lambda table: self._show(asked, table), owner=self)

    def show_pack(self, key: str, period: Period) -> None:
        """Show one pack of one period (from a warning, or a test)."""
        places = [self.room.pack.itemText(place) for place in range(self.room.pack.count())]
        names = {one.key: one.name for one in packs(self._desk)}
        self.room.pack.setCurrentIndex(places.index(names[key]))
        self._span = ""
        self.chosen()
        self.room.period.choose(period)
        self.chosen()

    def print_paper(self) -> None:
        """Make the paper that is signed and open it."""
        table = self.room.table
        if table is None:
            return
        from perpusdesk.printing.document import document_pages
        from perpusdesk.services.figures.pack_papers import pack_document

        name = f"{table.filled.pack.key}-{table.filled.period.key}"
        self.papers.make(name, lambda: pack_document(self._desk, table), document_pages)

    def save_list(self) -> None:
        """Save the workbook in the form's order."""
        table = self.room.table
        if table is None:
            return
        from perpusdesk.services.figures.pack_sheets import save_pack

        name = f"{table.filled.pack.key} {table.filled.period.key}"
        self.papers.save(self.room, name, lambda desk, path: save_pack(desk, table, path))

    def save_behind(self, proof: FigureProof) -> None:
        """Save the list behind a figure as a workbook."""
        table = self.room.table
        if table is None:
            return
        period, branch = table.filled.period, table.filled.branch

        def work() -> ListSheet:
            from perpusdesk.services.figures.figures_behind import behind

            first, last = period.first, period.last
            return behind(
                self._desk, proof.measure, first, last, branch=branch, key=proof.key
            ).sheet

        self._tasks.run(work, self.saving.begin, owner=self)

    def to_entries(self) -> None:
        """Go where the figures of this period are typed in."""
        if self.room.table is not None:
            self.entries_asked.emit(self.room.table.filled.period)

    def schedule(self) -> None:
        """Ask where the pack is written by itself."""
        pack = self.room.pack.value()
        if pack is not None:
            self.schedule_asked.emit(pack)

    # --- inside --------------------------------------------------------------------------------

    def _offer(self, forms: Sequence[Pack], found: Places, month: str) -> None:
        if not self._month:
            self._month = month
            self.room.pack.set_options([(one.name, one) for one in forms])
        offer_places(self.room.branch, found)
        self.chosen()

    def _show(self, asked: int, table: PackTable) -> None:
        if asked != self._asked:
            return
        self.room.show_table(table)
        self.shown.emit()

    def _line_chosen(self) -> None:
        line, table = self.room.chosen_line(), self.room.table
        if line is None or table is None:
            return

        def show(proofs: list[FigureProof]) -> None:
            self.proof.show_proof(line.label, _value(table, line), proofs)
            self.room.panes.show_panel(uncover=False)

        self._tasks.run(lambda: proof_of(self._desk, table, line), show, owner=self)


def _value(table: PackTable, line: TableLine) -> str:
    return text.line_row(table, line).state
