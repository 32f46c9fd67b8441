"""The room of the exchange's screen: its parts as tabs; or, for a library alone, how to connect."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.library.devices import DeviceLine
from perpusdesk.storage.exchange_log import ExchangeEntry
from perpusdesk.ui.exchange import text
from perpusdesk.ui.exchange.checks import Check, check_row
from perpusdesk.ui.exchange.line_part import LinePart
from perpusdesk.ui.exchange.lists_part import ListPart
from perpusdesk.ui.exchange.now_part import NowPart
from perpusdesk.ui.exchange.reading import View
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.record_list import RowWords
from perpusdesk.ui.kit.words import words

_PLACES: Final = ("now", "history", "devices", "line", "trip")
"""The parts, from left to right, as the manual's table names them."""


class ExchangeRoom(QWidget):
    """``turned`` tells that another tab is in front."""

    turned = Signal()
    join_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._moment = datetime.now().astimezone()
        self.now = NowPart()
        self.history = ListPart(
            _("Exchanges"),
            self._history_row,
            EmptyState("clock", _("No exchange yet"), _("Each exchange will be listed here.")),
        )
        self.devices = ListPart(
            _("Devices of the library"),
            self._device_row,
            EmptyState("devices", _("No other device is known")),
        )
        self.line = LinePart()
        self.trip = ListPart(
            _("Ready to leave"), check_row, EmptyState("check", _("Nothing to check"))
        )
        self.back = ListPart(_("Back again"), check_row, EmptyState("check", _("Nothing to check")))
        self.tabs = QTabBar()
        self._stack = QStackedWidget()
        self.alone = EmptyState(
            "saved",
            _("Everything is saved on this computer"),
            _(
                "This library is not connected to a server. With one, branches and vans share the"
                " same catalogue, members and loans. Ask the library's administrator for a code."
            ),
            main=(_("Join with a code"), self.join_asked.emit),
        )
        self._rooms = QStackedWidget()
        self._lay_out()

    @property
    def help_place(self) -> str:
        """The name of the part in front."""
        return _PLACES[self.tabs.currentIndex()]

    def show_view(self, view: View, moment: datetime) -> None:
        """Show everything."""
        self._moment = moment
        enrolled = view.standing.enrolled
        self._rooms.setCurrentIndex(0 if enrolled else 1)
        self.now.show_view(view, moment)
        self.history.show_records(view.history, text.use(view.today, view.month))
        self.devices.show_records(view.devices, "")
        self.line.show_view(view, moment)
        self.tabs.setTabVisible(4, view.van)

    def show_trip(self, leaving: list[Check], back: list[Check]) -> None:
        """Show the checks of a van."""
        self.trip.show_records(leaving, _("Before you leave"))
        self.back.show_records(back, _("When you are back"))

    def _lay_out(self) -> None:
        tabs = self.tabs
        tabs.setAccessibleName(_("Parts of this screen"))
        tabs.setDrawBase(False)
        tabs.setExpanding(False)
        tabs.setUsesScrollButtons(False)
        for name in (
            _("Now"),
            _("History"),
            _("Devices"),
            _("Connection"),
            _("Ready to leave"),
        ):
            tabs.addTab(name)
        tabs.setTabVisible(4, False)
        for part in (self.now, self.history, self.devices, self.line, self._trips()):
            self._stack.addWidget(part)
        parts = QWidget()
        column = QVBoxLayout(parts)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(12)
        column.addWidget(tabs, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(4)
        column.addWidget(self._stack, 1)
        self._rooms.addWidget(parts)
        self._rooms.addWidget(self.alone)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(words(text.title(), "title", strong=True))
        whole.addWidget(self._rooms, 1)
        tabs.currentChanged.connect(self._turned)

    def _trips(self) -> QWidget:
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(32)
        row.addWidget(self.trip, 3)
        row.addWidget(self.back, 2)
        return room

    def _turned(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.turned.emit()

    def _history_row(self, one: ExchangeEntry) -> RowWords:
        return text.history_row(one, self._moment)

    def _device_row(self, one: DeviceLine) -> RowWords:
        return text.device_row(one, self._moment)
