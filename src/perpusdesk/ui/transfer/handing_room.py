"""The room of moving out: one form from top to bottom, the writing, and where the files lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QLineEdit,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.common.i18n import _
from perpusdesk.services.privacy.hand_out import holds_people
from perpusdesk.services.transfer.export_formats import ExportFormat
from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.buttons import button, primary_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.words import picture, words
from perpusdesk.ui.transfer.counts import counts_of
from perpusdesk.ui.transfer.format_list import FormatList
from perpusdesk.ui.transfer.running import RunningView

_WIDEST: Final = 760


class What(Enum):
    """What is to go out."""

    ALL = 0
    FOUND = 1
    MEMBERS = 2


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants; ``people`` tells that members' data goes out, for ``reason``."""

    what: What
    format: ExportFormat
    query: str = ""
    people: bool = False
    reason: str = ""


class HandingRoom(QWidget):
    """``query_edited``, ``choice_changed``: count anew; ``go_asked``, ``folder_asked``: wishes."""

    query_edited = Signal()
    choice_changed = Signal()
    go_asked = Signal()
    folder_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._made = False
        self.what: dict[What, QRadioButton] = {}
        self.formats = FormatList()
        self.query = Field(_("Words"), QLineEdit(), hint=_("As in the catalogue's search box."))
        self.count = words("", tone="muted", wrap=True)
        self.people = QCheckBox(_("With the members"))
        self.reason = Field(
            _("What for?"),
            QLineEdit(),
            required=True,
            hint=_("Members' data is personal. Who took it out, when and why is kept."),
            name="reason",
        )
        self.go = primary_button(_("Save as a file"), self.go_asked.emit, keys="Ctrl+Enter")
        self.running = RunningView()
        self._heading = words("", "title", strong=True, wrap=True)
        self._places = words("", tone="muted", wrap=True)
        self.folder = primary_button(_("Open its folder"), self.folder_asked.emit, icon="folder")
        self.again = button(_("Take out something else"), self.show_form)
        self._stack = QStackedWidget()
        for view in (self._form(), self.running, self._end()):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self._stack)
        self._made = True
        self._fit()

    def order(self) -> Order:
        """Return what is chosen now."""
        what = next((one for one, box in self.what.items() if box.isChecked()), What.ALL)
        members = what is What.MEMBERS
        format_ = ExportFormat.MEMBERS if members else self.formats.chosen()
        whole = what is What.ALL and holds_people(format_) and self.people.isChecked()
        people = what is What.MEMBERS or whole
        query = self.query.edit.text().strip() if what is What.FOUND else ""
        return Order(what, format_, query, people, self.reason.edit.text() if people else "")

    def check(self) -> bool:
        """Say what is missing; tell whether nothing is."""
        order = self.order()
        wrong = ""
        for field, missing in (
            (self.query, order.what is What.FOUND and not order.query),
            (self.reason, order.people and not order.reason.strip()),
        ):
            field.clear_error()
            if missing and not wrong:
                wrong = _("This is needed.")
                field.show_error(wrong)
                field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def show_count(self, titles: int, members: int) -> None:
        """Say how much the choice comes to."""
        what = self.order().what
        amount = {"members": members} if what is What.MEMBERS else {"titles": titles}
        self.count.setText(counts_of(amount) or _("Nothing fits."))
        self.go.setEnabled(any(amount.values()))

    def begin(self, format_name: str) -> None:
        """Show that the writing has begun."""
        note = _("The desk goes on. If you stop, no half file is left.")
        self.running.begin(_("Writing: {what}").format(what=format_name), note)
        self._stack.setCurrentIndex(1)
        self.running.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_form(self) -> None:
        """Show the form again."""
        self._stack.setCurrentIndex(0)

    def show_written(self, heading: str, places: Sequence[str]) -> None:
        """Show what was written, and where it lies."""
        self._heading.setText(heading)
        self._places.setText("\n".join(place.replace("/", "/\u200b") for place in places))
        self._stack.setCurrentIndex(2)
        self.folder.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, heading)

    def _form(self) -> QWidget:
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 8, 16)
        column.setSpacing(8)
        column.addWidget(words(_("What goes out"), "lead", strong=True))
        self._add_what(column)
        column.addWidget(self.query)
        column.addWidget(self.count)
        column.addSpacing(8)
        self._form_heading = words(_("In which form"), "lead", strong=True)
        column.addWidget(self._form_heading)
        column.addWidget(self.formats)
        column.addSpacing(8)
        column.addWidget(self.people)
        column.addWidget(self.reason)
        column.addStretch(1)
        whole = QWidget()
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 16)
        outer.setSpacing(12)
        outer.addWidget(scrolled(room), 1)
        outer.addWidget(Flow(self.go))
        for field in (self.query, self.reason):
            field.setMaximumWidth(_WIDEST)
        self.people.toggled.connect(lambda _on: self._fit())
        self.formats.changed.connect(self._fit)
        self.query.edit.textEdited.connect(lambda _text: self.query_edited.emit())
        return whole

    def _add_what(self, column: QVBoxLayout) -> None:
        group = QButtonGroup(self)
        names = {
            What.ALL: _("All titles with their copies"),
            What.FOUND: _("Only the titles that a search finds"),
            What.MEMBERS: _("The members"),
        }
        for what, name in names.items():
            box = self.what[what] = QRadioButton(name)
            group.addButton(box)
            column.addWidget(box)
            box.toggled.connect(lambda _on: self._changed())
        self.what[What.ALL].setChecked(True)

    def _end(self) -> QWidget:
        view = QWidget()
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 24, 8, 16)
        column.setSpacing(12)
        column.addWidget(picture("check", "ok", 32))
        column.addWidget(self._heading)
        column.addWidget(self._places)
        column.addSpacing(8)
        column.addWidget(Flow(self.folder, self.again))
        column.addStretch(1)
        return view

    def _changed(self) -> None:
        if self._made:
            self._fit()
            self.choice_changed.emit()

    def _fit(self) -> None:
        """Show only what belongs to the choice."""
        if not self._made:
            return
        order = self.order()
        members = order.what is What.MEMBERS
        self.query.setVisible(order.what is What.FOUND)
        self._form_heading.setVisible(not members)
        self.formats.setVisible(not members)
        self.people.setVisible(order.what is What.ALL and holds_people(order.format))
        self.reason.setVisible(order.people)
