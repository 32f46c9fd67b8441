"""The lock of the desk: when it closes, who opens it, and that nothing is lost meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from perpusdesk.common.errors import KnownError
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.scan.types import Scan
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.staff.recover_account import has_recovery, recover_account
from perpusdesk.services.staff.shift import Colleague, colleagues, last_here, still_here, take_over
from perpusdesk.services.staff.sign_in import is_known_code, staff_cards
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.actions import Action
from perpusdesk.ui.shell.window import MainWindow
from perpusdesk.ui.staff import lock_text as text
from perpusdesk.ui.staff.idle import Idle
from perpusdesk.ui.staff.lock_screen import LockScreen
from perpusdesk.ui.staff.lock_text import Why
from perpusdesk.ui.staff.trying import try_pin

_SECOND = 1_000


@dataclass(frozen=True, slots=True)
class _Known:
    """What the lock goes by, as last read."""

    pins: bool
    somebody: bool
    still: bool
    people: tuple[Colleague, ...]
    chosen: UUID | None
    cards: dict[str, UUID]
    can_recover: bool


class LockControl(QObject):
    """``changed`` carries the ``Colleague`` who is at the desk now, or ``None``."""

    changed = Signal(object)

    def __init__(
        self, window: MainWindow, desk: Desk, tasks: Tasks, minutes: Callable[[], int]
    ) -> None:
        """``minutes``: after how many without anybody there the desk is locked; 0 for never.

        The library still belongs to the interface thread.
        """
        super().__init__(window)
        self._window, self._desk, self._tasks = window, desk, tasks
        self.screen = LockScreen()
        self._known = _look(desk)
        self._seconds = 0
        self._second = QTimer(self)
        self._second.setInterval(_SECOND)
        self._second.timeout.connect(self._count_down)
        self.idle = Idle(minutes, self)
        self.idle.passed.connect(lambda: self.lock(Why.IDLE))
        window.touched.connect(self.idle.touch)
        window.take_first(self._take_card)
        window.scanned_locked.connect(self._scanned)
        window.typed_locked.connect(self.screen.take_typing)
        self.screen.tried.connect(self._try)
        self.screen.recovered.connect(self._recover)
        self.screen.left.connect(self._go_on)

    @property
    def pins(self) -> bool:
        """Whether people sign in here."""
        return self._known.pins

    def start(self) -> None:
        """Ask who is there before anything is shown, where people sign in."""
        self.idle.start()
        if self._known.pins and not self._known.somebody:
            self._cover(Why.START)
        elif not self._known.still:
            self._say_closed()

    def lock(self, why: Why = Why.LOCKED) -> None:
        """Hide everything until somebody signs in; the open visit and all forms stay."""
        if self._known.pins:
            self._cover(why)
        elif why is Why.LOCKED:
            self._window.messages.toast(text.not_used(), tone="warn", replace="lock")

    def switch(self, person: UUID | None = None) -> None:
        """Ask somebody else to sign in; whoever is there may go on by Esc."""
        self._cover(Why.SWITCH, person)

    def let_in(self, person: Colleague) -> None:
        """Show everything to somebody who signed in elsewhere (at the kiosk)."""
        self._seated(person)

    def follow(self) -> None:
        """See whether who is here may still work, and what else has changed about people."""
        desk = self._desk
        self._tasks.run(lambda: _look(desk), self._followed)

    def action(self) -> Action:
        """Return the action that locks."""
        return Action(
            "lock",
            lambda: _("Lock the desk"),
            self.lock,
            ("Shift+F12", "Ctrl+Shift+L"),
            "lock",
            lambda: _("Everywhere"),
        )

    # -- inside -----------------------------------------------------------------------------------

    def _cover(self, why: Why, person: UUID | None = None) -> None:
        known = self._known
        stays = self._window.locked and why is Why.SWITCH
        leave = why is Why.SWITCH and known.somebody and not stays
        if self._window.locked and why in (Why.IDLE, Why.LOCKED) and not leave:
            why = Why.LOCKED
        self._stop_counting()
        self._window.lock(self.screen)
        self.screen.open(
            why,
            known.people,
            person or known.chosen,
            can_leave=leave,
            can_recover=known.can_recover,
        )

    def _followed(self, known: _Known) -> None:
        before, self._known = self._known, known
        if not known.still:
            self.changed.emit(None)
            self._cover(Why.CLOSED) if known.pins else self._say_closed()
        elif known.pins and not known.somebody and not self._window.locked:
            self._cover(Why.START)
        elif self._window.locked and before.people != known.people:
            self.screen.people.show_people(known.people, known.chosen)

    def _say_closed(self) -> None:
        self._window.messages.toast(text.explained(Why.CLOSED), tone="warn", replace="staff")

    def _take_card(self, scan: Scan) -> bool:
        """Let a staff card that is scanned anywhere begin a change of people."""
        person = self._known.cards.get(scan.text.strip().casefold())
        if person is None:
            return False
        if self._known.pins:
            self.switch(person)
        else:
            desk = self._desk
            self._tasks.run(lambda: take_over(desk, person), self._seated, owner=self)
        return True

    def _scanned(self, scan: Scan) -> None:
        person = self._known.cards.get(scan.text.strip().casefold())
        if person is not None:
            self.screen.choose(person)
            return
        desk, typed = self._desk, scan.text
        if self.screen.pin.edit.hasFocus():  # somebody who types as fast as a scanner
            self._tasks.run(
                lambda: is_known_code(desk, typed),
                lambda known: self._typed_fast(typed, known),
                owner=self,
            )
        else:
            self.screen.say(text.nothing_scanned())

    def _typed_fast(self, typed: str, known: bool) -> None:
        person = self.screen.people.person
        if known or person is None:
            self.screen.say(text.nothing_scanned())
        elif self.screen.enter.isEnabled():
            self._try(person.id, typed, "")

    def _try(self, person: UUID, secret: str, new: str) -> None:
        self.screen.wait(True)
        try_pin(
            self._desk,
            self._tasks,
            self,
            person=person,
            secret=secret,
            new=new,
            answered=self._answered,
            failed=self._failed,
        )

    def _recover(self, person: UUID, code: str, new: str) -> None:
        desk = self._desk
        self.screen.wait(True)
        self._tasks.run(
            lambda: recover_account(desk, person, code, new), self._answered, self._failed
        )

    def _failed(self, error: KnownError) -> None:
        self.screen.wait(False)
        self.screen.refuse(str(say_fault(error)))

    def _answered(self, answer: Done[Colleague] | Refused) -> None:
        self.screen.wait(False)
        if isinstance(answer, Done):
            self._seated(answer.value)
            return
        said = say_refusal(answer)
        whole = f"{said.what} {said.todo}".strip()
        if answer.reason is Reason.PIN_TO_CHANGE:
            self.screen.ask_new(whole)
            return
        groups = answer.facts.get("groups")
        if groups and isinstance(groups, tuple):
            whole = f"{said.what} {text.code_refused(groups)}"
        self.screen.refuse(whole)
        seconds = answer.facts.get("seconds")
        if isinstance(seconds, int) and seconds:
            self._seconds = seconds
            self.screen.wait(True)
            self._second.start()

    def _count_down(self) -> None:
        self._seconds -= 1
        if self._seconds > 0:
            waiting = say_refusal(Refused(Reason.SIGN_IN_WAIT, {"seconds": self._seconds}))
            self.screen.say(f"{waiting.what} {waiting.todo}")
            return
        self._stop_counting()
        self.screen.say("")

    def _stop_counting(self) -> None:
        self._second.stop()
        self.screen.wait(False)

    def _seated(self, person: Colleague | None) -> None:
        self._go_on()
        self.idle.touch()
        self.changed.emit(person)
        self.follow()

    def _go_on(self) -> None:
        self._stop_counting()
        self.screen.forget()
        self._window.unlock()


def _look(desk: Desk) -> _Known:
    still = still_here(desk)
    return _Known(
        desk.pins_in_use,
        desk.staff is not None,
        still,
        tuple(colleagues(desk)),
        desk.staff or last_here(desk),
        staff_cards(desk),
        has_recovery(desk),
    )
