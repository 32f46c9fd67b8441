"""The room in which rooms, stops, lists and the kiosk of the guest book are set."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final, Protocol
from uuid import UUID

from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from perpusdesk.common.i18n import _, ngettext
from perpusdesk.domain.visiting import LISTS, ProfileLists
from perpusdesk.services.visits.rooms import Room
from perpusdesk.services.visits.visit_profile import OWN_LISTS
from perpusdesk.services.visits.visit_settings import (
    LONGEST_CODE,
    MOST_MINUTES,
    VisitSettings,
    usable_code,
)
from perpusdesk.storage.queries.stops import StopRow
from perpusdesk.ui.kit.ask_card import AskCard
from perpusdesk.ui.kit.asked_page import AskedPage
from perpusdesk.ui.kit.buttons import button, quiet_button
from perpusdesk.ui.kit.entries import CountEdit
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.record_list import RecordList, RowWords
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.visits import text

_TALL: Final = 180


class PlacesDoings(Protocol):
    """What the room's buttons ask for."""

    def leave(self) -> None:
        """Go back to the guest book."""

    def ask_room(self, room: Room | None) -> None:
        """Ask for a new room, or for the changes of one."""

    def ask_stop(self, stop: StopRow | None) -> None:
        """Ask for a new stop, or for the changes of one."""

    def retire_room(self, room: Room) -> None:
        """Offer a room no more."""

    def retire_stop(self, stop: StopRow) -> None:
        """Offer a stop no more."""

    def keep_list(self, name: str, names: Sequence[str]) -> None:
        """Offer other answers in a list."""

    def keep_settings(self) -> None:
        """Keep how the kiosk behaves."""


