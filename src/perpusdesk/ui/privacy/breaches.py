"""Breaches: noted at once, filled in by and by, told to persons and authority in time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.printing.breach_sheet import letter_text
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.find_members import list_members
from perpusdesk.services.members.member_sheet import member_sheet
from perpusdesk.services.privacy.breaches import (
    BreachForm,
    BreachLine,
    breach_lines,
    edit_breach,
    known,
    open_breach,
    proposed_text,
)
from perpusdesk.services.privacy.privacy_papers import breach_paper, breach_sheet
from perpusdesk.ui.kit.asking_list import AskingList
from perpusdesk.ui.kit.buttons import button, primary_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.entries import CountEdit, DateEdit
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.privacy import text
from perpusdesk.ui.privacy.moments import TimeEdit
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.list_saving import ListSaving
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.paper_files import PaperFiles

_TALL = 88
_MOST_PEOPLE = 999_999


class BreachesPart(AskingList):
    """The breaches, the steps for the chosen one, and the sheet as a question in the page."""

    def __init__(self, doings: Breaches) -> None:
        self._doings = doings
        hint = _("A lost laptop, a stolen stick, data sent to the wrong person: note it at once.")
        why = hint + " " + _("Persons and authority are told within 3 x 24 hours.")
        main = (_("Note a breach"), doings.ask_new)
        super().__init__(
            words(hint, tone="muted", wrap=True),
            button(_("Note a breach"), doings.ask_new, icon="plus"),
            RecordList(_("Breaches"), text.breach_row),
            EmptyState("lock", _("No breach was noted"), why, main=main),
        )

    @property
    def chosen(self) -> BreachLine | None:
        """The chosen breach."""
        return self.rows.chosen_record()

    def ask_form(
        self, heading: str, form: BreachForm, then: Callable[[BreachForm], object]
    ) -> None:
        """Ask for everything on the sheet."""
        made = _SheetFields(form)
        self.make_room().ask(
            heading,
            made.fields,
            _("Save the sheet"),
            lambda: then(made.form()),
            why=_("In the form of article 46. It can be changed until persons are told."),
            check=made.wrong,
            columns=2,
        )

    def steps_for(self, record: BreachLine) -> Sequence[QPushButton]:
        """Return what can be done with a breach."""
        doings = self._doings
        steps = [
            button(_("Fill in the sheet"), doings.ask_edit, icon="edit"),
            button(_("Breach sheet"), doings.sheet, icon="print"),
            button(_("Copy the letter"), doings.copy_letter, icon="copy"),
            button(_("List of whom to tell"), doings.save_people, icon="file"),
        ]
        if record.form.told is None:
            steps.insert(0, primary_button(_("Notice was given"), doings.told, icon="check"))
        return steps


class _SheetFields:
    """The fields of the sheet."""

    def __init__(self, form: BreachForm) -> None:
        self._before = form
        self.day = Field(_("Noticed on"), DateEdit(form.noticed.date()), name="day", required=True)
        self.hour = Field(_("At"), TimeEdit(form.noticed.time()), name="hour", required=True)
        self.happened = Field(_("Happened on"), DateEdit(form.happened), name="happened")
        self.people = Field(
            _("How many people"),
            CountEdit(form.people, most=_MOST_PEOPLE),
            hint=_("0: not known yet"),
            name="people",
        )
        self.what = _long(_("What data came out"), form.what)
        self.how = _long(_("When and how"), form.how)
        self.handling = _long(_("What is done about it"), form.handling)
        self.note = _long(_("Note"), form.note)
        self.fields: list[Field[Any]] = [
            self.day,
            self.hour,
            self.happened,
            self.people,
            self.what,
            self.how,
            self.handling,
            self.note,
        ]

    def wrong(self) -> dict[str, str]:
        """Say what cannot be used."""
        found = {} if self._noticed() else {"day": _("Enter when it was noticed.")}
        if self.happened.edit.wrong():
            found["happened"] = _("This is not a date.")
        return found

    def form(self) -> BreachForm:
        """Return what stands in the fields."""
        return BreachForm(
            self._noticed() or self._before.noticed,
            self.happened.edit.date(),
            self.what.edit.toPlainText(),
            self.people.edit.value(),
            self.how.edit.toPlainText(),
            self.handling.edit.toPlainText(),
            self._before.told,
            self.note.edit.toPlainText(),
        )

    def _noticed(self) -> datetime | None:
        day, hour = self.day.edit.date(), self.hour.edit.time()
        if day is None or hour is None:
            return None
        return datetime.combine(day, hour, self._before.noticed.tzinfo)


def _long(label: str, text_: str) -> Field[QPlainTextEdit]:
    edit = QPlainTextEdit(text_)
    edit.setMaximumHeight(_TALL)
    edit.setTabChangesFocus(True)
    return Field(label, edit)


class Breaches(QObject):
    """Reads, asks and does."""

    def __init__(
        self, desk: Desk, tasks: Tasks, doing: Doing, messages: Messages, papers: PaperFiles
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._doing = desk, tasks, doing
        self._messages, self._papers = messages, papers
        self.saving = ListSaving(desk, tasks, messages)
        self.part = BreachesPart(self)

    def refresh(self) -> None:
        """Read the list anew."""
        self._tasks.run(lambda: breach_lines(self._desk), self.part.show_records, owner=self)

    def ask_new(self) -> None:
        """Open a sheet with what the logs know."""

        def read() -> BreachForm:
            now = self._desk.now()
            found = known(self._desk, now)
            what = "" if isinstance(found, Refused) else proposed_text(found)
            people = 0 if isinstance(found, Refused) else found.members
            return BreachForm(now, now.date(), what, people)

        def ask(form: BreachForm) -> None:
            self.part.ask_form(_("What happened to personal data?"), form, self._open)

        self._tasks.run(read, ask, owner=self)

    def _open(self, form: BreachForm) -> None:
        self._doing.run(lambda: open_breach(self._desk, form))

    def ask_edit(self) -> None:
        """Open the sheet of the chosen breach."""
        line = self.part.chosen
        if line is not None:
            self.part.ask_form(_("Breach sheet"), line.form, lambda form: self._edit(line, form))

    def _edit(self, line: BreachLine, form: BreachForm) -> None:
        self._doing.run(lambda: edit_breach(self._desk, line.id, form))

    def told(self) -> None:
        """Note that persons and authority were told: the clock stops."""
        line = self.part.chosen
        if line is None:
            return
        form = line.form

        def work() -> Any:
            now = BreachForm(
                form.noticed,
                form.happened,
                form.what,
                form.people,
                form.how,
                form.handling,
                self._desk.now(),
                form.note,
            )
            return edit_breach(self._desk, line.id, now)

        self._doing.run(work)

    def sheet(self) -> None:
        """Make the sheet for the authority."""
        line = self.part.chosen
        if line is not None:
            self._papers.make("insiden", lambda: breach_paper(self._desk, line), lambda pdf: pdf)

    def copy_letter(self) -> None:
        """Copy the notice to a person as text."""
        line = self.part.chosen
        if line is None:
            return

        def show(sheet: Any) -> None:
            if isinstance(sheet, Refused):
                self._messages.toast(_("This needs the right to answer for personal data."))
                return
            QGuiApplication.clipboard().setText(letter_text(sheet))
            self._messages.toast(_("The letter is copied; paste it where it is sent."), tone="ok")

        self._tasks.run(lambda: breach_sheet(self._desk, line), show, owner=self)

    def save_people(self) -> None:
        """Save the list of whom to tell, after the reason."""
        self._tasks.run(
            lambda: list_members(self._desk),
            lambda ids: self.saving.begin(member_sheet(ids)),
            owner=self,
        )
