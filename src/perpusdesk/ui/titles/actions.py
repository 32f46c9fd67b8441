"""The catalogue's keys and commands."""

from __future__ import annotations

from collections.abc import Callable

from perpusdesk.common.i18n import N_, _
from perpusdesk.services.cataloguing.title_lists import Order
from perpusdesk.ui.shell.actions import Action
from perpusdesk.ui.titles.page import TitlesPage
from perpusdesk.ui.titles.text import orders


def title_actions(page: TitlesPage) -> tuple[Action, ...]:
    """Return what can be done on the catalogue's screen."""

    def group() -> str:
        return _("Catalogue")

    def with_title(
        id_: str, words: str, run: Callable[[], object], *keys: str, icon: str
    ) -> Action:
        return Action(
            f"title_{id_}",
            lambda: _(words),
            run,
            keys,
            icon,
            group,
            page.name,
            lambda: page.title_id is not None,
        )

    new = Action(
        "title_new",
        lambda: _("New title"),
        page.new_asked.emit,
        ("Ctrl+N", "Ins"),
        "plus",
        group,
        page.name,
    )
    return (
        new,
        with_title("edit", N_("Edit title"), page.edit, "F4", icon="edit"),
        with_title("copy", N_("Copy as a new title"), page.copy_as_new, icon="copy"),
        with_title("add_copies", N_("Add copies"), page.copies.new, "Ctrl+E", icon="plus"),
        with_title("hold", N_("Hold for a member"), page.hold_for_somebody, "F8", icon="hold"),
        with_title("history", N_("Whole history"), page.whole_history, icon="clock"),
        _list_action(
            "narrow", lambda: _("Narrow the list"), page.list.pane.unfold, "filter", key="F7"
        ),
        _list_action(
            "instead",
            lambda: _("Search for what was found instead"),
            page.list.take_instead,
            "search",
            key="F6",
            allowed=lambda: page.list.found.instead is not None,
        ),
        _list_action("save", lambda: _("Save this list as XLSX"), page.list.save, "file"),
        _list_action(
            "misses", lambda: _("Searches without result"), page.list.show_misses, "search"
        ),
        *(_order_action(page, order) for order in Order if order is not Order.BEST),
    )


def _list_action(
    id_: str,
    text: Callable[[], str],
    run: Callable[[], object],
    icon: str,
    *,
    key: str = "",
    allowed: Callable[[], bool] = lambda: True,
) -> Action:
    keys = (key,) if key else ()
    return Action(f"titles_{id_}", text, run, keys, icon, lambda: _("Catalogue"), "titles", allowed)


def _order_action(page: TitlesPage, order: Order) -> Action:
    def words() -> str:
        names = {value: word for word, value in orders(searched=True)}
        return _("Order: {order}").format(order=names[order])

    return _list_action(f"order_{order}", words, lambda: page.list.order(order), "more")
