"""Opens, saves and leaves the form of a member; keeps what was not saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Override, Reason, Refused
from perpusdesk.scan.types import Scan, Source
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.edit_member import Edited, OpenForm, edit_member, open_form
from perpusdesk.services.members.form_drafts import keep_draft, kept_draft
from perpusdesk.services.members.form_facts import FormFacts, form_facts, next_card
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.member_lists import same_person
from perpusdesk.services.members.register_member import Registered, register_member
from perpusdesk.services.results import Done, NoticeKind
from perpusdesk.services.wording.refusals import Said
from perpusdesk.ui.kit.in_page_bar import Problem
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.members import asks, text
from perpusdesk.ui.members.form_view import FormView
from perpusdesk.ui.shell.messages import Messages

if TYPE_CHECKING:
    from perpusdesk.ui.members.page import MembersPage


@dataclass(slots=True)
class _Draft:
    """A changed record as it was opened, and what was entered since."""

    opened: OpenForm
    form: MemberForm


class FormControl(QObject):
    """Between the form and the services; the page shows what was saved."""

    def __init__(
        self, page: MembersPage, view: FormView, desk: Desk, tasks: Tasks, messages: Messages
    ) -> None:
        super().__init__(page)
        self._page, self.view = page, view
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._facts: FormFacts | None = None
        self._opened: OpenForm | None = None
        self._drafts: dict[UUID, _Draft] = {}
        view.save_asked.connect(self.save)
        view.left.connect(self.leave)
        view.fresh_asked.connect(self._start_afresh)
        view.same_asked.connect(self._look_for_same)
        view.card_asked.connect(self._propose_card)
        view.member_asked.connect(self._show_other)

    @property
    def open(self) -> bool:
        """Whether the form is in front."""
        return self._page.room.form_open

    def begin_new(self, card: str = "") -> None:
        """Open the form for a new member, with what was not saved last time.

        ``card`` is the number on a card that was scanned.
        """
        if self.open:
            self.view.fields.edit("name").setFocus()
            return
        self._tasks.run(
            lambda: (form_facts(self._desk), kept_draft(self._desk)),
            lambda read: self._open_new(*read, card),
            owner=self,
        )

    def begin_edit(self, member: UUID) -> None:
        """Open the form for a member's record, with what was not saved last time."""
        if not self.open:
            self._tasks.run(
                lambda: (form_facts(self._desk), open_form(self._desk, member)),
                lambda read: self._open_edit(*read),
                owner=self,
            )

    def take_scan(self, scan: Scan) -> None:
        """A scanned card gives its number to a new member; else the form stays as it is."""
        if scan.source is not Source.KEYBOARD and self.view.member is None:
            self.view.take_card(scan.text)
        else:
            self._messages.toast(_("Save or leave the form first."), tone="warn")

    def save(self, override: Override | None = None, *, same_card: bool = False) -> None:
        """Save what is in the form, or show what is wrong with it."""
        wrong = self.view.fields.wrong()
        if wrong:
            self.view.show_wrong(wrong)
            return
        form, opened = self.view.form(), self._opened
        if opened is None:
            self._page.doing.run(
                lambda: register_member(self._desk, form, override=override, same_card=same_card),
                self._registered,
                say=lambda done: text.registered(" ".join(form.name.split()), done.value.card),
                refused=self._refused,
            )
        else:
            self._page.doing.run(
                lambda: edit_member(
                    self._desk, opened, form, override=override, same_card=same_card
                ),
                self._edited,
                refused=self._refused,
            )

    def leave(self) -> None:
        """Close the form; what was not saved is kept as a draft."""
        if not self.open:
            return
        if self.view.unsaved:
            self._keep()
            member = self.view.member
            again = self.begin_new if member is None else lambda: self.begin_edit(member)
            step = ToastAction(_("Go on"), again)
            self._messages.toast(_("Not saved yet; kept as a draft."), action=step)
        else:
            self._forget()
        self._close()

    def keep_if_open(self) -> None:
        """Keep what is in an open form (the program is closing)."""
        if self.open and self.view.unsaved:
            self._keep()

    # --- opening -----------------------------------------------------------------------------

    def _open_new(self, facts: FormFacts, draft: MemberForm | None, card: str = "") -> None:
        if self._may_not(facts):
            return
        self._facts, self._opened = facts, None
        empty = _empty(facts)
        self._page.room.show_form(True)
        self.view.open(facts, draft or empty, empty)
        if card:
            self.view.take_card(card)

    def _open_edit(self, facts: FormFacts, opened: OpenForm | Refused) -> None:
        if isinstance(opened, Refused) or self._may_not(facts):
            return
        draft = self._drafts.get(opened.member)
        self._facts, self._opened = facts, draft.opened if draft else opened
        form = draft.form if draft else opened.form
        self._page.room.show_form(True)
        self.view.open(facts, form, self._opened.form, opened.member)

    def _may_not(self, facts: FormFacts) -> bool:
        if not facts.may_edit:
            words = _("This needs a right that the person at the desk does not have.")
            self._messages.toast(words, tone="warn")
        return not facts.may_edit

    def _start_afresh(self) -> None:
        member = self.view.member
        self._forget()
        self._close()
        if member is None:
            self.begin_new()
        else:
            self.begin_edit(member)

    # --- while it is open --------------------------------------------------------------------

    def _look_for_same(self, name: str, birth_date: object) -> None:
        born = birth_date if isinstance(birth_date, date) else None
        member = self.view.member
        self._tasks.run(
            lambda: same_person(self._desk, name, born, member), self.view.warn_same, owner=self
        )

    def _propose_card(self, category: object, sex: str) -> None:
        wanted = category if isinstance(category, UUID) else None
        self._tasks.run(lambda: next_card(self._desk, wanted, sex), self.view.propose, owner=self)

    def _show_other(self, member: object) -> None:
        self.leave()
        if isinstance(member, UUID):
            self._page.open_member(member)

    # --- after saving ------------------------------------------------------------------------

    def _registered(self, done: Done[Registered]) -> None:
        self._saved(done.value.member)

    def _edited(self, done: Done[Edited]) -> None:
        self._saved(done.value.member)
        for notice in done.notices:
            if notice.kind is NoticeKind.EDITED_MEANWHILE:
                problem = Problem(
                    text.edited_meanwhile(done.value.meanwhile),
                    _("Yours counts now; both are kept."),
                    _("Look under Changes, and ask who is right."),
                )
                self._messages.problem(problem)

    def _saved(self, member: UUID) -> None:
        self._forget()
        self._close()
        self._page.open_member(member)

    def _refused(self, refused: Refused, said: Said) -> bool:
        words = f"{said.what} {said.todo}".strip()
        fields = {
            Reason.NAME_MISSING: "name",
            Reason.MEMBER_CARD_TAKEN: "card",
            Reason.NUMBERS_USED_UP: "card",
        }
        if refused.reason is Reason.GUARDIAN_CONSENT_MISSING:
            self._ask_exception(said.what, refused.reason)
        elif refused.reason in fields:
            self.view.show_wrong({fields[refused.reason]: words})
        else:
            return False
        return True

    def _ask_exception(self, what: str, reason: Reason) -> None:
        if not (self._facts and self._facts.may_override):
            self.view.fields.show_guardian()
            self.view.show_wrong({"guardian_consent": what})
            return
        self.view.show_wrong({"guardian_consent": what})
        asks.exception(
            self.view.ask,
            what,
            _("Save without consent"),
            lambda why: self.save(Override(why, frozenset({reason}))),
        )

    # --- drafts ------------------------------------------------------------------------------

    def _keep(self) -> None:
        form, opened = self.view.form(), self._opened
        if opened is None:
            self._tasks.run(lambda: keep_draft(self._desk, form))
        else:
            self._drafts[opened.member] = _Draft(opened, form)

    def _forget(self) -> None:
        if self._opened is None:
            self._tasks.run(lambda: keep_draft(self._desk, None))
        else:
            self._drafts.pop(self._opened.member, None)

    def _close(self) -> None:
        self._page.room.show_form(False)
        self._page.room.panes.into_list()


def _empty(facts: FormFacts) -> MemberForm:
    category = facts.categories[0][1] if facts.categories else None
    return MemberForm(category=category, branch=facts.branch, registered=facts.today)
