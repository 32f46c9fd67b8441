"""The desk's room: mode, hero, question, choices, and below them the visit or the day."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.circulation.modes import DESK_MODE, Mode
from perpusdesk.services.circulation.turn import Outcome, Turn
from perpusdesk.ui.desk.choices import Choices, Offer
from perpusdesk.ui.desk.day_panel import DayPanel
from perpusdesk.ui.desk.hero import Hero, Shown
from perpusdesk.ui.desk.loan_rows import LoanRows
from perpusdesk.ui.desk.mode_strip import ModeStrip
from perpusdesk.ui.desk.reason_bar import ReasonBar
from perpusdesk.ui.desk.visit_header import VisitHeader
from perpusdesk.ui.kit.buttons import button, primary_button
from perpusdesk.ui.kit.words import Divider


class Doings(Protocol):
    """What the room's own buttons ask of the page."""

    def renew(self, loan: UUID) -> None:
        """Renew one loan."""

    def renew_all(self) -> None:
        """Renew all loans of the visit."""

    def undo(self, action: UUID | None = None) -> None:
        """Take an action back."""

    def finish(self) -> None:
        """End the visit."""

    def leave_choice(self) -> None:
        """Choose none of the candidates."""

    def set_mode(self, mode: Mode) -> None:
        """Change what a scan means."""

    def ask_payment(self) -> None:
        """Ask how much is paid."""

    def slip(self) -> None:
        """Print the slip of the visit."""

    def whatsapp(self) -> None:
        """Copy the slip as a message."""


class DeskRoom(QWidget):
    """Lays the parts out and fills them from a turn."""

    def __init__(self, doings: Doings) -> None:
        super().__init__()
        self.mode = ModeStrip(lambda: doings.set_mode(DESK_MODE))
        self.header = VisitHeader()
        self._header_line = Divider()
        self.hero = Hero()
        self.reason = ReasonBar()
        self.choices = Choices(doings.leave_choice, _("None of these"))
        self.loans = LoanRows(doings.renew, doings.renew_all)
        self.day = DayPanel(doings.undo)
        self._visit = self._visit_part(doings)
        self._below = QStackedWidget()
        for part in (self._visit, self.day, self.choices):
            self._below.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(16)
        for part in (self.mode, self.header, self._header_line, self.hero, self.reason):
            column.addWidget(part)
        column.addWidget(self._below, 1)
        self.header.hide()
        self._header_line.hide()
        self._below.setCurrentWidget(self.day)

    @property
    def choosing(self) -> bool:
        """Whether candidates are offered."""
        return self._below.currentWidget() is self.choices

    def _visit_part(self, doings: Doings) -> QWidget:
        below = QWidget()
        steps = QHBoxLayout()
        steps.setSpacing(8)
        steps.addWidget(primary_button(_("Finish"), doings.finish, icon="check", keys="Esc"))
        steps.addWidget(button(_("Print slip"), doings.slip, icon="print", keys="Ctrl+P"))
        self.message = button(_("Copy for WhatsApp"), doings.whatsapp, icon="message")
        steps.addWidget(self.message)
        self.pay = button(_("Pay"), doings.ask_payment, icon="money", keys="F7")
        steps.addWidget(self.pay)
        steps.addStretch(1)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.loans, 1)
        column.addLayout(steps)
        return below

    def offer(self, offer: Offer) -> None:
        """Show candidates where the visit or the day was."""
        self.choices.offer(offer)
        self._below.setCurrentWidget(self.choices)

    def hide_answer(self) -> None:
        """Take the last answer away; the visit or the day stays."""
        self.hero.hide()

    def show_turn(self, turn: Turn, shown: Shown | None) -> None:
        """Show how the desk stands after a turn, and what the hero says of it."""
        if shown:
            self.hero.tell(shown)
        elif turn.outcome is not Outcome.NOTHING or not turn.visit:
            self.hero.hide()
        visit = turn.visit
        self.header.setVisible(visit is not None)
        self._header_line.setVisible(visit is not None)
        if visit is not None:
            self.header.show_member(visit)
            self.loans.show_loans(tuple(visit.loans))
            self.pay.setVisible(visit.balance > 0)
            self.message.setVisible(visit.whatsapp)
            self._below.setCurrentWidget(self._visit)
        elif turn.day is not None:
            self.day.show_day(turn.day)
            self.day.show_actions(turn.recent, turn.day.day)
            self.day.show_chores(turn.chores)
            self._below.setCurrentWidget(self.day)
