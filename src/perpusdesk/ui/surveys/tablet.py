"""A survey on a tablet or at the desk: a window of its own that asks one after the other."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.surveys.form import Form
from perpusdesk.services.desk import Desk
from perpusdesk.services.surveys.surveys_answer import Channel, SurveyToAnswer, give_answer
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.ui.kit.buttons import quiet_button
from perpusdesk.ui.kit.own_escape import OwnEscape
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.surveys.answering import Answering


class Tablet(OwnEscape):
    """A full-screen window around ``Answering``; staff leave it with Esc or the quiet button."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(_("Survey"))
        self.answering = Answering()
        self.leave = quiet_button(_("End (staff)"), self.close, keys="Esc")
        self.leave.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self.answering, 1)

    def on_escape(self) -> None:
        """Close."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Forget what was not sent."""
        self.answering.reset()
        super().closeEvent(event)
        self.closed.emit()


class Asking(QObject):
    """Keeps what is answered. ``stored`` tells that a respondent is done."""

    stored = Signal()

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self.window: Tablet | None = None

    def ask(self, survey: SurveyToAnswer, channel: Channel = Channel.DESK) -> Tablet:
        """Open a window that asks one after the other."""
        window = self._open(survey.shown)
        window.answering.given.connect(lambda answers: self._keep(survey, channel, answers))
        return window

    def preview(self, form: Form) -> Tablet:
        """Open a window that asks and keeps nothing."""
        window = self._open(form)
        window.answering.given.connect(lambda _answers: window.answering.thank())
        return window

    def _open(self, form: Form) -> Tablet:
        if self.window is not None:
            self.window.close()
        window = Tablet()
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.closed.connect(self._gone)
        window.answering.show_form(form)
        self.window = window
        window.showFullScreen()
        return window

    def _gone(self) -> None:
        self.window = None

    def _keep(self, survey: SurveyToAnswer, channel: Channel, answers: dict[str, Any]) -> None:
        def work() -> Said | None:
            answer = give_answer(self._desk, survey.id, answers, channel)
            return say_refusal(answer, self._desk) if isinstance(answer, Refused) else None

        self._tasks.run(work, self._kept, owner=self)

    def _kept(self, said: Said | None) -> None:
        if self.window is None:
            return
        if said is None:
            self.window.answering.thank()
            self.stored.emit()
        else:
            self.window.answering.say_problem(" ".join(filter(None, (said.what, said.todo))))
