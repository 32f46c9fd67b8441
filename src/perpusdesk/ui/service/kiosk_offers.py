"""What visitors may say at the kiosk: a title they wish for, or what they think; nothing stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.complaints import Channel, Kind
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.complaints import NewComplaint, register
from perpusdesk.services.feedback.wish_lists import WishLine, public_wishes
from perpusdesk.services.feedback.wishes import WishForm, vote, wish_or_vote
from perpusdesk.services.results import Done
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.services.wording.service import kind_name
from perpusdesk.ui.kit.accessible import announce, named
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.theme import set_tone, set_type
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.service import text

IDLE_MS: Final = 60_000
THANKS_MS: Final = 2_500
_TALL: Final = 56
_MOST: Final = 4
"""Wishes of others that are offered: all in sight at 1366x768."""
_LONGEST: Final = 1_000

Answer = Done[Any] | Refused


class KioskOffer(QWidget):
    """A page of the kiosk. ``left`` tells that its visitor goes; whatever hides it forgets."""

    left = Signal()

    def __init__(
        self, desk: Desk, tasks: Tasks, *, idle_ms: int = IDLE_MS, thanks_ms: int = THANKS_MS
    ) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._turn = 0
        self.first: QWidget = self
        self.said = words("", "lead", strong=True, wrap=True)
        self._idle, self._thanks = QTimer(self), QTimer(self)
        for clock, span in ((self._idle, idle_ms), (self._thanks, thanks_ms)):
            clock.setSingleShot(True)
            clock.setInterval(span)
            clock.timeout.connect(self.left)
        self.room = QWidget()
        self.column = QVBoxLayout(self.room)
        self.column.setContentsMargins(4, 4, 16, 4)
        self.column.setSpacing(16)
        self.back = quiet_button(_("Back"), self.left.emit, icon="chevron-left")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(16)
        whole.addWidget(scrolled(self.room), 1)
        whole.addWidget(_large(self.back), 0, Qt.AlignmentFlag.AlignLeft)

    def begin(self) -> QWidget:
        """Be ready for a visitor, and return itself to be shown."""
        self.forget()
        self._idle.start()
        return self

    def forget(self) -> None:
        """Let go of what was typed and said."""
        self._turn += 1
        self._idle.stop()
        self._thanks.stop()
        self.say("")

    def say(self, told: str, *, good: bool = False) -> None:
        """Say what came of it."""
        self.said.setText(told)
        self.said.setVisible(bool(told))
        set_tone(self.said, "ok" if good else "warn")
        if told:
            announce(self.said, told)

    def wake(self) -> None:
        """Somebody is typing."""
        if self.isVisible() and not self._thanks.isActive():
            self._idle.start()

    def do(self, work: Callable[[], Answer]) -> None:
        """Do it for this visitor; who has gone meanwhile is told nothing."""
        turn = self._turn

        def told() -> tuple[Answer, str]:
            answer = work()
            said = say_refusal(answer, self._desk) if isinstance(answer, Refused) else None
            return answer, said.what if said else ""

        def show(pair: tuple[Answer, str]) -> None:
            answer, refusal = pair
            if turn != self._turn:
                return
            if isinstance(answer, Refused):
                self.say(_ask_staff(answer, refusal))
            else:
                self.say(_("Thank you. It was passed on to the library."), good=True)
                self._idle.stop()
                self._thanks.start()

        self._tasks.run(told, show, owner=self)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the visitor type at once, when the window has settled."""
        super().showEvent(event)
        QTimer.singleShot(0, self._take_keyboard)

    def _take_keyboard(self) -> None:
        if self.isVisible():
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget what was not sent."""
        self.forget()
        super().hideEvent(event)


class WishOffer(KioskOffer):
    """A title to wish for, or a vote for what others wish for."""

    def __init__(self, desk: Desk, tasks: Tasks, **times: int) -> None:
        super().__init__(desk, tasks, **times)
        self.title, self.author = _line(_("Title of the book")), _line(_("Author, if you know"))
        for edit in (self.title, self.author):
            edit.textEdited.connect(lambda _text: self.wake())
            edit.returnPressed.connect(self.send)
        self.first = self.title
        self.go = _large(primary_button(_("Send the wish"), self.send))
        self._others = words(_("Or support what others wish for"), "lead", strong=True, wrap=True)
        self.votes: list[QPushButton] = []
        self._votes = QWidget()
        self._list = QVBoxLayout(self._votes)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(8)
        heading = words(_("Which book do you miss here?"), "title", strong=True, wrap=True)
        for part in (heading, self.title, self.author, self.said):
            self.column.addWidget(part)
        self.column.addWidget(Flow(self.go))
        self.column.addWidget(self._others)
        self.column.addWidget(self._votes)
        self.column.addStretch(1)

    def begin(self) -> QWidget:
        """Look what others wish for."""
        super().begin()
        self._show(())
        self._tasks.run(lambda: public_wishes(self._desk)[:_MOST], self._show, owner=self)
        return self

    def forget(self) -> None:
        """Empty the fields."""
        super().forget()
        for edit in (self.title, self.author):
            edit.clear()

    def send(self) -> None:
        """Pass the wish on; a known one gets a vote."""
        form = WishForm(self.title.text(), self.author.text())
        if not self._thanks.isActive():
            self.do(lambda: wish_or_vote(self._desk, form, "kiosk"))

    def _vote(self, line: WishLine) -> None:
        if not self._thanks.isActive():
            self.do(lambda: vote(self._desk, line.id, 1, "kiosk"))

    def _show(self, lines: Sequence[WishLine]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.votes = [self._vote_button(line) for line in lines]
        for made in self.votes:
            self._list.addWidget(made)
        self._others.setVisible(bool(lines))

    def _vote_button(self, line: WishLine) -> QPushButton:
        said = text.joined(line.row.title[:60], line.row.author[:30], text.votes(line.row.votes))
        return _large(button(said, lambda: self._vote(line), icon="plus"))


class SayOffer(KioskOffer):
    """A suggestion, a complaint or praise, without a name."""

    def __init__(self, desk: Desk, tasks: Tasks, **times: int) -> None:
        super().__init__(desk, tasks, **times)
        self.edit = QPlainTextEdit()
        self.first = self.edit
        self.edit.setTabChangesFocus(True)
        self.edit.setMinimumHeight(160)
        set_type(self.edit, "lead")
        named(self.edit, _("Your message"))
        self.edit.textChanged.connect(self.wake)
        hint = _("Without your name. Ask at the desk if you want an answer.")
        self.sends = [
            _large(button(kind_name(kind), self._sender(kind), icon="message"))
            for kind in (Kind.SUGGESTION, Kind.COMPLAINT, Kind.PRAISE)
        ]
        heading = words(_("What would you like to tell us?"), "title", strong=True, wrap=True)
        send = words(_("Send it as"), "lead", strong=True)
        for part in (heading, words(hint, "lead", "muted", wrap=True), self.edit, self.said, send):
            self.column.addWidget(part)
        self.column.addWidget(Flow(*self.sends))
        self.column.addStretch(1)

    def forget(self) -> None:
        """Empty the field, its steps back too."""
        super().forget()
        self.edit.setPlainText("")

    def _sender(self, kind: Kind) -> Callable[[], None]:
        def send() -> None:
            said = self.edit.toPlainText()[:_LONGEST]
            if not self._thanks.isActive():
                new = NewComplaint(said, kind, channel=Channel.KIOSK)
                self.do(lambda: register(self._desk, new))

        return send


def _line(label: str) -> QLineEdit:
    edit = QLineEdit()
    edit.setMaxLength(200)
    edit.setPlaceholderText(label)
    edit.setMinimumHeight(_TALL)
    set_type(edit, "lead")
    named(edit, label)
    return edit


def _large(made: QPushButton) -> QPushButton:
    set_type(made, "lead")
    made.setMinimumHeight(_TALL)
    return made


def _ask_staff(answer: Refused, said: str) -> str:
    if answer.reason is Reason.WISH_OWNED:
        return f"{said} {_('Ask at the desk where it stands.')}"
    return said
