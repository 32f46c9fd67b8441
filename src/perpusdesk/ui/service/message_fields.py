"""The fields of a message: as it is noted, as it is changed, as it is answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from perpusdesk.common.i18n import _
from perpusdesk.domain.complaints import Channel, Kind, public_parts, public_text
from perpusdesk.services.feedback.complaint_lists import ComplaintLine
from perpusdesk.services.feedback.complaints import ComplaintForm, NewComplaint
from perpusdesk.services.members.outsiders import Contact
from perpusdesk.services.wording.service import channel_name, kind_name
from perpusdesk.ui.kit.ask_card import missing
from perpusdesk.ui.kit.entries import DateEdit
from perpusdesk.ui.kit.forms import Choice, Field

_TEXT = "long"
"""The name of a longer text that need not be filled in."""
Options = Sequence[tuple[str, str]]
People = Sequence[tuple[str, UUID]]


def tall(label: str, text: str = "", *, name: str = "", hint: str = "", lines: int = 4) -> Any:
    """Return a field for a longer text."""
    edit = QPlainTextEdit(text)
    edit.setTabChangesFocus(True)
    edit.setMaximumHeight(edit.fontMetrics().lineSpacing() * lines + 20)
    return Field(label, edit, name=name or _TEXT, hint=hint, required=bool(name))


def _options(rows: Options, none: str) -> Choice[str]:
    return Choice[str]([(none, ""), *rows])


def _choose(choice: Choice[str], code: str, name: str) -> None:
    try:
        choice.choose(code)
    except ValueError:
        choice.add_option(name or code, code)
        choice.choose(code)


class NewFields:
    """What is asked of a new message: the text first, who wrote last."""

    def __init__(self, now: datetime, categories: Options, services: Options) -> None:
        self._now = now
        self.text = tall(_("What was said"), name="text", hint=_("Without names, where you can."))
        self.kind = Field(_("Sort of message"), Choice([(kind_name(kind), kind) for kind in Kind]))
        self.category = Field(_("About"), _options(categories, _("not sorted yet")))
        self.service = Field(_("Service"), _options(services, _("no special one")))
        channels = [(channel_name(one), one) for one in Channel]
        self.channel = Field(_("How it came"), Choice(channels))
        self.ticket = Field(
            _("Ticket number"), QLineEdit(), hint=_("Of SP4N-LAPOR!, if it has one")
        )
        self.day = Field(_("Received on"), DateEdit(now.date()), name="day")
        hint = _("Only to answer; kept apart, and erased on request.")
        self.name = Field(_("Name of who wrote"), QLineEdit(), hint=hint)
        self.phone = Field(_("Telephone"), QLineEdit())
        self.email = Field(_("E-mail"), QLineEdit())

    @property
    def fields(self) -> list[Field[Any]]:
        """All of them in their order."""
        return [
            self.text,
            self.kind,
            self.category,
            self.service,
            self.channel,
            self.ticket,
            self.day,
            self.name,
            self.phone,
            self.email,
        ]

    def wrong(self) -> dict[str, str]:
        """Say what cannot be used."""
        found = missing(("text", self.text.edit.toPlainText().strip()))
        day = self.day.edit.date()
        if day is None or day > self._now.date():
            found["day"] = _("Enter when it came; that is not in the future.")
        return found

    def new(self) -> NewComplaint:
        """Return what was filled in."""
        contact = Contact(*(one.edit.text() for one in (self.name, self.phone, self.email)))
        return NewComplaint(
            self.text.edit.toPlainText(),
            self.kind.edit.value() or Kind.COMPLAINT,
            self.category.edit.value() or "",
            self.channel.edit.value() or Channel.DESK,
            contact,
            service=self.service.edit.value() or "",
            received=self._received(),
            ticket=self.ticket.edit.text(),
        )

    def _received(self) -> datetime | None:
        day = self.day.edit.date()
        if day is None or day == self._now.date():
            return None
        return datetime.combine(day, time(12), self._now.tzinfo)


class EditFields:
    """What can be changed of an open message."""

    def __init__(
        self, line: ComplaintLine, categories: Options, services: Options, people: People
    ) -> None:
        row = line.row
        owners: list[tuple[str, UUID | None]] = [(_("nobody yet"), None), *people]
        if row.owner is not None and row.owner not in {id_ for _name, id_ in people}:
            owners.append((row.owner_name, row.owner))
        self.owner = Field(_("Who answers"), Choice[UUID | None](owners))
        self.owner.edit.choose(row.owner)
        self.due = Field(_("Answer by"), DateEdit(row.due), name="due")
        self.kind = Field(_("Sort of message"), Choice([(kind_name(kind), kind) for kind in Kind]))
        self.kind.edit.choose(line.kind)
        self.category = Field(_("About"), _options(categories, _("not sorted yet")))
        _choose(self.category.edit, row.category, line.category)
        self.service = Field(_("Service"), _options(services, _("no special one")))
        _choose(self.service.edit, row.service, line.service)
        self.channel = Field(
            _("How it came"), Choice([(channel_name(one), one) for one in Channel])
        )
        self.channel.edit.choose(line.channel)
        self.ticket = Field(_("Ticket number"), QLineEdit(row.ticket))
        self.text = tall(_("What was said"), row.text, name="text")

    @property
    def fields(self) -> list[Field[Any]]:
        """All of them in their order."""
        return [
            self.owner,
            self.due,
            self.category,
            self.service,
            self.kind,
            self.channel,
            self.ticket,
            self.text,
        ]

    def wrong(self) -> dict[str, str]:
        """Say what cannot be used."""
        found = missing(("text", self.text.edit.toPlainText().strip()))
        if self.due.edit.wrong():
            found["due"] = _("This is not a date.")
        return found

    def form(self) -> ComplaintForm:
        """Return what was filled in."""
        due: date | None = self.due.edit.date()
        return ComplaintForm(
            self.kind.edit.value() or Kind.COMPLAINT,
            self.category.edit.value() or "",
            self.text.edit.toPlainText(),
            self.channel.edit.value() or Channel.DESK,
            self.service.edit.value() or "",
            self.ticket.edit.text(),
            self.owner.edit.value(),
            due,
        )


class AnswerFields:
    """The answer, and what the public may read."""

    def __init__(self, line: ComplaintLine) -> None:
        theirs, ours = public_parts(line.row.told_public)
        self.answer = tall(_("The answer"), line.row.answer, name="answer")
        hint = _("Stands on the public sheet: no names, nothing that shows who it was.")
        self.theirs = Field(_("For the public: you said"), QLineEdit(theirs), hint=hint)
        self.ours = tall(_("For the public: we did"), ours, lines=3)

    @property
    def fields(self) -> list[Field[Any]]:
        """All of them in their order."""
        return [self.answer, self.theirs, self.ours]

    def wrong(self) -> dict[str, str]:
        """Say what cannot be used."""
        return missing(("answer", self.text))

    @property
    def text(self) -> str:
        """The answer."""
        return str(self.answer.edit.toPlainText()).strip()

    @property
    def public(self) -> str:
        """What the public may read."""
        return public_text(self.theirs.edit.text(), self.ours.edit.toPlainText())
