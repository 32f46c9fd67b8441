"""The room of one of these tabs: what narrows the list, the list, the chosen record beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.record_list import EDGE, Describe, RecordList
from perpusdesk.ui.kit.theme import Tone, scaled_font, set_tone
from perpusdesk.ui.kit.two_panes import TwoPanes
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.service.side import SidePanel

_WIDE = 70
"""From so many average characters on, what narrows the list stands side by side."""


class ServiceRoom(QWidget):
    """``narrowed`` says that something else is wanted, ``chosen`` carries a record or ``None``."""

    narrowed = Signal()
    chosen = Signal(object)

    def __init__(
        self,
        name: str,
        describe: Describe,
        nothing: EmptyState,
        *,
        steps: Sequence[QPushButton],
        choices: Sequence[tuple[str, Choice[Any]]] = (),
        top: QWidget | None = None,
    ) -> None:
        """``nothing`` stands where no record is at all; ``top`` above everything at the left."""
        super().__init__()
        self.count = words("", "body", strong=True, wrap=True)
        self.under = words("", "caption", "muted", wrap=True)
        self.form = Form(columns=max(1, len(choices)))
        for label, choice in choices:
            self.form.add(Field(label, choice))
            choice.currentIndexChanged.connect(lambda _place: self.narrowed.emit())
        self._choices = len(choices)
        self.rows = RecordList(name, describe)
        self.side = SidePanel()
        self._none = EmptyState("search", _("Nothing was found"), _("Choose more, or other words."))
        self._lists = QStackedWidget()
        for one in (self.rows, self._none, nothing):
            self._lists.addWidget(one)
        left = QWidget()
        self._lay_out(left, steps, top)
        nobody = EmptyState("note", _("Nothing chosen"), _("Choose a line to see it in full."))
        self.panes = TwoPanes(left, self.rows, self.side, self.side.back, nobody)
        self.panes.share(5, 4)
        self.panes.fitted.connect(lambda _chars: self._fit())
        self.top = QVBoxLayout(self)
        self.top.setContentsMargins(0, 0, 0, 8)
        self.top.setSpacing(12)
        self.top.addWidget(self.panes, 1)
        self.rows.chosen.connect(lambda _id: self.chosen.emit(self.rows.chosen_record()))
        self.side.back.clicked.connect(self.panes.leave_panel)
        self.side.ask.left.connect(self._left)

    def _lay_out(self, left: QWidget, steps: Sequence[QPushButton], top: QWidget | None) -> None:
        for label in (self.count, self.under):
            label.setIndent(EDGE)
        column = QVBoxLayout(left)
        column.setContentsMargins(4, 0, 0, 0)
        column.setSpacing(12)
        if top is not None:
            column.addWidget(top)
        column.addWidget(Flow(*steps))
        if self._choices:
            column.addWidget(self.form)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.count)
        said.addWidget(self.under)
        column.addLayout(said)
        column.addWidget(self._lists, 1)

    def say(self, count: str, under: str = "", tone: Tone = "text") -> None:
        """Say how many there are, and what is to be known of all of them."""
        self.count.setText(count)
        self.count.setVisible(bool(count))
        self.under.setText(under)
        self.under.setVisible(bool(under))
        set_tone(self.count, tone)

    def show_lines(self, lines: Sequence[Any], keep: Any, *, narrowed: bool) -> None:
        """Show these; the one whose id is ``keep`` is chosen, else the first.

        ``narrowed``: there may be more that does not fit what is wanted.
        """
        self.rows.show_records(lines)
        place = next((at for at, line in enumerate(lines) if line.id == keep), 0)
        self._lists.setCurrentIndex(0 if lines else 1 if narrowed else 2)
        if lines:
            self.rows.selectRow(place)
        elif not self.side.asking:
            self.panes.show_nobody()

    def show_panel(self, *, uncover: bool = False) -> None:
        """Bring the panel into sight; ``uncover``: also where only one has room."""
        self.panes.show_panel(uncover=uncover)

    def _left(self) -> None:
        if self.rows.chosen_record() is None:
            self.panes.show_nobody()
        else:
            self.rows.enter()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the fields out anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if not self._choices:
            return
        chars = self.form.width() // max(1, QFontMetrics(scaled_font()).averageCharWidth())
        columns = self._choices if chars >= _WIDE else max(1, min(2, self._choices))
        if columns != self.form.columns:
            self.form.arrange(columns)
