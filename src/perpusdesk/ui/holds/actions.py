"""The holds' keys and commands."""

from __future__ import annotations

from perpusdesk.common.i18n import _
from perpusdesk.ui.holds.page import HoldsPage
from perpusdesk.ui.shell.actions import Action


def hold_actions(page: HoldsPage) -> tuple[Action, ...]:
    """Return what can be done on the holds' screen."""
    return (
        Action(
            "pick_list",
            lambda: _("Print the pick list"),
            page.print_list,
            ("Ctrl+P",),
            "print",
            lambda: _("Holds"),
            page.name,
            lambda: bool(page.to_pick),
        ),
    )
