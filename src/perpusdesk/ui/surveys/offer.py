"""Surveys at the kiosk: which one, if there are several, then its questions; nothing stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.surveys.surveys_answer import (
    Channel,
    SurveyToAnswer,
    give_answer,
    surveys_to_answer,
)
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.theme import set_type
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.surveys.answer_pages import TARGET
from perpusdesk.ui.surveys.answering import IDLE_MS, Answering


class SurveyOffer(QStackedWidget):
    """What a kiosk shows when somebody wants to answer. ``left`` tells that nobody does any more.

    Whatever hides it makes it forget.
    """

    left = Signal()

    def __init__(self, desk: Desk, tasks: Tasks) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self._survey: SurveyToAnswer | None = None
        self.answering = Answering(idle_at_start=True)
        self.answering.column.setContentsMargins(0, 0, 0, 0)  # the kiosk has its own
        self.answering.given.connect(self._keep)
        self.answering.left.connect(self.left)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MS)
        self._idle.timeout.connect(self.left)
        self._choosing = QWidget()
        self._column = QVBoxLayout(self._choosing)
        self._column.setSpacing(12)
        self.choices: list[QWidget] = []
        self.addWidget(scrolled(self._choosing))
        self.addWidget(self.answering)

    def begin(self) -> QWidget:
        """Look what can be answered, and return itself to be shown."""
        self._offer(())
        self._tasks.run(lambda: surveys_to_answer(self._desk), self._read, owner=self)
        return self

    def hideEvent(self, event: QHideEvent) -> None:
        """Forget what was not sent."""
        self._idle.stop()
        self.answering.reset()
        super().hideEvent(event)

    def _read(self, surveys: list[SurveyToAnswer]) -> None:
        if len(surveys) == 1:
            self._ask(surveys[0])
        else:
            self._offer(surveys)

    def _offer(self, surveys: Sequence[SurveyToAnswer]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        told = _("What would you like to answer?") if surveys else _("No survey is running now.")
        heading = words(told, "title", strong=True, wrap=True)
        self._column.addStretch(2)
        self._column.addWidget(heading)
        self.choices = [self._choice(survey) for survey in surveys]
        for choice in self.choices:
            self._column.addWidget(choice)
        back = quiet_button(_("Back"), self.left.emit, icon="chevron-left")
        back.setMinimumHeight(TARGET)
        self._column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(3)
        self.setCurrentIndex(0)
        self._idle.start()

    def _choice(self, survey: SurveyToAnswer) -> QWidget:
        made = button(survey.name, lambda: self._ask(survey))
        made.setMinimumHeight(TARGET)
        set_type(made, "lead")
        return made

    def _ask(self, survey: SurveyToAnswer) -> None:
        self._idle.stop()
        self._survey = survey
        self.answering.show_form(survey.shown)
        self.setCurrentIndex(1)

    def _keep(self, answers: dict[str, Any]) -> None:
        survey = self._survey
        if survey is None:
            return

        def work() -> Said | None:
            answer = give_answer(self._desk, survey.id, answers, Channel.KIOSK)
            return say_refusal(answer, self._desk) if isinstance(answer, Refused) else None

        self._tasks.run(work, self._kept, owner=self)

    def _kept(self, said: Said | None) -> None:
        if said is None:
            self.answering.thank()
        else:
            self.answering.say_problem(" ".join(filter(None, (said.what, said.todo))))
