"""The keys and commands of the guest book and of groups."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from perpusdesk.common.i18n import _
from perpusdesk.ui.shell.actions import Action
from perpusdesk.ui.visits.page import VisitsPage

if TYPE_CHECKING:
    from perpusdesk.ui.visits.book_part import BookPart

COUNT_KEYS: Final = "0123456789"


def book_actions(page: VisitsPage, book: Callable[[], BookPart | None]) -> tuple[Action, ...]:
    """Return what can be done in the guest book; ``book`` is the part once it was opened."""

    def group() -> str:
        return page.title

    def counting() -> bool:
        part = book()
        return part is not None and page.front == "book" and part.counting

    def on_book(run: Callable[[BookPart], object]) -> None:
        part = book()
        if part is not None:
            run(part)

    def count(key: str) -> Action:
        return Action(
            f"count_visitor_{key}",
            lambda: _("Count a visitor: key {key}").format(key=key),
            lambda: on_book(lambda part: part.key(key)),
            (key,),
            group=group,
            page=page.name,
            allowed=counting,
            offered=False,
        )

    steps: tuple[tuple[str, Callable[[], str], Callable[[BookPart], object], str, str], ...] = (
        ("visitor", lambda: _("Count a visitor with details"), _ask_visitor, "", "person"),
        ("party", lambda: _("Count a group"), _ask_party, "F6", "members"),
        ("undo_entry", lambda: _("Undo the chosen entry"), _undo, "Del", "undo"),
        ("places", lambda: _("Rooms, stops and lists"), _places, "", "settings"),
    )
    made = [
        Action(
            f"book_{id_}",
            words,
            partial(on_book, run),
            (key,) if key else (),
            icon,
            group,
            page.name,
            counting,
        )
        for id_, words, run, key, icon in steps
    ]
    return (*map(count, COUNT_KEYS), *made)


def groups_actions(
    page: VisitsPage, new: Callable[[], object], visitor: Callable[[], object]
) -> tuple[Action, ...]:
    """Return what begins a booking (``new``), and F7 for it or for a visitor, as the tab is."""

    def group() -> str:
        return page.title

    def begin() -> None:
        if page.front == "groups":
            new()
        elif page.front == "book":
            visitor()

    words, here = (lambda: _("New booking of a group")), (lambda: page.front == "groups")
    either = Action("visits_main", group, begin, ("F7",), page=page.name, offered=False)
    return (
        Action("groups_new", words, new, (), "plus", group, page.name, here),
        either,
    )


def kiosk_action(enter: Callable[[], object]) -> Action:
    """Return what lets the guest book fill the screen, from everywhere."""
    return Action(
        "kiosk",
        lambda: _("Guest book as a kiosk (fills the screen)"),
        enter,
        icon="visits",
        group=lambda: _("Visits"),
    )


def _ask_visitor(part: BookPart) -> None:
    part.ask_visitor()


def _ask_party(part: BookPart) -> None:
    part.ask_party()


def _undo(part: BookPart) -> None:
    part.undo_chosen()


def _places(part: BookPart) -> None:
    part.show_places()
