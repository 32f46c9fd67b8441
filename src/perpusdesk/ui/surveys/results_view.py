"""The result of a survey: the figure that matters, the bars, the tables, and the papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.common.formats import number, short_date
from perpusdesk.common.i18n import _
from perpusdesk.domain.surveys.form import QuestionKind
from perpusdesk.domain.surveys.satisfaction import Weight
from perpusdesk.domain.surveys.tallies import Tally
from perpusdesk.services.surveys.survey_results import Only, Results, TrendPoint
from perpusdesk.services.wording.surveys import (
    enough_words,
    fraction_words,
    part_name,
    period_words,
    weight_name,
)
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.id_table import Column
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.words import picture, words
from perpusdesk.ui.surveys import result_tables as tables
from perpusdesk.ui.surveys import text
from perpusdesk.ui.surveys.bars import Bar, Bars

_MOST_TEXTS: Final = 100
"""Texts of one question that are shown; all of them are in the workbook."""


class ResultDoings(Protocol):
    """What the buttons below a result ask for."""

    def print_sheet(self) -> None:
        """Make the publication sheet."""

    def save_image(self) -> None:
        """Save the publication sheet as a picture."""

    def print_report(self) -> None:
        """Make the report."""

    def save_table(self) -> None:
        """Save the respondents' table."""

    def propose(self) -> None:
        """Put the three lowest on the board."""


