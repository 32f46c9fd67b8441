"""The keys and commands of the exchange's screen."""

from __future__ import annotations

from perpusdesk.common.i18n import _
from perpusdesk.ui.exchange.page import ExchangePage
from perpusdesk.ui.shell.actions import EVERYWHERE, Action


def exchange_actions(page: ExchangePage) -> tuple[Action, ...]:
    """Return what can be done; exchanging at once from everywhere."""

    def can() -> bool:
        return page.connected

    def group() -> str:
        return page.title

    now = page.exchange_asked.emit
    return (
        Action(
            "exchange_now",
            lambda: _("Exchange now"),
            now,
            ("Shift+F9",),
            "exchange",
            group,
            EVERYWHERE,
            can,
        ),
        Action(
            "exchange_go",
            lambda: _("Exchange now"),
            now,
            ("Ctrl+Return", "Ctrl+Enter"),
            "exchange",
            group,
            page.name,
            can,
            offered=False,
        ),
        Action(
            "exchange_stick",
            lambda: _("Exchange through a stick"),
            page.ask_stick,
            (),
            "folder",
            group,
            page.name,
            can,
        ),
        Action(
            "exchange_test",
            lambda: _("Test the connection"),
            page.test,
            (),
            "search",
            group,
            page.name,
            can,
        ),
    )
