"""The tab of what visitors say: noted, answered, closed; the register and the public sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QPushButton

from perpusdesk.common.formats import date_and_time
from perpusdesk.common.i18n import _
from perpusdesk.domain.complaints import WAITING, Kind, State, public_parts
from perpusdesk.domain.improvements import Source
from perpusdesk.domain.rights import COMPLAINTS, PRIVACY
from perpusdesk.domain.service_lists import ServiceLists
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet
from perpusdesk.services.feedback.complaint_lists import (
    ComplaintLine,
    ComplaintSearch,
    complaint_lines,
    complaint_sheet,
    times_of,
)
from perpusdesk.services.feedback.complaints import (
    answer,
    close_complaint,
    contact_for,
    edit_complaint,
    erase_contact,
    register,
    reopen,
    take_up,
)
from perpusdesk.services.feedback.improvements import propose_improvement
from perpusdesk.services.feedback.service_lists import choices, lists_of, set_names
from perpusdesk.services.members.outsiders import Contact
from perpusdesk.services.wording.service import channel_name, kind_name
from perpusdesk.ui.kit.ask_card import missing
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.service import text
from perpusdesk.ui.service.list_fields import ListFields
from perpusdesk.ui.service.list_part import ListPart
from perpusdesk.ui.service.message_fields import AnswerFields, EditFields, NewFields
from perpusdesk.ui.service.room import ServiceRoom
from perpusdesk.ui.service.side import Sheet
from perpusdesk.ui.shell.list_saving import save_button
from perpusdesk.ui.shell.messages import Messages


@dataclass(frozen=True, slots=True)
class _Known:
    now: datetime
    lines: list[ComplaintLine]
    categories: list[tuple[str, str]]
    services: list[tuple[str, str]]
    people: list[tuple[str, UUID]]
    answers: bool
    erases: bool


class MessagesPart(ListPart):
    """What stands behind the tab."""

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, papers: Path) -> None:
        """``papers`` is the folder for PDF files."""
        self.kind: Choice[Kind | None] = Choice(
            [(_("All messages"), None), *((kind_name(kind), kind) for kind in Kind)]
        )
        self.waiting: Choice[bool] = Choice(
            [(_("All states"), False), (_("Waiting for an answer"), True)]
        )
        self.period: Choice[text.Period] = Choice([])
        name = _("Messages of visitors")
        why = _("Complaints, suggestions and praise, from the desk, the box, by telephone.")
        nothing = EmptyState(
            "message",
            _("Nobody has said anything yet"),
            why,
            main=(_("Note a message"), self.ask_new),
        )
        steps = (
            button(_("Note a message"), self.ask_new, icon="plus", keys="Ctrl+N"),
            save_button(name, self.save_list),
            quiet_button(_("Print the register"), self.print_list, icon="print", keys="Ctrl+P"),
            quiet_button(_("Sheet for the public"), self.print_public, icon="print"),
            quiet_button(_("Lists and days"), self.ask_lists, icon="settings"),
        )
        narrow = (
            (_("Sort of message"), self.kind),
            (_("State"), self.waiting),
            (_("When"), self.period),
        )
        room = ServiceRoom(name, text.message_row, nothing, steps=steps, choices=narrow)
        super().__init__(desk, tasks, messages, papers, room)
        self._known: _Known | None = None

    # --- reading -------------------------------------------------------------------------------

    def search(self) -> ComplaintSearch:
        """Return what is wanted now."""
        since, until = self.period.value() or (None, None)
        return ComplaintSearch(
            self.text,
            self.kind.value(),
            waiting=bool(self.waiting.value()),
            since=since,
            until=until,
        )

    def read(self) -> _Known:
        """Read what is shown."""
        desk = self._desk
        return _Known(
            desk.now(),
            complaint_lines(desk, self.search()),
            choices(desk, "category"),
            choices(desk, "service"),
            sorted((person.name, id_) for id_, person in desk.people.items()),
            answers=desk.may(COMPLAINTS) or not desk.people,
            erases=desk.may(PRIVACY),
        )

    def show_read(self, found: _Known) -> None:
        """Show what was read."""
        self._known = found
        text.offer(self.period, text.periods(found.now.date()))
        times = text.times(times_of(found.lines))
        self.room.say(*text.messages_count(found.lines), times)
        self.show_lines(found.lines, narrowed=self.search() != ComplaintSearch())

    def look_at(self, line: ComplaintLine) -> None:
        """Show a message, and its contact to who may see it."""
        self.put(_sheet(line, None), self._steps(line))
        if line.row.contact is None or self._known is None or not self._known.answers:
            return

        def read() -> Contact | None:
            found = contact_for(self._desk, line.id)
            return found if isinstance(found, Contact) else None

        def show(contact: Contact | None) -> None:
            chosen = self.chosen
            if contact is not None and chosen is not None and chosen.id == line.id:
                self.put(_sheet(line, contact), self._steps(line))

        self._tasks.run(read, show, owner=self)

    def _steps(self, line: ComplaintLine) -> Sequence[QPushButton]:
        if self._known is None or not self._known.answers:
            return ()
        board = quiet_button(_("Make it an action"), self.ask_board, icon="decide")
        erase = quiet_button(_("Erase the contact"), self.ask_erase, icon="trash")
        last = [erase] if line.row.contact and self._known.erases else []
        if line.state is State.CLOSED:
            again = button(_("Open again"), lambda: self._do(reopen, line.id), icon="undo")
            return (again, board, *last)
        edit = button(_("Change"), self.ask_edit, icon="edit", keys="Ctrl+E")
        end = button(_("Close"), lambda: self._do(close_complaint, line.id), icon="check")
        if line.state in WAITING:
            said = primary_button(_("Answer"), self.ask_answer, icon="message", keys="Ctrl+Enter")
            mine = button(_("I take it"), lambda: self._do(take_up, line.id), icon="person")
            take = [mine] if line.row.owner is None else []
            ends = [end] if line.kind is Kind.PRAISE else []
            return (said, *take, *ends, edit, board, *last)
        said = button(_("Change the answer"), self.ask_answer, icon="message", keys="Ctrl+Enter")
        return (end, said, edit, board, *last)

    # --- what can be done ----------------------------------------------------------------------

    def ask_new(self) -> None:
        """Ask for a new message."""

        def show(found: _Known) -> None:
            self.show_read(found)
            fields = NewFields(found.now, *self._lists())
            self.ask(
                _("What does a visitor say?"),
                fields.fields,
                _("Note the message"),
                lambda: self.do(lambda: register(self._desk, fields.new())),
                check=fields.wrong,
            )

        self._tasks.run(self.read, show, owner=self)

    def ask_edit(self) -> None:
        """Ask what is to be changed of the chosen message."""
        line = self.chosen
        if line is None or line.state is State.CLOSED or self._known is None:
            return
        fields = EditFields(line, *self._lists(), self._known.people)
        self.ask(
            _("Change the message"),
            fields.fields,
            _("Save"),
            lambda: self.do(lambda: edit_complaint(self._desk, line.id, fields.form())),
            check=fields.wrong,
        )

    def ask_answer(self) -> None:
        """Ask for the answer to the chosen message."""
        line = self.chosen
        if line is None or line.state is State.CLOSED:
            return
        fields = AnswerFields(line)
        self.ask(
            _("Answer"),
            fields.fields,
            _("Save the answer"),
            lambda: self.do(lambda: answer(self._desk, line.id, fields.text, fields.public)),
            why=text.one_line(line.row.text),
            check=fields.wrong,
        )

    def main_step(self) -> None:
        """Do what is most likely next."""
        self.ask_answer()

    def ask_board(self) -> None:
        """Ask for the finding that the chosen message shows."""
        line = self.chosen
        if line is None:
            return
        theirs, _ours = public_parts(line.row.told_public)
        hint = _("What is wrong, in a few words; no names.")
        finding = Field(_("Finding"), QLineEdit(), name="finding", required=True, hint=hint)
        finding.edit.setText(theirs or text.one_line(line.row.text)[:200])

        def then() -> None:
            said = finding.edit.text()
            self.do(
                lambda: propose_improvement(
                    self._desk,
                    Source.COMPLAINT,
                    line.id,
                    said,
                    branch=line.row.branch,
                    service=line.row.service,
                ),
                lambda done: self.board_asked.emit(done.value),
            )

        self.ask(
            _("Make it an action on the board"),
            [finding],
            _("Make it an action"),
            then,
            check=lambda: missing(("finding", finding.edit.text().strip())),
        )

    def ask_erase(self) -> None:
        """Ask for the reason to erase who wrote the chosen message."""
        line = self.chosen
        if line is None:
            return
        reason = Field(_("Reason"), QLineEdit(), required=True, name="reason")
        reason.edit.setText(_("Request of the person"))
        self.ask(
            _("Erase who wrote this?"),
            [reason],
            _("Erase the contact"),
            lambda: self.do(lambda: erase_contact(self._desk, line.id, reason.edit.text())),
            why=_("Name, telephone and e-mail go from every device; for a day it can be undone."),
            check=lambda: missing(("reason", reason.edit.text().strip())),
        )

    def ask_lists(self) -> None:
        """Ask what the lists offer, and within how many days is answered."""

        def ask(lists: ServiceLists) -> None:
            fields = ListFields(lists)
            self.ask(
                _("What the lists offer"),
                fields.fields,
                _("Save"),
                lambda: self.do(lambda: set_names(self._desk, fields.days, fields.names)),
                why=_("One line each. What is taken out stays readable where it was used."),
                check=fields.wrong,
            )

        self._tasks.run(lambda: lists_of(self._desk), ask, owner=self)

    def sheet(self) -> ListSheet | None:
        """Return the register as it is narrowed."""
        return complaint_sheet(self._known.lines) if self._known else None

    def print_list(self) -> None:
        """Print the register as it is narrowed."""
        from perpusdesk.services.feedback.service_papers import message_register

        search = self.search()
        self.papers.make_beside("saran", lambda desk: message_register(desk, search), bytes)

    def print_public(self) -> None:
        """Print what visitors said and what the library did, for the public."""
        from perpusdesk.services.feedback.service_papers import public_sheet

        search = self.search()
        self.papers.make_beside("anda-berkata", lambda desk: public_sheet(desk, search), bytes)

    def _lists(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        known = self._known
        return (known.categories, known.services) if known else ([], [])

    def _do(self, job: object, message: UUID) -> None:
        assert callable(job)
        self.do(lambda: job(self._desk, message))


def _sheet(line: ComplaintLine, contact: Contact | None) -> Sheet:
    row = line.row
    state, tone, _icon = text.message_state(line)
    known = text.joined(contact.name, contact.phone, contact.email) if contact else ""
    if row.contact and not known:
        known = _("on record, for who answers")
    theirs, ours = public_parts(row.told_public)
    return Sheet(
        row.text,
        text.joined(kind_name(line.kind), state),
        tone,
        (
            (_("Received"), date_and_time(line.received)),
            (_("How it came"), text.joined(channel_name(line.channel), row.ticket)),
            (_("About"), text.joined(line.category, line.service)),
            (_("Branch"), line.branch_name),
            (_("Who answers"), row.owner_name or _("nobody yet")),
            (_("Answer by"), text.due_words(line)),
            (_("Answered"), text.taken(line)),
            (_("Contact"), known),
        ),
        (
            (_("The answer"), row.answer),
            (_("For the public: you said"), theirs),
            (_("For the public: we did"), ours),
        ),
    )
