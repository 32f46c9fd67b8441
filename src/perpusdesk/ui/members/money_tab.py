"""The member's money: what is owed, what can be done about it, and every entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpusdesk.common.formats import rupiah
from perpusdesk.common.i18n import _
from perpusdesk.storage.queries.money import MoneyLine
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.theme import set_tone
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.members import text


class Doings(Protocol):
    """What the tab's buttons ask for."""

    def ask_payment(self) -> None:
        """Ask how much is paid."""

    def ask_waiver(self) -> None:
        """Ask what is waived, and why."""

    def ask_charge(self) -> None:
        """Ask what is charged, and what for."""

    def ask_refund(self) -> None:
        """Ask what is given back, and why."""


class MoneyTab(QWidget):
    """Balance on top, the ledger below."""

    def __init__(self, doings: Doings) -> None:
        super().__init__()
        self.balance = words("", "lead", strong=True, wrap=True, figures=True)
        self.pay = button(_("Record payment"), doings.ask_payment, icon="money", keys="F7")
        self.waive = button(_("Waive"), doings.ask_waiver)
        self.charge = button(_("Charge"), doings.ask_charge)
        self.refund = button(_("Refund"), doings.ask_refund)
        self.steps = Flow(self.pay, self.waive, self.charge, self.refund)
        self.rows = RecordList(_("Entries"), text.money_row)
        self._none = words(_("No fines and no payments so far."), tone="muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        self.balance.setIndent(12)
        self._none.setIndent(12)
        self.steps.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.balance)
        column.addWidget(self.steps)
        column.addWidget(self._none)
        column.addWidget(self.rows, 1)
        column.addStretch(0)

    def show_money(self, balance: int, lines: Sequence[MoneyLine]) -> None:
        """Fill the tab."""
        if balance > 0:
            self.balance.setText(_("Owes {amount}").format(amount=rupiah(balance)))
        elif balance < 0:
            words_ = _("Has {amount} too much").format(amount=rupiah(-balance))
            self.balance.setText(words_)
        else:
            self.balance.setText(_("Owes nothing"))
        set_tone(self.balance, "bad" if balance > 0 else "text")
        self.pay.setVisible(balance > 0)
        self.waive.setVisible(balance > 0)
        self.refund.setVisible(balance < 0)
        self.rows.show_records(lines)
        self.rows.setVisible(bool(lines))
        self._none.setVisible(not lines)
