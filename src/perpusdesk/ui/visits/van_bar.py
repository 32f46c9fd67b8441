"""Where a van stands: begin and end a stop, with what was counted there so far."""

from __future__ import annotations

from typing import Final, Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _
from perpusdesk.services.visits.stops import VanNow
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.cards import Card
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.visits import text

_BOTTOM: Final = Qt.AlignmentFlag.AlignBottom


class VanDoings(Protocol):
    """What the bar's buttons ask for."""

    def begin_stop(self, stop: UUID, odometer: int | None) -> None:
        """Begin a stay at a stop."""

    def end_stop(self, odometer: int | None) -> None:
        """End the stay."""

    def show_places(self) -> None:
        """Show where stops are entered."""

    def print_stops(self) -> None:
        """Print what the van did at its stops."""


class VanBar(Card):
    """Hidden where the branch is no van."""

    def __init__(self, doings: VanDoings) -> None:
        super().__init__()
        self._doings = doings
        self.stop: Choice[UUID] = Choice([])
        self.from_km, self.until_km = _kilometres(), _kilometres()
        self.said = words("", "lead", strong=True, wrap=True)
        self.begin = button(_("Begin the stop"), self._begin, icon="home")
        self.end = button(_("End the stop"), self._end, icon="check")
        self._none = words(_("This van has no stops yet."), "lead", strong=True, wrap=True)
        self._ways = (self._standing(), self._moving(), self._empty())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        for way in self._ways:
            column.addWidget(way)
        self.hide()

    def show_van(self, now: VanNow | None) -> None:
        """Show where the van stands, or what may be begun."""
        self.setVisible(now is not None)
        if now is None:
            return
        if now.stay is not None:
            self.set_tone("ok")
            self.said.setText(text.stay_line(now.stay, now.figures))
            self._show(0)
            return
        self.set_tone(None)
        self._show(1 if now.stops else 2)
        chosen = now.likely or self.stop.value()
        self.stop.set_options([(text.stop_name(one), one.id) for one in now.stops])
        if chosen in [one.id for one in now.stops]:
            self.stop.choose(chosen)
        shown = _("last: {km}").format(km=number(now.odometer)) if now.odometer else ""
        self.from_km.setPlaceholderText(shown)

    def _show(self, place: int) -> None:
        for which, way in enumerate(self._ways):
            way.setVisible(which == place)

    def _standing(self) -> QWidget:
        whole = QWidget()
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.said, 1)
        row.addWidget(Field(_("Odometer (km)"), self.until_km), 0, _BOTTOM)
        row.addWidget(self.end, 0, _BOTTOM)
        report = quiet_button(_("Stop report"), self._doings.print_stops, icon="print")
        row.addWidget(report, 0, _BOTTOM)
        return whole

    def _moving(self) -> QWidget:
        whole = QWidget()
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight, whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(Field(_("Stopping place"), self.stop), 1, _BOTTOM)
        row.addWidget(Field(_("Odometer (km)"), self.from_km), 0, _BOTTOM)
        row.addWidget(self.begin, 0, _BOTTOM)
        report = quiet_button(_("Stop report"), self._doings.print_stops, icon="print")
        row.addWidget(report, 0, _BOTTOM)
        return whole

    def _empty(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._none)
        column.addWidget(Flow(button(_("Enter stops"), self._doings.show_places, icon="plus")))
        return whole

    def _begin(self) -> None:
        stop = self.stop.value()
        if stop is not None:
            self._doings.begin_stop(stop, _figure(self.from_km))
            self.from_km.clear()

    def _end(self) -> None:
        self._doings.end_stop(_figure(self.until_km))
        self.until_km.clear()


def _kilometres() -> QLineEdit:
    edit = QLineEdit()
    edit.setMaxLength(9)
    edit.setMaximumWidth(9 * edit.fontMetrics().horizontalAdvance("0") + 48)
    return edit


def _figure(edit: QLineEdit) -> int | None:
    digits = edit.text().replace(".", "").replace(" ", "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() else None
