"""Everything that can be done with the member in the panel."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.formats import long_date
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.circulation import lost_copies, money
from perpusdesk.services.circulation.claims import claim_returned, end_claim
from perpusdesk.services.circulation.holds import cancel_hold
from perpusdesk.services.circulation.renew import renew
from perpusdesk.services.desk import Desk
from perpusdesk.services.members import member_photo
from perpusdesk.services.members.block_member import block_member, lift_block
from perpusdesk.services.members.extend_membership import extend_membership
from perpusdesk.services.members.member_card import MemberCard, member_history, member_ledger
from perpusdesk.services.members.member_changes import member_changes
from perpusdesk.services.members.member_notes import write_note
from perpusdesk.services.results import LoanLine
from perpusdesk.services.wording.refusals import Said
from perpusdesk.storage.queries.holds import HoldLine
from perpusdesk.storage.queries.member_records import BlockLine
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.members import asks, text
from perpusdesk.ui.members.panel import MemberPanel, Tab
from perpusdesk.ui.members.privacy_control import PrivacyControl
from perpusdesk.ui.members.privacy_section import PrivacySection
from perpusdesk.ui.shell.doing import Doing

if TYPE_CHECKING:
    from perpusdesk.ui.members.page import MembersPage


class MemberControl(QObject):
    """Does what the panel's buttons ask for; ``card`` is the member as shown."""

    def __init__(self, page: MembersPage, desk: Desk, tasks: Tasks, doing: Doing) -> None:
        super().__init__(page)
        self._page, self._desk, self._tasks, self._doing = page, desk, tasks, doing
        self.card: MemberCard | None = None
        self.panel: MemberPanel | None = None
        self.privacy = PrivacyControl(
            desk,
            tasks,
            doing,
            messages=page.messages,
            folder=page.folder,
            card=lambda: self.card,
            ask=self._asking,
        )

    @property
    def section(self) -> PrivacySection:
        """The section of personal data, for the panel."""
        return self.privacy.section

    def _asking(self) -> AskCard:
        """Bring the place of questions into sight."""
        self._panel.to_top()
        return self._panel.ask

    def show_privacy(self) -> None:
        """Show the section of personal data."""
        self._panel.open_tab(Tab.RECORD)
        self._panel.show_privacy()

    def show_history(self) -> None:
        """Show all that was done about the member, and by whom."""
        card = self._member()
        self._page.history_asked.emit("member", card.id, card.name)

    def attach(self, panel: MemberPanel) -> None:
        """Work for this panel from now on."""
        self.panel = panel
        panel.tab_opened.connect(lambda _tab: self._fill_tab())
        panel.photo.taken.connect(self._save_photo)
        panel.photo.remove_asked.connect(self._remove_photo)
        panel.photo.camera_asked.connect(self._page.camera_asked)
        panel.photo.file_asked.connect(self._read_file)

    def show(self, card: MemberCard) -> None:
        """Show a member; questions about another one are given up."""
        if self.card is not None and self.card.id != card.id:
            self._panel.ask.leave()
            self._panel.photo.leave()
            self._panel.open_tab(Tab.NOW)
            self.section.clear()
        self.card = card
        self._panel.show_member(card)
        self._fill_tab()

    @property
    def _panel(self) -> MemberPanel:
        assert self.panel is not None
        return self.panel

    @property
    def shown(self) -> bool:
        """Whether a member is in the panel."""
        return self.card is not None and self._page.member is not None

    def _member(self) -> MemberCard:
        assert self.card is not None
        return self.card

    def _fill_tab(self) -> None:
        if self.card is None:
            return
        member, panel = self.card.id, self._panel

        def mine() -> bool:
            return self.card is not None and self.card.id == member

        if panel.tab is Tab.PAST:
            self._tasks.run(
                lambda: member_history(self._desk, member),
                lambda lines: panel.show_past(lines) if mine() else None,
                owner=self,
            )
        elif panel.tab is Tab.MONEY:
            self._tasks.run(
                lambda: (money.balance(self._desk, member), member_ledger(self._desk, member)),
                lambda read: panel.money.show_money(*read) if mine() else None,
                owner=self,
            )
        elif panel.tab is Tab.RECORD:
            self.privacy.fill(member)
        elif panel.tab is Tab.CHANGES:
            self._tasks.run(
                lambda: member_changes(self._desk, member),
                lambda lines: panel.changes.show_records(text.grouped(lines)) if mine() else None,
                owner=self,
            )

    # --- the member --------------------------------------------------------------------------

    def to_desk(self) -> None:
        """Open the member's visit at the desk."""
        self._page.desk_asked.emit(self._member().id)

    def edit(self) -> None:
        """Open the form."""
        self._page.form.begin_edit(self._member().id)

    def back_to_list(self) -> None:
        """Leave the panel where it covers the list."""
        self._page.room.panes.leave_panel()

    def extend(self) -> None:
        """Extend the membership by the category's period."""
        member = self._member().id
        self._doing.run(
            lambda: extend_membership(self._desk, member),
            say=lambda done: _("Valid until {date} now").format(date=long_date(done.value)),
        )

    def ask_note(self) -> None:
        """Ask for the note."""
        card = self._member()
        asks.note(
            self._panel.ask,
            card.form.note,
            lambda note: self._doing.run(lambda: write_note(self._desk, card.id, note)),
        )

    def ask_block(self) -> None:
        """Ask why the member is blocked."""
        member = self._member().id

        def put(reason: str, until: date | None) -> None:
            self._doing.run(lambda: block_member(self._desk, member, reason, until))

        asks.block(self._panel.ask, put)

    def ask_lift(self, block: BlockLine) -> None:
        """Ask why a block is lifted."""
        asks.lift(
            self._panel.ask,
            text.block_words(block),
            lambda why: self._doing.run(lambda: lift_block(self._desk, block.id, why)),
        )

    def make_card(self) -> None:
        """Make the member's card."""
        self._page.papers.card(self._member().id, lambda _no, said: self._doing.refuse(said))

    def ask_letter(self) -> None:
        """Ask for what the letter is wanted, unless something is still owed."""
        member = self._member().id
        asks.letter(
            self._panel.ask,
            lambda purpose: self._page.papers.letter(member, purpose, self._no_letter),
        )

    def _no_letter(self, refused: Refused, said: Said) -> None:
        if refused.reason is not Reason.MEMBER_HAS_OBLIGATIONS:
            self._doing.refuse(said)
            return
        self._panel.ask.ask(
            _("The clearance letter cannot be made yet"),
            (),
            _("Open at the desk"),
            self.to_desk,
            why=text.obligations(self._member()),
        )

    # --- the photo ---------------------------------------------------------------------------

    def ask_photo(self) -> None:
        """Take or choose a photo."""
        photo = self._member().photo
        self._tasks.run(
            self._desk.today, lambda today: self._panel.photo.begin(photo, today), owner=self
        )

    def _read_file(self, file: object) -> None:
        if isinstance(file, Path):
            self._tasks.aside(lambda: _picture_in(file), self._panel.photo.use_file)

    def _save_photo(self, image: bytes, consent: object) -> None:
        member = self._member().id
        assert isinstance(consent, date)
        photo = member_photo.Photo(bytes(image), consent)
        self._doing.run(lambda: member_photo.set_photo(self._desk, member, photo))

    def _remove_photo(self) -> None:
        member = self._member().id
        self._doing.run(lambda: member_photo.remove_photo(self._desk, member))

    # --- loans and holds ---------------------------------------------------------------------

    def renew(self, line: LoanLine) -> None:
        """Renew a loan."""
        self._doing.run(lambda: renew(self._desk, line.loan), say=text.renewed)

    def claim(self, line: LoanLine) -> None:
        """Note, or withdraw, that the member says it was returned."""
        note = end_claim if line.claimed else claim_returned
        self._doing.run(lambda: note(self._desk, line.loan))

    def ask_lost(self, line: LoanLine) -> None:
        """Ask how a lost copy is settled."""

        def report(how: lost_copies.Settlement, price: int | None) -> None:
            self._doing.run(lambda: lost_copies.report_lost(self._desk, line.copy, how, price))

        asks.lost(self._panel.ask, line.title or line.barcode, report)

    def open_title(self, title: object) -> None:
        """Show a title."""
        if isinstance(title, UUID):
            self._page.title_asked.emit(title)

    def ask_cancel_hold(self, line: HoldLine) -> None:
        """Ask why a hold is cancelled."""
        asks.cancel_hold(
            self._panel.ask,
            line.title,
            lambda why: self._doing.run(lambda: cancel_hold(self._desk, line.hold, why)),
        )

    # --- money -------------------------------------------------------------------------------

    def ask_payment(self) -> None:
        """Ask how much is paid; all that is owed is proposed."""
        card = self._member()
        if card.balance <= 0:
            return
        asks.payment(
            self._panel.ask,
            card.balance,
            lambda amount: self._doing.run(
                lambda: money.take_payment(self._desk, card.id, amount), say=text.booked
            ),
        )

    def ask_waiver(self) -> None:
        """Ask what is waived, and why."""
        card = self._member()

        def waive(amount: int, why: str) -> None:
            self._doing.run(lambda: money.waive(self._desk, card.id, amount, why), say=text.booked)

        asks.waiver(self._panel.ask, card.balance, waive)

    def ask_charge(self) -> None:
        """Ask what is charged, and what for."""
        card = self._member()

        def book(amount: int, what: str) -> None:
            self._doing.run(
                lambda: money.charge(self._desk, card.id, amount, what), say=text.booked
            )

        asks.charge(self._panel.ask, book)

    def ask_refund(self) -> None:
        """Ask what is given back, and why."""
        card = self._member()

        def give(amount: int, why: str) -> None:
            self._doing.run(lambda: money.refund(self._desk, card.id, amount, why), say=text.booked)

        asks.refund(self._panel.ask, -card.balance, give)


def _picture_in(file: Path) -> bytes:
    try:
        return member_photo.small_jpeg(file.read_bytes())
    except OSError as error:
        raise KnownError(Fault.UNREADABLE_FILE, file=file.name) from error
