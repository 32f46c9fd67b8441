"""The room of the accession register: which part of it, and its lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, Protocol
from uuid import UUID

from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.cataloguing.register import Part, RegisterLine
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.entries import DateEdit
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.key_catcher import keep_scans
from perpusdesk.ui.kit.record_list import EDGE, RecordList
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.theme import scaled_font
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.stock import register_text as text

SHOWN: Final = 1_000
_LEAST: Final = 240
"""Pixels of height that the list keeps; where that is too much the room scrolls."""
_WIDTHS: Final = ((120, 4), (60, 2))
"""From so many average characters on, so many fields stand side by side."""


class Doings(Protocol):
    """What the room's buttons ask for."""

    def look(self) -> None:
        """Show the part that is asked for."""

    def print_paper(self) -> None:
        """Print that part."""

    def save_list(self) -> None:
        """Save it as a workbook."""


class RegisterRoom(QWidget):
    """Fields above, lines below."""

    def __init__(self, doings: Doings) -> None:
        super().__init__()
        self.by: Choice[bool] = Choice([(_("Date of receipt"), False), (_("Number"), True)])
        self.branch: Choice[UUID | None] = Choice([(_("All branches"), None)])
        self.days = (DateEdit(), DateEdit())
        self.numbers = (QLineEdit(), QLineEdit())
        for edit in self.numbers:
            edit.setMaxLength(60)
            keep_scans(edit)
        for edit in (*self.days, *self.numbers):
            edit.returnPressed.connect(doings.look)
        self.form = Form(columns=4)
        self._fields = [
            self.form.add(Field(label, edit, name=name))
            for name, label, edit in (
                ("by", _("Part by"), self.by),
                ("first_day", _("From date"), self.days[0]),
                ("last_day", _("To date"), self.days[1]),
                ("first_number", _("From number"), self.numbers[0]),
                ("last_number", _("To number"), self.numbers[1]),
                ("branch", _("Branch"), self.branch),
            )
        ]
        self.show_lines = primary_button(_("Show"), doings.look, icon="search", keys="Enter")
        self.print = button(_("Print"), doings.print_paper, icon="print", keys="Ctrl+P")
        self.sheet = quiet_button(_("Save XLSX"), doings.save_list, icon="file")
        self.said = words("", "lead", strong=True, wrap=True)
        self.undated = words("", tone="warn", wrap=True)
        self.rows = RecordList(_("Lines of the register"), text.row)
        self.nothing = EmptyState(
            "book", _("Nothing in this part"), _("Choose other dates or numbers.")
        )
        self._lay_out()
        self.by.currentIndexChanged.connect(lambda _place: self._show_fields())
        self._show_fields()

    def _lay_out(self) -> None:
        for label in (self.said, self.undated):
            label.setIndent(EDGE)
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(4, 0, 8, 16)
        column.setSpacing(12)
        column.addWidget(self.form)
        column.addWidget(Flow(self.show_lines, self.print, self.sheet))
        for told in (self.said, self.undated):
            column.addWidget(told)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.rows, 1)
        column.addStretch(0)
        self.rows.setMinimumHeight(_LEAST)
        self.said.setText(_("Choose a part, then press “Show”."))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(room))
        for hidden in (self.rows, self.nothing, self.undated):
            hidden.hide()

    def begin(self, today: date, branches: Sequence[tuple[str, UUID]], here: UUID) -> None:
        """Ask for this year at this branch, unless something is asked for already."""
        if self.branch.count() > 1 or not branches:
            return
        self.branch.set_options([*branches, (_("All branches"), None)])
        self.branch.choose(here)
        self.days[0].set_date(date(today.year, 1, 1))
        self.days[1].set_date(today)

    def part(self) -> Part:
        """Return the part that is asked for."""
        branch = self.branch.value()
        if self.by.value():
            first, last = (edit.text().strip() for edit in self.numbers)
            return Part(first_number=first, last_number=last or first, branch=branch)
        return Part(self.days[0].date(), self.days[1].date(), branch=branch)

    def wrong(self) -> dict[str, str]:
        """Return what cannot be asked for, by field."""
        if self.by.value():
            missing = not self.numbers[0].text().strip()
            return {"first_number": _("Fill this in.")} if missing else {}
        names = ("first_day", "last_day")
        return {
            name: _("This is not a date; write it as 31-12-2010.")
            for name, edit in zip(names, self.days, strict=True)
            if edit.date() is None
        }

    def show_part(self, lines: Sequence[RegisterLine], undated: int) -> None:
        """Show the lines of the part."""
        shown = lines[:SHOWN]
        self.said.setText(text.summary(lines, len(shown)) if lines else "")
        self.said.setVisible(bool(lines))
        self.undated.setText(text.undated(undated) if undated else "")
        self.undated.setVisible(bool(undated) and not self.by.value())
        self.rows.show_records(shown)
        self.rows.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        for step in (self.print, self.sheet):
            step.setEnabled(bool(lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the fields out anew."""
        super().resizeEvent(event)
        chars = self.width() // max(1, QFontMetrics(scaled_font()).averageCharWidth())
        columns = next((count for least, count in _WIDTHS if chars >= least), 1)
        if columns != self.form.columns:
            self.form.arrange(columns)

    def _show_fields(self) -> None:
        by_number = bool(self.by.value())
        for field in self._fields:
            if field.name in ("first_day", "last_day"):
                field.setVisible(not by_number)
            elif field.name in ("first_number", "last_number"):
                field.setVisible(by_number)
        self.form.arrange(self.form.columns)
