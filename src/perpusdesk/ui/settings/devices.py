"""The library's devices: join a server, who else exchanges, shut one out, what it still sent."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpinBox, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.protocol.certificates import Role
from perpusdesk.services.library.devices import MOST_CONTACT_DAYS, DeviceLine, Quarantined
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.code_entry import CodeEntry
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.id_table import Column, IdTable, IdTableModel
from perpusdesk.ui.kit.theme import set_tone
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.settings import devices_text as text
from perpusdesk.ui.settings.devices_place import PlacePart
from perpusdesk.ui.settings.devices_text import ServerView

_ROWS_SHOWN = 6
_WITHHELD_SHOWN = 20
_CONTACT = 5  # the last column
_ROOM_FOR_ALL = 90  # figures in a row


class DevicesSection(QWidget):
    """``join_asked`` carries an ``EnrolmentCode``; the others a device's id.

    ``contact_asked`` carries the days too, ``move_asked`` the branch.
    """

    join_asked = Signal(object)
    revoke_asked = Signal(object)
    allow_asked = Signal(object)
    accept_asked = Signal(object)
    contact_asked = Signal(object, int)
    move_asked = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[Hashable, DeviceLine] = {}
        self.server = ServerPart()
        self.server.join_asked.connect(self.join_asked)
        self.model = IdTableModel(_columns(), self._fetch)
        self.table = IdTable(self.model, _("Devices"))
        self.table.chosen.connect(self._show_buttons)
        self.revoke = button(_("Shut out"), lambda: self._ask(self.revoke_asked), icon="blocked")
        self.allow = button(_("Let in again"), lambda: self._ask(self.allow_asked))
        self.accept = button(_("Accept what waits"), lambda: self._ask(self.accept_asked))
        self.contact = ContactPart()
        self.contact.set_asked.connect(self._ask_contact)
        self.place = PlacePart()
        self.place.set_asked.connect(self._ask_move)
        self._may_not = words(text.may_not(), tone="muted", wrap=True)
        self._withheld = words("", wrap=True)
        self._withheld_heading = words(_("Quarantine"), "lead", strong=True)
        self._withheld_why = words(text.quarantine_why(), tone="muted", wrap=True)
        self._lay_out()
        self._show_buttons(None)

    def show_all(
        self,
        server: ServerView,
        lines: Sequence[DeviceLine],
        withheld: Sequence[Quarantined],
        branches: Sequence[tuple[str, UUID]],
        *,
        may: bool,
        may_move: bool,
    ) -> None:
        """Show how it stands; ``may``: this person may shut devices out from here.

        ``may_move``: send this device to another branch, and where ``may`` the others too.
        """
        self._may_move = may_move
        self.place.offer(branches)
        self.server.show_server(server)
        self._may = may
        chosen = self.table.chosen_id()
        self._lines = {line.id: line for line in lines}
        self.model.set_ids(list(self._lines))
        self._fit_table()
        if chosen in self._lines:
            self.table.selectRow(list(self._lines).index(chosen))
        self._may_not.setVisible(not may)
        shown = [text.withheld(line) for line in withheld[:_WITHHELD_SHOWN]]
        if len(withheld) > _WITHHELD_SHOWN:
            shown.append(text.more(len(withheld) - _WITHHELD_SHOWN))
        self._withheld.setText("\n".join(shown))
        for part in (self._withheld, self._withheld_heading, self._withheld_why):
            part.setVisible(bool(withheld))
        self._show_buttons(self.table.chosen_id())

    _may = _may_move = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the days of contact, told below too, where names would have no room."""
        super().resizeEvent(event)
        narrow = self.width() < _ROOM_FOR_ALL * self.fontMetrics().horizontalAdvance("0")
        self.table.setColumnHidden(_CONTACT, narrow)

    def _fit_table(self) -> None:
        rows = min(max(len(self._lines), 1), _ROWS_SHOWN)
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(
            head + rows * self.table.verticalHeader().defaultSectionSize() + 8
        )

    def _ask(self, signal: Any) -> None:
        chosen = self.table.chosen_id()
        if chosen is not None:
            signal.emit(chosen)

    def _ask_contact(self, days: int) -> None:
        chosen = self.table.chosen_id()
        if chosen is not None:
            self.contact_asked.emit(chosen, days)

    def _ask_move(self, branch: UUID) -> None:
        chosen = self.table.chosen_id()
        if chosen is not None:
            self.move_asked.emit(chosen, branch)

    def _fetch(self, ids: Sequence[Hashable], answer: Any) -> None:
        answer({id_: self._lines[id_] for id_ in ids if id_ in self._lines})

    def _show_buttons(self, chosen: Hashable | None) -> None:
        line = self._lines.get(chosen) if chosen is not None else None
        may = self._may and line is not None
        self.revoke.setEnabled(may and line is not None and not line.revoked and not line.own)
        self.allow.setEnabled(may and line is not None and line.revoked)
        self.accept.setEnabled(may and line is not None and bool(line.withheld))
        serves = line is not None and line.role == Role.SERVER
        self.contact.show_line(line, may=may and not serves)
        sent = may or (self._may_move and line is not None and line.own)
        self.place.show_line(line, may=sent and not serves)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for each in (self.revoke, self.allow, self.accept):
            row.addWidget(each)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 24)
        column.setSpacing(12)
        column.addWidget(words(_("Server"), "lead", strong=True))
        column.addWidget(self.server)
        column.addSpacing(12)
        column.addWidget(words(_("Devices"), "lead", strong=True))
        column.addWidget(self.table)
        column.addWidget(self._may_not)
        column.addLayout(row)
        column.addWidget(self.place)
        column.addWidget(self.contact)
        column.addSpacing(12)
        column.addWidget(self._withheld_heading)
        column.addWidget(self._withheld_why)
        column.addWidget(self._withheld)
        column.addStretch(1)