class PlacesRoom(QWidget):
    """Sections below each other; a question takes the place of all of them."""

    def __init__(self, doings: PlacesDoings) -> None:
        super().__init__()
        self._doings = doings
        self.ask = AskCard()
        self.rooms = RecordList(_("Rooms"), _room_row)
        self.stops = RecordList(_("Stops"), _stop_row)
        for rows in (self.rooms, self.stops):
            rows.fit_rows()
        self._room_steps, self._stop_steps = Flow(), Flow()
        self.lists = {name: _list_edit() for name in OWN_LISTS}
        self.minutes = CountEdit(0, most=MOST_MINUTES)
        self.code = QLineEdit()
        self.code.setMaxLength(LONGEST_CODE)
        self._code = Field(
            _("Code to leave the kiosk"),
            self.code,
            hint=_("For staff without a PIN: hold the library's name for three seconds."),
            name="code",
        )
        self.kiosk_room: Choice[UUID | None] = Choice([("–", None)])
        self.greet = QCheckBox(_("Greet members by their name"))
        self.sound = QCheckBox(_("A sound for every visitor"))
        self.asked = {name: QCheckBox(text.list_name(name)) for name in LISTS}
        self.may_not = words(
            _("Rooms and lists are changed by the head of the library or the administrator."),
            tone="muted",
            wrap=True,
        )
        self._stops_part = QWidget()
        self._changing = QWidget()
        self._lay_out()

    def show_rooms(self, rooms: Sequence[Room], kiosk: UUID | None) -> None:
        """Fill the list of rooms; ``kiosk`` is the one that this computer's kiosk stands in."""
        self.rooms.show_records(rooms)
        self.kiosk_room.set_options([("–", None), *((one.name, one.id) for one in rooms)])
        if kiosk in [one.id for one in rooms]:
            self.kiosk_room.choose(kiosk)
        self._room_chosen()

    def show_stops(self, stops: Sequence[StopRow], *, van: bool) -> None:
        """Fill the list of stops; hidden where this branch is no van."""
        self._stops_part.setVisible(van)
        self.stops.show_records(stops)
        self._stop_chosen()

    def show_lists(self, lists: ProfileLists, settings: VisitSettings, *, may: bool) -> None:
        """Fill in lists and settings; ``may`` lets them be changed."""
        for name, edit in self.lists.items():
            if not edit.hasFocus():
                edit.setPlainText("\n".join(one.name for one in lists.options[name]))
        self.minutes.setValue(settings.same_visit_minutes)
        if not self.code.hasFocus():
            self.code.setText(settings.exit_code)
        self.greet.setChecked(settings.greet)
        self.sound.setChecked(settings.sound)
        for name, tick in self.asked.items():
            tick.setChecked(name in settings.ask)
        self._changing.setEnabled(may)
        self.may_not.setVisible(not may)

    def wrong(self) -> bool:
        """Say which setting cannot be kept; tell whether there is one."""
        usable = usable_code(self.code.text())
        self._code.clear_error()
        if not usable:
            self._code.show_error(_("Use six to twelve digits."))
        return not usable

    def ask_now(self) -> AskCard:
        """Bring the question to the front, and return it."""
        self._asked.show_question()
        return self.ask

    # --- inside ------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.rooms.chosen.connect(lambda _place: self._room_chosen())
        self.stops.chosen.connect(lambda _place: self._stop_chosen())
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(4, 0, 8, 24)
        column.setSpacing(12)
        back = quiet_button(
            _("Back to the guest book"), self._doings.leave, icon="chevron-left", keys="Esc"
        )
        column.addWidget(Flow(back))
        column.addWidget(self.may_not)
        inner = QVBoxLayout(self._changing)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        self._rooms_part(inner)
        inner.addWidget(self._stops_part)
        self._fill_stops()
        self._kiosk_part(inner)
        self._lists_part(inner)
        column.addWidget(self._changing)
        column.addStretch(1)
        self._asked = AskedPage(page, self.ask)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._asked)

    def _rooms_part(self, column: QVBoxLayout) -> None:
        column.addWidget(words(_("Rooms"), "lead", strong=True))
        hint = _("Visitors are counted into a room, and groups find out whether they have seats.")
        column.addWidget(words(hint, tone="muted", wrap=True))
        column.addWidget(self.rooms)
        add = button(_("Add a room"), lambda: self._doings.ask_room(None), icon="plus")
        column.addWidget(Flow(add, self._room_steps))

    def _fill_stops(self) -> None:
        column = QVBoxLayout(self._stops_part)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addWidget(words(_("Stops of the van"), "lead", strong=True))
        column.addWidget(self.stops)
        add = button(_("Add a stop"), lambda: self._doings.ask_stop(None), icon="plus")
        column.addWidget(Flow(add, self._stop_steps))

    def _kiosk_part(self, column: QVBoxLayout) -> None:
        heading = words(_("Counting and kiosk"), "lead", strong=True)
        heading.setContentsMargins(0, 12, 0, 0)
        column.addWidget(heading)
        form = Form(columns=2)
        form.add(
            Field(
                _("A card counts once within (minutes)"),
                self.minutes,
                hint=_("0: every scan is a visit"),
            )
        )
        form.add(Field(_("The kiosk of this computer counts into"), self.kiosk_room))
        form.add(self._code)
        column.addWidget(form)
        column.addWidget(words(_("The kiosk asks who has no card for"), wrap=True))
        column.addWidget(Flow(*self.asked.values(), gap=16))
        for tick in (self.greet, self.sound):
            column.addWidget(Flow(tick))
        save = button(_("Save these settings"), self._doings.keep_settings, icon="check")
        column.addWidget(Flow(save))

    def _lists_part(self, column: QVBoxLayout) -> None:
        heading = words(_("Lists to choose from"), "lead", strong=True)
        heading.setContentsMargins(0, 12, 0, 0)
        column.addWidget(heading)
        hint = _("One answer in each line. What is taken off a list stays in the visits counted.")
        column.addWidget(words(hint, tone="muted", wrap=True))
        form = Form(columns=3)
        for name, edit in self.lists.items():
            form.add(Field(text.list_name(name), edit))
        column.addWidget(form)
        steps = [
            button(
                _("Save list: {name}").format(name=text.list_name(name)),
                partial(self._keep, name),
                icon="check",
            )
            for name in self.lists
        ]
        column.addWidget(Flow(*steps))

    def _keep(self, name: str) -> None:
        self._doings.keep_list(name, self.lists[name].toPlainText().splitlines())

    def _room_chosen(self) -> None:
        found = self.rooms.chosen_record()
        self._room_steps.fill(
            *(
                ()
                if not isinstance(found, Room)
                else (
                    button(_("Change"), lambda: self._doings.ask_room(found), icon="edit"),
                    quiet_button(_("Take off the list"), lambda: self._doings.retire_room(found)),
                )
            )
        )

    def _stop_chosen(self) -> None:
        found = self.stops.chosen_record()
        self._stop_steps.fill(
            *(
                ()
                if not isinstance(found, StopRow)
                else (
                    button(_("Change"), lambda: self._doings.ask_stop(found), icon="edit"),
                    quiet_button(_("Take off the list"), lambda: self._doings.retire_stop(found)),
                )
            )
        )


def _list_edit() -> QPlainTextEdit:
    edit = QPlainTextEdit()
    edit.setTabChangesFocus(True)
    edit.setMinimumHeight(_TALL)
    edit.setMaximumHeight(_TALL)
    return edit


def _room_row(room: Room) -> RowWords:
    seats = ngettext("{n} seat", "{n} seats", room.seats).format(n=room.seats)
    return RowWords(room.name, seats if room.seats else _("Seats not counted"))


def _stop_row(stop: StopRow) -> RowWords:
    told = (text.stop_kind(stop.kind), stop.place, stop.note)
    return RowWords(stop.name, " · ".join(part for part in told if part))
