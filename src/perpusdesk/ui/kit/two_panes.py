"""A list with the chosen record beside it; where room is short the record covers the list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QWidget

from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.theme import scaled_font

_SIDE_BY_SIDE = 140
"""Width in average characters from which both have room."""


class TwoPanes(QWidget):
    """Left the list (``rows`` is the table in it), right the panel or what stands in its place.

    ``fitted`` tells the width in average characters whenever it changes. ``back`` is the panel's
    button that leads back to the list; it is shown only where the panel covers the list.
    """

    fitted = Signal(int)

    def __init__(
        self, left: QWidget, rows: RecordList, panel: QWidget, back: QPushButton, nobody: QWidget
    ) -> None:
        """Share the room evenly; see ``share``."""
        super().__init__()
        self.narrow, self._anything = False, True
        self._left, self._rows, self._panel, self._back = left, rows, panel, back
        self._nobody = nobody
        self._right = QStackedWidget()
        self._right.addWidget(nobody)
        self._right.addWidget(panel)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(32)
        row.addWidget(left, 5)
        row.addWidget(self._right, 5)
        rows.clicked.connect(lambda _index: self.uncover(panel=True))
        self._fit()

    def share(self, left: int, right: int) -> None:
        """Give the two panes these parts of the width."""
        self._row.setStretch(0, left)
        self._row.setStretch(1, right)

    def show_panel(self, *, uncover: bool) -> None:
        """Show the panel; ``uncover`` brings it before the list where only one has room."""
        self._right.setCurrentWidget(self._panel)
        if uncover:
            self.uncover(panel=True)

    def show_nobody(self) -> None:
        """Show that nothing is chosen."""
        self._right.setCurrentWidget(self._nobody)
        self._nobody.setVisible(self._anything)
        self.uncover(panel=False)

    def offer(self, *, anything: bool) -> None:
        """Ask to choose in the panel's place only where there is ``anything`` to choose."""
        self._anything = anything
        if self._right.currentWidget() is self._nobody:
            self._nobody.setVisible(anything)

    def uncover(self, *, panel: bool) -> None:
        """Where only one has room, bring the panel or the list to the front."""
        if self.narrow:
            here = panel and self._right.currentWidget() is self._panel
            self._left.setVisible(not here)
            self._right.setVisible(here)
            self._back.setVisible(here)

    def leave_panel(self) -> bool:
        """Go back to the list where the panel covers it; tell whether it did."""
        if self.narrow and not self._left.isVisibleTo(self):
            self.uncover(panel=False)
            self.into_list()
            return True
        return False

    def into_list(self) -> None:
        """Move the keyboard into the list."""
        self._rows.enter()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the panes out anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        chars = self.width() // max(1, QFontMetrics(scaled_font()).averageCharWidth())
        narrow = chars < _SIDE_BY_SIDE
        changed, self.narrow = narrow != self.narrow, narrow
        if narrow and changed:
            self.uncover(panel=False)
        elif not narrow:
            self._left.setVisible(True)
            self._right.setVisible(True)
            self._back.setVisible(False)
        self.fitted.emit(chars)
