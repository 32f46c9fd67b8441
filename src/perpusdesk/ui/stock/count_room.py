"""The room of one stock-take: head, question, the last answer, and the lists."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.id_table import Fetch
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.stock import count_head, count_lists
from perpusdesk.ui.stock.count_answer import CountAnswer
from perpusdesk.ui.stock.count_head import CountHead
from perpusdesk.ui.stock.count_lists import CountLists


class Doings(count_head.Doings, count_lists.Doings, Protocol):
    """What the room's buttons ask for."""


class CountRoom(QWidget):
    """Lays the parts out; before the first scan a line tells what to do."""

    def __init__(
        self, doings: Doings, copies: count_lists.Copies, answer: CountAnswer, fetch: Fetch
    ) -> None:
        super().__init__()
        self.head = CountHead(doings)
        self.ask = AskCard()
        self.answer = answer
        self.hint = words("", "lead", "muted", wrap=True)
        self.lists = CountLists(doings, copies, fetch)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(12)
        for part in (self.head, self.ask, self.answer, self.hint):
            column.addWidget(part)
        column.addWidget(self.lists, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))

    def show_hint(self, *, running: bool) -> None:
        """Show the line before the first scan, where there will be one."""
        self.hint.setText(_("Scan the first copy on the shelf."))
        self.hint.setVisible(running and self.answer.isHidden())

    def show_busy(self) -> None:
        """Say that the end is being recorded: of many missing copies it takes a while."""
        self.hint.setText(_("Recording the end…"))
        self.hint.show()
