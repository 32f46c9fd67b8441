"""With nobody at the desk the room shows the day: figures, last actions, what waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from perpusdesk.common.formats import clock_time, rupiah, short_date, weekday_date
from perpusdesk.common.i18n import _
from perpusdesk.services.circulation.day import Chores, Day
from perpusdesk.services.history.recent import RecentLine
from perpusdesk.services.wording.actions import action_name
from perpusdesk.ui.desk import text
from perpusdesk.ui.desk.chores import ChoresPanel
from perpusdesk.ui.desk.hero import clear
from perpusdesk.ui.desk.scrolling import scrolled
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.words import Divider, words

_ACTIONS: Final = 7
_BESIDE_FROM: Final = 90
"""Letters across from which actions and chores stand side by side."""


class DayPanel(QWidget):
    """Today's figures above the last actions and what waits for a quiet moment."""

    def __init__(self, undo: Callable[[UUID], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._undo = undo
        self._date = words("", "title", strong=True)
        self._closed = words("", "body", "warn", strong=True, wrap=True)
        self._figures: dict[str, QLabel] = {}
        hint = _("Scan a member's card to begin, or a book to take it back.")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._chores = ChoresPanel()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(48)
        self._columns.addLayout(self._actions_part(), 3)
        self._columns.addWidget(self._chores, 2)
        room = QWidget()
        inside = QVBoxLayout(room)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.setSpacing(16)
        inside.addWidget(self._date)
        inside.addWidget(self._closed)
        inside.addLayout(self._figures_part())
        inside.addWidget(words(hint, "lead", "muted", wrap=True))
        inside.addSpacing(8)
        inside.addLayout(self._columns)
        inside.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(room))

    def _figures_part(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        for column, (name, label) in enumerate(_figures()):
            self._figures[name] = words("0", "hero", strong=True, figures=True)
            grid.addWidget(self._figures[name], 0, column)
            told = words(label, "body", "muted", wrap=True)
            told.setAlignment(Qt.AlignmentFlag.AlignTop)  # also beside one of two lines
            grid.addWidget(told, 1, column)
            grid.setColumnStretch(column, 1)
        return grid

    def _actions_part(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(words(_("Last actions"), "lead", strong=True))
        column.addLayout(self._rows)
        column.addStretch(1)
        return column

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the columns one below the other where they have no room side by side."""
        super().resizeEvent(event)
        wide = self.width() >= _BESIDE_FROM * self.fontMetrics().horizontalAdvance("n")
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(beside if wide else below)
        self._columns.setSpacing(48 if wide else 24)

    def show_day(self, day: Day) -> None:
        """Fill the figures."""
        self._date.setText(weekday_date(day.day))
        closed = "" if day.open else _("Closed today") + "".join(f": {n}" for n in day.closed_for)
        self._closed.setText(closed)
        self._closed.setVisible(bool(closed))
        for name, label in self._figures.items():
            value = getattr(day, name)
            label.setText(rupiah(value) if name == "cash" else str(value))

    def show_chores(self, chores: Chores | None) -> None:
        """Fill the list of what waits; ``None`` leaves it as it is."""
        if chores is not None:
            self._chores.show_chores(chores)

    def show_actions(self, actions: Sequence[RecentLine], today: date) -> None:
        """Fill the list of the last actions, each with its undo; older ones say their day."""
        clear(self._rows)
        shown = actions[:_ACTIONS]
        moments = [_moment(line, today) for line in shown]
        widest = max((label.sizeHint().width() for label in moments), default=0)
        for line, moment in zip(shown, moments, strict=True):
            moment.setMinimumWidth(widest)
            self._rows.addWidget(self._row(line, moment))
        if not actions:
            self._rows.addWidget(words(_("Nothing yet today."), tone="muted"))

    def _row(self, line: RecentLine, moment: QLabel) -> QWidget:
        row = QWidget()
        verb = action_name(line.verb)
        what = words(text.shortened(line.thing or line.person or verb, 90), strong=True, wrap=True)
        about = "  ·  ".join(filter(None, (verb, line.person if line.thing else "")))
        told = QVBoxLayout()
        told.setSpacing(0)
        told.addWidget(what)
        told.addWidget(words(about, "caption", "muted", wrap=True))
        box = QHBoxLayout()
        box.setContentsMargins(0, 4, 0, 4)
        box.setSpacing(16)
        box.addWidget(moment)
        box.addLayout(told, 1)
        if line.undone:
            box.addWidget(_as_high_as_a_button(words(_("Undone"), "body", "muted")))
        elif line.undoable:
            box.addWidget(self._undo_button(line))
        whole = QVBoxLayout(row)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(box)
        whole.addWidget(Divider())
        return row

    def _undo_button(self, line: RecentLine) -> QWidget:
        take_back = quiet_button(_("Undo"), lambda: self._undo(line.action), icon="undo")
        name = _("Undo: {action} {thing}")
        take_back.setAccessibleName(name.format(action=action_name(line.verb), thing=line.thing))
        return take_back


def _moment(line: RecentLine, today: date) -> QLabel:
    day = line.at.date()
    said = clock_time(line.at) if day == today else short_date(day)
    return words(said, "body", "muted", figures=True)


def _as_high_as_a_button(label: QLabel) -> QLabel:
    """Keep the rows of a list equally high, with a button in them or without."""
    label.setMinimumHeight(quiet_button(label.text(), icon="undo").sizeHint().height())
    return label


def _figures() -> tuple[tuple[str, str], ...]:
    return (
        ("lent", _("lent today")),
        ("returned", _("taken back today")),
        ("members_served", _("members served")),
        ("due_today", _("due today")),
        ("overdue", _("overdue")),
        ("holds_ready", _("holds ready")),
    )
