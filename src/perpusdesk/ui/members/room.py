"""The room of the members' screen: list and panel side by side, or the form in their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.id_table import Fetch
from perpusdesk.ui.kit.two_panes import TwoPanes
from perpusdesk.ui.members.form_view import FormView
from perpusdesk.ui.members.list_pane import ListPane
from perpusdesk.ui.members.panel import Doings, MemberPanel

_WITH_FACETS: Final = 172
"""Width in average characters from which there is room for the facets as words at the left."""


class MembersRoom(QWidget):
    """Lays the parts out by the room there is."""

    def __init__(
        self,
        fetch: Fetch,
        doings: Doings,
        new: Callable[[], object],
        saving: Sequence[QWidget] = (),
    ) -> None:
        super().__init__()
        self.list = ListPane(fetch, new, saving)
        self.panel = MemberPanel(doings)
        self.form = FormView()
        why = _("Their loans, holds, money and record open here.")
        nobody = EmptyState("person", _("Choose a member"), why)
        self.panes = TwoPanes(self.list, self.list.rows, self.panel, self.panel.back, nobody)
        self.panes.fitted.connect(self._fit)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.panes)
        self._stack.addWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.addWidget(self._stack)

    def _fit(self, chars: int) -> None:
        """Where the facets stand beside the rows, names still have room to be read whole."""
        roomy = chars >= _WITH_FACETS
        self.list.show_as(roomy=roomy)
        self.panes.share(*((11, 9) if roomy else (5, 5)))

    @property
    def form_open(self) -> bool:
        """Whether the form is in front."""
        return self._stack.currentWidget() is self.form

    def show_form(self, on: bool) -> None:
        """Bring the form to the front, or list and panel."""
        self._stack.setCurrentWidget(self.form if on else self.panes)

    def into_panel(self) -> None:
        """Move the keyboard into the panel."""
        self.panes.uncover(panel=True)
        first = self.panel.steps.row.itemAt(0)
        widget = first.widget() if first else None
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
