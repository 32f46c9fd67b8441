"""Requests: written down when they come, their clock, and the step that fulfils each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton

from perpusdesk.common.i18n import _
from perpusdesk.domain.data_protection import RequestKind
from perpusdesk.services.privacy.data_requests import Outcome, RequestLine
from perpusdesk.services.wording.privacy import kind_name
from perpusdesk.ui.kit.ask_card import missing
from perpusdesk.ui.kit.asking_list import AskingList
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.entries import DateEdit
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.record_list import RecordList
from perpusdesk.ui.kit.theme import set_tone
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.privacy import text
from perpusdesk.ui.privacy.moments import TimeEdit

Answer = Callable[[Outcome, str], object]
Receive = Callable[[RequestKind, str, str, datetime, str], object]


class Doings(Protocol):
    """What the buttons ask for; all but the first are about the chosen request."""

    def ask_new(self) -> None:
        """Ask what somebody wants."""

    def fulfil(self) -> None:
        """Do what is asked for, then close."""

    def ask_answer(self) -> None:
        """Ask how the request ended."""

    def letter(self) -> None:
        """Make the letter of answer."""

    def show_member(self) -> None:
        """Show the member."""


class RequestsPart(AskingList):
    """How many wait, the list, the steps for the chosen one; questions come in the page."""

    def __init__(self, doings: Doings) -> None:
        self._doings = doings
        self.count = words("", "lead", strong=True, wrap=True)
        self._card: Field[QLineEdit] | None = None
        why = _("Who asks for a copy, correction or erasure is answered within 3 x 24 hours.")
        main = (_("Note a request"), doings.ask_new)
        super().__init__(
            self.count,
            button(_("Note a request"), doings.ask_new, icon="plus"),
            RecordList(_("Requests"), text.request_row),
            EmptyState("lock", _("Nobody has asked about personal data"), why, main=main),
        )

    @property
    def chosen(self) -> RequestLine | None:
        """The chosen request."""
        return self.rows.chosen_record()

    def show_requests(self, lines: Sequence[RequestLine]) -> None:
        """Fill the list; the most urgent request is chosen."""
        waiting = [line for line in lines if line.done is None]
        late = sum(line.clock.overdue for line in waiting)
        self.count.setText(text.waiting_words(len(waiting), late))
        set_tone(self.count, "bad" if late else "text")
        self.show_records(lines)

    def steps_for(self, record: RequestLine) -> Sequence[QPushButton]:
        """Return what can be done with a request."""
        doings = self._doings
        letter = button(_("Letter of answer"), doings.letter, icon="print")
        member = quiet_button(_("Show the member"), doings.show_member, icon="person")
        known = [member] if record.member else []
        if record.done is not None:
            return [letter, *known]
        done = button(_("Note the answer"), doings.ask_answer, icon="edit")
        does = record.member and record.kind not in (RequestKind.OBJECTION, None)
        first = [primary_button(text.step_name(record.kind), doings.fulfil, icon="check")]
        return [*(first if does else []), done, letter, *known]

    def ask_request(self, now: datetime, receive: Receive) -> None:
        """Ask who wants what, and when it came."""
        kinds = [(kind_name(kind), kind) for kind in RequestKind]
        kind = Field(_("What is asked for"), Choice[RequestKind](kinds), name="kind")
        card = Field(_("Card number"), QLineEdit(), name="card", hint=_("Scan the card, or type."))
        name = Field(_("Name"), QLineEdit(), name="name", hint=_("Only where it is no member."))
        day = Field(_("Received on"), DateEdit(now.date()), name="day", required=True)
        hour = Field(_("At"), TimeEdit(now.time()), name="hour", required=True)
        note = Field(_("Note"), QLineEdit(), name="note")

        def check() -> dict[str, str]:
            who = card.edit.text().strip() or name.edit.text().strip()
            wrong = missing(("card", who))
            moment = _moment(day, hour, now)
            if moment is None or moment > now:
                wrong["day"] = _("Enter when it came; that is not in the future.")
            return wrong

        def then() -> None:
            moment, chosen = _moment(day, hour, now), kind.edit.value()
            if moment is not None and chosen is not None:
                receive(
                    chosen, card.edit.text().strip(), name.edit.text(), moment, note.edit.text()
                )

        self._card = card
        self.make_room().ask(
            _("What does somebody ask about personal data?"),
            [kind, card, name, day, hour, note],
            _("Note the request"),
            then,
            why=_("The 3 x 24 hours run from when the library received it."),
            check=check,
            columns=3,
        )

    def take_card(self, code: str) -> bool:
        """Put a scanned card into the question that is open; tell whether there is one."""
        if self.ask.isHidden() or self._card is None:
            return False
        self._card.edit.setText(code)
        return True

    def ask_answer(self, line: RequestLine, answer: Answer) -> None:
        """Ask how a request ended."""
        self._card = None
        ends = [(text.outcome_name(one), one) for one in Outcome]
        outcome = Field(_("How it ended"), Choice[Outcome](ends), name="outcome")
        hint = _("Stands in the letter of answer; a reason is needed unless it is fulfilled.")
        note = Field(_("Note"), QPlainTextEdit(), name="note", hint=hint)
        note.edit.setMaximumHeight(96)

        def said() -> str:
            return note.edit.toPlainText().strip()

        def check() -> dict[str, str]:
            fulfilled = outcome.edit.value() is Outcome.DONE
            return {} if fulfilled else missing(("note", said()))

        self.make_room().ask(
            f"{kind_name(line.kind)}: {line.name}",
            [outcome, note],
            _("Close the request"),
            lambda: answer(outcome.edit.value() or Outcome.DONE, said()),
            check=check,
        )

    def ask_sure(self, heading: str, why: str, verb: str, then: Callable[[str], object]) -> None:
        """Ask for the reason of a step that weighs much."""
        self._card = None
        reason = Field(_("Reason"), QLineEdit(), required=True, name="reason")
        reason.edit.setText(_("Request of the person"))
        self.make_room().ask(
            heading,
            [reason],
            verb,
            lambda: then(reason.edit.text()),
            why=why,
            check=lambda: missing(("reason", reason.edit.text().strip())),
        )


def _moment(day: Field[DateEdit], hour: Field[TimeEdit], now: datetime) -> datetime | None:
    date, clock = day.edit.date(), hour.edit.time()
    if date is None or clock is None:
        return None
    return datetime.combine(date, clock, now.tzinfo)
