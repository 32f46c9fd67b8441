"""The stock's keys and commands."""

from __future__ import annotations

from functools import partial

from perpusdesk.common.i18n import _
from perpusdesk.ui.shell.actions import Action
from perpusdesk.ui.stock.count_actions import count_actions
from perpusdesk.ui.stock.moves_part import MovesPart
from perpusdesk.ui.stock.page import Part, StockPage


def stock_actions(page: StockPage) -> tuple[Action, ...]:
    """Return what can be done on the stock's screen; each part can be opened by its name."""

    def group() -> str:
        return page.title

    def opens(part: Part) -> Action:
        run = partial(page.open_part, part.name)
        return Action(f"stock_{part.name}", lambda: part.title, run, group=group, page=page.name)

    turns = (
        Action(
            "stock_next",
            lambda: _("Next section"),
            partial(page.turn, 1),
            ("Ctrl+PgDown",),
            group=group,
            page=page.name,
        ),
        Action(
            "stock_before",
            lambda: _("Section before"),
            partial(page.turn, -1),
            ("Ctrl+PgUp",),
            group=group,
            page=page.name,
        ),
        Action(
            "stock_print",
            lambda: _("Print"),
            page.print_paper,
            ("Ctrl+P",),
            "print",
            group,
            page.name,
            lambda: page.prints,
        ),
    )
    return (*map(opens, page.parts), *turns, *_of_moves(page), *count_actions(page))


def _of_moves(page: StockPage) -> tuple[Action, ...]:
    part = next((one for one in page.parts if isinstance(one, MovesPart)), None)
    if part is None:
        return ()
    send = Action(
        "stock_send",
        lambda: _("Send copies"),
        part.ask_branch,
        ("F8",),
        "exchange",
        lambda: page.title,
        page.name,
        lambda: page.front is part,
    )
    return (send,)
