"""The fields that are asked: a visitor without a card, and a group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QLineEdit

from perpusdesk.common.i18n import _, language
from perpusdesk.domain.visiting import LISTS, MOST_PEOPLE, Count, Profile, ProfileLists
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.outsiders import Contact
from perpusdesk.services.visits.guest_book import Where
from perpusdesk.services.visits.parties import PartyForm, known_institutions
from perpusdesk.services.visits.rooms import Room
from perpusdesk.ui.kit.entries import CountEdit
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.suggest_edit import SuggestEdit, Suggestion
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.visits import text

LONGEST = 120
Suggest = Callable[[str, SuggestEdit], object]
"""Asked with what is typed; offers the institutions that are known to the field."""


class VisitorFields:
    """What one visitor, or several alike, say of themselves."""

    def __init__(self, lists: ProfileLists) -> None:
        self._people = Field(_("How many"), CountEdit(1, most=MOST_PEOPLE), name="people")
        self._people.edit.setMinimum(1)
        self._choices: dict[str, Choice[str]] = {
            name: Choice(text.options(lists, name)) for name in LISTS
        }
        self._institution = Field(_("School or office"), line())
        self.fields: list[Field[Any]] = [
            *(Field(text.list_name(name), choice) for name, choice in self._choices.items()),
            self._institution,
            self._people,
        ]

    def count(self) -> Count:
        """Return what was said."""
        said = {name: choice.value() or "" for name, choice in self._choices.items()}
        return Count(self._people.edit.value(), Profile(**said))

    def where(self, room: UUID | None) -> Where:
        """Return where they go, and whence they come."""
        return Where(room, self._institution.edit.text())


class HeadFields:
    """Heads by class."""

    def __init__(self, lists: ProfileLists, first: int = 0) -> None:
        """``first`` stands in the field for heads that are not told apart."""
        self._edits = {head.code: CountEdit(0, most=MOST_PEOPLE) for head in lists.party}
        if first and "pupils" in self._edits:
            self._edits["pupils"].setValue(first)
        self.fields: list[Field[Any]] = [
            Field(head.said(language()), self._edits[head.code], name=head.code)
            for head in lists.party
        ]

    def heads(self) -> dict[str, int]:
        """Return people by class."""
        return {code: edit.value() for code, edit in self._edits.items()}

    def wrong(self) -> dict[str, str]:
        """Say that nobody was counted."""
        if sum(self.heads().values()):
            return {}
        return {self.fields[0].name: _("Enter how many came.")}


class PartyFields:
    """A group that came without a booking."""

    def __init__(
        self, lists: ProfileLists, rooms: Sequence[Room], room: UUID | None, suggest: Suggest
    ) -> None:
        self._institution = Field(
            _("School or institution"), institution_edit(suggest), name="institution", required=True
        )
        self._level = Field(_("Level"), level_choice(lists))
        self._room = Field(_("Room"), room_choice(rooms, room))
        self._leader = Field(_("Who leads it"), line())
        self._phone = Field(_("Phone"), line())
        self._purpose = Field(text.list_name("purpose"), Choice(text.options(lists, "purpose")))
        self._heads = HeadFields(lists)
        self.fields: list[Field[Any]] = [
            self._institution,
            self._level,
            *self._heads.fields,
            self._purpose,
            self._room,
            self._leader,
            self._phone,
        ]

    def wrong(self) -> dict[str, str]:
        """Say what is missing."""
        if not self._institution.edit.text().strip():
            return {"institution": _("Fill this in.")}
        return self._heads.wrong()

    def form(self) -> PartyForm:
        """Return what was entered."""
        return PartyForm(
            self._institution.edit.text(),
            self._heads.heads(),
            self._level.edit.value() or "",
            Contact(self._leader.edit.text(), self._phone.edit.text()),
            self._room.edit.value(),
            self._purpose.edit.value() or "",
        )


def suggest_institutions(desk: Desk, tasks: Tasks, typed: str, edit: SuggestEdit) -> None:
    """Offer a field the institutions that are like what is typed; it may be gone by then."""

    def offer(names: list[str]) -> None:
        edit.offer(typed, [Suggestion(name) for name in names])

    tasks.run(lambda: known_institutions(desk, typed), offer, owner=edit)


def level_choice(lists: ProfileLists, chosen: str = "") -> Choice[str]:
    """Return a choice of levels; one that is on no list any more stays offered."""
    found: Choice[str] = Choice(
        [("–", ""), *((one.said(language()), one.code) for one in lists.levels)]
    )
    if chosen and lists.level(chosen) is None:
        found.add_option(chosen, chosen)
    found.choose(chosen)
    return found


def room_choice(rooms: Sequence[Room], chosen: UUID | None) -> Choice[UUID | None]:
    """Return a choice of rooms."""
    found: Choice[UUID | None] = Choice([("–", None), *((one.name, one.id) for one in rooms)])
    if chosen in [one.id for one in rooms]:
        found.choose(chosen)
    return found


def institution_edit(suggest: Suggest, text_: str = "") -> SuggestEdit:
    """Return a field that offers the institutions that came or booked before."""
    edit = SuggestEdit(text_)
    edit.setMaxLength(LONGEST)

    edit.asked.connect(lambda typed: suggest(typed, edit))
    return edit


def line(text_: str = "") -> QLineEdit:
    """Return a field of one line."""
    edit = QLineEdit(text_)
    edit.setMaxLength(LONGEST)
    return edit
