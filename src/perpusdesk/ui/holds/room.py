"""The room of the holds' screen: two lists, side by side where there is room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.circulation.hold_lists import PickLine
from perpusdesk.storage.queries.holds import HoldLine
from perpusdesk.ui.holds import text
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.chosen_list import ChosenList, Steps
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.theme import scaled_font
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.shell.list_saving import save_button

Save = Callable[[], object]

_SIDE_BY_SIDE: Final = 120


class HoldsRoom(QWidget):
    """What to pick at the left (or above), what is kept at the right (or below)."""

    def __init__(self, pick: Steps, ready: Steps, print_list: Callable[[], object]) -> None:
        super().__init__()
        self.pick = ChosenList(
            _("To pick from the shelf"),
            text.pick_row,
            pick,
            _("Nothing to pick: no free copy here is waited for."),
        )
        self.ready = ChosenList(
            _("Kept to be collected"), text.ready_row, ready, _("Nothing is kept here.")
        )
        self.print = button(_("Print the pick list"), print_list, icon="print", keys="Ctrl+P")
        self.hint = words(_("Scan a copy to set it aside."), tone="muted", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.hint, 1)
        head.addWidget(self.print)
        room = QWidget()
        self._lists = QBoxLayout(QBoxLayout.Direction.TopToBottom, room)
        self._lists.setContentsMargins(0, 0, 8, 16)
        self._lists.setSpacing(32)
        for part in (self.pick, self.ready):
            self._lists.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        self._end = QVBoxLayout()
        self._end.addStretch(1)
        self._lists.addLayout(self._end, 0)
        self._saves: list[QPushButton] = []
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(scrolled(room), 1)

    def offer_saving(self, pick: Save, ready: Save, parts: Sequence[QWidget]) -> None:
        """Put a button beside each list's heading; ``parts`` ask and tell above the lists."""
        for place, part in enumerate(parts, 1):
            self._column.insertWidget(place, part)
        for of, save in ((self.pick, pick), (self.ready, ready)):
            step = save_button(of.rows.accessibleName(), save)
            of.add_step(step)
            self._saves.append(step)

    def show_holds(self, pick: Sequence[PickLine], ready: Sequence[HoldLine], search: str) -> None:
        """Fill both lists; ``search`` is what they are narrowed to."""
        scan, narrowed = _("Scan a copy to set it aside."), text.narrowed(search)
        self.hint.setText(narrowed if search else scan)
        self.pick.show_records(pick)
        self.ready.show_records(ready)
        self.print.setEnabled(bool(pick))
        for step, rows in zip(self._saves, (pick, ready), strict=True):
            step.setVisible(bool(rows))

    def into_list(self) -> None:
        """Move the keyboard into the first list that has rows."""
        for part in (self.pick, self.ready):
            if part.rows.rows.rowCount():
                part.rows.enter()
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the lists side by side where there is room."""
        super().resizeEvent(event)
        chars = self.width() // max(1, QFontMetrics(scaled_font()).averageCharWidth())
        side = chars >= _SIDE_BY_SIDE
        way = QBoxLayout.Direction
        self._lists.setDirection(way.LeftToRight if side else way.TopToBottom)
        for place in (0, 1):
            self._lists.setStretch(place, 1 if side else 0)
        self._lists.setStretch(2, 0 if side else 1)
