"""The people who may come to the desk, one of them chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from perpusdesk.services.staff.shift import Colleague
from perpusdesk.services.wording.roles import role_name
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.shell.rail import RailButton

_MOST_SHOWN: Final = 5


class PeopleList(QWidget):
    """``chosen`` carries the ``Colleague``."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[RailButton] = []
        self.people: list[Colleague] = []
        self._group = QButtonGroup(self)
        self._area: QScrollArea | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def person(self) -> Colleague | None:
        """Who is chosen."""
        place = next((n for n, row in enumerate(self.rows) if row.isChecked()), None)
        return None if place is None else self.people[place]

    def show_people(self, people: Sequence[Colleague], chosen: UUID | None) -> None:
        """Offer these, with one chosen (the first, if that one is not among them)."""
        if self._area is not None:
            self._column.removeWidget(self._area)
            self._area.deleteLater()
        self.people = list(people)
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(4, 4, 4, 4)
        rows.setSpacing(4)
        self._group = QButtonGroup(self)
        self.rows = [self._row(person) for person in self.people]
        for row in self.rows:
            rows.addWidget(row)
        rows.addStretch(1)
        self._area = _Area(inner, len(self.rows))
        self._column.addWidget(self._area)
        self.choose(chosen)

    def choose(self, person: UUID | None) -> None:
        """Choose somebody."""
        place = next((n for n, one in enumerate(self.people) if one.id == person), 0)
        if self.rows:
            self.rows[place].setChecked(True)
            if self._area is not None:
                self._area.ensureWidgetVisible(self.rows[place])

    def step(self, by: int) -> None:
        """Choose the next (1) or the one before (-1)."""
        now = self.person
        if now is not None:
            place = (self.people.index(now) + by) % len(self.people)
            self.choose(self.people[place].id)
            self.chosen.emit(self.people[place])

    def _row(self, person: Colleague) -> RailButton:
        made = RailButton("person", person.name, role_name(person.role))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setToolTip("")
        self._group.addButton(made)
        named(made, f"{person.name}, {role_name(person.role)}")
        made.clicked.connect(partial(self._clicked, person))
        return made

    def _clicked(self, person: Colleague, _checked: bool = False) -> None:
        self.chosen.emit(person)


class _Area(QScrollArea):
    """As wide as its rows, whatever the size of the text, and as high as some of them."""

    def __init__(self, inner: QWidget, rows: int) -> None:
        super().__init__()
        self._rows, self._inner = rows, inner
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """Return the room for all rows, or for as many as are shown at once."""
        whole = self._inner.sizeHint()
        if self._rows <= _MOST_SHOWN:
            return whole
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(whole.width() + bar, whole.height() * _MOST_SHOWN // self._rows)

    def minimumSizeHint(self) -> QSize:
        """Return the same: names are never cut."""
        return self.sizeHint()
