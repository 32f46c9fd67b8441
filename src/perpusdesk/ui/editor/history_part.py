"""Who changed what in a title, and when; an earlier value goes back into the form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.cataloguing.title_changes import TitleChange
from perpusdesk.ui.editor.history import Group, can_restore, group_row, grouped
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.chosen_list import ChosenList
from perpusdesk.ui.kit.scrolled import scrolled


class HistoryPart(QWidget):
    """``restore_asked`` has the change whose earlier value is wanted."""

    restore_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.list = ChosenList(_("Changes"), group_row, self._steps, _("Nothing changed yet."))
        room = QWidget()
        inner = QVBoxLayout(room)
        inner.setContentsMargins(0, 8, 8, 16)
        inner.addWidget(self.list)
        inner.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(room))

    def show_changes(self, changes: Sequence[TitleChange]) -> None:
        """Show a title's changes, the latest first."""
        self.list.show_records(grouped(changes))

    def _steps(self, group: Group) -> Sequence[QPushButton]:
        change = group[0]
        if len(group) > 1 or not can_restore(change):
            return ()
        back = button(
            _("Put the earlier value back"), lambda: self.restore_asked.emit(change), icon="undo"
        )
        return (back,)
