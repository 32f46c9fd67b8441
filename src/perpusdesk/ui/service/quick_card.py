"""A question noted in a moment: figures and words in one line, or a click on what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.common.i18n import _
from perpusdesk.domain.references import MINUTES, Quick, read_quick, write_quick
from perpusdesk.services.feedback.reference_log import Question
from perpusdesk.ui.kit.accessible import announce, named
from perpusdesk.ui.kit.buttons import primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.theme import RADIUS_CARD
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.service import text

Options = Sequence[tuple[str, str]]


class QuickCard(QWidget):
    """``asked`` carries a ``Question`` to be noted."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._kinds: Options = ()
        self._tools: Options = ()
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(
            _("2 3 topic — figures, then words; ? at the end: not answered")
        )
        named(self.edit, _("Note a question"), _("Figures for kind, minutes, what helped."))
        self.edit.textEdited.connect(lambda _text: self._show())
        self.edit.returnPressed.connect(self.send)
        self._rows = [Flow(gap=0), Flow(gap=0), Flow(gap=0)]
        self._buttons: list[list[QPushButton]] = [[], [], []]
        self.said = words("", "caption", "warn", wrap=True)
        self.said.hide()
        self.open_: QPushButton = quiet_button(_("Not answered"), self._turn, icon="help")
        self.open_.setCheckable(True)
        self.open_.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.go = primary_button(_("Note the question"), self.send, keys="Enter")
        self._lay_out()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.edit, 1)
        line.addWidget(self.go)
        grid = QGridLayout()
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for at, label in enumerate((_("Sort"), _("Duration"), _("Helped by"))):
            name = words(label, "caption", "muted", strong=True)
            name.setContentsMargins(0, 8, 0, 0)
            grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._rows[at], at, 1, 1, 1 if at == 1 else 2)
        grid.addWidget(self.open_, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.said)
        column.addLayout(grid)

    def offer(self, kinds: Options, tools: Options) -> None:
        """Offer these kinds and tools (name, code), each by its figure from 1."""
        if (kinds[:9], tools[:9]) == (self._kinds, self._tools):
            return
        self._kinds, self._tools = kinds[:9], tools[:9]
        lengths = [(text.minutes_short(count), count) for count in MINUTES]
        for at, options in enumerate((self._kinds, lengths, self._tools)):
            self._buttons[at] = [
                self._chip(at, place, name) for place, (name, _code) in enumerate(options, 1)
            ]
            self._rows[at].fill(*self._buttons[at])
        self._show()

    def begin(self) -> None:
        """Take the keyboard for a new question."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def done(self) -> None:
        """Be ready for the next one."""
        self.edit.clear()
        self._show()
        self.begin()

    def quick(self) -> Quick:
        """Return what the line says."""
        return read_quick(self.edit.text(), self._codes(self._kinds), self._codes(self._tools))

    def send(self) -> None:
        """Note the question, once it has a kind."""
        quick = self.quick()
        if not quick.kind:
            self.said.show()
            announce(self.edit, self.said.text())
            self.begin()
            return
        self.asked.emit(
            Question(quick.kind, quick.minutes, quick.topic, quick.tool, answered=quick.answered)
        )

    def _chip(self, at: int, place: int, name: str) -> QPushButton:
        chip = quiet_button(f"{place} · {name}", lambda: self._pick(at, place))
        chip.setCheckable(True)
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return chip

    def _pick(self, at: int, place: int) -> None:
        quick, kinds, tools = self.quick(), self._codes(self._kinds), self._codes(self._tools)
        if at == 0:
            quick = replace(quick, kind=kinds[place - 1])
        elif at == 1:
            quick = replace(quick, minutes=MINUTES[place - 1])
        else:
            same = quick.tool == tools[place - 1]
            quick = replace(quick, tool="" if same else tools[place - 1])
        self._write(quick)

    def _turn(self) -> None:
        quick = self.quick()
        self._write(replace(quick, answered=not quick.answered))

    def _write(self, quick: Quick) -> None:
        kinds, tools = self._codes(self._kinds), self._codes(self._tools)
        if not quick.kind and kinds and (quick.tool or quick.minutes != MINUTES[0]):
            quick = replace(quick, kind=kinds[0])
        self.edit.setText(write_quick(quick, kinds, tools))
        self._show()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        quick = self.quick()
        chosen: list[tuple[Options | Sequence[tuple[str, int]], object]] = [
            (self._kinds, quick.kind),
            ([("", count) for count in MINUTES], quick.minutes if quick.kind else None),
            (self._tools, quick.tool),
        ]
        for at, (options, code) in enumerate(chosen):
            for chip, (_name, own) in zip(self._buttons[at], options, strict=False):
                chip.setChecked(own == code)
        self.open_.setChecked(not quick.answered)
        names = {code: name for name, code in (*self._kinds, *self._tools)}
        kind, tool = names.get(quick.kind, ""), names.get(quick.tool, "")
        told = text.quick_said(quick, kind, tool)
        self.said.setText(told)
        self.said.setVisible(self.said.isVisible() and not quick.kind)
        self.edit.setAccessibleDescription(told)

    @staticmethod
    def _codes(options: Options) -> list[str]:
        return [code for _name, code in options]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the line before it means anything else."""
        if event.key() == Qt.Key.Key_Escape and self.edit.text():
            self.edit.clear()
            self._show()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the quiet ground."""
        rounded(QPainter(self), self.rect(), fill="card", line="hairline", radius=RADIUS_CARD)
