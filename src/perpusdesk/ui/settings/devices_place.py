"""Where the chosen device works: at a branch, or in a van."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.library.devices import DeviceLine
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.settings import devices_text as text


class PlacePart(QWidget):
    """``set_asked`` carries the branch that was chosen."""

    set_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.branch: Choice[UUID | None] = Choice([])
        self.branch.activated.connect(lambda _place: self._follow())
        self.field = Field(_("Works at"), self.branch, hint=text.place_why())
        self.set = button(_("Set branch"), self._ask)
        self._branches: Sequence[tuple[str, UUID]] = ()
        self._shown: UUID | None = None
        self._may = False
        row = QHBoxLayout()
        row.addWidget(self.set)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.field)
        column.addLayout(row)

    def offer(self, branches: Sequence[tuple[str, UUID]]) -> None:
        """Offer these branches (name, id)."""
        self._branches = branches

    def show_line(self, line: DeviceLine | None, *, may: bool) -> None:
        """Show where a device works; ``may``: it can be sent elsewhere from here."""
        known = {id_ for _name, id_ in self._branches}
        self._shown = line.branch if line and line.branch in known else None
        self._may = may
        none: list[tuple[str, UUID | None]] = [("–", None)] if self._shown is None else []
        self.branch.set_options([*none, *self._branches])
        self.branch.choose(self._shown)
        self.branch.setEnabled(may)
        self._follow()

    def _follow(self) -> None:
        self.set.setEnabled(self._may and self.branch.value() not in (None, self._shown))

    def _ask(self) -> None:
        if (branch := self.branch.value()) is not None:
            self.set_asked.emit(branch)
