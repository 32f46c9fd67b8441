"""The holds' keys and commands."""

from __future__ import annotations

from collections.abc import Callable

from perpusdesk.common.i18n import N_, _
from perpusdesk.ui.holds.page import HoldsPage
from perpusdesk.ui.shell.actions import Action


def hold_actions(page: HoldsPage) -> tuple[Action, ...]:
    """Return what can be done on the holds' screen."""

    def one(
        id_: str,
        words: str,
        run: Callable[[], object],
        icon: str,
        allowed: Callable[[], bool],
        *keys: str,
    ) -> Action:
        return Action(
            id_, lambda: _(words), run, keys, icon, lambda: _("Holds"), page.name, allowed
        )

    def any_to_pick() -> bool:
        return bool(page.to_pick)

    def any_kept() -> bool:
        return bool(page.ready)

    pick, ready = N_("Save what is to pick as XLSX"), N_("Save what is kept as XLSX")
    return (
        one(
            "pick_list", N_("Print the pick list"), page.print_list, "print", any_to_pick, "Ctrl+P"
        ),
        one("pick_save", pick, page.save_pick, "file", any_to_pick),
        one("kept_save", ready, page.save_ready, "file", any_kept),
    )
