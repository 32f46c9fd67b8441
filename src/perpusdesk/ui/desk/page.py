"""The circulation desk: one scan in, one answer out, saved before it is shown."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from perpusdesk.common.i18n import _
from perpusdesk.scan.types import Scan, Source
from perpusdesk.services import turn as turns
from perpusdesk.services.desk import Desk
from perpusdesk.services.turn import Outcome, Turn
from perpusdesk.services.wording.actions import action_name
from perpusdesk.storage.queries.lookup import TitleHit
from perpusdesk.ui.desk import text
from perpusdesk.ui.desk.choices import Choice
from perpusdesk.ui.desk.present import present
from perpusdesk.ui.desk.room import DeskRoom
from perpusdesk.ui.kit.sounds import Sounds
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages


class DeskPage(QObject):
    """The page ``desk``: takes scans, runs turns on the database's thread, shows what came of it.

    ``shown`` carries each ``Turn`` after it is on the screen (tests, benchmarks, the slip).
    ``slip_asked`` and ``member_asked`` are for other parts of the program.
    """

    shown = Signal(object)
    command_asked = Signal(str)
    slip_asked = Signal(object)
    member_asked = Signal(object)
    title_asked = Signal(object)

    name = "desk"
    icon = "desk"
    key = "F2"

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, sounds: Sounds) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages, self._sounds = desk, tasks, messages, sounds
        self._returning = False
        self._last: Turn | None = None
        self._room = DeskRoom(self)
        self.widget: QWidget = self._room

    @property
    def title(self) -> str:
        """The word in the rail."""
        return text.title()

    @property
    def visit_open(self) -> bool:
        """Whether somebody's visit is open."""
        return self._last is not None and self._last.visit is not None

    @property
    def last(self) -> Turn | None:
        """The turn that is on the screen."""
        return self._last

    @property
    def returning(self) -> bool:
        """Whether every scan is a return, whoever's visit is open."""
        return self._returning

    # --- what comes in -----------------------------------------------------------------------

    def handle_scan(self, scan: Scan) -> None:
        """Do what was scanned or typed asks for."""
        scanned = scan.source is not Source.KEYBOARD
        returning = self._returning
        self._do(
            lambda: turns.take_turn(self._desk, scan.text, scanned=scanned, returning=returning)
        )

    def opened(self) -> None:
        """Bring what is shown up to date."""
        self._do(lambda: turns.look(self._desk))

    def escape(self) -> None:
        """Esc: leave the return mode, else end the visit."""
        if self._returning:
            self.set_returning(False)
        else:
            self.finish()

    # --- what can be done --------------------------------------------------------------------

    def open_member(self, member: UUID) -> None:
        """Open a member's visit."""
        self._do(lambda: turns.open_member(self._desk, member))

    def take_copy(self, copy: UUID) -> None:
        """Lend a copy, or take it back, as a scan of it would."""
        returning = self._returning
        self._do(lambda: turns.take_copy(self._desk, copy, returning=returning))

    def take_back(self, copy: UUID) -> None:
        """Take a copy back although a visit is open."""
        self._do(lambda: turns.take_copy(self._desk, copy, returning=True))

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
        """Ask why an exception is made, then lend all the same."""
        if turn.copy is None:
            return
        copy = turn.copy

        def lend(reason: str) -> None:
            override = turns.override_all(turn.objections, reason)
            self._do(lambda: turns.take_copy(self._desk, copy, override=override))

        self._room.reason.ask(lend)

    def read_here(self, copy: UUID) -> None:
        """Count a copy as read on site."""
        visit = self._last.visit if self._last else None
        member = visit.id if visit else None
        from perpusdesk.services.read_on_site import read_on_site

        self._tasks.run(lambda: read_on_site(self._desk, copy, member=member), self._read)

    def slip(self) -> None:
        """Ask for the slip of the open visit on paper."""
        if self.visit_open:
            self.slip_asked.emit("paper")

    def whatsapp(self) -> None:
        """Ask for the slip of the open visit as a message to copy."""
        if self.visit_open:
            self.slip_asked.emit("message")

    def set_returning(self, on: bool) -> None:
        """Switch the mode in which every scan is a return."""
        self._returning = on
        self._room.show_returning(on)

    def way_out(self, keys: str) -> bool:
        """Do the hero's step that has these keys; tell whether there was one."""
        return self._room.hero.press(keys)

    def choose(self, number: int) -> None:
        """Choose a candidate by its number."""
        self._room.choices.choose(number)

    # --- what comes out ----------------------------------------------------------------------

    def _do(self, work: Callable[[], Turn]) -> None:
        self._tasks.run(work, self._show)

    def _show(self, turn: Turn) -> None:
        self._last = turn
        self._room.reason.leave()
        if turn.outcome is Outcome.COMMAND:
            self.command_asked.emit(turn.text)
            return
        presented = present(turn, self)
        self._room.show_turn(turn, presented.shown if presented else None)
        if turn.outcome is Outcome.CHOOSE:
            self._room.choices.offer(*self._candidates(turn))
        if presented:
            self._sounds.play(presented.sound)
        if turn.undone:
            name = action_name(turn.undone.value.verb)
            self._messages.toast(text.undone(name), tone="ok", replace="undo")
        self.shown.emit(turn)

    def _read(self, _done: object) -> None:
        self._messages.toast(_("Counted as read here"), tone="ok", replace="read")
        self.opened()

    def _candidates(self, turn: Turn) -> tuple[str, list[Choice]]:
        found = turn.understood
        assert found is not None
        if found.member and found.copy:
            member, copy = found.member, found.copy
            return _("A card and a copy have the same number. Which one is it?"), [
                Choice(
                    "person",
                    _("Member's card"),
                    found.text,
                    _("Open"),
                    lambda: self.open_member(member),
                ),
                Choice("book", _("Copy"), found.text, _("Take back"), lambda: self.take_back(copy)),
            ]
        members = [self._member_choice(hit.id, hit.name, hit.card) for hit in found.members]
        titles = [self._title_choice(hit) for hit in found.titles]
        copies = [self._copy_choice(id_, n) for n, id_ in enumerate(found.copies, 1)]
        heading = _("Found for “{text}”").format(text=found.text)
        return heading, [*members, *titles, *copies]

    def _title_choice(self, hit: TitleHit) -> Choice:
        return Choice(
            "book",
            hit.title,
            text.title_under(hit),
            _("Details"),
            lambda: self.title_asked.emit(hit.id),
        )

    def _copy_choice(self, copy: UUID, number: int) -> Choice:
        name = _("Copy {n}").format(n=number)
        return Choice("book", name, "", _("Choose"), lambda: self.take_copy(copy))

    def _member_choice(self, member: UUID, name: str, card: str) -> Choice:
        return Choice("person", name, card, _("Open"), lambda: self.open_member(member))
