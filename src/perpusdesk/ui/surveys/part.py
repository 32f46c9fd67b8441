"""The tab of surveys on the screen of visits: surveys and forms, and the rooms behind them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.surveys.form import Form
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.surveys import survey_drafts, surveys
from perpusdesk.services.surveys.survey_drafts import DraftForm, Version
from perpusdesk.services.surveys.surveys import SurveyForm, SurveyLine
from perpusdesk.services.surveys.surveys_answer import SurveyToAnswer, survey_to_answer
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.ui.kit.sounds import Sound
from perpusdesk.ui.kit.tabs import tab_bar
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.paper_files import PaperFiles
from perpusdesk.ui.surveys import text
from perpusdesk.ui.surveys.builder import Builder
from perpusdesk.ui.surveys.fields import Known, SurveyFields, ask_template
from perpusdesk.ui.surveys.keypad import Keypad
from perpusdesk.ui.surveys.lists import FormList, SurveyList
from perpusdesk.ui.surveys.names import Room
from perpusdesk.ui.surveys.results import SurveyResults
from perpusdesk.ui.surveys.tablet import Asking

_USUAL_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class _Lists:
    surveys: list[SurveyLine]
    drafts: list[DraftForm]


class SurveysPart(QObject):
    """What stands behind the tab. Esc leads from a room back to the list it was opened from."""

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        messages: Messages,
        papers: Path,
        play: Callable[[Sound], object] = lambda _sound: None,
    ) -> None:
        """``papers`` is the folder for PDF files; ``play`` makes the sounds of the keypad."""
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self.doing = Doing(desk, tasks, messages)
        self.files = PaperFiles(desk, tasks, messages, papers)
        self.list, self.forms = SurveyList(self), FormList(self)
        self.results = SurveyResults(desk, tasks, messages, self.doing, self.files)
        self.builder = Builder(desk, tasks, self.doing)
        self.keypad = Keypad(desk, tasks, play)
        self.asking = Asking(desk, tasks)
        self.tabs = tab_bar(_("Parts of surveys"), _("Surveys"), _("Forms"), nested=True)
        self.stack = QStackedWidget()
        self.widget = self._make()
        self._wire()

    def _make(self) -> QWidget:
        for room in (
            self.list,
            self.forms,
            self.results.view,
            self.builder.room,
            self.keypad.room,
        ):
            self.stack.addWidget(room)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.stack, 1)
        return whole

    def _wire(self) -> None:
        self.tabs.currentChanged.connect(lambda place: self._go(Room(place)))
        self.doing.changed.connect(lambda _done: self._changed())
        self.results.left.connect(lambda: self._go(Room.SURVEYS))
        self.keypad.left.connect(lambda: self._go(Room.SURVEYS))
        self.builder.left.connect(lambda: self._go(Room.FORMS))
        self.builder.preview_asked.connect(self._preview)
        self.asking.stored.connect(self.refresh)

    # --- what comes in -------------------------------------------------------------------------

    @property
    def room(self) -> Room:
        """What fills the tab now."""
        return Room(self.stack.currentIndex())

    @property
    def help_place(self) -> str:
        """The name of what fills the tab."""
        return self.room.name.lower()

    def opened(self) -> None:
        """Bring the room in front up to date."""
        if self.room is Room.KEYPAD:
            self.keypad.room.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.room is Room.BUILDER:
            self.builder.reload()
        self.refresh()

    def show_room(self, room: Room) -> None:
        """Bring one of the two lists to the front, from wherever somebody is."""
        if self.room is Room.BUILDER:
            self.builder.leave()
        self._go(room)

    def escape(self) -> None:
        """Leave the question that is open, or the room."""
        for ask in (self.list.ask, self.forms.ask):
            if not ask.isHidden():
                ask.leave()
                return
        leave = {
            Room.RESULTS: self.results.leave,
            Room.BUILDER: self.builder.leave,
            Room.KEYPAD: self.keypad.left.emit,
        }
        if self.room in leave:
            leave[self.room]()

    def into_list(self) -> None:
        """Move the keyboard into the list in front."""
        rows = {Room.FORMS: self.forms.rows, Room.BUILDER: self.builder.room.rows}
        rows.get(self.room, self.list.rows).enter()

    def search_edited(self, _typed: str) -> None:
        """Stay as it is: there are never many surveys."""

    def refresh(self) -> None:
        """Read the lists anew, and the result in front."""

        def read() -> _Lists:
            return _Lists(surveys.surveys(self._desk), survey_drafts.drafts(self._desk))

        self._tasks.run(read, self._show, owner=self)
        if self.room is Room.RESULTS:
            self.results.refresh()

    def _show(self, lists: _Lists) -> None:
        self.list.says.setText(text.running_words(lists.surveys))
        self.forms.says.setText(text.forms_words(lists.drafts))
        for shown, records in ((self.list, lists.surveys), (self.forms, lists.drafts)):
            before = shown.rows.chosen_record()
            shown.show_records(records)
            ids = [one.id for one in records]
            if before is not None and before.id in ids:
                shown.rows.selectRow(ids.index(before.id))

    def _changed(self) -> None:
        self.refresh()
        if self.room is Room.BUILDER:
            self.builder.reload()

    def _go(self, room: Room) -> None:
        self.stack.setCurrentIndex(room)
        lists = room in (Room.SURVEYS, Room.FORMS)
        self.tabs.setVisible(lists)
        if lists:
            self.tabs.setCurrentIndex(room)
            self.refresh()

    # --- surveys -------------------------------------------------------------------------------

    @property
    def chosen(self) -> SurveyLine | None:
        """The chosen survey."""
        record = self.list.rows.chosen_record()
        return record if isinstance(record, SurveyLine) else None

    def ask_new(self) -> None:
        """Ask what a new survey shall be; without a published form, ask for a form first."""
        self._tasks.run(self._known, self._ask_new, owner=self)

    def _known(self) -> Known:
        desk = self._desk
        today = desk.today()
        branches = [(one.name, one.id) for one in desk.branches.values()]
        last = today + timedelta(days=_USUAL_DAYS)
        return Known(survey_drafts.latest_versions(desk), branches, today, last)

    def _ask_new(self, known: Known) -> None:
        if not known.versions:
            self._go(Room.FORMS)
            self.ask_form()
            return
        self._go(Room.SURVEYS)
        fields = SurveyFields(known)
        fields.ask(
            self.list.make_room(), _("What shall visitors be asked?"), _("Begin"), self._start
        )

    def _start(self, form: SurveyForm) -> None:
        self.doing.run(lambda: surveys.start_survey(self._desk, form))

    def ask_edit(self) -> None:
        """Ask what is to be changed in a survey."""
        line = self.chosen
        before = surveys.form_of_survey(line) if line else None
        if line is None or before is None:
            return
        fields = SurveyFields(self._known(), before)
        fields.ask(
            self.list.make_room(),
            line.name,
            _("Keep"),
            lambda form: self.doing.run(lambda: surveys.edit_survey(self._desk, line.id, form)),
        )

    def close_or_open(self) -> None:
        """End a survey, or take answers again."""
        line = self.chosen
        if line is not None:
            job = surveys.close_survey if line.closed is None else surveys.reopen_survey
            self.doing.run(lambda: job(self._desk, line.id))

    def remove(self) -> None:
        """Remove a survey without answers."""
        line = self.chosen
        if line is not None:
            self.doing.run(lambda: surveys.remove_survey(self._desk, line.id))

    def open_results(self) -> None:
        """Show what came out."""
        line = self.chosen
        if line is not None:
            self._go(Room.RESULTS)
            self.results.begin(line.id)

    def type_forms(self) -> None:
        """Type paper forms."""
        line = self.chosen
        if line is not None:
            today = self._desk.today()
            day = min(today, line.last_day or today)
            self._take(lambda: survey_to_answer(self._desk, line.id, day), self._type)

    def _type(self, survey: SurveyToAnswer) -> None:
        self._go(Room.KEYPAD)
        self.keypad.begin(survey, self._desk.today())

    def ask_here(self) -> None:
        """Let visitors answer on this screen."""
        line = self.chosen
        if line is not None:
            self._take(lambda: survey_to_answer(self._desk, line.id), self._ask_visitors)

    def _ask_visitors(self, survey: SurveyToAnswer) -> None:
        self.asking.ask(survey)

    def _take(
        self,
        read: Callable[[], SurveyToAnswer | Refused],
        then: Callable[[SurveyToAnswer], object],
    ) -> None:
        def work() -> SurveyToAnswer | Said:
            found = read()
            return say_refusal(found, self._desk) if isinstance(found, Refused) else found

        def took(found: SurveyToAnswer | Said) -> None:
            if isinstance(found, Said):
                self.doing.refuse(found)
            else:
                then(found)

        self._tasks.run(work, took, owner=self)

    # --- forms ---------------------------------------------------------------------------------

    @property
    def chosen_form(self) -> DraftForm | None:
        """The chosen form."""
        record = self.forms.rows.chosen_record()
        return record if isinstance(record, DraftForm) else None

    def ask_form(self) -> None:
        """Ask which form to begin with."""
        ask_template(
            self.forms.make_room(),
            survey_drafts.offered_templates(self._desk),
            lambda template: self.doing.run(
                lambda: survey_drafts.new_draft(self._desk, template.form),
                lambda done: self._build(done.value),
            ),
        )

    def build(self) -> None:
        """Open the form to be changed."""
        if self.chosen_form is not None:
            self._build(self.chosen_form)

    def _build(self, draft: DraftForm) -> None:
        self._go(Room.BUILDER)
        self.builder.begin(draft)

    def _preview(self, form: Form) -> None:
        self.asking.preview(form)

    def publish(self) -> None:
        """Make the next version of the chosen form."""
        draft = self.chosen_form
        if draft is not None:
            self.doing.run(lambda: survey_drafts.publish(self._desk, draft.id), say=_said_published)

    def print_paper(self) -> None:
        """Print the paper form of the latest version."""
        from perpusdesk.services.surveys.survey_papers import survey_paper

        draft = self.chosen_form
        if draft is None:
            return

        def read() -> bytes | Refused:
            latest = survey_drafts.latest_version(self._desk, draft.id)
            return latest if isinstance(latest, Refused) else survey_paper(self._desk, latest.id)

        self.files.make("formulir-survei", read, lambda pdf: pdf)

    def copy(self) -> None:
        """Begin another form like the latest version of the chosen one."""
        draft = self.chosen_form
        if draft is None:
            return
        title = _("Copy of {name}").format(name=draft.name)

        def work() -> Done[DraftForm] | Refused:
            latest = survey_drafts.latest_version(self._desk, draft.id)
            if isinstance(latest, Refused):
                return latest
            return survey_drafts.copy_version(self._desk, latest.id, title)

        self.doing.run(work, lambda done: self._build(done.value))

    def remove_form(self) -> None:
        """Remove the chosen form; what was published stays."""
        draft = self.chosen_form
        if draft is not None:
            self.doing.run(lambda: survey_drafts.remove_draft(self._desk, draft.id))


def _said_published(done: Done[Version]) -> str:
    told = _("{name} is published as version {n}")
    return told.format(name=done.value.name, n=done.value.number)
