"""The branches and vans: the list, one's form, and what can be done with the chosen one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.library.branch_use import BranchLine
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.flow import FlowLayout
from perpusdesk.ui.kit.id_table import Column, IdTable, IdTableModel
from perpusdesk.ui.kit.words import picture, words
from perpusdesk.ui.settings import branches_text as text
from perpusdesk.ui.settings.branches_form import BranchPart
from perpusdesk.ui.settings.layouts import fit_rows, lay_list, lay_page

_ROOM_FOR_ALL: Final = 105  # figures in a row
_WIDE_ONLY: Final = (4, 6)
"""Columns of members and of the first day: both are told of the chosen branch as well."""


class BranchesSection(QWidget):
    """``remove_asked``, ``put_back_asked`` and ``work_here_asked`` carry a branch's id."""

    remove_asked = Signal(object)
    put_back_asked = Signal(object)
    work_here_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[Hashable, BranchLine] = {}
        self._may = self._may_move = False
        self._zone = 420
        self.intro = words("", tone="muted", wrap=True)
        self.model = IdTableModel(_columns(), self._fetch)
        self.table = IdTable(self.model, _("Branches and vans"))
        self.table.chosen.connect(lambda _chosen: self._follow())
        self.table.opened.connect(lambda _chosen: self._edit())
        self.add = button(_("Add a branch or van"), lambda: self.open_form(None), icon="plus")
        self.edit = button(_("Change"), self._edit, icon="edit")
        self.here = button(
            _("This computer works here"), lambda: self._ask(self.work_here_asked), icon="home"
        )
        self.remove = button(_("Remove"), lambda: self._ask(self.remove_asked), icon="trash")
        self.put_back = button(_("Put back"), lambda: self._ask(self.put_back_asked), icon="undo")
        self.called = words("", "lead", strong=True, wrap=True)
        self.about = words("", wrap=True)
        self.more = words("", tone="muted", wrap=True)
        self.warning = words("", tone="warn", wrap=True)
        self._warned = _row(picture("warning", "warn", 16), self.warning)
        self.form = BranchPart()
        self.form.left.connect(self.close_form)
        self._list = QWidget()
        self._lay_out()
        self.form.hide()
        self._follow()

    def show_all(
        self, lines: Sequence[BranchLine], *, may: bool, may_move: bool, zone: int
    ) -> None:
        """Show how it stands.

        ``may``: the person at the desk changes branches; ``may_move``: sends devices to them;
        ``zone``: what a new branch has at first.
        """
        self._may, self._may_move, self._zone = may, may_move, zone
        chosen = self.table.chosen_id()
        self._lines = {line.id: line for line in lines}
        self.model.set_ids(list(self._lines))
        fit_rows(self.table, len(self._lines))
        here = next((line.id for line in lines if line.here), next(iter(self._lines), None))
        self.choose(chosen if chosen in self._lines else here)
        self.intro.setText(text.intro(lines, may=may))
        self._follow()

    def choose(self, branch: Hashable | None) -> None:
        """Choose a row of the list."""
        if branch in self._lines:
            self.table.selectRow(list(self._lines).index(branch))

    def open_form(self, branch: UUID | None) -> None:
        """Open the form of a branch, or of a new one."""
        self._list.hide()
        self.form.show()
        self.form.show_branch(self._lines.get(branch) if branch else None, zone=self._zone)

    def close_form(self) -> None:
        """Show the list alone, with the keyboard on it."""
        if self.form.isHidden():
            return
        self.form.hide()
        self._list.show()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> BranchLine | None:
        chosen = self.table.chosen_id()
        return self._lines.get(chosen) if chosen is not None else None

    def _edit(self) -> None:
        line = self._chosen()
        if line is not None and self._may and not line.removed:
            self.open_form(line.id)

    def _ask(self, signal: Any) -> None:
        if line := self._chosen():
            signal.emit(line.id)

    def _follow(self) -> None:
        """Let words and buttons be those of the chosen row."""
        line = self._chosen()
        gone = line is not None and line.removed
        for each in (self.add, self.edit, self.remove, self.put_back):
            each.setVisible(self._may)
        self.here.setVisible(self._may_move)
        self.edit.setEnabled(line is not None and not gone)
        self.here.setEnabled(line is not None and not gone and not line.here)
        self.remove.setEnabled(line is not None)
        self.remove.setVisible(self._may and not gone)
        self.put_back.setVisible(self._may and gone)
        told = (text.called, text.about, text.more)
        for said, tell in zip((self.called, self.about, self.more), told, strict=True):
            said.setText(tell(line) if line else "")
            said.setVisible(bool(said.text()))
        self.warning.setText(text.warning(line) if line else "")
        self._warned.setVisible(bool(self.warning.text()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what is told below the list too where names would have no room."""
        super().resizeEvent(event)
        narrow = self.width() < _ROOM_FOR_ALL * self.fontMetrics().horizontalAdvance("0")
        for place in _WIDE_ONLY:
            self.table.setColumnHidden(place, narrow)

    def _fetch(self, ids: Sequence[Hashable], answer: Any) -> None:
        answer({id_: self._lines[id_] for id_ in ids if id_ in self._lines})

    def _lay_out(self) -> None:
        row = QWidget()
        buttons = FlowLayout(row)
        for each in (self.add, self.edit, self.here, self.remove, self.put_back):
            buttons.addWidget(each)
        told = QVBoxLayout()
        told.setSpacing(4)
        for part in (self.called, self._warned, self.about, self.more):
            told.addWidget(part)
        lay_list(self._list, (self.intro, self.table, row)).addLayout(told)
        lay_page(self, (self._list, self.form))


def _row(sign: QWidget, said: QWidget) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(said, 1)
    return whole


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Code"), lambda line: line.branch.code, chars=6),
        Column(_("Name"), text.name),
        Column(_("Kind of branch"), text.kind, chars=14),
        Column(_("Copies"), text.copies, chars=9, align="right"),
        Column(_("Members"), text.members, chars=9, align="right"),
        Column(_("Devices"), text.devices, chars=9, align="right"),
        Column(_("Since"), text.since, chars=11),
    )