class ContactPart(QWidget):
    """How many days the chosen device opens without contact; ``set_asked`` carries them."""

    set_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.days = QSpinBox()
        self.days.setRange(0, MOST_CONTACT_DAYS)
        self.days.setSpecialValueText(text.contact_days(0))
        self.days.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.days.setAccessibleName(_("Days without contact"))
        self.days.valueChanged.connect(self._follow)
        self.field = Field(_("Days without contact"), self.days, hint=text.contact_why())
        self.set = button(_("Set days"), lambda: self.set_asked.emit(self.days.value()))
        self._shown, self._may = 0, False
        row = QHBoxLayout()
        row.addWidget(self.set)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addLayout(row)

    def show_line(self, line: DeviceLine | None, *, may: bool) -> None:
        """Show the days of a device; ``may``: they can be set from here."""
        self._shown, self._may = (line.contact_days if line else 0), may
        self.days.setEnabled(may)
        self.days.setValue(self._shown)
        self._follow(self._shown)

    def _follow(self, days: int) -> None:
        self.days.setSuffix(text.days_suffix(days))
        self.set.setEnabled(self._may and days != self._shown)


class ServerPart(QWidget):
    """Which server this library belongs to, and the way to join one; carries the code."""

    join_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._state = words("", wrap=True)
        self._said = words("", wrap=True)
        self.again = quiet_button(_("Enter a new code"), self.open_entry)
        self.entry = CodeEntry(camera=False)
        self.entry.changed.connect(self._follow)
        self.join = primary_button(_("Join"), self._join)
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.join)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self._state, self.entry, self._buttons, self._said):
            column.addWidget(part)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        self._said.hide()
        self._follow("")

    def show_server(self, view: ServerView) -> None:
        """Show how it stands."""
        self._state.setText(text.server(view))
        if not self.entry.text:
            self._show_entry(not view.url)

    def open_entry(self, code: str = "") -> None:
        """Offer the field, with a code that was scanned."""
        self._show_entry(True)
        self.entry.take(code)
        self.entry.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, what: str, *, well: bool | None = None) -> None:
        """Say below the field how it goes; ``well`` is ``None`` while it is under way."""
        self._said.setText(what)
        set_tone(self._said, "muted" if well is None else "ok" if well else "bad")
        self._said.setVisible(bool(what))
        self.join.setEnabled(well is not None and self.entry.code is not None)
        if well:
            self.entry.edit.clear()
            self._show_entry(False)

    def _show_entry(self, on: bool) -> None:
        self.entry.setVisible(on)
        self._buttons.setVisible(on)
        self.again.setVisible(not on)

    def _follow(self, _text: str) -> None:
        self.join.setEnabled(self.entry.code is not None)

    def _join(self) -> None:
        if self.entry.code is not None:
            self.join_asked.emit(self.entry.code)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), lambda line: str(line.number or "–"), chars=5, align="right"),
        Column(_("Name"), text.name),
        Column(_("Branch"), lambda line: line.branch_name, chars=18),
        Column(_("Role"), text.role, chars=16),
        Column(_("Last exchange"), text.last_contact, chars=16),
        Column(_("Contact"), text.contact, chars=10),
    )
