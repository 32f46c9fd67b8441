"""What waits to be printed: the list, filling it, taking entries out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QSpinBox,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.common.i18n import _
from perpusdesk.services.labels.label_queue import LabelKind, QueueLine
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.id_table import Fetch
from perpusdesk.ui.kit.record_list import EDGE, RecordList
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.labels import text
from perpusdesk.ui.shell.list_saving import save_button

KINDS = (LabelKind.COPY, LabelKind.MEMBER)
MOST_OF_ONE = 99


class QueuePane(QWidget):
    """Tells what is wanted by signals; places in the queue are the ids of its rows."""

    kind_chosen = Signal(object)
    fill_asked = Signal()
    removed = Signal(object)
    cleared = Signal()
    save_list_asked = Signal()
    copies_changed = Signal(object, int)

    def __init__(self, fetch: Fetch, saving: Sequence[QWidget] = ()) -> None:
        """``saving`` are shown above the rows while the list is saved."""
        super().__init__()
        self._saving = saving
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("What is printed"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        for kind in KINDS:
            self.tabs.addTab(text.kind_name(kind))
        self.tabs.currentChanged.connect(lambda place: self.kind_chosen.emit(KINDS[place]))
        self.count = words("", "lead", strong=True, wrap=True)
        self.count.setIndent(EDGE)
        self.fill = button(_("Add"), icon="plus", keys="Ctrl+N")
        self.fill.clicked.connect(lambda _on: self.fill_asked.emit())
        self.menu: QMenu | None = None
        self.ask = AskCard()
        self.rows = _Rows(_("Waiting to be printed"), text.row, fetch)
        self.rows.delete_pressed.connect(self._remove)
        self.rows.chosen.connect(lambda _id: self.show_chosen())
        self._room = QStackedWidget()
        why = _("Scan copies or cards one by one, or add many at once.")
        self._nothing = EmptyState("label", _("The queue is empty"), why)
        self._room.addWidget(self.rows)
        self._room.addWidget(self._nothing)
        self.bar = QWidget()
        self._make_bar()
        self._lay_out()

    def _make_bar(self) -> None:
        self.copies = QSpinBox()
        self.copies.setRange(1, MOST_OF_ONE)
        self.copies.setSuffix(" ×")
        named(self.copies, _("How many of it"))
        self.copies.valueChanged.connect(self._copies)
        self.out = button(_("Take out"), self._remove, icon="close", keys="Del")
        self.clear = quiet_button(_("Empty it"), self.cleared.emit, icon="trash")
        self.save_list = save_button(_("Waiting to be printed"), self.save_list_asked.emit)
        row = QHBoxLayout(self.bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.copies, self.out):
            row.addWidget(part)
        row.addStretch(1)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.tabs, self.count, Flow(self.fill, self.clear), self.ask, *self._saving):
            column.addWidget(part)
        column.addWidget(self._room, 1)
        column.addWidget(self.bar)
        column.addWidget(self.save_list, 0, Qt.AlignmentFlag.AlignLeft)

    def show_queue(
        self, kind: LabelKind, positions: Sequence[int], labels: int, pages: int
    ) -> None:
        """Show these entries; the choice stays where it was."""
        before = self.rows.currentIndex().row()
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(KINDS.index(kind))
        self.tabs.blockSignals(False)
        self.count.setText(text.count(kind, labels, pages))
        self.count.setVisible(bool(positions))
        self.rows.show_ids(positions)
        self._room.setCurrentIndex(0 if positions else 1)
        self.clear.setVisible(bool(positions))
        self.save_list.setVisible(bool(positions))
        if positions and before >= 0:
            self.rows.selectRow(min(before, len(positions) - 1))
        self.show_chosen()

    def offer(self, items: Sequence[tuple[str, Callable[[], object] | QMenu]]) -> None:
        """Open the menu of ways to fill the queue below its button."""
        if self.menu is not None:
            self.menu.deleteLater()
        menu = self.menu = QMenu(self.fill)
        menu.setAccessibleName(_("Add"))
        for name, step in items:
            if isinstance(step, QMenu):
                step.setParent(menu, step.windowFlags())
                step.setTitle(name)
                menu.addMenu(step)
            elif name:
                menu.addAction(name, step)
            else:
                menu.addSeparator()
        menu.popup(self.fill.mapToGlobal(self.fill.rect().bottomLeft()))

    def show_chosen(self) -> None:
        """Show what can be done with the chosen entry, once it was fetched."""
        line = self.rows.chosen_record()
        known = isinstance(line, QueueLine)
        self.bar.setVisible(known)
        if isinstance(line, QueueLine):
            self.copies.blockSignals(True)
            self.copies.setValue(line.copies)
            self.copies.blockSignals(False)

    def _chosen(self) -> QueueLine | None:
        line = self.rows.chosen_record()
        return line if isinstance(line, QueueLine) else None

    def _remove(self) -> None:
        if line := self._chosen():
            self.removed.emit([line.position])

    def _copies(self, count: int) -> None:
        if line := self._chosen():
            self.copies_changed.emit(line.position, count)


class _Rows(RecordList):
    """The list, in which Del takes the chosen entry out."""

    delete_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)
