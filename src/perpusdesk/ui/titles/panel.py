"""The chosen title beside the list: facts, copies with their state, the queue, a copy's past."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.items import Condition
from perpusdesk.services.cataloguing.title_card import CopyLine, CopyState, TitleCard
from perpusdesk.services.results import LoanLine
from perpusdesk.storage.queries.holds import HoldLine
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.chosen_list import ChosenList
from perpusdesk.ui.kit.cover_label import CoverLabel
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.pairs import pairs
from perpusdesk.ui.kit.record_list import EDGE
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.theme import set_icon, set_tone, set_type
from perpusdesk.ui.kit.words import picture, words
from perpusdesk.ui.titles import text
from perpusdesk.ui.titles.member_pick import MemberPick

_LONG: Final = 60
"""Characters from which a title is set smaller."""

_GONE: Final = (CopyState.LOST, CopyState.MISSING)


class Doings(Protocol):
    """What the panel's buttons ask for."""

    def back_to_list(self) -> None:
        """Leave the panel where it covers the list."""

    def hold_for_visitor(self) -> None:
        """Place a hold for the member whose visit is open."""

    def hold_for_somebody(self) -> None:
        """Ask who is to wait."""

    def edit(self) -> None:
        """Change the title's record."""

    def copy_as_new(self) -> None:
        """Begin a new title as this one."""

    def cancel(self, line: HoldLine) -> None:
        """Cancel a hold."""

    def mark(self, copy: CopyLine, condition: Condition) -> None:
        """Enter a copy's condition."""

    def found(self, copy: CopyLine) -> None:
        """A lost or missing copy turned up."""

    def replaced(self, copy: CopyLine) -> None:
        """The member brought another copy for a lost one."""

    def history(self, copy: CopyLine) -> None:
        """Show a copy's loans."""

    def whole_history(self) -> None:
        """Show all that was done about the title and its copies, and by whom."""

    def whole_history_of(self, copy: CopyLine) -> None:
        """Show all that was done about a copy, and by whom."""

    def open_member(self, member: UUID) -> None:
        """Show a member's record."""


