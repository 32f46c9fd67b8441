"""The tab of the reference log: the quick line, the questions, and their figures beside them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.references import Statistics
from perpusdesk.scan.types import Scan, Source
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.reference_log import (
    Question,
    ReferenceLine,
    ReferenceSearch,
    log_question,
    question_ids,
    question_lines,
    question_sheet,
    question_statistics,
)
from perpusdesk.services.feedback.service_lists import choices
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.id_table import Rows
from perpusdesk.ui.kit.record_list import EDGE, RecordList
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.two_panes import TwoPanes
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.service import text
from perpusdesk.ui.service.figures_panel import FiguresPanel
from perpusdesk.ui.service.quick_card import QuickCard
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.list_saving import ListSaving, save_button
from perpusdesk.ui.shell.messages import Messages

_PAUSE_MS = 200
_START = date(2000, 1, 1)
_THIS_YEAR = 3
"""The place of this year among the periods: the log grows long."""


@dataclass(frozen=True, slots=True)
class _Known:
    today: date
    ids: list[UUID]
    figures: Statistics
    kinds: list[tuple[str, str]]
    tools: list[tuple[str, str]]


class QuestionsPart(QObject):
    """What stands behind the tab. Rows are fetched when they are painted: the log grows long."""

    scan_passed = Signal(object)
    title_asked = Signal(object)
    board_asked = Signal(object)
    source_asked = Signal(str, object)
    shown = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, _papers: Path) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self.doing = Doing(desk, tasks, messages)
        self.doing.changed.connect(lambda _done: self.look())
        self.saving = ListSaving(desk, tasks, messages)
        self.text = ""
        self._known: _Known | None = None
        self._asked = 0
        self.card = QuickCard()
        self.card.asked.connect(self.note)
        self.answered: Choice[bool] = Choice(
            [(_("All questions"), False), (_("Not answered"), True)]
        )
        self.period: Choice[text.Period] = Choice([])
        name = _("Reference questions")
        self.rows = RecordList(name, text.question_row, self._fetch)
        self.count = words("", strong=True)
        self.count.setIndent(EDGE)
        self.figures = FiguresPanel()
        self.widget: QWidget = self._lay_out(name)
        self._wait = QTimer(self.widget)  # ends with what it moves
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PAUSE_MS)
        self._wait.timeout.connect(self.look)
        for choice in (self.answered, self.period):
            choice.currentIndexChanged.connect(lambda _place: self._wait.start())

    def _lay_out(self, name: str) -> QWidget:
        form = Form(columns=2)
        form.add(Field(_("Which"), self.answered))
        form.add(Field(_("When"), self.period))
        self.save = save_button(name, self.save_list)
        why = _("Note each question at the desk: a figure for its kind is enough.")
        self._nothing = EmptyState("help", _("No question is noted here"), why)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(4, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.card)
        column.addWidget(form)
        column.addWidget(Flow(self.count, self.save, gap=16))
        column.addWidget(self.rows, 1)
        column.addWidget(self._nothing, 1)
        nobody = EmptyState("reports", _("No figures yet"), "")
        self.panes = TwoPanes(left, self.rows, self.figures, self.figures.back, nobody)
        self.panes.share(5, 3)
        self.figures.back.clicked.connect(self.panes.leave_panel)
        whole = QWidget()
        top = QVBoxLayout(whole)
        top.setContentsMargins(0, 0, 0, 8)
        top.setSpacing(12)
        for strip in self.saving.parts:
            top.addWidget(strip)
        top.addWidget(self.panes, 1)
        return whole

    # --- what comes in -------------------------------------------------------------------------

    def opened(self) -> None:
        """Bring the list up to date."""
        self.look()

    def search_edited(self, typed: str) -> None:
        """Narrow the list to topics with what is typed."""
        self.text = typed.strip()
        self._wait.start()

    def handle_scan(self, scan: Scan) -> None:
        """Search what was typed; the desk gets what was scanned."""
        if scan.source is not Source.KEYBOARD:
            self.scan_passed.emit(scan)
            return
        self.text = scan.text.strip()
        self.look()

    def into_list(self) -> None:
        """Move the keyboard from the box into the list."""
        self.panes.into_list()

    def escape(self) -> None:
        """Leave the question, the figures, then the narrowing."""
        if not self.saving.ask.isHidden():
            self.saving.ask.leave()
        elif not self.panes.leave_panel() and self.text:
            self.text = ""
            self.look()

    # --- what can be done ----------------------------------------------------------------------

    def ask_new(self) -> None:
        """Be ready for a question."""
        self.card.begin()

    def note(self, question: Question) -> None:
        """Note a question; the line is free for the next one at once."""
        self.doing.run(lambda: log_question(self._desk, question), lambda _done: self.card.done())

    def save_list(self) -> None:
        """Save the questions as they are narrowed."""
        if self._known is not None:
            self.saving.begin(question_sheet(self._known.ids))

    # --- reading -------------------------------------------------------------------------------

    def look(self) -> None:
        """Read the list and the figures anew, beside the desk's work: the log grows long."""
        self._wait.stop()
        self._asked += 1
        asked = self._asked
        chosen, typed, unanswered = self.period.value(), self.text, bool(self.answered.value())

        def read() -> _Known:
            with self._desk.beside() as desk:
                today = desk.today()
                since, until = chosen or text.periods(today)[_THIS_YEAR][1]
                search = ReferenceSearch(typed, unanswered, since, until)
                return _Known(
                    today,
                    question_ids(desk, search),
                    question_statistics(desk, since or _START, until or today),
                    choices(desk, "question"),
                    choices(desk, "tool"),
                )

        def show(found: _Known) -> None:
            if asked == self._asked:
                self._show(found)

        self._tasks.aside(read, show, owner=self)

    def _show(self, found: _Known) -> None:
        self._known = found
        text.offer(self.period, text.periods(found.today), _THIS_YEAR)
        self.card.offer(found.kinds, found.tools)
        self.rows.show_ids(found.ids)
        self.rows.setVisible(bool(found.ids))
        self._nothing.setVisible(not found.ids)
        self.count.setText(text.questions_count(len(found.ids)))
        for widget in (self.count, self.save):
            widget.setVisible(bool(found.ids))
        if found.figures.total.count:
            self.figures.show_figures(found.figures, {code: name for name, code in found.kinds})
            self.panes.show_panel(uncover=False)
        else:
            self.panes.show_nobody()
        self.shown.emit()

    def _fetch(self, ids: Sequence[Hashable], answer: Callable[[Rows], None]) -> None:
        wanted = [id_ for id_ in ids if isinstance(id_, UUID)]

        def read() -> dict[Hashable, ReferenceLine]:
            lines = question_lines(self._desk, wanted)
            return dict(lines.items())

        self._tasks.run(read, answer, owner=self)
