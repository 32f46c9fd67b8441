"""Rooms, stops, lists and the kiosk's settings: reading, asking, keeping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.rights import RULES
from perpusdesk.domain.visiting import ProfileLists
from perpusdesk.services.desk import Desk
from perpusdesk.services.visits.rooms import MOST_SEATS, Room, retire_room, rooms, save_room
from perpusdesk.services.visits.stops import (
    KINDS,
    StopForm,
    is_van,
    retire_stop,
    save_stop,
    stops,
)
from perpusdesk.services.visits.visit_profile import lists_here, save_list
from perpusdesk.services.visits.visit_settings import (
    VisitSettings,
    kiosk_room,
    set_guest_book,
    set_kiosk_room,
    settings_of,
    usable_code,
)
from perpusdesk.storage.queries.stops import StopRow
from perpusdesk.ui.kit.ask_card import missing
from perpusdesk.ui.kit.entries import CountEdit
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.visits import text
from perpusdesk.ui.visits.asks import line
from perpusdesk.ui.visits.places_room import PlacesRoom


@dataclass(frozen=True, slots=True)
class _Read:
    rooms: list[Room]
    kiosk: UUID | None
    stops: list[StopRow]
    van: bool
    lists: ProfileLists
    settings: VisitSettings
    may: bool


class PlacesPart(QObject):
    """``left`` leads back to the guest book."""

    left = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages) -> None:
        super().__init__()
        self._desk, self._tasks = desk, tasks
        self.doing = Doing(desk, tasks, messages)
        self.doing.changed.connect(lambda _done: self.opened())
        self.room = PlacesRoom(self)
        self.widget: QWidget = self.room

    def opened(self) -> None:
        """Read everything anew."""
        desk = self._desk

        def read() -> _Read:
            return _Read(
                rooms(desk),
                kiosk_room(desk),
                stops(desk),
                is_van(desk),
                lists_here(desk),
                settings_of(desk),
                desk.may(RULES) or not desk.people,
            )

        self._tasks.run(read, self._show, owner=self)

    def leave(self) -> None:
        """Go back to the guest book."""
        self.left.emit()

    def ask_room(self, room: Room | None) -> None:
        """Ask for a new room, or for the changes of one."""
        name = Field(_("Name"), line(room.name if room else ""), name="name", required=True)
        seats = Field(
            _("Seats"),
            CountEdit(room.seats if room else 0, most=MOST_SEATS),
            hint=_("0: not counted"),
        )

        def keep() -> None:
            words, count, id_ = name.edit.text(), seats.edit.value(), room.id if room else None
            self.doing.run(lambda: save_room(self._desk, words, count, id_))

        self.room.ask_now().ask(
            _("Room"),
            [name, seats],
            _("Save"),
            keep,
            check=lambda: missing(("name", name.edit.text().strip())),
        )

    def ask_stop(self, stop: StopRow | None) -> None:
        """Ask for a new stop, or for the changes of one."""
        name = Field(_("Name"), line(stop.name if stop else ""), name="name", required=True)
        place = Field(_("Venue"), line(stop.place if stop else ""))
        kind = Field(_("Kind"), Choice([("–", ""), *((text.stop_kind(k), k) for k in KINDS)]))
        if stop and stop.kind in KINDS:
            kind.edit.choose(stop.kind)
        note = Field(_("Note"), line(stop.note if stop else ""))

        def keep() -> None:
            form = StopForm(
                name.edit.text(), place.edit.text(), kind.edit.value() or "", note.edit.text()
            )
            id_ = stop.id if stop else None
            self.doing.run(lambda: save_stop(self._desk, form, id_))

        self.room.ask_now().ask(
            _("Stopping place"),
            [name, place, kind, note],
            _("Save"),
            keep,
            check=lambda: missing(("name", name.edit.text().strip())),
        )

    def retire_room(self, room: Room) -> None:
        """Offer a room no more."""
        self.doing.run(lambda: retire_room(self._desk, room.id))

    def retire_stop(self, stop: StopRow) -> None:
        """Offer a stop no more."""
        self.doing.run(lambda: retire_stop(self._desk, stop.id))

    def keep_list(self, name: str, names: Sequence[str]) -> None:
        """Offer other answers in a list."""
        self.doing.run(lambda: save_list(self._desk, name, list(names)))

    def keep_settings(self) -> None:
        """Keep how the kiosk behaves."""
        room = self.room
        if room.wrong():
            return
        asked = tuple(name for name, tick in room.asked.items() if tick.isChecked())
        changes = {
            "same_visit_minutes": room.minutes.value(),
            "greet": room.greet.isChecked(),
            "sound": room.sound.isChecked(),
            "ask": asked,
            "exit_code": usable_code(room.code.text()),
        }
        here, desk = room.kiosk_room.value(), self._desk
        self._tasks.run(lambda: set_kiosk_room(desk, here))
        self.doing.run(lambda: set_guest_book(desk, **changes))

    def _show(self, read: _Read) -> None:
        self.room.show_rooms(read.rooms, read.kiosk)
        self.room.show_stops(read.stops, van=read.van)
        self.room.show_lists(read.lists, read.settings, may=read.may)
