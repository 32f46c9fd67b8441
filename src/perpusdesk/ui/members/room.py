"""The room of the members' screen: list and panel side by side, one over the other, or the form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.id_table import Fetch
from perpusdesk.ui.kit.theme import scaled_font
from perpusdesk.ui.members.form_view import FormView
from perpusdesk.ui.members.list_pane import ListPane
from perpusdesk.ui.members.panel import Doings, MemberPanel

_SIDE_BY_SIDE = 108
_WITH_FACETS = 134
"""Widths in average characters from which there is room for the panel, and for the facets too."""


class MembersRoom(QWidget):
    """Lays the parts out by the room there is."""

    def __init__(self, fetch: Fetch, doings: Doings, new: Callable[[], object]) -> None:
        super().__init__()
        self._narrow = False
        self.list = ListPane(fetch, new)
        self.panel = MemberPanel(doings)
        self.form = FormView()
        self._right = QStackedWidget()
        why = _("Their loans, holds, money and record open here.")
        self._nobody = EmptyState("person", _("Choose a member"), why)
        self._right.addWidget(self._nobody)
        self._right.addWidget(self.panel)
        self._both = QWidget()
        row = QHBoxLayout(self._both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(32)
        row.addWidget(self.list, 5)
        row.addWidget(self._right, 5)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._both)
        self._stack.addWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.addWidget(self._stack)
        self._fit()

    @property
    def form_open(self) -> bool:
        """Whether the form is in front."""
        return self._stack.currentWidget() is self.form

    @property
    def narrow(self) -> bool:
        """Whether the panel covers the list."""
        return self._narrow

    def show_form(self, on: bool) -> None:
        """Bring the form to the front, or list and panel."""
        self._stack.setCurrentWidget(self.form if on else self._both)

    def show_member(self, *, uncover: bool) -> None:
        """Show the panel; ``uncover`` brings it before the list where only one has room."""
        self._right.setCurrentWidget(self.panel)
        if uncover:
            self.uncover(panel=True)

    def show_nobody(self) -> None:
        """Show that nobody is chosen."""
        self._right.setCurrentWidget(self._nobody)
        self.uncover(panel=False)

    def uncover(self, *, panel: bool) -> None:
        """Where only one has room, bring the panel or the list to the front."""
        if not self._narrow:
            return
        here = panel and self._right.currentWidget() is self.panel
        self.list.setVisible(not here)
        self._right.setVisible(here)
        self.panel.back.setVisible(here)

    def leave_panel(self) -> bool:
        """Go back to the list where the panel covers it; tell whether it did."""
        if self._narrow and not self.list.isVisibleTo(self):
            self.uncover(panel=False)
            self.into_list()
            return True
        return False

    def into_list(self) -> None:
        """Move the keyboard into the list."""
        rows = self.list.rows
        rows.setFocus(Qt.FocusReason.OtherFocusReason)
        if not rows.currentIndex().isValid() and rows.rows.rowCount():
            rows.selectRow(0)

    def into_panel(self) -> None:
        """Move the keyboard into the panel."""
        self.uncover(panel=True)
        first = self.panel.steps.row.itemAt(0)
        widget = first.widget() if first else None
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the parts out anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        chars = self.width() / max(1, QFontMetrics(scaled_font()).averageCharWidth())
        self.list.show_as(roomy=chars >= _WITH_FACETS)
        narrow = chars < _SIDE_BY_SIDE
        changed = narrow != self._narrow
        self._narrow = narrow
        if narrow and changed:
            self.uncover(panel=False)
        elif not narrow:
            self.list.setVisible(True)
            self._right.setVisible(True)
            self.panel.back.setVisible(False)
