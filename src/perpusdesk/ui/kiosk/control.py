"""The kiosk at work: scans and taps become visits, and who was here is forgotten at once.

Every visitor has a number (``_turn``). What comes back from the library for an earlier one is
counted, but never shown to the next.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from perpusdesk.common.errors import KnownError
from perpusdesk.common.i18n import language
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.visiting import Count, ProfileLists
from perpusdesk.scan.types import Scan
from perpusdesk.scan.wedge import WedgeSettings
from perpusdesk.services.circulation.read_on_site import ReadHere
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import library_name
from perpusdesk.services.visits.guest_book import Counted, Where, count_visitor
from perpusdesk.services.visits.guest_scan import take_code
from perpusdesk.services.visits.kiosk_desk import KioskDesk
from perpusdesk.services.visits.visit_profile import lists_here
from perpusdesk.services.visits.visit_settings import VisitSettings, kiosk_room, settings_of
from perpusdesk.ui.kiosk import text
from perpusdesk.ui.kiosk.flow import LEVEL, PEOPLE, Flow
from perpusdesk.ui.kiosk.window import KioskWindow
from perpusdesk.ui.kit.sounds import Sound, Sounds
from perpusdesk.ui.kit.tasks import Tasks

THANKS_MS: Final = 4_000
READ_AGAIN_MS: Final = 300_000
"""How often lists and settings that came from elsewhere are looked at."""
IDLE_MS: Final = 20_000
"""Without a touch for so long, whoever was answering has gone away."""

Open = Callable[[], QWidget | None]
"""Makes the part that is shown when an offer is chosen; ``None``: not now."""


@dataclass(frozen=True, slots=True)
class _Read:
    library: str
    lists: ProfileLists
    settings: VisitSettings
    room: UUID | None


class Kiosk(QObject):
    """``leave_asked`` wants staff to be asked who it is; other parts come by ``add_offer``."""

    leave_asked = Signal()

    def __init__(
        self,
        desk: KioskDesk,
        tasks: Tasks,
        sounds: Sounds,
        scanner: WedgeSettings | None = None,
        *,
        thanks_ms: int = THANKS_MS,
        idle_ms: int = IDLE_MS,
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._sounds = desk, tasks, sounds
        self._flow = Flow()
        self._turn = 0
        self._read: _Read | None = None
        self.window = KioskWindow(
            no_card=self.no_card, group=self.group, on=self.reset, scanner=scanner
        )
        self._thanked = self._timer(thanks_ms, self.reset)
        self._idle = self._timer(idle_ms, self._gone_away)
        self._again = QTimer(self.window)  # ends with what it moves
        self._again.setInterval(READ_AGAIN_MS)
        self._again.timeout.connect(self._look_again)
        window = self.window
        window.scanned.connect(self._scanned)
        window.touched.connect(self._touched)
        window.leave_asked.connect(self.leave_asked)
        window.escaped.connect(self._back)
        window.entered.connect(self._entered)
        window.digit.connect(self._digit)
        window.question.answered.connect(self._answered)
        window.question.back.connect(self._back)
        window.people.back.connect(self._back)
        window.people.pad.entered.connect(self._people)

    # --- coming and going --------------------------------------------------------------------

    def open(self) -> None:
        """Read what holds, then fill the screen."""
        self._tasks.run(self._look, self._opened, owner=self)
        self._again.start()

    def shut(self) -> None:
        """Forget who is here and go away."""
        self.reset()
        self._again.stop()
        self.window.shut()

    def add_offer(self, title: str, icon: str, open_: Open) -> None:
        """Offer one more thing on the first page (a survey): ``open_`` makes what is shown then.

        The part that is shown calls ``reset`` when its visitor goes; it forgets by itself.
        """
        self.window.start.add(title, icon, lambda: self._offer(open_))

    def show_part(self, part: QWidget) -> None:
        """Show a part in the place of the pages until ``reset``."""
        self._idle.stop()
        self._thanked.stop()
        self.window.put_guest(part)

    def reset(self) -> None:
        """Back to the beginning, with nothing left of who was here."""
        self._turn += 1
        self._idle.stop()
        self._thanked.stop()
        self._flow.clear()
        window = self.window
        window.question.clear()
        window.people.pad.clear()
        window.thanks.clear()
        window.show_page(window.start)

    # --- what visitors do --------------------------------------------------------------------

    def no_card(self) -> None:
        """Begin with somebody who has no card; without questions he is counted at once."""
        self.reset()
        if self._read is not None:
            self._flow.begin(self._read.settings.ask)
            self._go_on()

    def group(self) -> None:
        """Begin with a group."""
        self.reset()
        if self._read is not None:
            self._flow.begin_group()
            self._go_on()

    def _scanned(self, scan: Scan) -> None:
        """Count whose card it is; whoever was answering before has gone."""
        window = self.window
        if self._read is None or window.page is window.guest:
            return
        self.reset()
        turn, where, desk = self._turn, self._where(), self._desk
        self._tasks.run(
            lambda: take_code(desk, scan.text, where),
            lambda answer: self._taken(turn, answer),
            lambda error: self._failed(turn, error),
            owner=self,
        )

    def _answered(self, code: str) -> None:
        if self._flow.question:
            self._flow.answer(code)
            self._go_on()

    def _people(self, typed: str) -> None:
        if self._flow.question == PEOPLE and typed.isdigit() and int(typed):
            self._flow.answer_people(int(typed))
            self._go_on()

    def _back(self) -> None:
        window = self.window
        if window.page not in (window.question, window.people):
            if window.page is window.thanks:
                self.reset()
            return
        if self._flow.first:
            self.reset()
        else:
            self._flow.back()
            self._go_on()

    def _go_on(self) -> None:
        """Ask what is to be asked next, or count."""
        assert self._read is not None
        name, window = self._flow.question, self.window
        self._idle.start()
        if not name:
            self._count(self._flow.count(self._read.lists))
        elif name == PEOPLE:
            window.people.pad.clear()
            window.show_page(window.people)
        else:
            number, of = self._flow.progress
            said = text.step(number, of) if of > 1 else ""
            window.question.ask(text.question(name), said, self._options(name))
            window.show_page(window.question)

    def _options(self, name: str) -> list[tuple[str, str]]:
        assert self._read is not None
        lists = self._read.lists
        if name == LEVEL:
            return [(one.said(language()), one.code) for one in lists.levels]
        return [(one.said(language()), one.code) for one in lists.options[name]]

    def _count(self, count: Count) -> None:
        turn, where, desk, group = self._turn, self._where(), self._desk, self._flow.group
        said = text.group_recorded(count.people) if group else text.recorded()
        self._tasks.run(
            lambda: count_visitor(desk, count, where),
            lambda answer: self._counted(turn, answer, said),
            lambda error: self._failed(turn, error),
            owner=self,
        )

    # --- what comes of it --------------------------------------------------------------------

    def _taken(self, turn: int, answer: Done[Any] | Refused) -> None:
        if isinstance(answer, Refused) and answer.reason is Reason.VISIT_COUNTED:
            self._greet(turn, text.welcome(""), text.same_visit())
        elif isinstance(answer, Refused):
            known = answer.reason is not Reason.MEMBER_UNKNOWN
            self._sorry(turn, text.not_now() if known else text.unknown_card())
        elif isinstance(answer.value, ReadHere):
            self._greet(turn, text.read_here(), "")
        else:
            self._welcome(turn, answer.value)

    def _welcome(self, turn: int, value: Counted) -> None:
        greet = self._read is not None and self._read.settings.greet
        name = text.first_name(value.name) if greet else ""
        self._greet(turn, text.welcome(name), text.recorded())

    def _counted(self, turn: int, answer: Done[Counted] | Refused, said: str) -> None:
        if isinstance(answer, Refused):
            self._sorry(turn, text.not_now())
        else:
            self._greet(turn, text.welcome(""), said)

    def _greet(self, turn: int, said: str, under: str) -> None:
        if self._read is not None and self._read.settings.sound:
            self._sounds.play(Sound.OK)
        self._show_thanks(turn, said, under, good=True)

    def _sorry(self, turn: int, words: tuple[str, str]) -> None:
        self._sounds.play(Sound.ATTENTION)
        self._show_thanks(turn, *words, good=False)

    def _failed(self, turn: int, _error: KnownError) -> None:
        self._sorry(turn, text.not_now())

    def _show_thanks(self, turn: int, said: str, under: str, *, good: bool) -> None:
        if turn != self._turn:  # somebody else stands here by now
            return
        window = self.window
        self._idle.stop()
        self._flow.clear()
        window.question.clear()
        icon, tone = ("check", "ok") if good else ("info", "warn")
        window.thanks.say(said, under, icon, "ok" if tone == "ok" else "warn")
        window.show_page(window.thanks)
        self._thanked.start()

    # --- inside ------------------------------------------------------------------------------

    def _look(self) -> _Read:
        desk = self._desk
        here = desk.branches.get(desk.branch)
        name = library_name(desk) or (here.name if here else "")
        return _Read(name, lists_here(desk), settings_of(desk), kiosk_room(desk))

    def _look_again(self) -> None:
        if self.window.page is self.window.start:
            self._tasks.run(self._look, self._looked, owner=self)

    def _looked(self, read: _Read) -> None:
        self._read = read

    def _opened(self, read: _Read) -> None:
        self._read = read
        self.reset()
        self.window.open(read.library)

    def _where(self) -> Where:
        return Where(self._read.room if self._read else None)

    def _offer(self, open_: Open) -> None:
        self.reset()
        part = open_()
        if part is not None:
            self.show_part(part)

    def _touched(self) -> None:
        if self._idle.isActive():
            self._idle.start()

    def _gone_away(self) -> None:
        """Count who said something and then went away; who said nothing may have been playing."""
        if self._flow.said_something and self._read is not None:
            count, where, desk = self._flow.count(self._read.lists), self._where(), self._desk
            self._tasks.run(lambda: count_visitor(desk, count, where))
        self.reset()

    def _entered(self) -> None:
        window = self.window
        if window.page is window.thanks:
            self.reset()
        elif window.page is window.people:
            window.people.pad.send()

    def _digit(self, digit: str) -> None:
        window, number = self.window, int(digit)
        if window.page is window.start and 1 <= number <= len(window.start.places):
            window.start.places[number - 1].click()
        elif window.page is window.question:
            window.question.choose(number - 1) if number else window.question.skip()
        elif window.page is window.people:
            window.people.pad.put(digit)
        elif window.page is window.guest:
            _type(window.guest.currentWidget(), digit)

    def _timer(self, after: int, run: Callable[[], object]) -> QTimer:
        made = QTimer(self.window)
        made.setSingleShot(True)
        made.setInterval(after)
        made.timeout.connect(run)
        return made


def _type(widget: QWidget | None, digit: str) -> None:
    """Hand a key that the scanner's ear held back to the part that is shown."""
    if widget is None:
        return
    key = Qt.Key(Qt.Key.Key_0.value + int(digit))
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, digit)
        QCoreApplication.sendEvent(widget, event)
