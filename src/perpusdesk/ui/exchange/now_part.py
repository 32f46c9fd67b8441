"""How the exchange stands now: one sentence, the last exchange, what waits and what came."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _
from perpusdesk.storage.queries.exchange_news import Passing
from perpusdesk.syncing.folder import FolderOutcome
from perpusdesk.syncing.status import Standing
from perpusdesk.ui.exchange import text
from perpusdesk.ui.exchange.reading import View
from perpusdesk.ui.kit.buttons import button, primary_button
from perpusdesk.ui.kit.cards import Card, StateWord
from perpusdesk.ui.kit.chosen_list import ChosenList
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.record_list import RowWords
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.theme import Tone
from perpusdesk.ui.kit.words import words


class NowPart(QWidget):
    """The buttons go out by signals."""

    exchange_asked = Signal()
    stick_asked = Signal()
    decide_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._moment = datetime.now().astimezone()
        self.state = StateWord()
        self.last = words("", wrap=True)
        self.trouble = words("", tone="muted", wrap=True)
        self.stick = words("", wrap=True)
        self.use = words("", "caption", "muted", wrap=True, figures=True)
        self.go = primary_button(
            _("Exchange now"), self.exchange_asked.emit, icon="exchange", keys="Ctrl+Enter"
        )
        self.decide = button("", self.decide_asked.emit, icon="decide")
        steps = Flow(
            self.go,
            button(_("Through a stick"), self.stick_asked.emit, icon="folder"),
            self.decide,
        )
        self.waits = ChosenList(
            _("Waits to be sent"), self._row, lambda _one: (), _("Nothing waits.")
        )
        self.came = ChosenList(
            _("Came today"), self._row, lambda _one: (), _("Nothing came today.")
        )
        card = Card()
        inner = QVBoxLayout(card)
        inner.setContentsMargins(24, 16, 24, 16)
        inner.setSpacing(8)
        for part in (self.state, self.last, self.trouble, self.stick):
            inner.addWidget(part)
        inner.addSpacing(4)
        inner.addWidget(steps)
        inner.addWidget(self.use)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        lists = QHBoxLayout()
        lists.setSpacing(32)
        for some in (self.waits, self.came):
            column = QVBoxLayout()
            column.addWidget(some)
            column.addStretch(1)
            lists.addLayout(column, 1)
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(0, 0, 8, 16)
        column.setSpacing(24)
        column.addWidget(card)
        column.addLayout(lists)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(room))
        self.stick.hide()

    def show_view(self, view: View, moment: datetime) -> None:
        """Show what waits and what came."""
        self._moment = moment
        for part, name, records in (
            (self.waits, _("Waits to be sent"), view.waiting),
            (self.came, _("Came today"), view.came),
        ):
            part.show_records(records)
            part.heading.setText(f"{name} ({number(sum(one.actions for one in records))})")
        self.use.setText(text.use(view.today, view.month))
        count = view.aboard.conflicts
        self.decide.setText(text.to_decide(count))
        self.decide.setAccessibleName(text.to_decide(count))
        self.decide.setVisible(bool(count))

    def show_standing(self, now: Standing, moment: datetime, *, running: bool) -> None:
        """Show how it stands."""
        icon = "exchange" if running else "clock" if now.waiting or not now.last else "check"
        tone: Tone = "ok" if icon == "check" else "text"
        self.state.say(icon, text.state(now, running=running), tone)
        self.last.setText(text.last(now, moment))
        trouble = "" if running else text.trouble(now)
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.go.setEnabled(not running)

    def show_stick(self, told: FolderOutcome | None, *, done: bool) -> None:
        """Show how far an exchange through a stick is, or what it came to."""
        if told is None:
            self.stick.hide()
            return
        said = text.stick_said(told) if done else text.stick_under_way(told)
        self.stick.setText("\n".join(part for part in (said, text.stick_odd(told)) if part))
        self.stick.show()

    def _row(self, one: Passing) -> RowWords:
        return text.passing_row(one, self._moment)
