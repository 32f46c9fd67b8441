"""The sheet of keys: made from the same actions as everything else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.overlay import Overlay
from perpusdesk.ui.kit.theme import set_type
from perpusdesk.ui.kit.theme.paint import rounded
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.shell.actions import Action, Actions, shown_keys


class KeySheet(Overlay):
    """Lists the keys of this screen and of everywhere, group by group, in two columns."""

    def __init__(self, window: QWidget, actions: Actions) -> None:
        super().__init__(window, widest=880)
        self._actions = actions
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setAccessibleName(_("Keys"))
        self.body.setContentsMargins(24, 24, 24, 24)
        self.body.addWidget(words(_("Keys"), "title", strong=True))
        self.body.addWidget(self._area, 1)

    def toggle(self) -> None:
        """Open with the keys that work now, or close."""
        if self.isVisible():
            self.close_panel()
            return
        sheet = _sheet(grouped(self._actions.here()))
        self._area.setWidget(sheet)
        self._area.viewport().setAutoFillBackground(False)
        sheet.setAutoFillBackground(False)
        self._area.setMinimumHeight(sheet.sizeHint().height())
        self.open(self._area)


def grouped(actions: Sequence[Action]) -> list[tuple[str, list[Action]]]:
    """Return the actions that have keys, by group, in the order they were registered."""
    groups: dict[str, list[Action]] = {}
    for action in actions:
        if action.keys:
            groups.setdefault(action.group(), []).append(action)
    return list(groups.items())


def _sheet(groups: Sequence[tuple[str, list[Action]]]) -> QWidget:
    sheet = QWidget()
    grid = QGridLayout(sheet)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(48)
    columns = (QVBoxLayout(), QVBoxLayout())
    filled = [0, 0]
    for heading, actions in groups:
        place = filled.index(min(filled))
        lines = told(actions)
        filled[place] += len(lines) + 2
        columns[place].addLayout(_group(heading, lines))
        columns[place].addSpacing(16)
    for place, column in enumerate(columns):
        column.addStretch(1)
        grid.addLayout(column, 0, place)
        grid.setColumnStretch(place, 1)
    return sheet


def told(actions: Sequence[Action]) -> list[tuple[str, str]]:
    """Return words and keys of each action; numbered ones (*Choose 1* to *9*) in one line."""
    lines = []
    for _stem, found in groupby(actions, _stem_of):
        series = list(found)
        first, last = (_words_and_keys(one) for one in (series[0], series[-1]))
        if len(series) > 1:
            first = f"{first[0]}–{_number_of(last[0])}", f"{first[1]} … {last[1]}"
        lines.append(first)
    return lines


def _stem_of(action: Action) -> str:
    """Return what is the same in a series of numbered actions; else what no other has."""
    said = action.text()
    number = _number_of(said)
    counted = number and action.id.endswith(f"_{number}")
    return said.removesuffix(number) if counted else action.id


def _number_of(said: str) -> str:
    found = re.search(r"[0-9]+$", said)
    return found[0] if found else ""


def _words_and_keys(action: Action) -> tuple[str, str]:
    return action.text(), "  ".join(shown_keys(key) for key in action.keys)


def _group(heading: str, lines: Sequence[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(4)
    grid.setHorizontalSpacing(16)
    grid.setColumnStretch(0, 1)
    grid.addWidget(words(heading, "caption", "muted", strong=True), 0, 0, 1, 2)
    for row, (said, keys) in enumerate(lines, start=1):
        grid.addWidget(words(said), row, 0)
        grid.addWidget(_KeyCap(keys), row, 1, Qt.AlignmentFlag.AlignRight)
    return grid


class _KeyCap(QLabel):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        set_type(self, "caption", strong=True)
        self.setContentsMargins(8, 4, 8, 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        rounded(QPainter(self), self.rect(), fill="hover", radius=4)
        super().paintEvent(event)
