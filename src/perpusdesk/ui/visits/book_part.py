"""The guest book on the screen: scans, keys and questions become visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.visiting import Count, HeadClass, ProfileLists, class_profile
from perpusdesk.exchange.visit_profile import profile_lists
from perpusdesk.scan.types import Scan
from perpusdesk.services.circulation.read_on_site import ReadHere
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.visits.bookings import BookingLine, expected_today
from perpusdesk.services.visits.guest_book import Counted, Where, count_visitor
from perpusdesk.services.visits.guest_day import GuestDay, guest_day
from perpusdesk.services.visits.guest_scan import take_code, undo_visit
from perpusdesk.services.visits.parties import PartyForm, arrive, count_party
from perpusdesk.services.visits.rooms import Room
from perpusdesk.services.visits.stops import VanNow, begin_stop, end_stop, van_now
from perpusdesk.services.visits.visit_profile import lists_here
from perpusdesk.services.wording.refusals import Said
from perpusdesk.ui.kit.in_page_bar import Problem
from perpusdesk.ui.kit.sounds import Sound, Sounds
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.paper_files import PaperFiles
from perpusdesk.ui.visits import text
from perpusdesk.ui.visits.asks import PartyFields, VisitorFields, suggest_institutions
from perpusdesk.ui.visits.book_room import BookRoom
from perpusdesk.ui.visits.places_part import PlacesPart

_REPORTED_DAYS = 31


@dataclass(frozen=True, slots=True)
class _Read:
    day: GuestDay
    lists: ProfileLists
    names: text.Names
    van: VanNow | None
    expected: list[BookingLine]


class BookPart(QObject):
    """The tab ``book``. A scanned card is a visit, a scanned copy is read on site."""

    shown = Signal()

    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, sounds: Sounds, folder: Path
    ) -> None:
        """``folder`` is where papers are written."""
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._sounds = sounds
        self._lists: ProfileLists | None = None
        self._rooms: tuple[Room, ...] = ()
        self.doing = Doing(desk, tasks, messages)
        self.doing.changed.connect(lambda _done: self.opened())
        self.papers = PaperFiles(desk, tasks, messages, folder)
        self.room = BookRoom(self)
        self.places = PlacesPart(desk, tasks, messages)
        self.places.left.connect(self._leave_places)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.room)
        self._stack.addWidget(self.places.widget)

    @property
    def widget(self) -> QWidget:
        """What fills the room below the tabs."""
        return self._stack

    @property
    def counting(self) -> bool:
        """Whether the book itself is in front, so that keys count."""
        return self._stack.currentIndex() == 0 and not self.room.asking

    # --- what comes in -----------------------------------------------------------------------

    def opened(self) -> None:
        """Read today anew."""
        desk = self._desk

        def read() -> _Read:
            lists = lists_here(desk)
            names = text.names_of(lists, profile_lists(desk.today()))
            expected = expected_today(desk)
            return _Read(guest_day(desk), lists, names, van_now(desk), expected)

        self._tasks.run(read, self._show, owner=self)

    def handle_scan(self, scan: Scan) -> None:
        """Count whose card was scanned, or a reading of the copy."""
        self.take_typed(scan.text)

    def escape(self) -> None:
        """Leave rooms and lists."""
        if self._stack.currentIndex():
            self._leave_places()

    def key(self, key: str) -> None:
        """Count one visitor of the class that has this key."""
        for head in self._lists.quick if self._lists else ():
            if head.key == key:
                self.quick(head)

    # --- what can be done --------------------------------------------------------------------

    def quick(self, head: HeadClass) -> None:
        """Count one visitor of a class."""
        self._count(Count(1, class_profile(head)), Where(self.room.place.value()))

    def take_typed(self, code: str) -> None:
        """Count who has this card, or a reading of this copy."""
        self._take(code, again=False)

    def ask_visitor(self) -> None:
        """Ask what a visitor says of himself."""
        if self._lists is None:
            return
        fields = VisitorFields(self._lists)
        place = self.room.place.value()
        self.room.ask_now().ask(
            _("A visitor without a card"),
            fields.fields,
            _("Count"),
            lambda: self._count(fields.count(), fields.where(place)),
            why=_("Ask for nothing that is not wanted: only the number must be there."),
            columns=2,
        )

    def ask_party(self) -> None:
        """Ask for a group."""
        if self._lists is None:
            return
        fields = PartyFields(
            self._lists,
            self._rooms,
            self.room.place.value(),
            partial(suggest_institutions, self._desk, self._tasks),
        )
        self.room.ask_now().ask(
            _("A group has come"),
            fields.fields,
            _("Count the group"),
            lambda: self._count_party(fields.form()),
            check=fields.wrong,
            columns=2,
        )

    def arrive(self, line: BookingLine) -> None:
        """Count a group that was expected today, as it was booked."""
        self.doing.run(
            lambda: arrive(self._desk, line.row.id), say=lambda done: text.party_counted(done.value)
        )

    def undo_chosen(self) -> None:
        """Take the chosen entry back, with the group it belongs to."""
        line = self.room.chosen()
        if line is not None and self.counting:
            self.doing.run(
                lambda: undo_visit(self._desk, line.id), say=lambda _done: _("The entry is undone.")
            )

    def begin_stop(self, stop: UUID, odometer: int | None) -> None:
        """Begin a stay of the van."""
        self.doing.run(lambda: begin_stop(self._desk, stop, odometer))

    def end_stop(self, odometer: int | None) -> None:
        """End the stay of the van."""
        self.doing.run(lambda: end_stop(self._desk, odometer))

    def print_stops(self) -> None:
        """Print what the van did at its stops in the last month."""
        from perpusdesk.printing.document import document_pages
        from perpusdesk.services.visits.stop_papers import stop_report

        def read() -> Any:
            today = self._desk.today()
            return stop_report(self._desk, today - timedelta(days=_REPORTED_DAYS), today)

        self.papers.make("laporan-singgah", read, document_pages)

    def show_places(self) -> None:
        """Bring rooms, stops and lists to the front."""
        self._stack.setCurrentIndex(1)
        self.places.opened()

    # --- inside ------------------------------------------------------------------------------

    def _count(self, count: Count, where: Where) -> None:
        self.doing.run(
            lambda: count_visitor(self._desk, count, where),
            lambda _done: self._sounds.play(Sound.OK),
            say=lambda done: text.counted(done.value),
        )

    def _count_party(self, form: PartyForm) -> None:
        self.doing.run(
            lambda: count_party(self._desk, form),
            lambda _done: self._sounds.play(Sound.OK),
            say=lambda done: text.party_counted(done.value),
        )

    def _take(self, code: str, *, again: bool) -> None:
        where = Where(self.room.place.value())

        def work() -> Done[Any] | Refused:
            return take_code(self._desk, code, where, again=again)

        self.doing.run(
            work,
            lambda _done: self._sounds.play(Sound.OK),
            say=_say_taken,
            refused=lambda refused, said: self._refused(code, refused, said),
        )

    def _refused(self, code: str, refused: Refused, said: Said) -> bool:
        self._sounds.play(Sound.ATTENTION)
        if refused.reason is not Reason.VISIT_COUNTED:
            return False
        step = (_("Count again"), lambda: self._take(code, again=True))
        self._messages.problem(Problem(said.what, "", said.todo, steps=[step], tone="warn"))
        return True

    def _show(self, read: _Read) -> None:
        self._lists, self._rooms = read.lists, read.day.rooms
        self.room.show_classes(read.lists.quick)
        self.room.show_day(read.day, read.names)
        self.room.van.show_van(read.van)
        self.room.show_expected(read.expected)
        self.shown.emit()

    def _leave_places(self) -> None:
        self._stack.setCurrentIndex(0)
        self.opened()


def _say_taken(done: Done[Any]) -> str:
    value = done.value
    if isinstance(value, Counted):
        return text.counted(value)
    assert isinstance(value, ReadHere)
    return _("Read on site: {title}").format(title=value.title or value.barcode)
