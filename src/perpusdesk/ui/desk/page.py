"""The circulation desk: one scan in, one answer out, saved before it is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from perpusdesk.common.errors import KnownError
from perpusdesk.domain.decisions import Refused
from perpusdesk.scan.types import Scan, Source
from perpusdesk.services.circulation import turn as turns
from perpusdesk.services.circulation.modes import DESK_MODE, READING, RETURNING, Mode, ModeKind
from perpusdesk.services.circulation.turn import WRITES, Outcome, Turn
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.wording.actions import action_name
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.storage.queries.member_records import KitLine
from perpusdesk.ui.desk import questions, text
from perpusdesk.ui.desk.cover_reader import CoverReader
from perpusdesk.ui.desk.offers import offer_of
from perpusdesk.ui.desk.present import present
from perpusdesk.ui.desk.questions import moment_in, rupiah_in
from perpusdesk.ui.desk.room import DeskRoom
from perpusdesk.ui.kit.sounds import Sound, Sounds
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages


class DeskPage(QObject):
    """The page ``desk``: takes scans, runs turns on the database's thread, shows what came of it.

    ``shown`` carries each ``Turn`` after it is on the screen (tests, benchmarks, the slip).
    ``command_asked``, ``slip_asked`` and ``register_asked`` (with the number of a card nobody has)
    are for other parts of the program; ``box_wanted`` asks for the keyboard to go back to the
    scan box.
    """

    shown = Signal(object)
    command_asked = Signal(str)
    slip_asked = Signal(object)
    register_asked = Signal(str)
    box_wanted = Signal()

    name = "desk"
    icon = "desk"
    key = "F2"

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, sounds: Sounds) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages, self._sounds = desk, tasks, messages, sounds
        self._mode = DESK_MODE
        self._zone = timezone(timedelta(minutes=desk.zone))
        self._last: Turn | None = None
        self._failing = False
        self._room = DeskRoom(self)
        self._room.reason.left.connect(self.box_wanted)
        self.widget: QWidget = self._room
        self._covers = CoverReader(desk, tasks, self._room.hero)

    @property
    def title(self) -> str:
        """The word in the rail."""
        return text.title()

    @property
    def help_place(self) -> str:
        """Where somebody is: what was just refused, else the desk."""
        refused = self._last.refused if self._last is not None else None
        if refused is not None and self._room.hero.isVisible():
            return f"refusal/{refused.reason}"
        return self.name

    @property
    def visit_open(self) -> bool:
        """Whether somebody's visit is open."""
        return self._last is not None and self._last.visit is not None

    @property
    def last(self) -> Turn | None:
        """The turn that is on the screen."""
        return self._last

    @property
    def mode(self) -> Mode:
        """What a scanned copy means just now."""
        return self._mode

    # --- what comes in -----------------------------------------------------------------------

    def handle_scan(self, scan: Scan) -> None:
        """Do what was scanned or typed asks for."""
        scanned = scan.source is not Source.KEYBOARD
        mode = self._mode
        self._do(lambda: turns.take_turn(self._desk, scan.text, scanned=scanned, mode=mode))

    def opened(self) -> None:
        """Bring what is shown up to date."""
        self._do(lambda: turns.look(self._desk))

    def follow(self) -> None:
        """Show what was changed elsewhere; a question, a choice or an answer in front stays."""
        if not self._busy_with_somebody():
            self._tasks.run(lambda: turns.look(self._desk), self._followed, self._failed)

    def _followed(self, turn: Turn) -> None:
        if not self._busy_with_somebody():
            self._show(turn)

    def _busy_with_somebody(self) -> bool:
        room = self._room
        asking = room.reason.isVisible() or room.choosing
        return asking or (room.hero.isVisible() and not self.visit_open)

    def escape(self) -> None:
        """Esc: leave what was begun: a question, a choice, a mode, the visit."""
        if self._room.reason.isVisible():
            self._room.reason.leave()
        elif self._room.choosing:
            self.leave_choice()
        elif self._mode.kind is not ModeKind.DESK:
            self.set_mode(DESK_MODE)
        else:
            self.finish()

    # --- what can be done --------------------------------------------------------------------

    def open_member(self, member: UUID) -> None:
        """Open a member's visit."""
        self._do(lambda: turns.open_member(self._desk, member))

    def show_copies(self, title: UUID) -> None:
        """Offer the copies of a title."""
        self._do(lambda: turns.copies_of(self._desk, title))

    def leave_choice(self) -> None:
        """Choose none of the candidates."""
        self._do(lambda: turns.look(self._desk))

    def take_copy(self, copy: UUID) -> None:
        """Lend a copy, or take it back, as a scan of it would."""
        mode = self._mode
        self._do(lambda: turns.take_copy(self._desk, copy, mode=mode))

    def take_back(self, copy: UUID) -> None:
        """Take a copy back although a visit is open."""
        self._do(lambda: turns.take_copy(self._desk, copy, mode=RETURNING))

    def take_back_and_lend(self, copy: UUID) -> None:
        """Take a copy back from whoever has it and lend it to the open visit: two actions."""
        self.take_back(copy)
        self._do(lambda: turns.take_copy(self._desk, copy))

    def renew(self, loan: UUID) -> None:
        """Renew one loan."""
        self._do(lambda: turns.renew_loan(self._desk, loan))

    def renew_all(self) -> None:
        """Renew every loan of the open visit; those that cannot be are said."""
        visit = self._last.visit if self._last else None
        if visit is None:
            return
        member = visit.id
        self._do(lambda: turns.renew_everything(self._desk, member))

    def undo(self, action: UUID | None = None) -> None:
        """Take an action back (default: the last one that stands)."""
        self._do(lambda: turns.take_back_turn(self._desk, action))

    def finish(self) -> None:
        """End the visit."""
        self._do(lambda: turns.close_turn(self._desk))

    def ask_reason(self, turn: Turn) -> None:
        """Ask why an exception is made, then lend or renew all the same."""
        copy, loan, mode = turn.copy, turn.loan, self._mode
        if copy is None:
            return

        def do(reason: str) -> None:
            override = turns.override_all(turn.objections, reason)
            if loan is not None:
                self._do(lambda: turns.renew_loan(self._desk, loan, override))
            else:
                self._do(lambda: turns.take_copy(self._desk, copy, mode=mode, override=override))

        self._room.reason.ask(do, questions.exception(renewal=loan is not None))

    def read_here(self, copy: UUID) -> None:
        """Count a copy as read on site."""
        self._do(lambda: turns.take_copy(self._desk, copy, mode=READING))

    def send_on(self, copy: UUID, branch: UUID) -> None:
        """Send a copy that was taken back to another branch."""
        self._do(lambda: turns.send_on(self._desk, copy, branch))

    def register(self, card: str) -> None:
        """Ask to register a new member with this card number."""
        self.register_asked.emit(card)

    def slip(self) -> None:
        """Ask for the slip of the open visit on paper."""
        if self.visit_open:
            self.slip_asked.emit("paper")

    def whatsapp(self) -> None:
        """Ask for the slip of the open visit as a message to copy, if the member agreed to that."""
        visit = self._last.visit if self._last else None
        if visit is None:
            return
        if visit.whatsapp:
            self.slip_asked.emit("message")
        else:
            self._messages.toast(text.no_whatsapp(), tone="warn", replace="slip")

    def set_mode(self, mode: Mode) -> None:
        """Change what a scanned copy means, and show it."""
        self._mode = mode
        self._room.mode.show_mode(mode)

    def return_key(self) -> None:
        """F4: the hero's way out that has it, else: every scan is a return, or no longer."""
        if self.way_out("F4"):
            return
        leaving = self._mode.kind is ModeKind.RETURNING
        self.set_mode(DESK_MODE if leaving else RETURNING)

    def ask_payment(self) -> None:
        """Ask how much the open visit's member pays; all that is owed is proposed."""
        visit = self._last.visit if self._last else None
        if visit is None or visit.balance <= 0:
            return
        member = visit.id

        def pay(given: str) -> None:
            amount = rupiah_in(given)
            self._do(lambda: turns.pay(self._desk, member, amount))

        self._room.reason.ask(pay, questions.payment(visit.balance), str(visit.balance))

    def ask_kit(self) -> None:
        """Ask what the block loan is called; then scans go into it."""
        visit = self._last.visit if self._last else None
        if visit is None:
            return
        member = visit.id

        def begin(name: str) -> None:
            self._tasks.run(lambda: turns.begin_kit(self._desk, member, name), self._kit_begun)

        self._room.reason.ask(begin, questions.kit())

    def ask_slip_date(self) -> None:
        """Ask for the date and time on paper slips; scans then count for that time."""
        zone, now = self._zone, datetime.now(self._zone)

        def begin(given: str) -> None:
            moment = moment_in(given, now, zone)
            if moment is None:
                self._messages.toast(questions.no_moment(given), tone="warn", replace="moment")
            else:
                self.set_mode(Mode(ModeKind.BACKDATED, at=moment))

        self._room.reason.ask(begin, questions.slip_date(), f"{now:%d-%m-%Y} 09.00")

    def _kit_begun(self, done: Done[KitLine] | Refused) -> None:
        if isinstance(done, Refused):
            self._messages.toast(say_refusal(done).what, tone="warn", replace="kit")
        else:
            self.set_mode(Mode(ModeKind.KIT, kit=done.value.kit, name=done.value.name))

    def way_out(self, keys: str) -> bool:
        """Do the hero's step that has these keys; tell whether there was one."""
        return self._room.hero.press(keys)

    def choose(self, number: int) -> None:
        """Choose a candidate by its number."""
        self._room.choices.choose(number)

    # --- what comes out ----------------------------------------------------------------------

    def _do(self, work: Callable[[], Turn]) -> None:
        self._tasks.run(work, self._show, self._failed)

    def _failed(self, error: KnownError) -> None:
        """Say that it was not saved; the answer before must not be taken for the answer to it."""
        self._failing = True
        self._room.hide_answer()
        self._messages.known(error)
        self._sounds.play(Sound.ATTENTION)

    def _show(self, turn: Turn) -> None:
        if self._failing and turn.outcome in WRITES:
            self._failing = False
            self._messages.solved()
        self._last = turn
        self._room.reason.leave()
        if turn.outcome is Outcome.COMMAND:
            self.command_asked.emit(turn.text)
            return
        presented = present(turn, self)
        self._room.show_turn(turn, presented.shown if presented else None)
        if turn.outcome is Outcome.CHOOSE:
            self._room.offer(offer_of(turn, self))
        if presented:
            self._sounds.play(presented.sound)
            self._covers.follow(turn)
        if turn.undone:
            told = text.undone(action_name(turn.undone.value.verb), turn.text)
            self._messages.toast(told, tone="ok", replace="undo")
        self._want_box()
        self.shown.emit(turn)

    def _want_box(self) -> None:
        """After a button was used the keyboard goes back to the box; typing is not disturbed."""
        typing = isinstance(QApplication.focusWidget(), QLineEdit)
        if self._room.isVisible() and not typing:
            self.box_wanted.emit()
