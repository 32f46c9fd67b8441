"""With nobody at the desk the room shows the day: figures, and the last actions to undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from perpusdesk.common.formats import clock_time, rupiah, weekday_date
from perpusdesk.common.i18n import _
from perpusdesk.services.day import Day
from perpusdesk.services.recent import RecentLine
from perpusdesk.services.wording.actions import action_name
from perpusdesk.ui.desk.hero import clear
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.words import Divider, words

_ACTIONS = 7


class DayPanel(QWidget):
    """Today's figures above the list of the last actions."""

    def __init__(self, undo: Callable[[UUID], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._undo = undo
        self._date = words("", "title", strong=True)
        self._closed = words("", "body", "warn", strong=True, wrap=True)
        self._figures: dict[str, QLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(0)
        for column, (name, label) in enumerate(_figures()):
            self._figures[name] = words("0", "hero", strong=True, figures=True)
            grid.addWidget(self._figures[name], 0, column)
            grid.addWidget(words(label, "caption", "muted", wrap=True), 1, column)
            grid.setColumnStretch(column, 1)
        self._hint = words(
            _("Scan a member's card to begin, or a book to take it back."), "lead", "muted"
        )
        self._hint.setWordWrap(True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.setSpacing(16)
        column_box.addWidget(self._date)
        column_box.addWidget(self._closed)
        column_box.addLayout(grid)
        column_box.addWidget(self._hint)
        column_box.addSpacing(8)
        column_box.addWidget(words(_("Last actions"), "lead", strong=True))
        column_box.addLayout(self._rows)
        column_box.addStretch(1)

    def show_day(self, day: Day) -> None:
        """Fill the figures."""
        self._date.setText(weekday_date(day.day))
        closed = "" if day.open else _("Closed today") + "".join(f": {n}" for n in day.closed_for)
        self._closed.setText(closed)
        self._closed.setVisible(bool(closed))
        for name, label in self._figures.items():
            value = getattr(day, name)
            label.setText(rupiah(value) if name == "cash" else str(value))

    def show_actions(self, actions: Sequence[RecentLine]) -> None:
        """Fill the list of the last actions, each with its undo."""
        clear(self._rows)
        for line in actions[:_ACTIONS]:
            self._rows.addWidget(self._row(line))
        if not actions:
            self._rows.addWidget(words(_("Nothing yet today."), tone="muted"))

    def _row(self, line: RecentLine) -> QWidget:
        row = QWidget()
        box = QHBoxLayout()
        box.setContentsMargins(0, 4, 0, 4)
        box.setSpacing(16)
        when = words(clock_time(line.at), "body", "muted", figures=True)
        what = words(action_name(line.verb), strong=True)
        about = words("  ·  ".join(part for part in (line.thing, line.person) if part))
        about.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        box.addWidget(when)
        box.addWidget(what)
        box.addWidget(about, 1)
        if line.undone:
            box.addWidget(words(_("Undone"), "caption", "muted"))
        elif line.undoable:
            take_back = quiet_button(_("Undo"), lambda: self._undo(line.action), icon="undo")
            name = _("Undo: {action} {thing}")
            take_back.setAccessibleName(
                name.format(action=action_name(line.verb), thing=line.thing)
            )
            box.addWidget(take_back)
        whole = QVBoxLayout(row)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(box)
        whole.addWidget(Divider())
        return row


def _figures() -> tuple[tuple[str, str], ...]:
    return (
        ("lent", _("lent today")),
        ("returned", _("taken back today")),
        ("members_served", _("members served")),
        ("due_today", _("due today")),
        ("overdue", _("overdue")),
        ("holds_ready", _("holds ready")),
    )
