"""Answering a survey on a tablet or at the kiosk: one question per page, nothing left behind.

After a while without a touch, and after each form, everything typed is forgotten.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.common.i18n import _
from perpusdesk.domain.surveys.answers import Value, faults_of
from perpusdesk.domain.surveys.form import Form, Question, SurveyKind
from perpusdesk.services.wording.surveys import answer_fault
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.theme import set_icon, set_type
from perpusdesk.ui.kit.words import picture, words
from perpusdesk.ui.surveys.answer_pages import TARGET, QuestionPage

IDLE_MS: Final = 90_000
"""Without a touch for so long, somebody has gone away: the answers are thrown away."""
THANKS_MS: Final = 6_000


class Answering(QWidget):
    """``given`` carries the answers of one respondent; ``left`` tells that somebody goes away.

    Whoever shows it keeps the answers and then calls ``thank`` or ``say_problem``.
    """

    given = Signal(object)
    left = Signal()

    def __init__(
        self,
        *,
        idle_ms: int = IDLE_MS,
        thanks_ms: int = THANKS_MS,
        idle_at_start: bool = False,
    ) -> None:
        """``idle_at_start``: who leaves the first page alone has gone away too."""
        super().__init__()
        self._idle_at_start = idle_at_start
        self._form = Form(SurveyKind.FREE, "")
        self._asked: tuple[Question, ...] = ()
        self._answers: dict[str, Value] = {}
        self._place = -1
        self.page: QuestionPage | None = None
        self._room: QWidget | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(idle_ms)
        self._idle.timeout.connect(self.leave)
        self._thanked = QTimer(self)
        self._thanked.setSingleShot(True)
        self._thanked.setInterval(thanks_ms)
        self._thanked.timeout.connect(self.leave)
        self._lay_out()

    def _lay_out(self) -> None:
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(8)
        self.progress.setAccessibleName(_("How far the form is answered"))
        self.where = words("", "body", "muted", figures=True)
        self._middle = QVBoxLayout()
        self._middle.setContentsMargins(0, 0, 0, 0)
        self.problem = words("", "body", "bad", wrap=True)
        self.back = button(_("Back"), self.go_back, icon="chevron-left")
        self.next = primary_button(_("Next"), self.go_on)
        self.stop = quiet_button(_("Stop"), self.leave)
        for one in (self.back, self.next, self.stop):
            one.setMinimumHeight(TARGET)
            one.setMinimumWidth(2 * TARGET)
            set_type(one, "lead")
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.stop)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(12)
        column.addWidget(self.progress)
        column.addWidget(self.where)
        column.addLayout(self._middle, 1)
        column.addWidget(self.problem)
        column.addLayout(foot)

    # --- the way through the form --------------------------------------------------------------

    def show_form(self, form: Form) -> None:
        """Begin with the first page of a form, with no answers."""
        self._form, self._asked = form, form.asked
        self.reset()

    def reset(self) -> None:
        """Forget every answer and show the first page again."""
        self._thanked.stop()
        self._idle.stop()
        self._answers = {}
        self._place = -1
        self._show()

    def leave(self) -> None:
        """Forget every answer, and tell that nobody is here any more."""
        self.reset()
        self.left.emit()

    def go_on(self) -> None:
        """Show the next page; after the last one hand the answers over."""
        if self._place >= 0 and not self._sound():
            return
        if self._place + 1 < len(self._asked):
            self._place += 1
            self._show()
        elif self._answers:
            self.next.setEnabled(False)
            self.given.emit(dict(self._answers))
        else:
            self.say_problem(_("Nothing was answered yet."))

    def go_back(self) -> None:
        """Show the page before."""
        self._place = max(-1, self._place - 1)
        self._show()

    def thank(self) -> None:
        """Say thanks, forget the answers, and soon go back to the first page."""
        self._answers = {}
        self._place = len(self._asked)
        self._show()
        self._thanked.start()

    def say_problem(self, text: str) -> None:
        """Say what is in the way; the answers stay."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.next.setEnabled(True)

    @property
    def answers(self) -> dict[str, Value]:
        """What was answered so far."""
        return dict(self._answers)

    @property
    def question(self) -> Question | None:
        """The question in front; ``None`` before the first and after the last."""
        return self._asked[self._place] if 0 <= self._place < len(self._asked) else None

    def _sound(self) -> bool:
        question = self.question
        if question is None:
            return True
        fault = faults_of(self._form, self._answers).get(question.id)
        self.say_problem(answer_fault(fault) if fault else "")
        return fault is None

    def _answered(self, value: Value | None) -> None:
        question = self.question
        if question is None:
            return
        if value is None:
            self._answers.pop(question.id, None)
        else:
            self._answers[question.id] = value
        self.say_problem("")
        self._name_next()
        self._touch()

    def _chosen(self) -> None:
        """Go on by itself after a choice; the last page is sent by its button only."""
        if self._place + 1 < len(self._asked):
            self.go_on()

    # --- what is shown -------------------------------------------------------------------------

    def _show(self) -> None:
        question = self.question
        self.say_problem("")
        count = len(self._asked)
        shown = question is not None
        for one in (self.progress, self.where, self.back):
            one.setVisible(shown)
        self.stop.setVisible(shown or (self._idle_at_start and self._place < 0))
        self.stop.setText(_("Stop") if shown else _("Back"))
        self.stop.setAccessibleName(self.stop.text())
        set_icon(self.stop, "close" if shown else "chevron-left", "accent")
        self.progress.setRange(0, max(count, 1))
        self.progress.setValue(self._place)
        told = _("Question {n} of {of}").format(n=self._place + 1, of=count)
        self.where.setText(told if shown else "")
        self.page = None
        if question is not None:
            self.page = QuestionPage(
                question, self._answers.get(question.id), self._answered, self._chosen
            )
            self._put(self.page)
        else:
            self._put(self._words())
        self.next.setVisible(self._place < count)
        self._name_next()
        (self.page.first if self.page else self.next).setFocus(Qt.FocusReason.OtherFocusReason)
        self._touch()

    def _name_next(self) -> None:
        question = self.question
        if question is None:
            name = _("Begin")
        elif self._place + 1 == len(self._asked):
            name = _("Send")
        elif question.id in self._answers:
            name = _("Next")
        else:
            name = _("Skip")
        self.next.setText(name)
        self.next.setAccessibleName(name)

    def _words(self) -> QWidget:
        """Return the first page, or the last."""
        over = self._place >= len(self._asked) > 0
        heading = self._form.thanks or _("Thank you") if over else self._form.title
        under = "" if over else self._form.intro
        page = QWidget()
        column = QVBoxLayout(page)
        column.setSpacing(16)
        column.addStretch(2)
        middle = Qt.AlignmentFlag.AlignHCenter
        sign = picture("check" if over else "message", "ok" if over else "accent", 64)
        column.addWidget(sign, 0, middle)
        for label in (words(heading, "title", strong=True), words(under, "lead")):
            label.setWordWrap(True)
            label.setAlignment(middle)
            column.addWidget(label)
        column.addStretch(3)
        return page

    def _put(self, page: QWidget) -> None:
        if self._room is not None:
            self._middle.removeWidget(self._room)
            self._room.hide()
            self._room.deleteLater()
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 12, 0, 12)
        row.addStretch(1)
        page.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(page, 6, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        self._room = scrolled(holder)
        self._middle.addWidget(self._room, 1)

    # --- being left alone ----------------------------------------------------------------------

    def _touch(self) -> None:
        waiting = self._idle_at_start and self._place < 0 and self.isVisible()
        if self._answers or self.question is not None or waiting:
            self._idle.start()

    def event(self, event: QEvent) -> bool:
        """Count every touch and key as a sign of life."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin):
            self._touch()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button in focus, or goes on; the arrows walk."""
        key = event.key()
        focus: QObject | None = QApplication.focusWidget()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (focus if isinstance(focus, QPushButton) else self.next).click()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
            self.focusNextChild()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Left):
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)
