"""Picking what a report is made of: its subject, columns, conditions, grouping and order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.own_reports.catalogue import SUBJECTS, Subject
from perpusdesk.domain.own_reports.report import How, Report, begun, ways
from perpusdesk.services.wording.own_reports import column_name, how_name, subject_name
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.theme import set_icon
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.reports import own_text as text
from perpusdesk.ui.reports.places import Places, offer_places


class OwnPicks(QWidget):
    """``changed`` carries the report after every pick; ``condition_typed`` what is to be read."""

    changed = Signal(object)
    condition_typed = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.report: Report = begun(next(iter(SUBJECTS)))
        self._branches: Places = []
        self.subject: Choice[str] = Choice([(subject_name(key), key) for key in SUBJECTS])
        self.period: Choice[str] = Choice([])
        self.branch: Choice[UUID | None] = Choice([])
        self.group: Choice[str] = Choice([])
        self.order: Choice[str] = Choice([])
        self.down: Choice[bool] = Choice([(_("rising"), False), (_("falling"), True)])
        self.chips: dict[str, QPushButton] = {}
        self.columns, self.conditions = Flow(), Flow()
        self.of: Choice[str] = Choice([])
        self.how: Choice[How] = Choice([])
        self.value = QLineEdit()
        self._fields: dict[str, Field[QWidget]] = {}
        self._lay_out()
        self._connect()

    def offer(self, branches: Places) -> None:
        """Offer these branches."""
        self._branches = branches
        offer_places(self.branch, branches)

    def show_report(self, report: Report, told: Sequence[str], today: date) -> None:
        """Show a report; ``told`` are its conditions in words."""
        anew = not self.chips or report.subject != self.report.subject
        self.report = report
        if anew:
            self._offer_columns(report.of)
        self.subject.choose(report.subject)
        self.period.set_options(text.periods(today, report.period))
        self.period.choose(report.period)
        known = [value for _name, value in self._branches]
        self.branch.choose(report.branch if report.branch in known else None)
        self.group.choose(report.group)
        self.order.choose(report.order)
        self.down.choose(report.down)
        self._fields["period"].setEnabled(bool(report.of.date))
        self._fields["branch"].setEnabled(report.of.branch)
        for key, chip in self.chips.items():
            on = key in report.columns
            chip.setChecked(on)
            set_icon(chip, "check" if on else "plus", "accent" if on else "muted")
        self.show_conditions(told)

    def show_conditions(self, told: Sequence[str]) -> None:
        """Show the conditions as buttons that take them away."""
        self.conditions.fill(
            *(
                button(words_, partial(self._drop, place), icon="close")
                for place, words_ in enumerate(told)
            )
        )

    def _lay_out(self) -> None:
        form = Form(3)
        for name, label, edit in (
            ("subject", _("Report about"), self.subject),
            ("period", _("Period"), self.period),
            ("branch", _("Branch"), self.branch),
            ("group", _("Counted by"), self.group),
            ("order", _("Sorted by"), self.order),
            ("down", _("Direction"), self.down),
        ):
            self._fields[name] = form.add(Field(label, edit, name=name))
        only = Form(3)
        only.add(Field(_("Only where"), self.of, name="of"))
        only.add(Field(_("Compared as"), self.how, name="how"))
        only.add(Field(_("With"), self.value, name="value"))
        add = quiet_button(_("Add condition"), self._typed, icon="plus")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(form)
        column.addWidget(words(_("Columns, in the order they are switched on"), strong=True))
        for part in (self.columns, only, Flow(add), self.conditions):
            column.addWidget(part)

    def _connect(self) -> None:
        self.subject.activated.connect(lambda _place: self._subject_chosen())
        for choice in (self.period, self.branch, self.group, self.order, self.down):
            choice.activated.connect(lambda _place: self._chosen())
        self.of.currentIndexChanged.connect(lambda _place: self._offer_ways())
        self.value.returnPressed.connect(self._typed)

    def _offer_columns(self, subject: Subject) -> None:
        names = [(column_name(one.key), one.key) for one in subject.columns]
        self.group.set_options([(_("not counted: line by line"), ""), *names])
        self.order.set_options([(_("the usual order"), ""), *names])
        self.of.set_options(names)
        self.chips = {key: self._chip(name, key) for name, key in names}
        self.columns.fill(*self.chips.values())

    def _chip(self, name: str, key: str) -> QPushButton:
        chip = button(name)
        chip.setCheckable(True)
        chip.clicked.connect(lambda checked: self._switched(key, checked))
        return chip

    def _offer_ways(self) -> None:
        column = self.report.of.column(self.of.value() or "")
        if column is not None:
            self.how.set_options([(how_name(one), one) for one in ways(column.kind)])

    def _subject_chosen(self) -> None:
        subject = self.subject.value()
        if subject and subject != self.report.subject:
            self.changed.emit(begun(subject))

    def _chosen(self) -> None:
        self.changed.emit(
            replace(
                self.report,
                period=self.period.value() or "",
                branch=self.branch.value(),
                group=self.group.value() or "",
                order=self.order.value() or "",
                down=bool(self.down.value()),
            )
        )

    def _switched(self, key: str, on: bool) -> None:
        kept = tuple(one for one in self.report.columns if one != key)
        self.changed.emit(replace(self.report, columns=(*kept, key) if on else kept))

    def _typed(self) -> None:
        column, how = self.of.value(), self.how.value()
        if column and how:
            self.condition_typed.emit(column, how.value, self.value.text())

    def _drop(self, place: int) -> None:
        kept = self.report.conditions
        self.changed.emit(replace(self.report, conditions=kept[:place] + kept[place + 1 :]))
