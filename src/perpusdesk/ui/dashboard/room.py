"""The room of the dashboard: which month and where, the tiles, and the charts in two columns."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.figures.months import moved
from perpusdesk.services.figures.dashboard import TILES, Dashboard, Scope
from perpusdesk.services.wording.measures import month_title
from perpusdesk.ui.dashboard import text
from perpusdesk.ui.dashboard.asked import Asked
from perpusdesk.ui.dashboard.charts import Charts
from perpusdesk.ui.dashboard.tile import FigureTile
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.forms import Choice
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.words import words

_HALF: Final = len(TILES) // 2
_NARROW: Final = 125
"""Below so many figures' widths the charts stand in one column, and the tiles in two rows."""


class DashboardRoom(QWidget):
    """Shows a dashboard. ``scope_changed``: another month or place; ``asked``: what is behind."""

    scope_changed = Signal()
    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.month: Choice[str] = Choice([])
        self.branch: Choice[UUID | None] = Choice([])
        self.stop: Choice[UUID | None] = Choice([])
        for choice in (self.month, self.branch, self.stop):
            choice.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        self.month.setAccessibleName(_("Month"))
        self.branch.setAccessibleName(_("Branch"))
        self.stop.setAccessibleName(_("Stop"))
        self.note = words("", "caption", "muted")
        self.tiles = {name: FigureTile(name) for name in TILES}
        self.charts = Charts()
        self._front = TILES[0]
        self._offered: tuple[list[str], list[tuple[str, UUID]]] = ([], [])
        self._board: Dashboard | None = None
        self._build()
        for tile in self.tiles.values():
            tile.chosen.connect(self.show_measure)
            tile.origin_asked.connect(self._ask_of_tile)
        self.charts.asked.connect(self._ask)
        for choice in (self.month, self.branch, self.stop):
            choice.activated.connect(lambda _place: self.scope_changed.emit())

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        for choice in (self.month, self.branch, self.stop):
            top.addWidget(choice)
        top.addWidget(self.note, 1)
        self._tile_rows = [QHBoxLayout(), QHBoxLayout()]
        for place, tile in enumerate(self.tiles.values()):
            self._tile_rows[place // _HALF].addWidget(tile, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 24)
        column.setSpacing(16)
        tiles = self._tile_box = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        tiles.setSpacing(16)
        for row in self._tile_rows:
            row.setSpacing(16)
            tiles.addLayout(row)
        column.addLayout(tiles)
        self._pairs: list[QHBoxLayout] = []
        for left, right in self.charts.pairs:
            row = QHBoxLayout()
            row.setSpacing(16)
            row.addWidget(left, 1)
            row.addWidget(right, 1)
            self._pairs.append(row)
            column.addLayout(row)
        column.addStretch(1)
        self.page = scrolled(content)
        self.nothing = EmptyState(
            "reports",
            _("There are no figures yet."),
            _("They come by themselves from what is counted at the door and at the desk."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.page)
        self._stack.addWidget(self.nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addLayout(top)
        whole.addWidget(self._stack, 1)

    def resizeEvent(self, event: Any) -> None:
        """Put the charts below each other where there is little room."""
        super().resizeEvent(event)
        narrow = self.width() < self.fontMetrics().horizontalAdvance("0") * _NARROW
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._tile_box.setDirection(way)
        for row in self._pairs:
            row.setDirection(way)

    # -- what is chosen --------------------------------------------------------------------------

    def offer(self, months: list[str], branches: list[tuple[str, UUID]]) -> None:
        """Offer months and branches; what is chosen stays, if it is offered still."""
        if self._offered == (months, branches):
            return
        self._offered = (months, branches)
        month, branch = self.month.value(), self.branch.value()
        self.month.set_options([(month_title(one), one) for one in months])
        if month in months:
            self.month.choose(month)
        everywhere: list[tuple[str, UUID | None]] = [(_("All branches"), None)]
        self.branch.set_options([*everywhere, *branches])
        if branch in [one for _name, one in branches]:
            self.branch.choose(branch)

    def offer_stops(self, stops: list[tuple[str, UUID]]) -> None:
        """Offer the stops of the chosen van; hidden where there are none."""
        chosen = self.stop.value()
        every: list[tuple[str, UUID | None]] = [(_("All stops"), None)]
        self.stop.set_options([*every, *stops])
        self.stop.setVisible(bool(stops))
        if chosen in [one for _name, one in stops]:
            self.stop.choose(chosen)

    def scope(self) -> Scope:
        """Return what is wanted now."""
        return Scope(self.month.value() or "", self.branch.value(), self.stop.value())

    # -- what is shown ---------------------------------------------------------------------------

    def show_waiting(self, days: int) -> None:
        """Say how much is still to be counted."""
        self.note.setText(text.waiting_said(days) if days > 1 else "")

    def show_board(self, board: Dashboard) -> None:
        """Show a dashboard."""
        self._board = board
        self._stack.setCurrentIndex(0 if board.anything else 1)
        before = moved(board.scope.month, -12)
        for tile in board.tiles:
            self.tiles[tile.measure].show_tile(tile, before)
        self.charts.show_board(board)
        self.show_measure(self._front)

    def show_measure(self, measure: str) -> None:
        """Show one of the figures as the line over the year."""
        self._front = measure
        for name, tile in self.tiles.items():
            tile.set_front(front=name == measure)
        if self._board is not None:
            self.charts.show_trend(self._board, measure)

    # -- what is asked ---------------------------------------------------------------------------

    def _ask_of_tile(self, measure: str) -> None:
        if self._board is not None:
            month = self._board.scope.month
            self.asked.emit(Asked(measure, month, month))

    def _ask(self, asked: Asked) -> None:
        self.asked.emit(asked)
