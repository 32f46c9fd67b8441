"""What matters now: the note, blocks, what is borrowed, what is waited for, sets of books."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.formats import short_date
from perpusdesk.common.i18n import _
from perpusdesk.services.members.member_card import MemberCard
from perpusdesk.services.results import LoanLine
from perpusdesk.storage.queries.holds import HoldLine
from perpusdesk.storage.queries.member_records import BlockLine, KitLine
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.chosen_list import ChosenList
from perpusdesk.ui.kit.record_list import RowWords
from perpusdesk.ui.kit.words import picture, words
from perpusdesk.ui.members import text


class Doings(Protocol):
    """What the tab's buttons ask for."""

    def renew(self, line: LoanLine) -> None:
        """Renew a loan."""

    def claim(self, line: LoanLine) -> None:
        """Note, or withdraw, that the member says it was returned."""

    def ask_lost(self, line: LoanLine) -> None:
        """Ask how a lost copy is settled."""

    def open_title(self, title: object) -> None:
        """Show a title."""

    def ask_cancel_hold(self, line: HoldLine) -> None:
        """Ask why a hold is cancelled."""

    def ask_lift(self, block: BlockLine) -> None:
        """Ask why a block is lifted."""

    def ask_note(self) -> None:
        """Ask for the note."""


class NowTab(QWidget):
    """Parts that have nothing to say are hidden."""

    def __init__(self, doings: Doings) -> None:
        super().__init__()
        self._doings = doings
        self._note = words("", wrap=True)
        self._note_part = _part("note", self._note, quiet_button(_("Change"), doings.ask_note))
        self._note_part.setAccessibleName(_("Note"))
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(8)
        self.loans = ChosenList(
            _("Borrowed now"), text.loan_row, self._loan_steps, _("Nothing borrowed.")
        )
        self.holds = ChosenList(_("Holds"), text.hold_row, self._hold_steps, _("No holds."))
        self.kits = ChosenList(_("Sets of books"), _kit_row, lambda _kit: (), "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 8, 16)
        column.setSpacing(16)
        column.addWidget(self._note_part)
        column.addLayout(self._blocks)
        for part in (self.loans, self.holds, self.kits):
            column.addWidget(part)
        column.addStretch(1)

    def show_member(self, card: MemberCard) -> None:
        """Fill the tab."""
        self._note.setText(card.form.note)
        self._note_part.setVisible(bool(card.form.note))
        while (item := self._blocks.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for block in card.blocks:
            self._blocks.addWidget(self._block(block))
        self.loans.show_records(card.loans)
        self.holds.show_records(card.holds)
        self.kits.show_records(card.kits)
        self.kits.setVisible(bool(card.kits))

    def _block(self, block: BlockLine) -> QWidget:
        lift = button(_("Lift block"), lambda: self._doings.ask_lift(block))
        tone = "bad" if block.active else "muted"
        label = words(text.block_words(block), tone="bad" if block.active else "muted", wrap=True)
        return _part("blocked", label, lift, tone=tone)

    def _loan_steps(self, line: LoanLine) -> Sequence[QPushButton]:
        doings = self._doings
        claim = _("Has it after all") if line.claimed else _("Says it was returned")
        return (
            button(_("Renew"), lambda: doings.renew(line), icon="renew"),
            button(claim, lambda: doings.claim(line), icon="help"),
            button(_("Lost"), lambda: doings.ask_lost(line), icon="warning"),
            quiet_button(_("Title"), lambda: doings.open_title(line.title_id), icon="book"),
        )

    def _hold_steps(self, line: HoldLine) -> Sequence[QPushButton]:
        doings = self._doings
        return (
            button(_("Cancel hold"), lambda: doings.ask_cancel_hold(line), icon="close"),
            quiet_button(_("Title"), lambda: doings.open_title(line.title_id), icon="book"),
        )


def _kit_row(kit: KitLine) -> RowWords:
    out = _("{out} of {total} still out").format(out=kit.still_out, total=kit.total)
    due = _("due {date}").format(date=short_date(kit.due)) if kit.due else ""
    return RowWords(kit.name, kit.note, out, due, faded=not kit.still_out)


def _part(icon: str, label: QWidget, step: QPushButton, tone: str = "muted") -> QWidget:
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(12, 0, 0, 0)
    row.setSpacing(8)
    side = QVBoxLayout()
    side.addWidget(picture(icon, "bad" if tone == "bad" else "muted", 20))
    side.addStretch(1)
    row.addLayout(side)
    row.addWidget(label, 1)
    row.addWidget(step)
    return part
