"""The keys of the stock-take."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from perpusdesk.common.i18n import N_, _
from perpusdesk.ui.shell.actions import Action
from perpusdesk.ui.stock.count_part import CountPart
from perpusdesk.ui.stock.page import StockPage

Run = Callable[[], object]


def count_actions(page: StockPage) -> tuple[Action, ...]:
    """Return what can be done while the stock-take is in front."""
    part = next((one for one in page.parts if isinstance(one, CountPart)), None)
    if part is None:
        return ()

    def here() -> bool:
        return page.front is part

    def counting() -> bool:
        return here() and part.counting

    named: tuple[tuple[str, str, Run, str, str, Callable[[], bool]], ...] = (
        ("count_start", N_("Begin a stock-take"), part.ask_start, "plus", "Ctrl+N", here),
        (
            "count_return",
            N_("Take the copy back"),
            part.return_last,
            "return",
            "F4",
            counting,
        ),
        (
            "count_found",
            N_("Record as found"),
            part.found_last,
            "check",
            "F6",
            counting,
        ),
        ("count_end", N_("End the stock-take"), part.ask_end, "check", "F7", counting),
    )
    return (
        *(
            Action(id_, partial(_, words), run, (key,), icon, text_of(page), page.name, allowed)
            for id_, words, run, icon, key, allowed in named
        ),
        *(_list(page, part, place) for place in range(1, 10)),
    )


def text_of(page: StockPage) -> Callable[[], str]:
    """Return what names the group of actions."""
    return lambda: page.title


def _list(page: StockPage, part: CountPart, place: int) -> Action:
    return Action(
        f"count_list_{place}",
        lambda: _("Show list {n}").format(n=place),
        partial(part.show_list_at, place),
        (f"Alt+{place}",),
        "filter",
        text_of(page),
        page.name,
        lambda: page.front is part,
        offered=False,
    )
