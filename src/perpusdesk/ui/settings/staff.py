"""The people who work here: the list, one person's form, a PIN, an account closed or opened."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.staff.staff import StaffLine
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.flow import FlowLayout
from perpusdesk.ui.kit.id_table import Column, IdTable, IdTableModel
from perpusdesk.ui.kit.theme import set_tone
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.settings import staff_text as text
from perpusdesk.ui.settings.layouts import fit_rows, lay_list, lay_page
from perpusdesk.ui.settings.staff_form import PersonForm
from perpusdesk.ui.settings.staff_pin import PinForm


class StaffSection(QWidget):
    """``close_asked``, ``open_asked`` and ``no_pin_asked`` carry a person's id."""

    close_asked = Signal(object)
    open_asked = Signal(object)
    no_pin_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[Hashable, StaffLine] = {}
        self._branches: Mapping[UUID, str] = {}
        self._may = False
        self._state = words("", wrap=True)
        self.model = IdTableModel(_columns(), self._fetch)
        self.table = IdTable(self.model, _("Staff"))
        self.table.chosen.connect(lambda _chosen: self._show_buttons())
        self.add = button(_("Add somebody"), lambda: self.open_person(None), icon="plus")
        self.edit = button(_("Change"), self._edit, icon="edit")
        self.pin = button(_("Give a PIN"), self._give_pin, icon="key")
        self.no_pin = button(_("Take the PIN away"), lambda: self._ask(self.no_pin_asked))
        self.close_ = button(
            _("Close the account"), lambda: self._ask(self.close_asked), icon="blocked"
        )
        self.open_ = button(_("Open the account again"), lambda: self._ask(self.open_asked))
        self.form, self.pin_form = PersonForm(), PinForm()
        self.form.left.connect(self.close_forms)
        self.pin_form.left.connect(self.close_forms)
        self._list = QWidget()
        self._lay_out()
        self.close_forms()
        self._show_buttons()

    def show_all(
        self, lines: Sequence[StaffLine], branches: Mapping[UUID, str], *, may: bool
    ) -> None:
        """Show how it stands; ``may``: the person at the desk manages staff."""
        self._may, self._branches = may, branches
        chosen = self.table.chosen_id()
        self._lines = {line.id: line for line in lines}
        self.model.set_ids(list(self._lines))
        fit_rows(self.table, len(self._lines))
        if chosen in self._lines:
            self.table.selectRow(list(self._lines).index(chosen))
        said, tone = text.about_pins(lines)
        self._state.setText(said if may else f"{said} {text.may_not()}")
        set_tone(self._state, "warn" if tone == "warn" else "muted")
        self._show_buttons()

    def open_person(self, person: UUID | None) -> None:
        """Open the form of somebody, or of somebody new."""
        self.close_forms()
        self._list.hide()
        self.form.show()
        self.form.show_person(self._lines.get(person) if person else None, self._branches)

    def open_pin(self, person: UUID) -> None:
        """Ask for somebody's new PIN."""
        self.close_forms()
        self._list.hide()
        self.pin_form.show()
        self.pin_form.show_person(self._lines[person])

    def close_forms(self) -> None:
        """Show the list alone."""
        self.pin_form.clear()
        self.form.hide()
        self.pin_form.hide()
        self._list.show()

    def line(self, person: UUID) -> StaffLine | None:
        """Return how somebody stands, as last shown."""
        return self._lines.get(person)

    def _chosen(self) -> StaffLine | None:
        chosen = self.table.chosen_id()
        return self._lines.get(chosen) if chosen is not None else None

    def _edit(self) -> None:
        if line := self._chosen():
            self.open_person(line.id)

    def _give_pin(self) -> None:
        if line := self._chosen():
            self.open_pin(line.id)

    def _ask(self, signal: Any) -> None:
        if line := self._chosen():
            signal.emit(line.id)

    def _show_buttons(self) -> None:
        line = self._chosen()
        active = line is not None and line.active
        self.add.setEnabled(self._may)
        self.edit.setEnabled(self._may and line is not None)
        self.pin.setEnabled(active and (self._may or (line is not None and line.here)))
        self.no_pin.setEnabled(self._may and line is not None and line.signs_in)
        closed = line is not None and (not line.active or line.stands_in)
        self.close_.setEnabled(self._may and active)
        self.close_.setVisible(not closed)
        self.open_.setEnabled(self._may)
        self.open_.setVisible(closed)

    def _fetch(self, ids: Sequence[Hashable], answer: Any) -> None:
        answer({id_: self._lines[id_] for id_ in ids if id_ in self._lines})

    def _lay_out(self) -> None:
        row = QWidget()
        buttons = FlowLayout(row)
        for each in (self.add, self.edit, self.pin, self.no_pin, self.close_, self.open_):
            buttons.addWidget(each)
        lay_list(self._list, (self._state, self.table, row))
        lay_page(self, (self._list, self.form, self.pin_form))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Name"), text.name),
        Column(_("Role"), text.role, chars=18),
        Column(_("Branches"), text.branches, chars=12),
        Column(_("PIN"), text.state, chars=14),
        Column(_("Last here"), text.seen, chars=16),
    )
