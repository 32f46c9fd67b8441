"""Building a form: every change is kept by itself; publishing makes a version of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.surveys import editing
from perpusdesk.domain.surveys.form import Form, QuestionKind, SurveyKind
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.surveys.survey_drafts import DraftForm, Version, draft, publish, save_draft
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.surveys.builder_room import BuilderRoom

_PAUSE_MS: Final = 700
"""After the last key before a change is kept."""


class Builder(QObject):
    """Runs the room. ``left`` leads back to the forms, ``preview_asked`` carries the form."""

    left = Signal()
    preview_asked = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, doing: Doing) -> None:
        super().__init__()
        self._desk, self._tasks, self._doing = desk, tasks, doing
        self.room = BuilderRoom(self)
        self._draft: DraftForm | None = None
        self.form = Form(SurveyKind.FREE, "")
        self._wait = QTimer(self.room)  # ends with what it moves
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PAUSE_MS)
        self._wait.timeout.connect(self.save)
        self.room.changed.connect(self._typed)
        self.room.leave_asked.connect(self.leave)

    @property
    def draft(self) -> UUID | None:
        """The form that is open."""
        return self._draft.id if self._draft else None

    def begin(self, known: DraftForm) -> None:
        """Open a form."""
        self._draft, self.form = known, known.form
        self.room.show_form(known.form, -1)
        self._say(known)
        self.room.rows.enter()

    def reload(self) -> None:
        """Show the form as it is now: something was undone, or came from elsewhere."""
        self.save()
        id_ = self.draft
        if id_ is not None:
            self._tasks.run(lambda: draft(self._desk, id_), self._reloaded, owner=self)

    def leave(self) -> None:
        """Keep what was typed and go back."""
        self.save()
        self._draft = None
        self.left.emit()

    # --- steps ---------------------------------------------------------------------------------

    def add(self, kind: QuestionKind) -> None:
        """Add a question below the chosen one and go into it."""
        words = next(
            (
                [option.text for option in one.options]
                for one in self.form.questions
                if one.kind is kind and one.options
            ),
            (_("No"), _("Yes")) if kind is not QuestionKind.SCALE else _scale(),
        )
        place = self.room.place
        self._set(editing.added(self.form, kind, place, words), place + 1)
        self.room.into_editor()

    def move(self, step: int) -> None:
        """Move the chosen question."""
        place = self.room.place
        if place >= 0:
            to = min(max(place + step, 0), len(self.form.questions) - 1)
            self._set(editing.moved(self.form, place, step), to)
            self.room.rows.enter()

    def remove(self) -> None:
        """Remove the chosen question; the toast takes it back."""
        place = self.room.place
        if place < 0:
            return
        form = editing.removed(self.form, place)
        self._set(form, min(place, len(form.questions) - 1), quiet=False)
        self.room.rows.enter()

    def preview(self) -> None:
        """Show the form as visitors see it."""
        self.save()
        self.preview_asked.emit(self.form)

    def publish(self) -> None:
        """Make the next version."""
        self.save()
        id_ = self.draft
        if id_ is not None:
            self._doing.run(
                lambda: publish(self._desk, id_),
                self._published,
                say=_said_published,
            )

    # --- keeping -------------------------------------------------------------------------------

    def save(self, *, quiet: bool = True) -> None:
        """Keep the form as it is now."""
        self._wait.stop()
        known, form = self._draft, self.form
        if known is None or form == known.form:
            return
        self._draft = replace(known, form=form)
        if not quiet:
            self._doing.run(lambda: save_draft(self._desk, known.id, form), self._saved)
            return

        def work() -> Done[DraftForm] | Said:
            answer = save_draft(self._desk, known.id, form)
            return say_refusal(answer, self._desk) if isinstance(answer, Refused) else answer

        self._tasks.run(work, self._kept, owner=self)

    def _typed(self) -> None:
        place = self.room.place
        if place < 0:
            form = self.room.head.head_of(self.form)
        else:
            question = self.room.question.question()
            if question is None or place >= len(self.form.questions):
                return
            form = editing.changed(self.form, place, question)
        if form != self.form:
            self.form = form
            self.room.refresh(form)
            self.room.say_state(_("Being kept…"))
            self._wait.start()

    def _set(self, form: Form, place: int, *, quiet: bool = True) -> None:
        self.form = form
        self.room.show_form(form, place)
        self.save(quiet=quiet)

    def _kept(self, answer: Done[DraftForm] | Said) -> None:
        if isinstance(answer, Said):
            self._doing.refuse(answer)
            self.reload()
        else:
            self._saved(answer)

    def _saved(self, done: Done[DraftForm]) -> None:
        if self._draft is not None and done.value.id == self._draft.id:
            self._say(done.value)

    def _published(self, _done: Done[Version]) -> None:
        self.reload()

    def _reloaded(self, known: DraftForm | None) -> None:
        if known is None:
            self._draft = None
            self.left.emit()
        elif self._draft is not None and known.id == self._draft.id:
            if known.form != self.form:
                self.form = known.form
                last = len(known.form.questions) - 1
                self.room.show_form(known.form, min(self.room.place, last))
            self._draft = known
            self._say(known)

    def _say(self, known: DraftForm) -> None:
        if not known.published:
            told = _("Kept. Visitors see it once it is published.")
        elif known.changed:
            told = _("Kept. Changed since version {n}; running surveys keep their version.")
        else:
            told = _("Published as version {n}.")
        self.room.say_state(told.format(n=known.published))


def _scale() -> tuple[str, ...]:
    return (_("Bad"), _("Fair"), _("Good"), _("Very good"))


def _said_published(done: Done[Version]) -> str:
    return _("{name} is published as version {n}").format(name=done.value.name, n=done.value.number)
