"""The rules about personal data: months, the person in charge, purposes, the register."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.data_protection import MONTHS, PrivacySettings, ProtectionRules
from perpusdesk.services.desk import Desk
from perpusdesk.services.privacy.privacy_papers import processing_paper, processing_sheet
from perpusdesk.services.privacy.privacy_settings import rules_of, set_privacy, settings_of
from perpusdesk.ui.kit.buttons import button, primary_button
from perpusdesk.ui.kit.entries import CountEdit
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Field, Form
from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.privacy import text
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.paper_files import PaperFiles

_WIDEST: Final = 880


class RulesPart(QWidget):
    """A form, then what the law asks to be written down."""

    def __init__(self, doings: Rules) -> None:
        super().__init__()
        first, most = MONTHS
        self.history = Field(
            _("Reading history (months)"),
            CountEdit(12, most=most),
            hint=_("So long after its return a loan stays with its member."),
        )
        self.access = Field(
            _("Access log (months)"),
            CountEdit(24, most=most),
            hint=_("So long is kept who looked at whom."),
        )
        for field in (self.history, self.access):
            field.edit.setMinimum(first)
        self.officer = Field(_("Who answers for personal data"), QLineEdit())
        self.contact = Field(_("Contact"), QLineEdit(), hint=_("Stands in letters and copies."))
        self.form = Form(2)
        for number in (self.history, self.access):
            self.form.add(number)
        for line in (self.officer, self.contact):
            self.form.add(line)
        self.save = primary_button(_("Save"), doings.save, icon="check")
        self.groups = RecordList(_("Purposes"), text.group_row)
        self.groups.fit_rows()
        self._source = words("", "caption", "muted", wrap=True)
        room = QWidget()
        room.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 8, 16)
        column.setSpacing(12)
        column.addWidget(words(_("What this library decided"), "lead", strong=True))
        column.addWidget(self.form)
        column.addWidget(Flow(self.save))
        column.addSpacing(8)
        column.addWidget(words(_("What is held, for what, on which basis"), "lead", strong=True))
        paper = button(_("Register of processing"), doings.paper, icon="print")
        sheet = button(_("Register as XLSX"), doings.sheet, icon="file")
        column.addWidget(Flow(paper, sheet))
        column.addWidget(self.groups)
        column.addWidget(self._source)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(room))

    def show_rules(self, settings: PrivacySettings, rules: ProtectionRules) -> None:
        """Fill everything."""
        self.history.edit.setValue(settings.history_months)
        self.access.edit.setValue(settings.access_months)
        self.officer.edit.setText(settings.officer)
        self.contact.edit.setText(settings.contact)
        self.groups.show_records(rules.groups)
        self._source.setText(text.settings_source(rules.valid_from, rules.source))


class Rules(QObject):
    """Reads and saves."""

    def __init__(self, desk: Desk, tasks: Tasks, doing: Doing, papers: PaperFiles) -> None:
        super().__init__()
        self._desk, self._tasks, self._doing, self._papers = desk, tasks, doing, papers
        self.part = RulesPart(self)

    def refresh(self) -> None:
        """Read everything anew."""
        self._tasks.run(
            lambda: (settings_of(self._desk), rules_of(self._desk)),
            lambda both: self.part.show_rules(*both),
            owner=self,
        )

    def save(self) -> None:
        """Save what stands in the form."""
        part = self.part
        changes = {
            "history_months": part.history.edit.value(),
            "access_months": part.access.edit.value(),
            "officer": part.officer.edit.text().strip(),
            "contact": part.contact.edit.text().strip(),
        }
        self._doing.run(lambda: set_privacy(self._desk, **changes))

    def paper(self) -> None:
        """Make the register of processing."""
        self._papers.make("rekaman", lambda: processing_paper(self._desk), lambda pdf: pdf)

    def sheet(self) -> None:
        """Save the register of processing as a workbook."""
        name = _("Register of processing")
        self._papers.save(self.part, name, lambda desk, path: processing_sheet(desk, path).lines)
