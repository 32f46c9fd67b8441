"""A short list of the people who may work here: one key or click, and somebody else is at the desk.

It asks for no secret: it says whose name stands with what is done, as the names on a rota do.
Where people have PINs the lock screen is asked for instead (``lock_control``).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.desk import Desk
from perpusdesk.services.staff.shift import Colleague, colleagues, take_over
from perpusdesk.services.wording.roles import role_name
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.overlay import Overlay
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.shell.actions import Action
from perpusdesk.ui.shell.rail import RailButton

_WIDEST = 480


class StaffSwitcher(Overlay):
    """Opens over the window; ``changed`` carries the ``Colleague`` who is at the desk now."""

    changed = Signal(object)

    def __init__(self, window: QWidget, desk: Desk, tasks: Tasks) -> None:
        super().__init__(window, widest=_WIDEST)
        self._desk, self._tasks = desk, tasks
        self.rows: list[RailButton] = []
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self.body.addWidget(words(_("Who is at the desk?"), "lead", strong=True))
        self.body.addWidget(
            words(_("What is done from now on bears this name."), tone="muted", wrap=True)
        )
        self.body.addWidget(self._area)

    def ask(self) -> None:
        """Read who may work, then show them."""
        self._tasks.run(lambda: colleagues(self._desk), self.show_people)

    def show_people(self, people: list[Colleague]) -> None:
        """Offer ``people``; who is there now has the keyboard."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        self.rows = [self._row(person) for person in people]
        for row in self.rows:
            column.addWidget(row)
        column.addStretch(1)
        self._area.setWidget(inner)
        inner.setAutoFillBackground(False)
        self._area.setMinimumHeight(min(inner.sizeHint().height() + 8, 360))
        here = next((row for row, one in zip(self.rows, people, strict=True) if one.here), None)
        self.open(here or (self.rows[0] if self.rows else None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses the person that has the keyboard, as Space does."""
        chosen = next((row for row in self.rows if row.hasFocus()), None)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen is not None:
            chosen.click()
            return
        super().keyPressEvent(event)

    def _row(self, person: Colleague) -> RailButton:
        icon = "check" if person.here else "person"
        made = RailButton(icon, person.name, role_name(person.role))
        made.setChecked(person.here)
        made.clicked.connect(partial(self._choose, person))
        more = _("at the desk now") if person.here else ""
        named(made, f"{person.name}, {role_name(person.role)}", more)
        return made

    def _choose(self, person: Colleague, _checked: bool = False) -> None:
        self.close_panel()
        self._tasks.run(lambda: take_over(self._desk, person.id), self.changed.emit, owner=self)

    def action(self, ask: Callable[[], object]) -> Action:
        """Return the action for it; ``ask`` opens it, or the lock screen where people sign in."""
        return Action(
            "staff",
            lambda: _("Who is at the desk?"),
            ask,
            ("F12",),
            "person",
            lambda: _("Everywhere"),
        )
