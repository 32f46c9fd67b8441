"""The closed days: tick those that hold here, add those of the library's own."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.library.closures import ClosureLine
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.entries import DateEdit
from perpusdesk.ui.kit.forms import Field, Form
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.settings import text
from perpusdesk.ui.settings.editors import tick


class ClosedDaysSection(QWidget):
    """``ticked`` carries a closure's id and whether it holds; ``added`` days, name and branch."""

    ticked = Signal(object, bool)
    added = Signal(object, object, str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.ticks: list[QCheckBox] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self._form = self._make_form()
        self._may_not = words(
            _("Closed days are changed by the head of the library or the administrator."),
            tone="muted",
            wrap=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 24)
        column.setSpacing(12)
        column.addWidget(
            words(
                _("Due dates roll past the ticked days. Untick a day on which you are open."),
                tone="muted",
                wrap=True,
            )
        )
        column.addWidget(self._may_not)
        column.addLayout(self._lines)
        column.addSpacing(12)
        column.addWidget(self._form)
        column.addStretch(1)

    def show_lines(self, lines: list[ClosureLine], may_change: bool) -> None:
        """Show the closures to come; ``may_change`` lets them be changed."""
        for old in self.ticks:
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.ticks = [self._line(line) for line in lines]
        for made in self.ticks:
            made.setEnabled(may_change)
            self._lines.addWidget(made)
        self._form.setVisible(may_change)
        self._may_not.setVisible(not may_change)

    def _line(self, line: ClosureLine) -> QCheckBox:
        label = f"{text.closure_days(line)}\n{text.closure_what(line)}"
        made = tick(label, partial(self.ticked.emit, line.id))
        made.blockSignals(True)
        made.setChecked(line.applies)
        made.blockSignals(False)
        return made

    def _make_form(self) -> QWidget:
        self.first, self.last, self.name = DateEdit(), DateEdit(), QLineEdit()
        self.name.setMaxLength(120)
        self.here = QCheckBox(_("Only this branch"))
        self._first = Field(_("First day"), self.first)
        self._name = Field(_("What for"), self.name)
        form = Form(columns=2)
        form.add(self._first)
        form.add(Field(_("Last day (empty: one day)"), self.last))
        form.add(self._name, span=2)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(words(_("Add a closed day of your own"), "lead", strong=True))
        column.addWidget(form)
        column.addWidget(self.here, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.addWidget(button(_("Add"), self.add, icon="plus"))
        row.addStretch(1)
        column.addLayout(row)
        return whole

    def add(self) -> None:
        """Ask for the closure that was filled in, or say what is missing."""
        first, last = self.first.date(), self.last.date()
        self._first.clear_error()
        self._name.clear_error()
        if first is None:
            self._first.show_error(_("Write the day, for example 17-08-2027."))
        elif not self.name.text().strip():
            self._name.show_error(_("Write what it is for."))
        else:
            self.added.emit(first, last or first, self.name.text(), self.here.isChecked())

    def clear_form(self) -> None:
        """Make room for the next one."""
        for edit in (self.first, self.last, self.name):
            edit.clear()
