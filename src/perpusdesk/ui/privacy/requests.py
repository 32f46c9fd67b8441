"""What the buttons of the requests do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from perpusdesk.common.i18n import _
from perpusdesk.domain.data_protection import RequestKind
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.scan.types import Scan
from perpusdesk.services.desk import Desk
from perpusdesk.services.privacy.data_requests import (
    NewRequest,
    Outcome,
    RequestLine,
    close,
    receive,
    request_lines,
)
from perpusdesk.services.privacy.fulfil_request import fulfil
from perpusdesk.services.results import Done
from perpusdesk.storage.queries.circulation import members_by_card
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.privacy.requests_part import RequestsPart
from perpusdesk.ui.shell.copy_files import ask_copy_place, write_copy
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.paper_files import PaperFiles


class Requests(QObject):
    """Reads, asks and does; ``member_asked`` leads to a member's record."""

    member_asked = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, doing: Doing, papers: PaperFiles) -> None:
        super().__init__()
        self._desk, self._tasks, self._doing = desk, tasks, doing
        self._papers = papers
        self.part = RequestsPart(self)

    def refresh(self, then: Callable[[], object] | None = None) -> None:
        """Read the list anew."""

        def show(lines: list[RequestLine]) -> None:
            self.part.show_requests(lines)
            if then is not None:
                then()

        self._tasks.run(lambda: request_lines(self._desk), show, owner=self)

    def handle_scan(self, scan: Scan) -> bool:
        """Take a card into the question that is open; tell whether there is one."""
        return self.part.take_card(scan.text)

    def ask_new(self) -> None:
        """Ask what somebody wants."""
        self._tasks.run(
            self._desk.now, lambda now: self.part.ask_request(now, self._receive), owner=self
        )

    def _receive(
        self, kind: RequestKind, card: str, name: str, received: datetime, note: str
    ) -> None:
        def work() -> Done[UUID] | Refused:
            found = members_by_card(self._desk.library, card) if card else []
            if card and not found:
                return Refused(Reason.MEMBER_UNKNOWN, {"card": card})
            member = found[0].id if found else None
            return receive(self._desk, NewRequest(kind, member, name, received, note))

        self._doing.run(work)

    def fulfil(self) -> None:
        """Do what is asked for, then close; what weighs much is asked about first."""
        line = self.part.chosen
        if line is None or line.member is None:
            return
        if line.kind is RequestKind.CORRECTION:
            self.member_asked.emit(line.member)
            return
        who = {"name": line.name}
        asked = {
            RequestKind.ERASURE: (
                _("Erase all data of {name}?").format(**who),
                _("It goes from every device; for a day it can be undone."),
                _("Erase the data"),
            ),
            RequestKind.WITHDRAWAL: (
                _("Withdraw all consents of {name}?").format(**who),
                _("The photo is removed, nothing is sent to WhatsApp any more."),
                _("Withdraw the consents"),
            ),
        }
        if line.kind in asked:
            self.part.ask_sure(*asked[line.kind], lambda why: self._fulfil(line, why))
        else:
            self._fulfil(line, _("Request of the person"))

    def _fulfil(self, line: RequestLine, reason: str) -> None:
        copies = line.kind is RequestKind.ACCESS
        place = ask_copy_place(self.part, line.card) if copies else None
        if copies and place is None:
            return

        def done(answer: Done[Any]) -> None:
            if place is not None:
                write_copy(self._desk, self._tasks, self._papers, place, answer.value)

        self._doing.run(lambda: fulfil(self._desk, line, reason), done)

    def ask_answer(self) -> None:
        """Ask how the request ended."""
        line = self.part.chosen
        if line is None:
            return

        def answer(outcome: Outcome, note: str) -> None:
            self._doing.run(lambda: close(self._desk, line.id, outcome, note))

        self.part.ask_answer(line, answer)

    def letter(self) -> None:
        """Make the letter of answer."""
        line = self.part.chosen
        if line is None:
            return
        from perpusdesk.services.privacy.privacy_papers import answer_letter

        self._papers.make("jawaban", lambda: answer_letter(self._desk, line.id), lambda pdf: pdf)

    def show_member(self) -> None:
        """Show the member."""
        line = self.part.chosen
        if line is not None and line.member is not None:
            self.member_asked.emit(line.member)
