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
from perpusdesk.ui.kit.theme import scaled_font
from perpusdesk.ui.kit.two_panes import TwoPanes
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.service.side import SidePanel

_WIDE = 70
"""From so many average characters on, what narrows the list stands side by side."""
_COLUMNS = 3


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
        self.late = words("", "caption", "bad", strong=True, wrap=True)
        self.under = words("", "caption", "muted", wrap=True)
        self.form = Form(columns=_COLUMNS)
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
        self._nobody = EmptyState(
            "note", _("Nothing chosen"), _("Choose a line to see it in full.")
        )
        nobody = QWidget()
        QVBoxLayout(nobody).addWidget(self._nobody)
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
        for label in (self.count, self.late, self.under):
            label.setIndent(EDGE)
        column = QVBoxLayout(left)
        column.setContentsMargins(4, 0, 0, 0)
        column.setSpacing(12)
        if top is not None:
            column.addWidget(top)
        self._steps = Flow(*steps)
        column.addWidget(self._steps)
        if self._choices:
            column.addWidget(self.form)
        said = QVBoxLayout()
        said.setSpacing(2)
        for label in (self.count, self.late, self.under):
            said.addWidget(label)
        column.addLayout(said)
        column.addWidget(self._lists, 1)

    def say(self, count: str, late: str = "", under: str = "") -> None:
        """Say how many there are, what is late, and what is to be known of all of them."""
        for label, text in ((self.count, count), (self.late, late), (self.under, under)):
            label.setText(text)
            label.setVisible(bool(text))

    def show_lines(self, lines: Sequence[Any], keep: Any, *, narrowed: bool) -> None:
        """Show these; the one whose id is ``keep`` is chosen, else a late one, else the first.

        ``narrowed``: there may be more that does not fit what is wanted.
        """
        self.rows.show_records(lines)
        place = _place_of(lines, keep)
        for part in (self._steps, self.form):
            part.setVisible(bool(lines) or narrowed)
        self._nobody.setVisible(bool(lines) or narrowed)
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
        columns = _COLUMNS if chars >= _WIDE else 2
        if columns != self.form.columns:
            self.form.arrange(columns)


def _place_of(lines: Sequence[Any], keep: Any) -> int:
    """Return the place of the line that is to be chosen."""
    kept = (at for at, line in enumerate(lines) if line.id == keep)
    late = (at for at, line in enumerate(lines) if getattr(line, "overdue", False))
    return next(kept, next(late, 0))