class ResultsView(QWidget):
    """``narrowed`` says that another part or weight is wanted, ``leave_asked`` leads back."""

    narrowed = Signal()
    leave_asked = Signal()

    def __init__(self, doings: ResultDoings) -> None:
        super().__init__()
        self._doings = doings
        self.found: Results | None = None
        self.name = words("", "title", strong=True, wrap=True)
        self.figure = words("", "hero", strong=True, figures=True)
        self.says = words("", "lead", wrap=True)
        self.facts = words("", tone="muted", wrap=True)
        self.warning = words("", tone="warn", strong=True, wrap=True)
        self._sign = picture("warning", "warn", 20)
        self.service: Choice[str] = Choice([(_("All services"), "")])
        self.branch: Choice[UUID | None] = Choice([(_("All branches"), None)])
        self.weight: Choice[Weight] = Choice([(weight_name(one), one) for one in Weight])
        self.form = Form(columns=3)
        self.steps = Flow()
        self._room = QWidget()
        self._parts = QVBoxLayout(self._room)
        self._parts.setContentsMargins(0, 0, 12, 24)
        self._parts.setSpacing(12)
        self._lay_out()
        for choice in (self.service, self.branch, self.weight):
            choice.currentIndexChanged.connect(lambda _place: self.narrowed.emit())

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        back = quiet_button(_("Back to the surveys"), self.leave_asked.emit, icon="chevron-left")
        head.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        self.weight_field = Field(_("Weight of each unsur"), self.weight, name="weight")
        self.form.add(Field(_("Service"), self.service, name="service"))
        self.form.add(Field(_("Branch"), self.branch, name="branch"))
        self.form.add(self.weight_field)
        warning = QHBoxLayout()
        warning.setSpacing(8)
        warning.addWidget(self._sign)
        warning.addWidget(self.warning, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.form)
        column.addWidget(scrolled(self._room), 1)
        column.addWidget(self.steps)
        figure = QVBoxLayout()
        figure.setSpacing(0)
        figure.addWidget(self.figure)
        figure.addWidget(self.says)
        self._parts.addLayout(figure)
        self._parts.addWidget(self.facts)
        self._parts.addLayout(warning)
        self._grown = QVBoxLayout()
        self._grown.setSpacing(12)
        self._parts.addLayout(self._grown)
        self._parts.addStretch(1)

    # --- what is wanted ------------------------------------------------------------------------

    def only(self) -> Only:
        """Return which answers are wanted."""
        return Only(self.service.value() or "", self.branch.value())

    def begin(self, branches: Sequence[tuple[str, UUID]]) -> None:
        """Offer what the answers can be narrowed to; all of them are shown first."""
        self.found = None
        self.blockSignals(True)
        self.service.set_options([(_("All services"), "")])
        self.branch.set_options([(_("All branches"), None), *branches])
        self.blockSignals(False)

    def show_result(self, found: Results, trend: Sequence[TrendPoint]) -> None:
        """Show a result and the surveys before and after it."""
        first, self.found = self.found is None, found
        line, index = found.survey, found.satisfaction
        if first:
            self.blockSignals(True)
            self.weight.setCurrentIndex(list(Weight).index(line.weight))
            services = [one.name for one in found.services if one.name]
            self.service.set_options([(_("All services"), ""), *((one, one) for one in services)])
            self.blockSignals(False)
        self.weight_field.setVisible(index is not None)
        self.name.setText(line.name)
        figure, says = text.figure_words(found)
        self.figure.setText(figure)
        self.figure.setAccessibleName(f"{figure} {says}")
        self.says.setText(says)
        self.facts.setText(_facts(found))
        self.warning.setText(enough_words(line))
        self.warning.setVisible(not line.enough)
        self._sign.setVisible(not line.enough)
        self._fill(found, trend)
        self._fill_steps(found)

    def _fill_steps(self, found: Results) -> None:
        doings, index = self._doings, found.satisfaction
        steps = []
        if index is not None and index.ikm is not None:
            steps.append(primary_button(_("Publication sheet"), doings.print_sheet, icon="print"))
            steps.append(button(_("As a picture"), doings.save_image, icon="photo"))
        steps.append(button(_("Report"), doings.print_report, icon="reports"))
        steps.append(button(_("Respondents as XLSX"), doings.save_table, icon="file"))
        if index is not None and index.lowest:
            plan = _("Put the three lowest on the board")
            steps.append(button(plan, doings.propose, icon="decide"))
        self.steps.fill(*steps)

    # --- the parts -----------------------------------------------------------------------------

    def _fill(self, found: Results, trend: Sequence[TrendPoint]) -> None:
        while (item := self._grown.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if found.satisfaction is not None:
            self._heading(_("Per unsur"), _("▾ and hatched: the three lowest"))
            self._bars(_("Per unsur"), tables.unsur_bars(found))
            self._table(_("Per unsur"), tables.unsur_columns(), found.satisfaction.unsur)
        self._workshop(found)
        for name, column, groups in (
            (_("Per service"), _("Service"), found.services),
            (_("Per branch"), _("Branch"), found.branches),
        ):
            if groups:
                self._heading(name)
                if found.satisfaction is not None:
                    self._bars(name, tables.group_bars(groups))
                self._table(name, tables.group_columns(column), groups)
        if len(trend) > 1:
            self._heading(_("Over time"))
            self._bars(_("Over time"), tables.trend_bars(trend))
            self._table(_("Over time"), tables.trend_columns(_period), trend)
        for tally in found.tallies:
            if tally.question not in found.form.unsur:
                self._tally(tally)

    def _workshop(self, found: Results) -> None:
        if not found.parts:
            return
        self._heading(_("Per part"))
        bars = [
            Bar(part_name(one.part), float(one.mean or 0) / one.points, fraction_words(one.mean))
            for one in found.parts
        ]
        self._bars(_("Per part"), bars)
        if gain := text.gain_words(found):
            self._grown.addWidget(words(gain, wrap=True))

    def _tally(self, tally: Tally) -> None:
        answered = _("{n} answered").format(n=number(tally.answered))
        mean = _("mean {mean}").format(mean=fraction_words(tally.mean)) if tally.mean else ""
        self._heading(tally.question.short, " · ".join(part for part in (answered, mean) if part))
        if tally.question.kind is QuestionKind.TEXT:
            for said in tally.texts[:_MOST_TEXTS]:
                self._grown.addWidget(words(f"“{said}”", wrap=True))
            if (left := len(tally.texts) - _MOST_TEXTS) > 0:
                more = _("{n} more are in the table of respondents.").format(n=number(left))
                self._grown.addWidget(words(more, tone="muted", wrap=True))
        elif tally.counts:
            self._bars(tally.question.short, tables.tally_bars(tally))

    def _heading(self, name: str, under: str = "") -> None:
        label = words(name, "lead", strong=True, wrap=True)
        label.setContentsMargins(0, 12, 0, 0)
        self._grown.addWidget(label)
        if under:
            self._grown.addWidget(words(under, "caption", "muted", wrap=True))

    def _bars(self, name: str, bars: Sequence[Bar]) -> None:
        shown = Bars(name)
        self._grown.addWidget(shown)
        shown.show_bars(bars)

    def _table(self, name: str, columns: Sequence[Column], rows: Sequence[object]) -> None:
        table = tables.SmallTable(name, columns)
        self._grown.addWidget(table)
        table.show_rows(rows)


def _facts(found: Results) -> str:
    line = found.survey
    told = _("{n} respondents").format(n=number(found.respondents))
    version = _("form version {n}").format(n=found.number)
    where = line.branch_name or _("all branches")
    return " · ".join(
        part for part in (told, period_words(line), where, line.service, version) if part
    )


def _period(point: TrendPoint) -> str:
    days = [short_date(day) for day in (point.first_day, point.last_day) if day is not None]
    return _(" to ").join(days)