class TitlePanel(QWidget):
    """Shows one ``TitleCard``."""

    def __init__(self, doings: Doings) -> None:
        super().__init__()
        self._doings = doings
        self.back = quiet_button(_("Back to the list"), doings.back_to_list, keys="Esc")
        self.cover = CoverLabel()
        self.title = words("", "title", strong=True, wrap=True)
        self._under = words("", tone="muted", wrap=True)
        self._call = words("", "lead", wrap=True, figures=True)
        self._icon = picture("check", "ok", 20)
        self.shelf = words("", strong=True, wrap=True)
        self.for_visitor = primary_button("", doings.hold_for_visitor, icon="hold")
        self.for_somebody = button(_("Hold for a member"), doings.hold_for_somebody, keys="F8")
        self.edit = button(_("Edit title"), doings.edit, icon="edit", keys="F4")
        self.whole = quiet_button(_("Whole history"), doings.whole_history, icon="clock")
        self.pick, self.ask = MemberPick(), AskCard()
        self.copies = ChosenList(
            _("Copies"), text.copy_row, self._copy_steps, _("There is no copy of it yet.")
        )
        self.queue = ChosenList(
            _("Holds"), text.hold_row, self._hold_steps, _("Nobody is waiting.")
        )
        self.past = ChosenList(
            _("Loans of {barcode}").format(barcode=""),
            text.past_row,
            self._past_steps,
            _("This copy was never lent."),
        )
        self.whole_of_copy = quiet_button(_("Whole history"), self._whole_of_copy, icon="clock")
        self.past.add_step(self.whole_of_copy)
        self._told: CopyLine | None = None
        self.of_copies, self.below_copies = QVBoxLayout(), QVBoxLayout()
        self.more_steps: Callable[[CopyLine], Sequence[QPushButton]] = lambda _copy: ()
        self._facts = QVBoxLayout()
        self._facts_room: QWidget | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        state = QHBoxLayout()
        state.setSpacing(8)
        state.addWidget(self._icon)
        state.addWidget(self.shelf, 1)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        names = QVBoxLayout()
        names.setSpacing(8)
        for label in (self.title, self._under, self._call):
            names.addWidget(label)
        names.addLayout(state)
        names.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.cover, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(names, 1)
        column.addLayout(head)
        column.addWidget(Flow(self.for_visitor, self.for_somebody, self.edit, self.whole))
        column.addWidget(self.pick)
        column.addWidget(self.ask)
        room = QWidget()
        inner = QVBoxLayout(room)
        inner.setContentsMargins(4, 0, 8, 16)
        inner.setSpacing(16)
        inner.addLayout(column)
        inner.addLayout(self.of_copies)
        inner.addWidget(self.copies)
        inner.addLayout(self.below_copies)
        for part in (self.past, self.queue):
            inner.addWidget(part)
        inner.addLayout(self._facts)
        inner.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(room))

    def show_title(self, card: TitleCard, visitor: str) -> None:
        """Fill the panel; ``visitor`` is whose visit is open at the desk, if anybody's is."""
        known = card.facts
        whole = ": ".join(part for part in (known.title, known.subtitle) if part)
        self.title.setText(whole)
        self.cover.show_cover(known.title, card.cover)
        self.cover.setVisible(card.cover is not None)
        set_type(self.title, "lead" if len(whole) > _LONG else "title", strong=True)
        self._under.setText(known.responsibility or known.author)
        self._under.setVisible(bool(self._under.text()))
        self._call.setText(known.call_number)
        self._call.setVisible(bool(known.call_number))
        icon, sentence, tone = text.shelf(card)
        set_icon(self._icon, icon, tone, 20)
        set_tone(self.shelf, tone)
        self.shelf.setText(sentence)
        self.for_visitor.setVisible(bool(visitor))
        verb = _("Hold for {member}").format(member=visitor)
        self.for_visitor.setText(verb)
        self.for_visitor.setAccessibleName(verb)
        self.copies.show_records(card.copies)
        self.queue.show_records(card.holds)
        self.past.hide()
        self._show_facts(card)

    def show_past(self, copy: CopyLine, lines: Sequence[LoanLine]) -> None:
        """Show a copy's loans below the copies."""
        self._told = copy
        self.past.rename(_("Loans of {barcode}").format(barcode=copy.barcode))
        self.past.show_records(lines)
        self.past.show()

    def _whole_of_copy(self) -> None:
        if self._told is not None:
            self._doings.whole_history_of(self._told)

    def _show_facts(self, card: TitleCard) -> None:
        if self._facts_room is not None:
            self._facts_room.hide()
            self._facts.removeWidget(self._facts_room)
            self._facts_room.deleteLater()
        self._facts_room = pairs(text.facts(card), gap=8)
        self._facts_room.setContentsMargins(EDGE, 0, 0, 0)
        self._facts.addWidget(self._facts_room)

    def _copy_steps(self, copy: CopyLine) -> Sequence[QPushButton]:
        doings, more = self._doings, self.more_steps(copy)
        if len(self.copies.rows.selectionModel().selectedRows()) > 1:
            return more
        steps: list[QPushButton] = []

        def mark(verb: str, condition: Condition) -> None:
            steps.append(button(verb, lambda: doings.mark(copy, condition)))

        member = copy.member
        if copy.state is CopyState.ON_LOAN and member is not None:
            steps.append(button(_("Show the member"), lambda: doings.open_member(member)))
        elif copy.state in _GONE:
            steps.append(button(_("Found"), lambda: doings.found(copy), icon="check"))
            if copy.state is CopyState.LOST:
                steps.append(button(_("Was replaced"), lambda: doings.replaced(copy)))
            mark(_("Withdraw"), Condition.WITHDRAWN)
        elif copy.state in (CopyState.DAMAGED, CopyState.WITHDRAWN):
            mark(_("Good again"), Condition.GOOD)
            if copy.state is CopyState.DAMAGED:
                mark(_("Withdraw"), Condition.WITHDRAWN)
        else:
            mark(_("Damaged"), Condition.DAMAGED)
            mark(_("Missing"), Condition.MISSING)
            mark(_("Withdraw"), Condition.WITHDRAWN)
        steps.append(quiet_button(_("History"), lambda: doings.history(copy), icon="clock"))
        return [*more[:1], *steps, *more[1:]]

    def _hold_steps(self, line: HoldLine) -> Sequence[QPushButton]:
        doings = self._doings
        return (
            button(_("Cancel hold"), lambda: doings.cancel(line), icon="close"),
            quiet_button(_("Show the member"), lambda: doings.open_member(line.member)),
        )

    def _past_steps(self, line: LoanLine) -> Sequence[QPushButton]:
        show = quiet_button(_("Show the member"), lambda: self._doings.open_member(line.member))
        return (show,)
