"""What the section of personal data in a member's record does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from perpusdesk.common.i18n import _
from perpusdesk.domain.data_protection import Purpose, RequestKind
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.identities import (
    IdentitySaved,
    remove_identity,
    reveal,
    set_identity,
)
from perpusdesk.services.members.member_card import MemberCard
from perpusdesk.services.privacy.consents import Given, give, withdraw
from perpusdesk.services.privacy.data_copy import data_copy
from perpusdesk.services.privacy.data_requests import NewRequest, receive
from perpusdesk.services.privacy.erase_member import erase_member
from perpusdesk.services.privacy.privacy_view import privacy_view
from perpusdesk.services.privacy.restrict_member import end_restriction, restrict
from perpusdesk.services.results import Done
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.members import privacy_asks as asks
from perpusdesk.ui.members.privacy_section import PrivacySection
from perpusdesk.ui.shell.copy_files import ask_copy_place, write_copy
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.paper_files import PaperFiles


class PrivacyControl(QObject):
    """Works for one panel; ``card`` tells which member is shown."""

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        doing: Doing,
        *,
        messages: Messages,
        folder: Path,
        card: Callable[[], MemberCard | None],
        ask: Callable[[], AskCard],
    ) -> None:
        """``ask`` gives the place of questions, in sight; ``folder`` is for papers."""
        super().__init__()
        self._desk, self._tasks, self._doing = desk, tasks, doing
        self._messages, self._card = messages, card
        self._papers = PaperFiles(desk, tasks, messages, folder)
        self._ask = ask
        self.section = PrivacySection(self)

    def fill(self, member: UUID) -> None:
        """Read the section of a member."""

        def show(view: Any) -> None:
            card = self._card()
            if card is not None and card.id == member:
                self.section.show_view(view)

        self._tasks.run(lambda: privacy_view(self._desk, member), show, owner=self)

    def ask_consent(self, purpose: Purpose) -> None:
        """Ask how and when a consent was given."""
        card = self._shown()
        today = self._desk.today()

        def save(given: Given) -> None:
            self._doing.run(lambda: give(self._desk, card.id, given))

        asks.consent(self._ask(), purpose, card, today, save)

    def ask_withdrawal(self, purpose: Purpose) -> None:
        """Ask whether a consent is taken back."""
        member = self._shown().id
        asks.withdrawal(
            self._ask(),
            purpose,
            lambda: self._doing.run(lambda: withdraw(self._desk, member, purpose)),
        )

    def ask_identity(self) -> None:
        """Ask for the number of identity; an empty one takes it out."""
        member = self._shown().id

        def save(number: str) -> None:
            if number:
                self._doing.run(lambda: set_identity(self._desk, member, number), self._warn)
            else:
                self._doing.run(lambda: remove_identity(self._desk, member))

        asks.identity(self._ask(), save)

    def _warn(self, done: Done[IdentitySaved]) -> None:
        if done.value.same is not None:
            self._messages.toast(_("Another member has this number already."), tone="warn")
        elif done.value.doubts:
            self._messages.toast(_("Saved; check the number, it looks unusual."), tone="warn")

    def reveal_identity(self) -> None:
        """Show the whole number for a moment; the access log tells of it."""
        member = self._shown().id

        def show(number: str | Refused) -> None:
            if isinstance(number, Refused):
                self._doing.refuse(say_refusal(number))
            else:
                self._messages.toast(number, replace="identity")

        self._tasks.run(lambda: reveal(self._desk, member), show, owner=self)

    def copy_data(self) -> None:
        """Ask why, then make the copy of all data."""
        card = self._shown()

        def make(reason: str) -> None:
            place = ask_copy_place(self.section, card.card)
            if place is not None:
                self._doing.run(
                    lambda: data_copy(self._desk, card.id, reason),
                    lambda done: write_copy(
                        self._desk, self._tasks, self._papers, place, done.value
                    ),
                )

        asks.reason(
            self._ask(),
            _("Copy of the data"),
            _("Everything the library holds of this person, as PDF and JSON, for the person."),
            _("Make the copy"),
            make,
        )

    def ask_request(self) -> None:
        """Ask what the member wants about the data."""
        member = self._shown().id

        def note(kind: RequestKind, text: str) -> None:
            new = NewRequest(kind, member, note=text)
            self._doing.run(lambda: receive(self._desk, new))

        asks.request(self._ask(), note)

    def ask_restriction(self) -> None:
        """Restrict the use of the data, or end that."""
        card = self._shown()
        if card.restricted:
            self._doing.run(lambda: end_restriction(self._desk, card.id))
        else:
            self._doing.run(lambda: restrict(self._desk, card.id))

    def ask_erasure(self) -> None:
        """Ask why the data is erased."""
        card = self._shown()
        asks.reason(
            self._ask(),
            _("Erase all data of {name}?").format(name=card.name),
            _("It goes from every device; for a day it can be undone."),
            _("Erase the data"),
            lambda why: self._doing.run(lambda: erase_member(self._desk, card.id, why)),
        )

    def _shown(self) -> MemberCard:
        card = self._card()
        assert card is not None
        return card
