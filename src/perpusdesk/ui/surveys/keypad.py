"""Typing paper forms: each is kept as soon as its last key is pressed, and the next one begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.surveys.keypad import Typing
from perpusdesk.services.desk import Desk
from perpusdesk.services.surveys.surveys_answer import Channel, SurveyToAnswer, give_answer
from perpusdesk.services.undo import undo
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.ui.kit.sounds import Sound
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.surveys.keypad_room import KeypadRoom

_KEPT: Final = 50
"""Forms of the pile that can be taken back one after the other."""


@dataclass(slots=True)
class _Typed:
    """A form that was typed; ``action`` is known when it was written."""

    typing: Typing
    action: UUID | None = None


class Keypad(QObject):
    """Runs the room. ``left`` tells that somebody is done with the pile."""

    left = Signal()
    shown = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, play: Callable[[Sound], object]) -> None:
        super().__init__()
        self._desk, self._tasks, self._play = desk, tasks, play
        self.room = KeypadRoom()
        self._survey: SurveyToAnswer | None = None
        self._typing = Typing(())
        self._pile: list[_Typed] = []
        self.count = 0
        line = self.room.line
        line.pressed.connect(self._key)
        line.back.connect(self._back)
        line.ended.connect(self._end)
        self.room.pile_changed.connect(self._anew)
        self.room.leave_asked.connect(self.left)

    def begin(self, survey: SurveyToAnswer, today: date) -> None:
        """Begin a pile of a survey's forms."""
        self._survey, self.count, self._pile = survey, 0, []
        day = min(today, survey.last_day or today)
        self.room.begin(survey.name, survey.form, day)
        self._anew()

    def _anew(self) -> None:
        self._show(Typing(self.room.questions()))

    def _key(self, text: str) -> None:
        after = self._typing.key(text)
        if after is None:
            self._play(Sound.ATTENTION)
            return
        self._show(after)
        if after.complete:
            self._keep()

    def _end(self) -> None:
        """Keep a form whose other questions were left empty."""
        if not self._typing.empty:
            self._keep()

    def _back(self) -> None:
        if self._typing.typed:
            self._show(self._typing.back())
        elif self._pile:
            self._take_back(self._pile.pop())

    def _keep(self) -> None:
        survey, typing = self._survey, self._typing
        day = self.room.day.edit.date()
        if survey is None:
            return
        if typing.empty:
            self._refused(Said(_("Nothing was answered on this form; it was not counted.")))
            return
        if day is None:
            self._refused(Said(_("The date on the forms is missing; this one was not counted.")))
            return
        answers = {**self.room.pile(), **typing.answers()}
        entry = _Typed(typing)

        def work() -> Said | None:
            answer = give_answer(self._desk, survey.id, answers, Channel.KEYPAD, day=day)
            if isinstance(answer, Refused):
                return say_refusal(answer, self._desk)
            entry.action = answer.action
            return None

        self._pile = [*self._pile[-_KEPT:], entry]
        self.count += 1
        self.room.show_count(self.count)
        self._show(Typing(typing.questions))
        self._tasks.run(work, lambda said: self._kept(entry, said), owner=self)

    def _kept(self, entry: _Typed, said: Said | None) -> None:
        if said is None:
            self._play(Sound.OK)
            keys = "".join(str(place % 10) if place else "–" for place in entry.typing.typed)
            self.room.show_last(_("Kept: {keys}").format(keys=keys), saved=True)
            return
        self._pile = [one for one in self._pile if one is not entry]
        self.count -= 1
        self.room.show_count(self.count)
        self._refused(said)

    def _take_back(self, entry: _Typed) -> None:
        """Take the last form back and go on with it where its last key was."""

        def work() -> Said | None:
            answer = undo(self._desk, entry.action) if entry.action else None
            return say_refusal(answer, self._desk) if isinstance(answer, Refused) else None

        self.count -= 1
        self.room.show_count(self.count)
        self._show(entry.typing.back())
        self.room.show_last(_("The last form is open again."), saved=True)
        self._tasks.run(work, self._opened_again, owner=self)

    def _opened_again(self, said: Said | None) -> None:
        if said is not None:
            self.count += 1
            self.room.show_count(self.count)
            self._refused(said)

    def _refused(self, said: Said) -> None:
        self._play(Sound.ATTENTION)
        self.room.show_last(" ".join(filter(None, (said.what, said.todo))), saved=False)
        self._show(Typing(self._typing.questions))

    def _show(self, typing: Typing) -> None:
        self._typing = typing
        self.room.show_typing(typing)
        self.shown.emit()
